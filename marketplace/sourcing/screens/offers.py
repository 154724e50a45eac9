"""A supplier's own offers: found, looked at, exported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch, fetch_one, fetch_value
from marketplace.kernel.errors import NotFound
from marketplace.stock.parts import taken
from tenants.scope import acting_as

PAGE = 50
COUNTED = 10_000
EXPORTED = 50_000
#: tab -> which offers
TABS: dict[str, str] = {
    "all": "o.retired_at IS NULL",
    "sold": "o.retired_at IS NULL AND o.not_sellable IS NULL",
    "not_sold": "o.retired_at IS NULL AND o.not_sellable IS NOT NULL",
    "old": "o.retired_at IS NULL AND o.not_sellable IS NULL AND (l.stock_time IS NULL"
    " OR l.stock_time < now() - make_interval(hours => l.stale_after_hours::int))",
    "by_hand": "o.retired_at IS NULL AND (o.feed IS NULL OR f.transport = 'grid')",
    "retired": "o.retired_at IS NOT NULL",
}


@dataclass(frozen=True)
class Asked:
    """What a person looks for."""

    tab: str = "all"
    q: str = ""
    feed: int | None = None
    why: str = ""


@dataclass(frozen=True)
class OfferRow:
    id: int
    sku: str
    title: str
    brand: str | None
    gtin: str | None
    options: dict[str, str]
    price_e4: int | None
    sale_price_e4: int | None
    currency: str | None
    price_means: str
    quantity: int | None
    quantity_kind: str
    sells_up_to: int
    availability: str | None
    stock_time: datetime | None
    stale_after_hours: int
    stop_after_hours: int
    not_sellable: str | None
    retired_at: datetime | None
    feed: int | None
    feed_name: str | None
    by_hand: bool
    taken: int
    photo: str | None

    @property
    def aged(self) -> str:
        """fresh | stale | stopped: how good its stock's word is."""
        if self.stock_time is None:
            return "stopped"
        age = now() - self.stock_time
        if age >= timedelta(hours=self.stop_after_hours):
            return "stopped"
        return "stale" if age >= timedelta(hours=self.stale_after_hours) else "fresh"


@dataclass(frozen=True)
class OfferPage:
    rows: list[OfferRow]
    next: str | None
    total: int  # counted to `COUNTED`

    @property
    def more_than_counted(self) -> bool:
        return self.total > COUNTED


_FEED = " LEFT JOIN feed f ON f.id = o.feed"
_FROM = f" FROM offer o JOIN offer_lease l ON l.offer = o.id{_FEED}"


def _counted_from(asked: Asked) -> str:
    """Only the joins that the tab's condition needs: a million offers are counted here."""
    condition = TABS.get(asked.tab, "")
    return _FROM if "l." in condition else f" FROM offer o{_FEED}" if "f." in condition else " FROM offer o"


_ROW = f"""
SELECT o.id, o.sku, o.title, o.brand, o.gtin, o.options, o.price_e4, o.sale_price_e4, o.currency, o.price_means, o.quantity,
       o.quantity_kind, o.sells_up_to, o.availability, l.stock_time, l.stale_after_hours, l.stop_after_hours, o.not_sellable,
       o.retired_at, o.feed, f.name AS feed_name, (o.feed IS NULL OR coalesce(f.transport = 'grid', false)) AS by_hand,
       (SELECT {taken()} FROM (SELECT) x LEFT JOIN stock s ON s.offer = o.id) AS taken,
       (SELECT p.media_sha FROM offer_photo p WHERE p.offer = o.id AND p.media_sha IS NOT NULL ORDER BY p.position, p.id LIMIT 1) AS photo"""


def _where(asked: Asked) -> tuple[str, list[Any]]:
    args: list[Any] = []
    parts = [TABS.get(asked.tab, TABS["all"])]

    def place(value: Any) -> str:
        args.append(value)
        return f"${len(args) + 1}"

    if asked.q:
        word = asked.q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        parts.append(
            f"(o.sku ILIKE {place(word + '%')} OR o.title ILIKE {place('%' + word + '%')} OR o.gtin = {place(asked.q)}"
            f" OR o.brand ILIKE {place(word + '%')})"
        )
    if asked.feed is not None:
        parts.append(f"o.feed = {place(asked.feed)}")
    if asked.why:
        parts.append(f"o.not_sellable = {place(asked.why)}")
    return " AND ".join(parts), args


async def offers_page(supplier: int, asked: Asked, *, after: str = "") -> OfferPage:
    """By article number. `after` is the last one of the page before."""
    where, args = _where(asked)
    async with acting_as(supplier):
        rows = await fetch(
            f"{_ROW}{_FROM} WHERE o.supplier = $1 AND {where} AND o.sku > ${len(args) + 2} ORDER BY o.sku LIMIT {PAGE + 1}",
            supplier,
            *args,
            after,
        )
        total = len(rows)
        if after or len(rows) > PAGE:  # else the page is all there is
            total = await fetch_value(
                f"SELECT count(*) FROM (SELECT 1{_counted_from(asked)} WHERE o.supplier = $1 AND {where} LIMIT {COUNTED + 1}) x",
                supplier,
                *args,
            )
    found = [_row(row) for row in rows[:PAGE]]
    return OfferPage(found, found[-1].sku if len(rows) > PAGE else None, total)


def _row(row: dict[str, Any]) -> OfferRow:
    return OfferRow(
        **{**row, "options": json.loads(row["options"]) if row["options"] else {}, "taken": row["taken"] or 0}
    )


@dataclass(frozen=True)
class Tally:
    """How many offers each tab holds, and why offers cannot be sold, most first."""

    tabs: dict[str, int]
    reasons: list[tuple[str, int]]


async def tally(supplier: int) -> Tally:
    """One pass over the supplier's offers; whether a feed's word is old is judged once a feed."""
    async with acting_as(supplier):
        rows = await fetch(
            "SELECT o.retired_at IS NOT NULL AS retired, o.not_sellable AS why, f.transport = 'grid' OR o.feed IS NULL AS by_hand,"
            " CASE WHEN p.confirmed_at IS NULL OR o.stock_time > p.confirmed_at"
            "      THEN o.stock_time IS NULL OR o.stock_time < now() - make_interval(hours => coalesce(p.stale_after_hours, h.stale_after_hours, 26)::int)"
            "      ELSE p.confirmed_at < now() - make_interval(hours => p.stale_after_hours::int) END AS old, count(*) AS n"
            " FROM offer o LEFT JOIN feed f ON f.id = o.feed LEFT JOIN feed_pulse p ON p.feed = o.stock_feed"
            " LEFT JOIN feed_pulse h ON h.feed = o.feed WHERE o.supplier = $1 GROUP BY 1, 2, 3, 4",
            supplier,
        )
    tabs = dict.fromkeys(TABS, 0)
    reasons: dict[str, int] = {}
    for row in rows:
        for tab in _tabs_of(row):
            tabs[tab] += row["n"]
        if row["why"] is not None and not row["retired"]:
            reasons[row["why"]] = reasons.get(row["why"], 0) + row["n"]
    return Tally(tabs, sorted(reasons.items(), key=lambda reason: (-reason[1], reason[0])))


def _tabs_of(row: dict[str, Any]) -> list[str]:
    """The tabs that hold an offer like this one."""
    if row["retired"]:
        return ["retired"]
    sold = row["why"] is None
    found = ["all", "sold" if sold else "not_sold"]
    return found + ["old"] * (sold and row["old"]) + ["by_hand"] * row["by_hand"]


async def sources_of(supplier: int) -> list[tuple[int, str]]:
    """(feed, name) of feeds that state offers."""
    async with acting_as(supplier):
        rows = await fetch(
            "SELECT id, name FROM feed WHERE supplier = $1 AND agreement IS NULL ORDER BY name, id", supplier
        )
    return [(row["id"], row["name"]) for row in rows]


async def export_rows(supplier: int, asked: Asked) -> list[dict[str, Any]]:
    """What a sheet of these offers holds, by article number."""
    where, args = _where(asked)
    async with acting_as(supplier):
        return await fetch(
            "SELECT o.sku, o.title, o.brand, o.gtin, o.mpn, o.category, o.price_e4, o.currency, o.quantity, o.lead_days, o.excluded,"
            f" o.group_key, o.link{_FROM} WHERE o.supplier = $1 AND {where} ORDER BY o.sku LIMIT {EXPORTED}",
            supplier,
            *args,
        )


async def offer_facts(supplier: int, offer: int) -> dict[str, Any]:
    """Every column of an offer with its feed's name and its pictures. Raises NotFound."""
    async with acting_as(supplier):
        row = await fetch_one(
            f"SELECT o.*, l.stock_time AS stock_as_of, l.price_time AS price_as_of, l.stale_after_hours, l.stop_after_hours,"
            f" f.name AS feed_name, f.transport AS feed_transport{_FROM} WHERE o.id = $1 AND o.supplier = $2",
            offer,
            supplier,
        )
        if row is None:
            raise NotFound
        photos = await fetch(
            "SELECT url, media_sha, state, error FROM offer_photo WHERE offer = $1 ORDER BY position, id LIMIT 12",
            offer,
        )
        siblings = await fetch(
            "SELECT id, sku, title, options FROM offer WHERE supplier = $1 AND group_key = $2 AND id <> $3 ORDER BY sku LIMIT 20",
            supplier,
            row["group_key"],
            offer,
        )
    for name in ("options", "manufacturer", "responsible"):
        row[name] = json.loads(row[name]) if row[name] else None
    row["photos"] = photos
    row["siblings"] = [
        {**each, "options": json.loads(each["options"]) if each["options"] else {}} for each in siblings
    ]
    row["by_hand"] = row["feed"] is None or row["feed_transport"] == "grid"
    return row


async def linked_offer(merchant: int, offer: int) -> dict[str, Any]:
    """What a merchant needs to know it again: title, sku, supplier. Raises NotFound."""
    async with acting_as(merchant):
        row = await fetch_one(
            "SELECT o.id, o.sku, o.title, o.currency, o.created_at, o.feed, c.name AS supplier_name, c.slug AS supplier_slug"
            " FROM offer o JOIN tenant_card c ON c.tenant = o.supplier WHERE o.id = $1 AND o.supplier <> $2",
            offer,
            merchant,
        )
    if row is None:
        raise NotFound
    return row
