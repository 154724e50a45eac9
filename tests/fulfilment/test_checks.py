"""The last line of defence: whatever the code forgets, the database does not let stock, quantities and money contradict
themselves. Each CHECK is broken on purpose, as the runtime role; one without a case here fails."""

import asyncpg
import pytest

from marketplace.kernel.database import connection, fetch
from tenants.scope import acting_as, platform_scope
from tests.support import world
from tests.support.sale import sold

pytestmark = pytest.mark.usefixtures("database")
TABLES = ("stock", "hold", "charge", "payment_attempt", "refund", "entry", "cart_line", "orders", "order_line", "supplier_order",
          "supplier_order_line", "shipment", "shipment_line")  # fmt: skip

#: constraint -> statements that each break it; {…} is the id of the row of that table
BREAKS: dict[str, list[str]] = {
    "stock_signs": [
        "UPDATE stock SET held = -1 WHERE id = {stock}",
        "UPDATE stock SET committed = -1 WHERE id = {stock}",
    ],
    "hold_kind": ["UPDATE hold SET kind = 'borrowed' WHERE id = {hold}"],
    "hold_quantity": ["UPDATE hold SET quantity = 0 WHERE id = {hold}"],
    "hold_parts": [
        "UPDATE hold SET parts = ARRAY[1]::bigint[] WHERE id = {hold}",
        "UPDATE hold SET parts = ARRAY[1, 2]::bigint[], part_units = ARRAY[1]::bigint[] WHERE id = {hold}",
        "UPDATE hold SET parts = ARRAY[1]::bigint[], part_units = ARRAY[0]::bigint[] WHERE id = {hold}",
        "UPDATE hold SET parts = ARRAY[]::bigint[], part_units = ARRAY[]::bigint[] WHERE id = {hold}",
    ],
    "hold_owner": [
        "UPDATE hold SET order_line = NULL WHERE id = {hold}",
        "UPDATE hold SET expires_at = now() WHERE id = {hold}",
    ],
    "charge_state": ["UPDATE charge SET state = 'lent' WHERE id = {charge}"],
    "charge_signs": [
        "INSERT INTO charge (merchant, key, currency, amount, authorised, captured, refund_reserved, refunded, created_at)"
        " VALUES ({merchant}, 'x', 'EUR', -1, -1, -1, -1, -1, now())"
    ],
    "charge_caps": [
        "UPDATE charge SET authorised = amount + 1 WHERE id = {charge}",
        "UPDATE charge SET authorised = captured - 1 WHERE id = {charge}",
        "UPDATE charge SET refund_reserved = captured + 1 WHERE id = {charge}",
        "UPDATE charge SET refund_reserved = -1 WHERE id = {charge}",
    ],
    "payment_attempt_state": ["UPDATE payment_attempt SET state = 'lost' WHERE id = {payment_attempt}"],
    "payment_attempt_kind": ["UPDATE payment_attempt SET kind = 'gift' WHERE id = {payment_attempt}"],
    "payment_attempt_amount": ["UPDATE payment_attempt SET amount = -1 WHERE id = {payment_attempt}"],
    "refund_state": ["UPDATE refund SET state = 'eaten' WHERE id = {refund}"],
    "refund_amount": ["UPDATE refund SET amount = 0 WHERE id = {refund}"],
    "entry_amount": [
        "INSERT INTO entry (merchant, charge, key, debit, credit, amount, currency, what, at)"
        " VALUES ({merchant}, {charge}, 'x', 'gateway', 'sales', 0, 'EUR', 'nothing', now())"
    ],
    "entry_accounts": [
        "INSERT INTO entry (merchant, charge, key, debit, credit, amount, currency, what, at)"
        " VALUES ({merchant}, {charge}, 'x', 'sales', 'sales', 1, 'EUR', 'in a circle', now())"
    ],
    "cart_line_quantity": [
        f"UPDATE cart_line SET quantity = {n} WHERE id = {{cart_line}}" for n in (0, -1, 1000)
    ],
    "order_state": ["UPDATE orders SET state = 'happy' WHERE id = {orders}"],
    "order_numbered": ["UPDATE orders SET number = NULL WHERE id = {orders}"],
    "order_amounts": [
        "UPDATE orders SET total = total + 1 WHERE id = {orders}",
        "UPDATE orders SET vat = -1 WHERE id = {orders}",
        "UPDATE orders SET shipping_captured = shipping + 1 WHERE id = {orders}",
        "UPDATE orders SET shipping_refunded = shipping_captured + 1 WHERE id = {orders}",
        "UPDATE orders SET shipping_refunded = -1 WHERE id = {orders}",
    ],
    "order_line_signs": [
        f"UPDATE order_line SET {column} = -1 WHERE id = {{order_line}}"
        for column in ("vat_bp", "cancelled", "accepted", "refused", "lost", "returned", "refunded")
    ],
    "order_line_sums": [
        "UPDATE order_line SET cancelled = 1 WHERE id = {order_line}",
        "UPDATE order_line SET shipped = accepted + 1 WHERE id = {order_line}",
        "UPDATE order_line SET delivered = shipped + 1 WHERE id = {order_line}",
        "UPDATE order_line SET lost = shipped + 1 WHERE id = {order_line}",
        "UPDATE order_line SET returned = delivered + 1 WHERE id = {order_line}",
    ],
    "order_line_money": [
        "UPDATE order_line SET amount = amount + 1 WHERE id = {order_line}",
        "UPDATE order_line SET captured = amount + 1 WHERE id = {order_line}",
        "UPDATE order_line SET refund_reserved = captured + 1 WHERE id = {order_line}",
        "UPDATE order_line SET refunded = refund_reserved + 1 WHERE id = {order_line}",
    ],
    "supplier_order_state": ["UPDATE supplier_order SET state = 'forgotten' WHERE id = {supplier_order}"],
    "supplier_order_cancellation": [
        "UPDATE supplier_order SET cancellation = 'maybe' WHERE id = {supplier_order}"
    ],
    "supplier_order_purpose": ["UPDATE supplier_order SET purpose = 'fun' WHERE id = {supplier_order}"],
    "supplier_order_amounts": [
        "UPDATE supplier_order SET total = total + 1 WHERE id = {supplier_order}",
        "UPDATE supplier_order SET fee = -1, total = total - 1 WHERE id = {supplier_order}",
    ],
    "supplier_order_line_signs": [
        f"UPDATE supplier_order_line SET {column} = -1 WHERE id = {{supplier_order_line}}"
        for column in ("unit_cost_e4", "cancel_wanted")
    ],
    "supplier_order_line_sums": [
        "UPDATE supplier_order_line SET cancelled = 1 WHERE id = {supplier_order_line}",
        "UPDATE supplier_order_line SET shipped = accepted + 1 WHERE id = {supplier_order_line}",
        "UPDATE supplier_order_line SET lost = shipped + 1 WHERE id = {supplier_order_line}",
        "UPDATE supplier_order_line SET given_up = cancelled + 1 WHERE id = {supplier_order_line}",
    ],
    "supplier_order_line_reason": [
        "UPDATE supplier_order_line SET accepted = accepted - 1, shipped = 0, delivered = 0, refused = 1"
        " WHERE id = {supplier_order_line}"
    ],
    "shipment_state": ["UPDATE shipment SET state = 'teleported' WHERE id = {shipment}"],
    "shipment_line_quantity": ["UPDATE shipment_line SET quantity = 0 WHERE id = {shipment_line}"],
}


@pytest.fixture(scope="module")
async def rows(database):
    """A shipped sale with a refund, and the newest row of each table."""
    from marketplace.ordering.cart import add_to_cart
    from marketplace.ordering.refund_order import refund_order
    from marketplace.relay import drain

    deal = await world.trade()
    sale = await sold(deal.merchant, deal.variant, quantity=2)
    [order] = await sale.supplier_orders()
    await sale.answers(order)
    await sale.ships(order)
    [line] = await sale.lines()
    await refund_order(
        deal.merchant, sale.order, lines={line["id"]: 100}, reason="test", key=world.unique("r")
    )
    await drain()
    await add_to_cart(deal.merchant, world.unique("visitor"), deal.variant)
    async with acting_as(deal.merchant):
        found = {}
        for table in TABLES:
            [row] = await fetch(f"SELECT max(id) AS id FROM {table}")
            found[table] = row["id"]
        [commitment] = await fetch("SELECT id FROM hold WHERE kind = 'commitment'")
    return {**found, "hold": commitment["id"], "merchant": deal.merchant}


@pytest.mark.parametrize("constraint", sorted(BREAKS))
async def test_it_cannot_be_broken(rows, constraint):
    for statement in BREAKS[constraint]:
        with pytest.raises(asyncpg.CheckViolationError) as refusal:
            async with acting_as(rows["merchant"]):
                await connection().execute(statement.format(**rows))
        assert refusal.value.constraint_name == constraint, statement


async def test_every_check_of_the_sale_has_a_case(rows):
    async with platform_scope("read the catalogue"):
        found = await fetch(
            "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid::regclass::text = ANY($1)",
            list(TABLES),
        )
    assert {r["conname"] for r in found} == set(BREAKS)
