"""Orders in the state a complaint finds them in: paid, shipped and delivered, as rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_value
from tenants.scope import platform_scope
from tests.support import world


@dataclass(frozen=True)
class Sold:
    """One order of one line, `units` of it at 24.90, from one supplier at 10.00 each."""

    merchant: int
    supplier: int
    order: int
    line: int
    charge: int
    supplier_order: int
    supplier_order_line: int
    number: str
    email: str


async def sold(
    units: int = 2,
    *,
    shipped: int | None = None,
    delivered_at: datetime | None = None,
    captured: bool = True,
    trade: world.Trade | None = None,
    locale: str = "en",
    **terms: Any,
) -> Sold:
    """Everything shipped and delivered an hour ago unless said otherwise; `shipped=0` is still at the supplier's."""
    deal = trade or await world.trade(**terms)
    shipped = units if shipped is None else shipped
    arrived = (delivered_at or now() - timedelta(hours=1)) if shipped == units else None
    goods, shipping = units * 2490, 490
    number = world.unique("A").upper()
    charge = await _charge(deal.merchant, goods + shipping, captured)
    order = await world.insert(
        "orders",
        merchant=deal.merchant,
        number=number,
        state="delivered" if arrived else "accepted",
        charge=charge,
        email="simone@shopper.example",
        name="Simone Shopper",
        phone="+33600000000",
        street="2 rue Basse",
        postcode="59000",
        city="Lille",
        country="FR",
        currency="EUR",
        locale=locale,
        goods=goods,
        shipping=shipping,
        vat=0,
        total=goods + shipping,
        shipping_captured=shipping if captured else 0,
        placed_at=now() - timedelta(days=6),
        delivered_at=arrived,
    )
    line = await world.insert(
        "order_line",
        merchant=deal.merchant,
        order=order,
        position=1,
        variant=deal.variant,
        title="Dune carafe",
        sku="CARAFE",
        options={"colour": "sand"},
        unit_price=2490,
        vat_bp=2000,
        amount=goods,
        ordered=units,
        accepted=units,
        shipped=shipped,
        delivered=units if arrived else 0,
        captured=goods if captured else 0,
    )
    so, sol = await _supplier_order(deal, order, line, units, shipped, arrived, number)
    return Sold(deal.merchant, deal.supplier, order, line, charge, so, sol, number, "simone@shopper.example")


async def _charge(merchant: int, amount: int, captured: bool) -> int:
    key = world.unique("charge")
    taken = amount if captured else 0
    charge = await world.insert(
        "charge",
        merchant=merchant,
        key=key,
        reference=key,
        currency="EUR",
        amount=amount,
        authorised=amount,
        captured=taken,
        state="captured" if captured else "authorised",
        card_hint="Visa …4242",
    )
    await world.insert(
        "test_payment",
        merchant=merchant,
        reference=key,
        currency="EUR",
        authorised=amount,
        captured=taken,
        card_hint="ok",
        authorisation_ends_at=now() + timedelta(days=7),
    )
    if captured:
        await world.insert(
            "entry",
            merchant=merchant,
            charge=charge,
            key=key,
            debit="gateway",
            credit="sales",
            amount=amount,
            currency="EUR",
            what="captured",
        )
    return charge


async def _supplier_order(
    deal: world.Trade, order: int, line: int, units: int, shipped: int, arrived: datetime | None, number: str
) -> tuple[int, int]:
    both = {"merchant": deal.merchant, "supplier": deal.supplier}
    so = await world.insert(
        "supplier_order",
        **both,
        agreement=deal.agreement,
        order_id=order,
        order_number=number,
        number=f"{number}-1",
        state="completed" if arrived else "answered",
        currency="EUR",
        goods=units * 1000,
        freight=500,
        total=units * 1000 + 500,
    )
    sol = await world.insert(
        "supplier_order_line",
        **both,
        supplier_order=so,
        order_line=line,
        offer=deal.offer,
        position=1,
        sku="V-1",
        title="Carafe, sand",
        unit_cost_e4=100_000,
        ordered=units,
        accepted=units,
        shipped=shipped,
        delivered=units if arrived else 0,
    )
    await world.insert(
        "delivery_address",
        **both,
        supplier_order=so,
        name="Simone Shopper",
        street="2 rue Basse",
        postcode="59000",
        city="Lille",
        country="FR",
    )
    if shipped:
        parcel = await world.insert(
            "shipment",
            **both,
            supplier_order=so,
            number=world.unique("P"),
            carrier="Colissimo",
            tracking_number="6A1",
            state="delivered" if arrived else "in_transit",
            delivered_at=arrived,
            confirmed_by="Vera",
        )
        await world.insert(
            "shipment_line", **both, shipment=parcel, supplier_order_line=sol, quantity=shipped
        )
    return so, sol


def photo(width: int = 640, height: int = 480, colour: str = "#a04030") -> bytes:
    """A JPEG with a place in it, as a telephone sends."""
    image = Image.new("RGB", (width, height), colour)
    exif = Image.Exif()
    exif[0x010F] = "Telephone"
    out = BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


async def value(sql: str, *args: Any) -> Any:
    """One value, as the platform."""
    async with platform_scope("a test looks"):
        return await fetch_value(sql, *args)


async def change(sql: str, *args: Any) -> int:
    async with platform_scope("a test's world"):
        return await execute(sql, *args)
