"""Carts, and orders made by hand: what stock and money are tested with before a checkout exists."""

from tests.support import world


async def cart(merchant: int) -> int:
    return await world.insert("cart", merchant=merchant, token_hash=world.unique("cart"))


async def order(merchant: int, **more: object) -> int:
    values = {
        "email": "simone@shopper.example",
        "name": "Simone Shopper",
        "street": "2 rue Basse",
        "postcode": "59000",
        "city": "Lille",
        "country": "FR",
        "currency": "EUR",
        "goods": 0,
        "shipping": 0,
        "vat": 0,
        "total": 0,
        **more,
    }
    return await world.insert("orders", merchant=merchant, **values)


async def order_line(
    merchant: int, variant: int, quantity: int = 1, *, order_id: int | None = None, unit_price: int = 2490
) -> int:
    made = order_id or await order(merchant)
    return await world.insert(
        "order_line",
        merchant=merchant,
        order=made,
        position=1,
        variant=variant,
        title="Thing",
        sku="T-1",
        unit_price=unit_price,
        vat_bp=2000,
        amount=quantity * unit_price,
        ordered=quantity,
    )
