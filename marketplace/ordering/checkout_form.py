"""What a shopper types at the checkout, judged. Pure: every problem at once, each beside its field."""

import re
import unicodedata
from collections.abc import Collection

import msgspec


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """Fields as typed, trimmed. Card fields are apart: they are never kept."""

    email: str = ""
    name: str = ""
    street: str = ""
    street2: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    phone: str = ""
    note: str = ""


_MOST = {
    "email": 200,
    "name": 100,
    "street": 120,
    "street2": 120,
    "postcode": 12,
    "city": 80,
    "phone": 25,
    "note": 300,
}
_REQUIRED = {
    "email": "Where shall we send the confirmation?",
    "name": "Whom is it for?",
    "street": "Street and number, please.",
    "postcode": "The postcode is missing.",
    "city": "The town is missing.",
}
#: as the Universal Postal Union describes them; a country that is not here takes any postcode
_POSTCODES = {
    "FR": r"\d{5}", "DE": r"\d{5}", "IT": r"\d{5}", "ES": r"\d{5}", "BE": r"\d{4}", "LU": r"\d{4}", "AT": r"\d{4}",
    "CH": r"\d{4}", "DK": r"\d{4}", "NL": r"\d{4} ?[A-Z]{2}", "PT": r"\d{4}-\d{3}", "PL": r"\d{2}-\d{3}",
    "SE": r"\d{3} ?\d{2}", "CZ": r"\d{3} ?\d{2}", "FI": r"\d{5}", "IE": r"[A-Z]\d[\dW] ?[\dA-Z]{4}", "MC": r"980\d{2}",
    "GB": r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}",
}  # fmt: skip
_EMAIL = re.compile(r"[^@\s<>\"(),:;\[\]]+@[^@\s<>\"(),:;\[\]]+\.[^@\s<>\"(),:;\[\].]{2,}")


def tidy(typed: dict[str, str]) -> Form:
    """Known fields only, outer and repeated spaces removed, postcode and country in capitals."""
    clean = {f: " ".join(str(typed.get(f) or "").split()) for f in Form.__struct_fields__}
    for field in ("postcode", "country", "phone"):  # digits of any keyboard
        clean[field] = unicodedata.normalize("NFKC", clean[field])
    clean["postcode"] = clean["postcode"].upper()
    clean["country"] = clean["country"].upper()
    return Form(**clean)


def find_problems(form: Form, *, ships_to: Collection[str], phone_needed: bool) -> dict[str, str]:
    """Every problem by field, each a sentence for the shopper; empty when the form is fine."""
    problems = {f: message for f, message in _REQUIRED.items() if not getattr(form, f)}
    for field, most in _MOST.items():
        if len(getattr(form, field)) > most:
            problems[field] = "This is too long."
    if form.email and "email" not in problems and not _EMAIL.fullmatch(form.email):
        problems["email"] = "This address looks incomplete: name@example.com."
    if form.country not in ships_to:
        problems["country"] = "We do not ship to this country."
    shape = _POSTCODES.get(form.country)
    if form.postcode and shape and not re.fullmatch(shape, form.postcode, re.ASCII):
        problems["postcode"] = "This is not a postcode of that country."
    if form.phone and not re.fullmatch(r"\+?[\d ().\-/]{6,25}", form.phone, re.ASCII):
        problems["phone"] = "Digits, please, with + and the country code if you like."
    elif phone_needed and not form.phone:
        problems["phone"] = "The carrier needs a phone number for this delivery."
    return problems
