"""The supplier answers: so many units of a line it takes, so many it declines, and why. As often as it likes, until it ships.

It acts as itself and cannot touch the shopper's order: the event carries the answer over to the merchant's side.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from marketplace.fulfilment.acknowledge import refuse_unsent
from marketplace.fulfilment.declare_out_of_stock import declare_out_of_stock
from marketplace.fulfilment.states import SUPPLIER_ORDER, SupplierOrder
from marketplace.fulfilment.supplier_progress import lock_supplier_order, read_lines, supplier_progress
from marketplace.fulfilment.timeline import note_supplier_order
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute
from marketplace.kernel.errors import Invalid, NotFound, Stale
from marketplace.kernel.moves import move
from marketplace.kernel.outbox import emit
from marketplace.sourcing.count_miss import count_refusal
from tenants.scope import acting_as

#: code -> what a supplier reads beside it
REASONS = {
    "out_of_stock": "Out of stock",
    "discontinued": "No longer available",
    "price_changed": "The price has changed",
    "cannot_ship": "Cannot be shipped there",
    "damaged": "Damaged in the warehouse",
    "other": "Another reason",
}
_EMPTY_SHELF = ("out_of_stock", "discontinued")


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """About one line, in the supplier's own units. What is neither stays open. `refuse` may take back what was accepted."""

    line: int
    accept: int = 0
    refuse: int = 0
    reason: str | None = None
    note: str | None = None


async def answer_supplier_order(
    supplier: int, supplier_order: int, answers: Sequence[Answer], *, who: str
) -> SupplierOrder:
    """Record the answers; the state after them. A page sent twice says the same once. Raises NotFound, Invalid
    (`accept_<line>`, `refuse_<line>`, `reason_<line>`), Stale when it was cancelled."""
    async with acting_as(supplier):
        row = await lock_supplier_order(supplier_order)
        refuse_unsent(row["state"])
        if row["state"] == SupplierOrder.CANCELLED:
            raise Stale(f"supplier order {supplier_order} was cancelled")
        lines = {line["id"]: line for line in await read_lines(supplier_order)}
        if strangers := {a.line for a in answers} - set(lines):
            raise NotFound(f"lines {sorted(strangers)} of supplier order {supplier_order}")
        if _said_before(lines, answers):
            return SupplierOrder(row["state"])
        if problems := _problems(lines, answers):
            raise Invalid(problems)
        for answer in answers:
            await _record(lines[answer.line], answer)
        return await _conclude(row, answers, lines, who)


async def accept_everything(supplier: int, supplier_order: int, *, who: str) -> SupplierOrder:
    """One button: every unit that is still open. Raises NotFound, Stale."""
    async with acting_as(supplier):
        await lock_supplier_order(supplier_order)
        open_ones = [(line["id"], open_units(line)) for line in await read_lines(supplier_order)]
        answers = [Answer(line=line, accept=units) for line, units in open_ones if units]
        return await answer_supplier_order(supplier, supplier_order, answers, who=who)


def open_units(line: dict[str, Any]) -> int:
    return int(line["ordered"] - line["accepted"] - line["refused"] - line["cancelled"])


def _said_before(lines: dict[int, dict[str, Any]], answers: Sequence[Answer]) -> bool:
    """Nothing is open and what is said is what stands: the same page a second time."""
    return all(
        not open_units(lines[a.line])
        and (a.accept, a.refuse) == (lines[a.line]["accepted"], lines[a.line]["refused"])
        for a in answers
    )


def _problems(lines: dict[int, dict[str, Any]], answers: Sequence[Answer]) -> dict[str, str]:
    problems: dict[str, str] = {}
    for a in answers:
        line = lines[a.line]
        free, given = open_units(line), line["accepted"] - line["shipped"]
        if a.accept < 0 or a.accept > free:
            problems[f"accept_{a.line}"] = "That is more than was ordered and is still open."
        elif a.accept % line["pack_quantity"]:
            problems[f"accept_{a.line}"] = "Whole packs only, please."
        if a.refuse < 0 or a.refuse > free - min(max(0, a.accept), free) + given:
            problems[f"refuse_{a.line}"] = "That is more than was ordered and has not left."
        elif a.refuse % line["pack_quantity"]:
            problems[f"refuse_{a.line}"] = "Whole packs only, please."
        if a.refuse > 0 and a.reason not in REASONS:
            problems[f"reason_{a.line}"] = "Please choose a reason."
    return problems


async def _record(line: dict[str, Any], a: Answer) -> None:
    """Declined units that the merchant had asked to cancel are simply cancelled: nobody needs another source for them."""
    taken_back = max(0, a.refuse - (open_units(line) - a.accept))
    unwanted = min(a.refuse, line["cancel_wanted"])
    await execute(
        "UPDATE supplier_order_line SET accepted = accepted + $2, refused = refused + $3, cancelled = cancelled + $4,"
        " given_up = given_up + $4, cancel_wanted = cancel_wanted - $4,"
        " refusal_reason = coalesce($5, refusal_reason), refusal_note = coalesce($6, refusal_note) WHERE id = $1",
        line["id"],
        a.accept - taken_back,
        a.refuse - unwanted,
        unwanted,
        a.reason if a.refuse else None,
        (a.note or "").strip() or None if a.refuse else None,
    )
    if a.refuse and a.reason in _EMPTY_SHELF:
        if a.refuse > unwanted:
            await count_refusal(line["offer"], line["merchant"], a.refuse - unwanted)
        await declare_out_of_stock(line["offer"], why=a.reason)


async def _conclude(
    row: dict[str, Any], answers: Sequence[Answer], lines: dict[int, dict[str, Any]], who: str
) -> SupplierOrder:
    supplier_order = row["id"]
    if row["state"] == SupplierOrder.SENT:
        await move(
            SUPPLIER_ORDER,
            "supplier_order",
            supplier_order,
            SupplierOrder.ACKNOWLEDGED,
            acknowledged_at=now(),
        )
    for a in answers:
        if a.accept or a.refuse:
            await note_supplier_order(
                supplier_order,
                "answered",
                who=who,
                why=a.reason if a.refuse else None,
                line=a.line,
                sku=lines[a.line]["sku"],
                accepted=a.accept,
                refused=a.refuse,
            )
    state = await supplier_progress(supplier_order, who=who)
    await emit(
        "supplier_order.answered",
        merchant=row["merchant"],
        supplier=row["supplier"],
        supplier_order=supplier_order,
    )
    return state
