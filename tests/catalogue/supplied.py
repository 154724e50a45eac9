"""A shop that sells what a supplier's files say, as tests look at it: the product, and what waits for a person."""

from typing import Any

from marketplace.catalogue.curate import curate
from marketplace.catalogue.read_queues import pending_decisions
from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch_one
from marketplace.relay import drain
from tenants.scope import acting_as, platform_scope
from tests.catalogue.shop import Shop, open_shop
from tests.support.feeds import Feed, feed, lamp, rows

GTIN, OTHER = "4006381333931", "4006381333948"


async def selling(**first: Any) -> tuple[Shop, Feed, int]:
    """A shop that made a product of the first of ten lamps of a supplier's file: (shop, the feed, the product)."""
    shop = await open_shop()
    vera = await feed(shop.supplier)
    await vera.send(lamps(**first))
    offer = (await vera.offers())["L-001"]["id"]
    made = await curate(shop.merchant, [offer])
    await drain()
    return shop, vera, made.products[0]


def lamps(**first: Any) -> Any:
    return rows({**lamp(1, category="Lamps"), **first}, *(lamp(n, category="Lamps") for n in range(2, 11)))


async def look(shop: Shop, product: int) -> dict[str, Any]:
    async with acting_as(shop.merchant):
        row = await fetch_one(
            "SELECT p.title, v.id AS variant, v.gtin, v.weight_g, v.price, v.sellable, v.available, v.reasons FROM variant v"
            " JOIN product p ON p.id = v.product WHERE p.id = $1",
            product,
        )
    assert row is not None
    return {**row, "reasons": json.loads(row["reasons"])}


async def waiting(shop: Shop) -> dict[str, tuple[Any, Any]]:
    """Field → (mine, theirs)."""
    return {d.field: (d.mine, d.theirs) for d in (await pending_decisions(shop.merchant)).rows}


async def set_sql(sql: str, *args: Any) -> None:
    async with platform_scope("a test"):
        await execute(sql, *args)
