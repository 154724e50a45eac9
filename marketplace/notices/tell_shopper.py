"""A mail to a shopper, from the merchant, in the order's language. No supplier is named in it."""

from typing import Any

from marketplace.notices.addresses import order_url
from marketplace.notices.order_facts import read_order
from marketplace.notices.rendering import compose
from marketplace.notices.sender import merchant_as_sender
from marketplace.notices.write_mail import write_mail


async def tell_shopper(
    merchant: int,
    order: int,
    message: str,
    *,
    once: str | int,
    about: str | None = None,
    path: str = "",
    to: str | None = None,
    **values: Any,
) -> int | None:
    """Write the mail `message` in the merchant's open scope. Answers its id, or None when it was written before.

    Templates also get `order`, `order_url` (the signed page, followed by `path`) and `shop`. Raises NotFound.
    """
    sender = await merchant_as_sender(merchant)
    row = await read_order(order)
    letter = compose(
        message,
        locale=row["locale"],
        zone=sender.zone,
        brand=sender.brand,
        order=row,
        order_url=await order_url(merchant, order, path),
        shop=sender,
        **values,
    )
    return await write_mail(
        merchant,
        message,
        to=to or row["email"],
        letter=letter,
        sender_name=sender.name,
        reply_to=sender.address,
        about=about or f"order:{order}",
        once=str(once),
    )
