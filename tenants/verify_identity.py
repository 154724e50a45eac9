"""A merchant's professional identity, before any supplier's costs are shown: buyers of wholesale are professionals.

Numbers are checked by their check digits and form (python-stdnum), not against a register.
"""

from dataclasses import dataclass

from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError
from stdnum.fr import siren, siret
from stdnum.gb import vat as gb_vat
from stdnum.util import get_cc_module

from marketplace.kernel.database import execute
from marketplace.kernel.errors import Invalid
from tenants.audit import record
from tenants.scope import acting_as


@dataclass(frozen=True)
class Identity:
    legal_name: str
    legal_form: str | None
    registration_number: str | None
    vat_number: str | None
    street: str
    postcode: str
    city: str
    country: str
    email: str
    phone: str | None
    director: str | None
    mediator: str | None
    host_provider: str | None


def checked(identity: Identity) -> tuple[str | None, str | None]:
    """(registration number, VAT number), compacted. Raises Invalid beside the field that is wrong."""
    problems: dict[str, str] = {}
    registration = vat = None
    if identity.registration_number:
        try:
            registration = _registration(identity.registration_number, identity.country)
        except ValidationError:
            problems["registration_number"] = "This is not a valid registration number: check its digits."
    if identity.vat_number:
        try:
            vat = _vat(identity.vat_number)
        except ValidationError:
            problems["vat_number"] = "This is not a valid VAT number: check its digits."
    if not identity.registration_number and not identity.vat_number:
        problems["registration_number"] = "Give a SIREN, a SIRET or a VAT number."
    if problems:
        raise Invalid(problems)
    return registration, vat


async def verify_identity(tenant: int, identity: Identity, *, by: str) -> None:
    """Raises Invalid."""
    registration, vat = checked(identity)
    async with acting_as(tenant):
        await execute(
            "UPDATE tenant SET legal_name = $2, legal_form = $3, registration_number = $4, vat_number = $5, street = $6,"
            " postcode = $7, city = $8, country = $9, email = $10, phone = $11, director = $12, mediator = $13,"
            " host_provider = $14, identity_verified_at = now() WHERE id = $1",
            tenant,
            identity.legal_name,
            identity.legal_form,
            registration,
            vat,
            identity.street,
            identity.postcode,
            identity.city,
            identity.country,
            identity.email,
            identity.phone,
            identity.director,
            identity.mediator,
            identity.host_provider,
        )
        await execute(
            "UPDATE tenant_card SET country = $2, city = $3, email = $4 WHERE tenant = $1",
            tenant,
            identity.country,
            identity.city,
            identity.email,
        )
        await record("identity.verified", who=by)


def _registration(number: str, country: str) -> str:
    if country != "FR":
        module = get_cc_module(country.lower(), "businessid") or get_cc_module(country.lower(), "vat")
        return str(module.validate(number)) if module else number.strip()
    compact = siret.compact(number)
    return str(siret.validate(compact) if len(compact) > 9 else siren.validate(compact))


def _vat(number: str) -> str:
    if number.strip().upper().startswith("GB"):
        return "GB" + str(gb_vat.validate(number))
    return str(eu_vat.validate(number))
