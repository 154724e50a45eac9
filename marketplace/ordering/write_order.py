"""The order as it is written before the bank is asked: awaiting payment, without a number."""

from datetime import datetime

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.kernel.errors import NotFound
from marketplace.ordering.checkout_form import Form
from marketplace.ordering.decisions import keep_decision, relabelled
from marketplace.ordering.quote import Quote, QuoteLine, Routed
from marketplace.ordering.timeline import note


async def write_order(
    merchant: int, cart: int, charge: int, form: Form, routed: Routed, *, locale: str
) -> int:
    """Order, lines and routing decision, in the open scope. Answers the order's id."""
    order = await _header(merchant, cart, charge, form, routed.quote, locale, now())
    lines = {
        line.variant: await _line(merchant, order, position, line)
        for position, line in enumerate(routed.quote.lines, start=1)
    }
    await keep_decision(merchant, order, *relabelled(routed.market.problem, routed.decision, lines), "placed")
    await note(merchant, order, "checked_out", now_="awaiting_payment", who="shopper")
    return order


async def _header(
    merchant: int, cart: int, charge: int, form: Form, quote: Quote, locale: str, at: datetime
) -> int:
    terms = await fetch_one("SELECT terms_version FROM storefront WHERE merchant = $1", merchant)
    if terms is None:
        raise NotFound(f"shop {merchant}")
    values = {
        "merchant": merchant, "charge": charge, "cart": cart, "email": form.email, "name": form.name,
        "phone": form.phone or None, "street": form.street, "street2": form.street2 or None, "postcode": form.postcode,
        "city": form.city, "country": form.country, "note": form.note or None, "locale": locale,
        "currency": quote.currency, "goods": quote.goods, "shipping": quote.shipping, "vat": quote.vat,
        "total": quote.total, "promise_from": quote.promise_from, "promise_to": quote.promise_to,
        "terms_version": terms["terms_version"], "created_at": at,
    }  # fmt: skip
    columns = ", ".join(f'"{c}"' for c in values)
    places = ", ".join(f"${i}" for i in range(1, len(values) + 1))
    return int(
        await fetch_value(f"INSERT INTO orders ({columns}) VALUES ({places}) RETURNING id", *values.values())
    )


async def _line(merchant: int, order: int, position: int, line: QuoteLine) -> int:
    return int(
        await fetch_value(
            'INSERT INTO order_line (merchant, "order", position, variant, title, sku, options, photo_sha, unit_price,'
            " vat_bp, amount, promise_date, withdrawal_excluded, ordered)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10, $11, $12, $13, $14) RETURNING id",
            merchant,
            order,
            position,
            line.variant,
            line.title,
            line.sku,
            json.dumps(line.options),
            line.photo_sha,
            line.unit_price,
            line.vat_bp,
            line.amount,
            line.arrives_to,
            line.withdrawal_excluded,
            line.quantity,
        )
    )


async def abandon(merchant: int, order: int, why: str) -> bool:
    """An order that was never paid is given up, in the open scope. False when it is no longer awaiting payment."""
    touched = await execute(
        "UPDATE orders SET state = 'abandoned' WHERE id = $1 AND state = 'awaiting_payment'", order
    )
    if touched:
        await note(merchant, order, "abandoned", was="awaiting_payment", now_="abandoned", why=why)
    return bool(touched)
