"""A sale as the people in it see it: what each side reads, and the few things a supplier does."""

from dataclasses import dataclass
from typing import Any

import marketplace.reactions  # noqa: F401 - the jobs
from marketplace.fulfilment.answer_supplier_order import Answer, answer_supplier_order
from marketplace.fulfilment.confirm_shipment import confirm_shipment
from marketplace.kernel.database import fetch, fetch_one
from marketplace.relay import drain
from tenants.scope import acting_as
from tests.support import world
from tests.support.shopper import buys


@dataclass
class Sale:
    """A merchant, its placed and routed order, and the suppliers who got a part of it."""

    merchant: int
    order: int
    number: str

    async def header(self) -> dict[str, Any]:
        async with acting_as(self.merchant):
            row = await fetch_one("SELECT * FROM orders WHERE id = $1", self.order)
        assert row is not None
        return row

    async def lines(self) -> list[dict[str, Any]]:
        async with acting_as(self.merchant):
            return await fetch('SELECT * FROM order_line WHERE "order" = $1 ORDER BY position', self.order)

    async def charge(self) -> dict[str, Any]:
        async with acting_as(self.merchant):
            row = await fetch_one(
                "SELECT c.* FROM charge c JOIN orders o ON o.charge = c.id WHERE o.id = $1", self.order
            )
        assert row is not None
        return row

    async def supplier_orders(self) -> list[dict[str, Any]]:
        async with acting_as(self.merchant):
            return await fetch("SELECT * FROM supplier_order WHERE order_id = $1 ORDER BY id", self.order)

    async def supplier_lines(self, supplier_order: int) -> list[dict[str, Any]]:
        async with acting_as(self.merchant):
            return await fetch(
                "SELECT * FROM supplier_order_line WHERE supplier_order = $1 ORDER BY position",
                supplier_order,
            )

    async def timeline(self, *, shopper: bool = False) -> list[str]:
        async with acting_as(self.merchant):
            rows = await fetch(
                'SELECT what FROM order_transition WHERE "order" = $1 AND (shopper_sees OR NOT $2) ORDER BY id',
                self.order,
                shopper,
            )
        return [r["what"] for r in rows]

    async def answers(
        self, supplier_order: dict[str, Any], *, refuse: int = 0, reason: str = "out_of_stock"
    ) -> None:
        """The supplier accepts all but `refuse` units of each line; and the house draws its conclusions."""
        lines = await self.supplier_lines(supplier_order["id"])
        await answer_supplier_order(
            supplier_order["supplier"],
            supplier_order["id"],
            [
                Answer(
                    line=line["id"],
                    accept=line["ordered"] - refuse,
                    refuse=refuse,
                    reason=reason if refuse else None,
                )
                for line in lines
            ],
            who="Vera",
        )
        await drain()

    async def ships(self, supplier_order: dict[str, Any], *, units: int | None = None, **more: Any) -> int:
        lines = await self.supplier_lines(supplier_order["id"])
        packed = {
            line["id"]: line["accepted"] - line["shipped"] if units is None else units for line in lines
        }
        said = {
            "carrier": "colissimo",
            "tracking_number": f"6A1234567890{supplier_order['id'] % 10}",
            "who": "Vera",
            **more,
        }
        shipment = await confirm_shipment(supplier_order["supplier"], supplier_order["id"], packed, **said)
        await drain()
        return shipment


async def sold(merchant: int, *variants: int, quantity: int = 1, **more: Any) -> Sale:
    """A purchase, routed and sent."""
    placed = await buys(merchant, *variants, quantity=quantity, **more)
    await drain()
    return Sale(merchant, placed.order, placed.number)


async def second_source(
    deal: world.Trade, *, quantity: int = 10, price_e4: int = 110_000, **terms: Any
) -> tuple[int, int]:
    """(supplier, offer): Sven can serve the variant too, a little dearer."""
    sven = await world.supplier("sven")
    await world.agreement(deal.merchant, sven, **terms)
    offer = await world.offer(sven, quantity=quantity, price_e4=price_e4)
    await world.insert("match", merchant=deal.merchant, variant=deal.variant, offer=offer, supplier=sven)
    return sven, offer
