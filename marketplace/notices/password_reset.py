"""To a person: a link to choose a new password. The platform's own mail, in nobody's tenant."""

from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.notices.addresses import platform_url
from marketplace.notices.brand import Brand
from marketplace.notices.rendering import compose
from marketplace.notices.sender import PLATFORM
from marketplace.notices.write_mail import write_mail
from tenants.reset_password import HOURS, reset_token
from tenants.scope import platform_scope


async def password_reset(person: int) -> None:
    """Written once a link; links of one minute are one. Raises NotFound."""
    token = await reset_token(person)
    async with platform_scope("write the platform's own mail"):
        row = await fetch_one("SELECT name, email, locale FROM person WHERE id = $1", person)
        if row is None:
            raise NotFound(f"person {person}")
        letter = compose(
            "password_reset",
            locale=row["locale"],
            zone="Europe/Paris",
            brand=Brand(name=PLATFORM, url=platform_url()),
            name=row["name"],
            email=row["email"],
            hours=HOURS,
            url=platform_url(f"/password-resets/{token}"),
        )
        await write_mail(
            None,
            "password_reset",
            to=row["email"],
            letter=letter,
            sender_name=PLATFORM,
            about=f"person:{person}",
            once=now().strftime("%Y%m%d%H%M"),
        )
