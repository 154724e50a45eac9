"""A parcel left: which lines, how many, with whom and under which number. As many parcels as it takes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marketplace.fulfilment.acknowledge import refuse_unsent
from marketplace.fulfilment.answer_supplier_order import Answer, answer_supplier_order, open_units
from marketplace.fulfilment.carriers import carrier_named, tracking_url
from marketplace.fulfilment.states import SupplierOrder
from marketplace.fulfilment.supplier_progress import (
    lock_supplier_order,
    read_lines,
    recount_parcels,
    supplier_progress,
)
from marketplace.fulfilment.timeline import note_supplier_order
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.kernel.errors import Invalid, NotFound, Stale
from marketplace.kernel.outbox import emit
from tenants.scope import acting_as


async def confirm_shipment(
    supplier: int,
    supplier_order: int,
    units: Mapping[int, int],
    *,
    carrier: str,
    tracking_number: str = "",
    who: str,
    key: str | None = None,
    shipped_at: datetime | None = None,
) -> int:
    """One parcel with `units` (line -> the supplier's own units). Answers the shipment's id.

    What is shipped unanswered is accepted with it. The same `key` (a form sent twice), or the same carrier and tracking
    number, is the same parcel. The carrier the supplier names wins over what its number looks like. Raises NotFound, Stale
    (cancelled), Invalid (`units_<line>`, `units`, `carrier`, `tracking_number`).
    """
    async with acting_as(supplier):
        row = await lock_supplier_order(supplier_order)
        refuse_unsent(row["state"])
        number = "".join(tracking_number.split())
        if known := await _same_parcel(supplier_order, key, carrier, number):
            return known
        if row["state"] == SupplierOrder.CANCELLED:
            raise Stale(f"supplier order {supplier_order} was cancelled")
        lines = {line["id"]: line for line in await read_lines(supplier_order)}
        if strangers := set(units) - set(lines):
            raise NotFound(f"lines {sorted(strangers)} of supplier order {supplier_order}")
        packed = {line: count for line, count in units.items() if count}
        if problems := _problems(lines, packed, carrier, number):
            raise Invalid(problems)
        await _accept_what_leaves(supplier, supplier_order, lines, packed, who)
        shipment = await _write(row, packed, carrier, number, who, key, shipped_at or now())
        await recount_parcels(supplier_order)
        await supplier_progress(supplier_order, who=who)
        await note_supplier_order(
            supplier_order,
            "shipped",
            who=who,
            shipment=shipment,
            carrier=carrier,
            tracking_number=number or None,
        )
        await emit(
            "shipment.confirmed",
            merchant=row["merchant"],
            supplier=supplier,
            supplier_order=supplier_order,
            shipment=shipment,
        )
        return shipment


async def _same_parcel(supplier_order: int, key: str | None, carrier: str, number: str) -> int | None:
    found = await fetch_value(
        "SELECT id FROM shipment WHERE supplier_order = $1 AND state <> 'voided'"
        " AND (($2::text IS NOT NULL AND key = $2) OR ($3 <> '' AND tracking_number = $3 AND carrier = $4)) LIMIT 1",
        supplier_order,
        key,
        number,
        carrier,
    )
    return int(found) if found is not None else None


def _problems(
    lines: dict[int, dict[str, Any]], units: Mapping[int, int], carrier: str, number: str
) -> dict[str, str]:
    problems: dict[str, str] = {}
    for line, count in units.items():
        left = lines[line]["accepted"] - lines[line]["shipped"] + open_units(lines[line])
        if count < 0 or count > left:
            problems[f"units_{line}"] = "That is more than is left to ship."
    if not units:
        problems["units"] = "What is in the parcel?"
    if not carrier.strip():
        problems["carrier"] = "Who carries it?"
    if len(number) > 60 or (number and not number.isascii()):
        problems["tracking_number"] = "This does not look like a tracking number."
    elif not number and carrier_named(carrier) is not None:
        problems["tracking_number"] = "The shopper follows the parcel by its tracking number."
    return problems


async def _accept_what_leaves(
    supplier: int, supplier_order: int, lines: dict[int, dict[str, Any]], units: Mapping[int, int], who: str
) -> None:
    answers = []
    for line, count in units.items():
        ready = lines[line]["accepted"] - lines[line]["shipped"]
        if count > ready:
            pack = lines[line]["pack_quantity"]
            answers.append(Answer(line=line, accept=-(-(count - ready) // pack) * pack))
    if answers:
        await answer_supplier_order(supplier, supplier_order, answers, who=who)


async def _write(
    row: dict[str, Any],
    units: Mapping[int, int],
    carrier: str,
    number: str,
    who: str,
    key: str | None,
    at: datetime,
) -> int:
    address = await fetch_one(
        "SELECT postcode, country FROM delivery_address WHERE supplier_order = $1", row["id"]
    )
    nth = await fetch_value("SELECT count(*) + 1 FROM shipment WHERE supplier_order = $1", row["id"])
    known = carrier_named(carrier)
    shipment = await fetch_value(
        "INSERT INTO shipment (merchant, supplier, supplier_order, number, carrier, tracking_number, tracking_url, shipped_at,"
        " confirmed_by, key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
        row["merchant"],
        row["supplier"],
        row["id"],
        f"{row['number']}-{nth}",
        known.code if known else carrier.strip(),
        number or None,
        tracking_url(carrier, number, postcode=address["postcode"] if address else None),
        at,
        who,
        key,
    )
    for line, count in sorted(units.items()):
        await execute(
            "INSERT INTO shipment_line (merchant, supplier, shipment, supplier_order_line, quantity) VALUES ($1, $2, $3, $4, $5)",
            row["merchant"],
            row["supplier"],
            shipment,
            line,
            count,
        )
    await execute(
        "INSERT INTO tracking_event (merchant, supplier, shipment, at, now, source, who) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        row["merchant"],
        row["supplier"],
        shipment,
        at,
        "announced",
        "supplier",
        who,
    )
    return int(shipment)
