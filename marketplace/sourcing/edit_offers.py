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
from marketplace.sourcing.sync import statements
from marketplace.sourcing.sync.finish import tell_merchants
from marketplace.sourcing.sync.lock import lock_offers
from marketplace.sourcing.sync.read_again import read_again
from marketplace.sourcing.typed_rows import read_row, read_rows
from marketplace.sourcing.values.gtin import valid_gtin
from tenants.audit import record
from tenants.scope import acting_as

WAIT_SECONDS = 5.0
OVERTAKEN = N_("Somebody changed this meanwhile. Save again to have it your way.")


class Overtaken(Invalid):
    """Cells that are not any more as the page showed them. `present`: row -> what they are now, by column of `offer`."""

    def __init__(self, problems: dict[str, str], present: dict[int, dict[str, Any]]) -> None:
        super().__init__(problems)
        self.present = present


class Edited(Struct, frozen=True):
    changed: int
    new: int


async def edit_offers(
    supplier: int,
    rows: Sequence[Mapping[str, Any]],
    *,
    feed: int | None = None,
    shown: Mapping[str, Mapping[str, Any]] | None = None,
    by: str,
) -> Edited:
    """Write rows as they were typed: `sku` and any of `typed_rows.FIELDS`; what a row does not have stays as it is, an empty text empties.

    A price may be text ("12,50") or 1/10,000 of the unit as a number. A new `sku` with a title is a new offer, of `feed` when it is
    said. A quantity typed now is true now. `shown` is what the page showed of an article number, as text: what somebody else has
    changed since is not overwritten unseen. Raises Invalid, keys "row.field" (rows from 0), Overtaken among it; Refused while a feed
    is being applied.
    """
    wanted = read_rows(rows)
    async with acting_as(supplier):
        await lock_offers(supplier, wait_seconds=WAIT_SECONDS)
        before = await _look(supplier, wanted)
        _require_titles(wanted, before)
        _refuse_overtaken(wanted, shown or {}, before)
        await _update([w for w in wanted if w["sku"] in before], before)
        await _insert(supplier, feed, [w for w in wanted if w["sku"] not in before])
        await _judge(supplier, wanted)
        changed = await _trail(supplier, before, await _look(supplier, wanted), by)
        done = Edited(changed, len(wanted) - len(before))
        if done.changed or done.new:
            await record("offers.edited", who=by, changed=done.changed, new=done.new)
            await tell_merchants(supplier, None)
        await read_again(supplier, new=done.new > 0)
    return done


async def _look(supplier: int, wanted: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    found = await fetch(
        "SELECT sku, to_jsonb(o) AS row FROM offer o WHERE supplier = $1 AND sku = ANY($2)",
        supplier,
        [w["sku"] for w in wanted],
    )
    return {r["sku"]: json.loads(r["row"]) for r in found}


def _require_titles(wanted: list[dict[str, Any]], known: Mapping[str, Any]) -> None:
    missing = [place for place, w in enumerate(wanted) if w["sku"] not in known and not w.get("title")]
    if missing:
        raise Invalid({f"{place}.title": N_("An offer needs a title.") for place in missing})


def _refuse_overtaken(
    wanted: list[dict[str, Any]], shown: Mapping[str, Mapping[str, Any]], before: Mapping[str, dict[str, Any]]
) -> None:
    """Raises Overtaken for what is neither as it was shown nor as it is wanted."""
    problems: dict[str, str] = {}
    present: dict[int, dict[str, Any]] = {}
    for place, values in enumerate(wanted):
        now_is = before.get(values["sku"])
        if now_is is None or values["sku"] not in shown:
            continue
        was = read_row({**shown[values["sku"]], "sku": values["sku"]}, lambda *_: None)
        for name in was.keys() & values.keys():
            if not _same(now_is[name], was[name]) and not _same(now_is[name], values[name]):
                problems[f"{place}.{name.removesuffix('_e4')}"] = OVERTAKEN
                present[place] = now_is
    if problems:
        raise Overtaken(problems, present)


def _same(one: Any, other: Any) -> bool:
    """A browser drops line breaks from a field, so texts are compared without their spaces."""
    if isinstance(one, str) and isinstance(other, str):
        return "".join(one.split()) == "".join(other.split())
    return bool(one == other)


def _columns(values: dict[str, Any]) -> dict[str, Any]:
    """What the row writes, with what follows from it. What was typed is true now, and no feed confirms it."""
    columns = {k: v for k, v in values.items() if k != "sku"}
    if "gtin" in columns:
        columns["gtin_valid"] = valid_gtin(columns["gtin"]) if columns["gtin"] else None
    if "quantity" in columns:
        quantity = columns["quantity"]
        columns |= {"quantity_kind": "unknown" if quantity is None else "exact", "quantity_raw": None, "sells_up_to": quantity or 0,
                    "availability": None if quantity is None else "in_stock" if quantity else "out_of_stock",
                    "stock_time": now(), "stock_feed": None, "stock_said": None}  # fmt: skip
    if "price_e4" in columns:
        columns |= {"sale_price_e4": None, "price_time": now(), "price_feed": None, "price_said": None}
    return columns


async def _insert(supplier: int, feed: int | None, rows: list[dict[str, Any]]) -> None:
    blank = {"price_e4": None, "quantity": None, "currency": "EUR"}
    made = [
        {"supplier": supplier, "feed": feed, "sku": row["sku"], **_columns({**blank, **row})} for row in rows
    ]
    for names, alike in _alike(made):
        columns = ", ".join(names)
        await execute(
            f"INSERT INTO offer ({columns}) SELECT {columns} FROM jsonb_populate_recordset(NULL::offer, $1::jsonb)",
            json.dumps(alike),
        )


async def _update(rows: list[dict[str, Any]], before: Mapping[str, Any]) -> None:
    for names, alike in _alike([{"id": before[row["sku"]]["id"], **_columns(row)} for row in rows]):
        if sets := ", ".join(f"{name} = r.{name}" for name in names if name != "id"):
            await execute(
                f"UPDATE offer o SET {sets}, hash = NULL, stock_hash = NULL"
                " FROM jsonb_populate_recordset(NULL::offer, $1::jsonb) r WHERE o.id = r.id",
                json.dumps(alike),
            )


def _alike(rows: list[dict[str, Any]]) -> list[tuple[tuple[str, ...], list[dict[str, Any]]]]:
    """Rows that write the same columns, together: one statement each."""
    found: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(tuple(row), []).append(row)
    return list(found.items())


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
