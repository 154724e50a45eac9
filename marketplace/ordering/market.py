"""What could serve these lines, as the router is asked: offers, terms, stock, rates and dates, read in the merchant's scope."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from marketplace.catalogue.offer_terms import COST_E4, CURRENCY
from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch, fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.ledger.fx import rates_into
from marketplace.ordering.routing import Candidate, Line, Policy, Problem, Rate, Terms
from marketplace.sourcing.lease import Lease, age_seconds, extra_buffer
from marketplace.sourcing.terms import Calendar, Dates, NoWorkingDay, days_between, promise
from marketplace.stock.parts import taken


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A line to be served. `net_price` of one unit without VAT, in the merchant's currency."""

    line: int
    variant: int
    quantity: int
    net_price: int
    promise_date: date | None = None
    promise_latest: date | None = None


class Goods(msgspec.Struct, frozen=True):
    """An offer as its supplier names it: what a supplier's order copies."""

    supplier: int
    sku: str
    title: str
    options: dict[str, Any]


class Market(msgspec.Struct, frozen=True):
    """`buffers` and `goods` are by offer, `dates` too, for those whose arrival can be said; `origins` by agreement."""

    problem: Problem
    policy: Policy
    buffers: dict[int, int]
    goods: dict[int, Goods]
    dates: dict[int, Dates]
    origins: dict[int, str]


_OFFERS = f"""
SELECT m.variant, m.offer, m.pack_quantity, o.supplier, o.sku, o.title, o.options, o.min_quantity, o.weight_g, o.sells_up_to,
       o.retired_at IS NULL AND NOT o.excluded AND o.not_sellable IS NULL AND NOT coalesce(ao.hidden, false) AS for_sale,
       {COST_E4}::bigint AS cost_e4, {CURRENCY} AS cost_currency, greatest(a.lead_days, coalesce(o.lead_days, 0)) AS lead,
       l.stock_time, l.stale_after_hours, l.stop_after_hours, {taken("$2")} AS taken,
       a.id AS agreement, a.state, a.currency, a.ships_to, a.franco_threshold, a.minimum_order, a.order_fee, a.shipping_fee,
       a.parcel_fee, a.score, a.cutoff, a.safety_stock, c.name, c.country, c.zone
  FROM match m
  JOIN offer o ON o.id = m.offer
  JOIN offer_lease l ON l.offer = o.id
  JOIN agreement a ON a.merchant = m.merchant AND a.supplier = o.supplier
  JOIN tenant_card c ON c.tenant = o.supplier
  LEFT JOIN agreement_offer ao ON ao.agreement = a.id AND ao.offer = o.id
  LEFT JOIN stock s ON s.offer = o.id
 WHERE m.variant = ANY($1) AND m.state = 'confirmed' ORDER BY m.variant, m.offer
"""


async def read_market(
    merchant: int,
    country: str,
    wanted: Sequence[Wanted],
    *,
    cart: int | None = None,
    excluded_offers: Iterable[int] = (),
    excluded_agreements: Iterable[int] = (),
    at_most: Mapping[int, int] | None = None,
    at: datetime | None = None,
) -> Market:
    """Everything the router needs for `wanted` going to `country`. What `cart` reserves is available to it. `at_most`: offer -> units
    that the guard could give, where it fell short of an earlier plan: a set and its part cannot both have the last one."""
    at = at or now()
    shop = await fetch_one(
        "SELECT t.currency, t.settings, coalesce(s.margin_floor_bp, 0) AS floor FROM tenant t"
        " LEFT JOIN storefront s ON s.merchant = t.id WHERE t.id = $1",
        merchant,
    )
    if shop is None:
        raise NotFound(f"merchant {merchant}")
    rows = await fetch(_OFFERS, sorted({w.variant for w in wanted}), cart)
    closed = await closed_days({r["supplier"] for r in rows})
    of_variant: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        row["buffer"] = _buffer(row, at)
        row["at_most"] = (at_most or {}).get(row["offer"])
        row["dates"] = _dates(row, at, country, closed.get(row["supplier"], frozenset()))
        of_variant.setdefault(row["variant"], []).append(row)
    problem = Problem(
        currency=shop["currency"],
        country=country,
        lines=[_line(w) for w in wanted],
        candidates=[_candidate(w, row) for w in wanted for row in of_variant.get(w.variant, [])],
        terms=list({row["agreement"]: _terms(row) for row in rows}.values()),
        rates=await _rates(shop["currency"], rows, at.date()),
        excluded_offers=frozenset(excluded_offers),
        excluded_agreements=frozenset(excluded_agreements),
    )
    return Market(
        problem=problem,
        policy=routing_policy(json.loads(shop["settings"]), shop["floor"]),
        buffers={r["offer"]: r["buffer"] for r in rows},
        goods={
            r["offer"]: Goods(r["supplier"], r["sku"], r["title"], json.loads(r["options"]) or {})
            for r in rows
        },
        dates={r["offer"]: r["dates"] for r in rows if r["dates"]},
        origins={r["agreement"]: r["country"] for r in rows},
    )


def routing_policy(settings: dict[str, Any], floor_bp: int) -> Policy:
    """The merchant's weights: `settings["routing"]` over the defaults, the margin floor of its storefront."""
    return msgspec.convert({"margin_floor_bp": floor_bp, **settings.get("routing", {})}, Policy)


def _line(w: Wanted) -> Line:
    return Line(
        line_id=w.line,
        variant_id=w.variant,
        quantity=w.quantity,
        net_price=w.net_price,
        promise_date=w.promise_date,
        promise_latest=w.promise_latest,
    )


def _candidate(w: Wanted, row: dict[str, Any]) -> Candidate:
    return Candidate(
        line_id=w.line,
        offer_id=row["offer"],
        agreement_id=row["agreement"],
        sku=row["sku"],
        unit_cost_e4=row["cost_e4"],
        currency=row["cost_currency"] or row["currency"],
        available=units_left(row),
        pack_quantity=row["pack_quantity"],
        min_units=max(1, row["min_quantity"]),
        arrives=row["dates"].arrives_to if row["dates"] else None,
        weight_g=row["weight_g"] or 0,
    )


def units_left(row: dict[str, Any]) -> int:
    """As far as a reader can tell; `stock.guard` decides. What the cart itself holds is left to it."""
    left = row["sells_up_to"] - row["taken"] - row["buffer"]
    if row["at_most"] is not None:
        left = min(left, row["at_most"])
    return max(0, left) if row["for_sale"] else 0


def _terms(row: dict[str, Any]) -> Terms:
    return Terms(
        agreement_id=row["agreement"],
        supplier_id=row["supplier"],
        supplier=row["name"],
        state=row["state"],
        currency=row["currency"],
        ships_to=frozenset(row["ships_to"] or [row["country"]]),
        franco_threshold=row["franco_threshold"],
        minimum_order=row["minimum_order"],
        order_fee=row["order_fee"],
        shipping_fee=row["shipping_fee"],
        parcel_fee=row["parcel_fee"],
        score=row["score"],
    )


def _buffer(row: dict[str, Any], at: datetime) -> int:
    """Units that are not sold: the agreement's safety stock, and what the age of the quantity takes away."""
    lease = Lease(stale_after_hours=row["stale_after_hours"], stop_after_hours=row["stop_after_hours"])
    aged = extra_buffer(row["sells_up_to"], age_seconds(row["stock_time"], at), lease)
    return int(row["safety_stock"]) + aged


def _dates(row: dict[str, Any], at: datetime, country: str, closed: frozenset[date]) -> Dates | None:
    calendar = Calendar(zone=row["zone"], country=row["country"], closed=closed)
    try:
        return promise(
            at, cutoff=row["cutoff"], lead_days=row["lead"], calendar=calendar, destination=country
        )
    except NoWorkingDay:
        return None


async def closed_days(suppliers: set[int]) -> dict[int, frozenset[date]]:
    """supplier -> days on which it does not ship."""
    rows = await fetch(
        "SELECT supplier, first_day, last_day FROM holiday WHERE supplier = ANY($1)", list(suppliers)
    )
    closed: dict[int, frozenset[date]] = {}
    for row in rows:
        days = days_between(row["first_day"], row["last_day"])
        closed[row["supplier"]] = closed.get(row["supplier"], frozenset()) | days
    return closed


async def _rates(currency: str, rows: list[dict[str, Any]], day: date) -> dict[str, Rate]:
    others = ({r["cost_currency"] for r in rows} | {r["currency"] for r in rows}) - {None, currency}
    if not others:
        return {}
    found = await rates_into(currency, others, day)
    return {
        c: Rate(numerator=found[c].numerator, denominator=found[c].denominator, day=found[c].day)
        for c in others
        if c in found
    }
