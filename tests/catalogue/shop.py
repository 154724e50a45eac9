"""A merchant with one supplier and a rule that doubles the cost: what most tests of the catalogue begin with."""

from dataclasses import dataclass
from typing import Any

from tests.support import world


@dataclass(frozen=True)
class Shop:
    merchant: int
    supplier: int
    agreement: int
    rule: int

    async def offer(self, **more: Any) -> int:
        """Costs 10.00 and there are ten, unless said otherwise."""
        return await world.offer(self.supplier, **more)


async def open_shop(**rule: Any) -> Shop:
    from marketplace.kernel.clock import now

    merchant, supplier = await world.merchant(identity_verified_at=now()), await world.supplier()
    agreement = await world.agreement(merchant, supplier)
    made = await world.insert(
        "price_rule",
        merchant=merchant,
        position=1,
        name="Double",
        rule=rule or {"steps": [{"multiplier_bp": 20_000}]},
    )
    return Shop(merchant, supplier, agreement, made)


#: what an offer needs to be published
COMPLETE: dict[str, Any] = {
    "title": "Chaise en chêne",
    "category": "Maison > Chaises",
    "brand": "Ardoise",
    "description": "<p>En chêne massif.</p>",
    "images": ["https://img.example/1.jpg"],
    "manufacturer": {
        "name": "Ardoise SA",
        "address": "1 quai, 74000 Annecy",
        "email": "contact@ardoise.example",
    },
}
