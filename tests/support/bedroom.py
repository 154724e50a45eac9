"""A supplier that sells a set and its parts, each by itself too."""

from dataclasses import dataclass

from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.stock.commit import Sale, commit
from marketplace.stock.guard import Want, could_have
from marketplace.stock.take import take
from tenants.scope import acting_as, platform_scope
from tests.support import world
from tests.support.checkout import cart, order_line


@dataclass
class Bedroom:
    """Vera sells a bedroom: one bed, two nightstands. Both are sold by themselves too."""

    merchant: int
    supplier: int
    feed: int
    bed: int
    stand: int
    set: int

    async def left(self, offer: int, buffer: int = 0) -> int:
        """Units the guard would give."""
        async with acting_as(self.merchant):
            return await could_have(Want(offer, 1, buffer))

    async def all_left(self) -> tuple[int, int, int]:
        """Sets, beds, nightstands."""
        return await self.left(self.set), await self.left(self.bed), await self.left(self.stand)

    async def take(self, **units: int) -> dict[int, int]:
        """A new cart takes them. Answers what fell short."""
        wants = [Want(getattr(self, name), quantity) for name, quantity in units.items()]
        return (await take(self.merchant, await cart(self.merchant), wants)).short

    async def line(self, offer: int, quantity: int) -> int:
        return await order_line(self.merchant, await world.variant(self.merchant, offer), quantity)

    async def buy(self, offer: int, quantity: int) -> Sale:
        sale = Sale(await self.line(offer, quantity), offer, quantity)
        assert await commit(self.merchant, None, [sale]) == {}
        return sale


async def bedroom(beds: int = 5, stands: int = 5, **terms: int) -> Bedroom:
    merchant, supplier = await world.merchant(), await world.supplier()
    await world.agreement(merchant, supplier, **terms)
    feed = await world.feed(supplier)
    bed, stand = await world.offer(supplier, quantity=beds), await world.offer(supplier, quantity=stands)
    its = await world.offer(supplier, quantity=min(beds, stands // 2))
    for offer in (bed, stand, its):
        async with platform_scope("said by the feed"):
            await execute("UPDATE offer SET feed = $2 WHERE id = $1", offer, feed)
    made = Bedroom(merchant, supplier, feed, bed, stand, its)
    await made_of(made, bed, {bed: 1})
    await made_of(made, stand, {stand: 1})
    await made_of(made, its, {bed: 1, stand: 2})
    return made


async def made_of(its: Bedroom, offer: int, parts: dict[int, int]) -> None:
    async with platform_scope("what a run writes"):
        await execute("DELETE FROM offer_part WHERE offer = $1", offer)
        for part, units in parts.items():
            sku = await fetch_value("SELECT sku FROM offer WHERE id = $1", part)
            row = await fetch_one("SELECT id FROM part WHERE supplier = $1 AND sku = $2", its.supplier, sku)
            known = row["id"] if row else await world.insert("part", supplier=its.supplier, sku=sku)
            await world.insert(
                "offer_part", supplier=its.supplier, feed=its.feed, offer=offer, part=known, units=units, part_offer=part
            )  # fmt: skip
