"""Many parcels at once, pasted or uploaded: order number, carrier, tracking number. Each row stands for itself."""

import csv
import hashlib
import io
from dataclasses import dataclass

from marketplace.fulfilment.confirm_shipment import confirm_shipment
from marketplace.fulfilment.supplier_desk import find_by_number, read_order_page
from marketplace.kernel.errors import Invalid, NotFound, Refused, Stale

MOST = 1_000


@dataclass(frozen=True)
class Outcome:
    """One row: `problem` is an English msgid, None when the parcel was confirmed."""

    line: int
    order: str
    carrier: str
    tracking_number: str
    problem: str | None


async def ship_many(supplier: int, text: str, *, who: str) -> list[Outcome]:
    """Everything that is left of each order goes into its parcel. A row sent twice is one parcel."""
    outcomes = []
    for number, cells in enumerate(_rows(text), start=1):
        if number > MOST:
            outcomes.append(Outcome(number, "", "", "", "Only the first 1,000 rows were read."))
            break
        order, carrier, tracking = (*cells, "", "", "")[:3]
        if number == 1 and order.lower() in ("order", "commande", "number", "numéro"):
            continue
        outcomes.append(
            Outcome(number, order, carrier, tracking, await _ship(supplier, order, carrier, tracking, who))
        )
    return outcomes


def _rows(text: str) -> list[list[str]]:
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(";\t,", key=first.count)
    return [
        [c.strip() for c in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(row)
    ]


async def _ship(supplier: int, number: str, carrier: str, tracking: str, who: str) -> str | None:
    order = await find_by_number(supplier, number)
    if order is None:
        return "No single order has this number."
    found = await read_order_page(supplier, order)
    units = {line["id"]: line["to_ship"] + line["open"] for line in found["lines"]}
    if not any(units.values()):
        return None if _known(found["parcels"], tracking) else "Everything of this order has left already."
    key = hashlib.sha256(f"{order}\0{carrier}\0{tracking}".encode()).hexdigest()[:32]
    try:
        await confirm_shipment(
            supplier, order, units, carrier=carrier, tracking_number=tracking, who=who, key=key
        )
    except Invalid as invalid:
        return next(iter(invalid.problems.values()))
    except Refused as refused:
        return refused.message
    except (Stale, NotFound):
        return "This order was changed or cancelled meanwhile."
    return None


def _known(parcels: list[dict[str, object]], tracking: str) -> bool:
    return bool(tracking) and any(p["tracking_number"] == "".join(tracking.split()) for p in parcels)
