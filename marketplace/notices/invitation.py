"""To somebody invited: a colleague, a supplier, or the owner of an account that was managed for it. From the platform."""

from marketplace.kernel.database import fetch_one
from marketplace.kernel.i18n import translator
from marketplace.notices.addresses import platform_url
from marketplace.notices.rendering import compose
from marketplace.notices.sender import PLATFORM, tenant_as_reader
from marketplace.notices.write_mail import write_mail
from tenants.invite import invitation_token
from tenants.scope import acting_as

_MESSAGES = {
    "colleague": "colleague_invited",
    "supplier": "supplier_invited",
    "claim_managed": "account_handed_over",
}


def N_(message: str) -> str:  # noqa: N802, gettext's own name for "translated later"
    return message


ROLES = {
    "owner": N_("owner"),
    "catalogue": N_("catalogue"),
    "orders": N_("orders"),
    "support": N_("support"),
    "read_only": N_("read only"),
    "warehouse": N_("warehouse"),
}


async def invitation(tenant: int, invitation: int) -> None:
    """Written once an invitation, in the inviting tenant's language; nothing when it was taken up or taken back before.
    Raises NotFound for a stranger."""
    async with acting_as(tenant):
        row = await fetch_one(
            "SELECT * FROM invitation WHERE id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL",
            invitation,
        )
        if row is None:
            return
        reader = await tenant_as_reader(tenant)
        message = _MESSAGES[row["purpose"]]
        letter = compose(
            message,
            locale=reader.locale,
            zone=reader.zone,
            brand=reader.brand,
            invitation=row,
            tenant=reader.name,
            role=translator(reader.locale)(ROLES[row["role"]]),
            url=platform_url(f"/invitations/{invitation_token(tenant, invitation)}"),
        )
        await write_mail(
            tenant,
            message,
            to=row["email"],
            letter=letter,
            sender_name=f"{reader.name} ({PLATFORM})",
            reply_to=reader.address,
            about=f"invitation:{invitation}",
            once=str(invitation),
        )
