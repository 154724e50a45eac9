"""A supplier without a feed keeps its offers by hand, in a grid: many rows at once, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch
from marketplace.kernel.errors import Invalid
from marketplace.kernel.fetching import N_
from marketplace.kernel.money import EXPONENTS
from marketplace.sourcing.sync import statements
from marketplace.sourcing.sync.finish import tell_merchants
from marketplace.sourcing.sync.lock import lock_offers
from marketplace.sourcing.values.gtin import valid_gtin
from marketplace.sourcing.values.price import PriceUnreadable, parse_price
from tenants.audit import record
from tenants.scope import acting_as

MOST_ROWS = 1_000
WAIT_SECONDS = 5.0
TEXTS = ("title", "brand", "mpn", "gtin", "category", "description", "group_key", "link")
FIELDS = frozenset({"sku", "price", "currency", "quantity", "lead_days", "excluded", *TEXTS})
_NUMBERS = {"quantity": 10**9, "lead_days": 365}


class Edited(Struct, frozen=True):
    changed: int
    new: int


async def edit_offers(
    supplier: int, rows: Sequence[Mapping[str, Any]], *, feed: int | None = None, by: str
) -> Edited:
    """Write rows as they were typed: `sku` and any of `FIELDS`; what a row does not have stays as it is, an empty text empties.

    A price may be text ("12,50") or 1/10,000 of the unit as a number. A new `sku` with a title is a new offer, of `feed` when it is
    said. A quantity typed now is true now. Raises Invalid, keys "row.field" (rows from 0); Refused while a feed is being applied.
    """
    wanted = _read(rows)
    async with acting_as(supplier):
        await lock_offers(supplier, wait_seconds=WAIT_SECONDS)
        before = await _look(supplier, wanted)
        _require_titles(wanted, before)
        for values in wanted:
            if values["sku"] in before:
                await _update(before[values["sku"]]["id"], _columns(values))
            else:
                await _insert(supplier, feed, values)
        await _judge(supplier, wanted)
        changed = await _trail(supplier, before, await _look(supplier, wanted), by)
        done = Edited(changed, len(wanted) - len(before))
        if done.changed or done.new:
            await record("offers.edited", who=by, changed=done.changed, new=done.new)
            await tell_merchants(supplier, None)
    return done


async def _look(supplier: int, wanted: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    found = await fetch(
        "SELECT sku, to_jsonb(o) AS row FROM offer o WHERE supplier = $1 AND sku = ANY($2)",
        supplier,
        [w["sku"] for w in wanted],
    )
    return {r["sku"]: json.loads(r["row"]) for r in found}


def _read(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    if len(rows) > MOST_ROWS:
        raise Invalid({"rows": N_("Save at most a thousand rows at a time.")})
    problems: dict[str, str] = {}
    wanted: dict[str, dict[str, Any]] = {}
    for place, row in enumerate(rows):
        values = _read_row(row, place, problems)
        if values.get("sku") in wanted:
            problems[f"{place}.sku"] = N_("This article number is here twice.")
        wanted[values.get("sku", "")] = values
    if problems:
        raise Invalid(problems)
    return list(wanted.values())


def _read_row(row: Mapping[str, Any], place: int, problems: dict[str, str]) -> dict[str, Any]:
    def wrong(field: str, message: str) -> None:
        problems[f"{place}.{field}"] = message

    values: dict[str, Any] = {}
    for name, given in row.items():
        if name not in FIELDS:
            wrong(name, N_("There is no such column."))
        elif name in _NUMBERS:
            values[name] = _number(given, _NUMBERS[name], lambda m, n=name: wrong(n, m))
        elif name == "price":
            values["price_e4"] = _price(given, lambda m: wrong("price", m))
        elif name == "excluded":
            values[name] = given in (True, "1", "on", "true", "yes")
        else:
            values[name] = str(given or "").strip()[:2_000] or None
    if not values.get("sku"):
        wrong("sku", N_("An offer needs an article number."))
    if "title" in values and not values["title"]:
        wrong("title", N_("An offer needs a title."))
    if values.get("currency") is not None and values["currency"] not in EXPONENTS:
        wrong("currency", N_("This is not a currency code."))
    return values


def _number(given: Any, most: int, wrong: Any) -> int | None:
    text = str(given if given is not None else "").strip()
    if not text:
        return None
    if not text.isascii() or not text.isdecimal() or int(text) > most:
        wrong(N_("A whole number, please."))
        return None
    return int(text)


def _price(given: Any, wrong: Any) -> int | None:
    if isinstance(given, int) or given is None:
        return given
    try:
        amount, _ = parse_price(str(given))
    except PriceUnreadable:
        amount = -1
    if amount is not None and amount < 0:
        wrong(N_("This is not a price."))
        return None
    return amount


def _require_titles(wanted: list[dict[str, Any]], known: Mapping[str, Any]) -> None:
    missing = [place for place, w in enumerate(wanted) if w["sku"] not in known and not w.get("title")]
    if missing:
        raise Invalid({f"{place}.title": N_("An offer needs a title.") for place in missing})


def _columns(values: dict[str, Any]) -> dict[str, Any]:
    """What the row writes, with what follows from it. What was typed is true now, and no feed confirms it."""
    columns = {k: v for k, v in values.items() if k != "sku"}
    if "gtin" in columns:
        columns["gtin_valid"] = valid_gtin(columns["gtin"]) if columns["gtin"] else None
    if "quantity" in columns:
        quantity = columns["quantity"]
        columns |= {"quantity_kind": "unknown" if quantity is None else "exact", "quantity_raw": None, "sells_up_to": quantity or 0,
                    "availability": None if quantity is None else "in_stock" if quantity else "out_of_stock",
                    "stock_time": now(), "stock_feed": None}  # fmt: skip
    if "price_e4" in columns:
        columns |= {"sale_price_e4": None, "price_time": now(), "price_feed": None}
    return columns


async def _insert(supplier: int, feed: int | None, values: dict[str, Any]) -> None:
    columns = {"supplier": supplier, "feed": feed, "sku": values["sku"],
               **_columns({"price_e4": None, "quantity": None, "currency": "EUR", **values})}  # fmt: skip
    places = ", ".join(f"${n}" for n in range(1, len(columns) + 1))
    await execute(f"INSERT INTO offer ({', '.join(columns)}) VALUES ({places})", *columns.values())


async def _update(offer: int, columns: dict[str, Any]) -> None:
    if columns:
        sets = ", ".join(f"{name} = ${n}" for n, name in enumerate(columns, start=2))
        await execute(
            f"UPDATE offer SET {sets}, hash = NULL, stock_hash = NULL WHERE id = $1", offer, *columns.values()
        )


async def _judge(supplier: int, wanted: list[dict[str, Any]]) -> None:
    """Whether each row can be sold now, by the rule the feeds have too."""
    why = statements.why("o.", missing="o.not_sellable = 'vanished'", hint="NULL", before="o.not_sellable")
    await execute(
        f"UPDATE offer o SET not_sellable = {why} WHERE supplier = $1 AND sku = ANY($2)",
        supplier,
        [w["sku"] for w in wanted],
    )


async def _trail(supplier: int, before: dict[str, Any], after: dict[str, Any], by: str) -> int:
    changes = []
    for sku, was in before.items():
        names = [n for n in statements.TRAIL if was[n] != after[sku][n]]
        if names:
            changes.append(
                {"offer": was["id"], "before": _filled(was, names), "after": _filled(after[sku], names)}
            )
    await execute(
        "INSERT INTO offer_change (supplier, offer, kind, before, after, by)"
        " SELECT $1, c.offer, 'by_hand', c.before, c.after, $3"
        " FROM jsonb_to_recordset($2::jsonb) AS c(offer bigint, before jsonb, after jsonb)",
        supplier,
        json.dumps(changes),
        by,
    )
    await execute("UPDATE offer SET updated_at = now() WHERE id = ANY($1)", [c["offer"] for c in changes])
    return len(changes)


def _filled(row: dict[str, Any], names: list[str]) -> dict[str, Any]:
    return {name: row[name] for name in names if row[name] is not None}
