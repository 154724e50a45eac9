"""What happens when something has happened: event -> (job, whose side it acts on). The whole flow on one screen.

A reaction acts as the tenant named by `side`, a key of the event's payload ("merchant" or "supplier"), and gets the
payload's `args` by name.
"""

from dataclasses import dataclass
from typing import Any

from marketplace.catalogue import jobs as catalogue
from marketplace.kernel.broker import Job
from marketplace.sourcing import jobs as sourcing


@dataclass(frozen=True)
class Reaction:
    job: Job
    side: str
    args: tuple[str, ...]

    def tenant(self, payload: dict[str, Any]) -> int:
        return int(payload[self.side])

    def arguments(self, payload: dict[str, Any]) -> dict[str, Any]:
        return {name: payload[name] for name in self.args}


REACTIONS: dict[str, list[Reaction]] = {
    "feed_run.wanted": [Reaction(sourcing.sync, "supplier", ("run", "attempt"))],
    "feed.applied": [
        Reaction(catalogue.reckon_run, "merchant", ("supplier", "run")),
        Reaction(catalogue.follow_run, "merchant", ("supplier", "run")),
    ],
    "agreement.agreed": [Reaction(catalogue.reckon_supplier, "merchant", ("supplier",))],
    "agreement.paused": [Reaction(catalogue.reckon_supplier, "merchant", ("supplier",))],
    "agreement.resumed": [Reaction(catalogue.reckon_supplier, "merchant", ("supplier",))],
    "agreement.ended": [Reaction(catalogue.reckon_supplier, "merchant", ("supplier",))],
    "stock.changed": [Reaction(catalogue.tell_of_stock, "supplier", ("offers",))],
    "availability.changed": [Reaction(catalogue.reckon_stock, "merchant", ("offers",))],
    "photos.wanted": [Reaction(catalogue.want_and_fetch, "supplier", ("offers",))],
    "photos.due": [Reaction(catalogue.fetch_due, "supplier", ())],
    "photos.ready": [Reaction(catalogue.show_photos, "merchant", ("offers",))],
    "listings.aged": [Reaction(catalogue.age, "merchant", ())],
    "rates.moved": [Reaction(catalogue.reprice, "merchant", ())],
}
