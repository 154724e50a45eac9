"""A mail to a tenant's own people, from the platform, in the tenant's language."""

from typing import Any

from marketplace.notices.rendering import compose
from marketplace.notices.sender import PLATFORM, people_of, tenant_as_reader
from marketplace.notices.write_mail import write_mail


async def tell_people(
    tenant: int,
    message: str,
    *,
    permission: str,
    once: str | int,
    about: str,
    sender_name: str = PLATFORM,
    reply_to: str | None = None,
    also: tuple[str, ...] = (),
    **values: Any,
) -> int:
    """Write the mail `message` to everyone of `tenant` who has `permission`, and to `also`, in that tenant's open scope.

    Templates also get `reader` (the tenant). Answers how many were written now. Raises NotFound.
    """
    reader = await tenant_as_reader(tenant)
    letter = compose(
        message, locale=reader.locale, zone=reader.zone, brand=reader.brand, reader=reader, **values
    )
    written = 0
    for address in dict.fromkeys((*await people_of(reader, permission), *also)):
        made = await write_mail(
            tenant,
            message,
            to=address,
            letter=letter,
            sender_name=sender_name,
            reply_to=reply_to,
            about=about,
            once=str(once),
        )
        written += made is not None
    return written
