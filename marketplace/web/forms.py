"""Reading what a person typed: typed getters that collect every problem, and keep what was typed.

form = await Form.read(request)
name = form.text("name", label=_("Name"), required=True, most=80)
price = form.money("price", currency)
form.check()          # raises Invalid with one message a field
"""

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from litestar.datastructures import UploadFile
from litestar_htmx import HTMXRequest

from marketplace.kernel.errors import Invalid, Refused
from marketplace.kernel.fetching import N_
from marketplace.kernel.money import exponent


class Said(str):
    """A msgid that brings the values of its {named} places along, so that it can still be translated."""

    places: dict[str, object]

    def __new__(cls, message: str, places: dict[str, object]) -> "Said":
        made = super().__new__(cls, message)
        made.places = places
        return made


class Form:
    def __init__(self, values: dict[str, list[Any]]) -> None:
        self._all = values
        self.values: dict[str, str] = {k: v[-1] for k, v in values.items() if v and isinstance(v[-1], str)}
        self.problems: dict[str, str] = {}

    @classmethod
    async def read(cls, request: HTMXRequest) -> "Form":
        sent = await request.form()
        return cls({key: sent.getall(key) for key in sent})

    @classmethod
    def empty(cls, **values: object) -> "Form":
        """A form to show first, with what is known filled in."""
        return cls({k: [str(v)] for k, v in values.items() if v is not None})

    def raw(self, name: str) -> str:
        return self.values.get(name, "").strip()

    def all(self, name: str) -> list[str]:
        return [v for v in self._all.get(name, []) if isinstance(v, str)]

    def files(self, name: str) -> list[UploadFile]:
        return [v for v in self._all.get(name, []) if isinstance(v, UploadFile) and v.filename]

    def problem(self, name: str, message: str) -> None:
        self.problems.setdefault(name, message)

    def text(self, name: str, *, required: bool = False, most: int = 500) -> str | None:
        value = self.raw(name)
        if not value:
            if required:
                self.problem(name, "Please fill this in.")
            return None
        if len(value) > most:
            self.problem(name, "That is too long.")
        if "\x00" in value:
            self.problem(name, "That holds characters that cannot be kept.")
            return None
        return value

    def need(self, name: str, *, most: int = 500) -> str:
        return self.text(name, required=True, most=most) or ""

    def email(self, name: str, *, required: bool = True) -> str | None:
        value = self.text(name, required=required, most=254)
        if value is None:
            return None
        value = value.lower()
        local, at, host = value.partition("@")
        if not (
            local
            and at
            and "." in host
            and " " not in value
            and not host.startswith(".")
            and not host.endswith(".")
        ):
            self.problem(name, "That does not look like an e-mail address.")
        return value

    def one_of(self, name: str, choices: Iterable[str], *, required: bool = True) -> str | None:
        value = self.raw(name)
        if not value and not required:
            return None
        if value not in set(choices):
            self.problem(name, "Please choose one of the list.")
            return None
        return value

    def integer(self, name: str, *, least: int = 0, most: int = 10**9, required: bool = False) -> int | None:
        value = self.raw(name).replace("\u202f", "").replace("\xa0", "").replace(" ", "")
        if not value:
            if required:
                self.problem(name, "Please fill this in.")
            return None
        try:
            number = int(value)
        except ValueError:
            self.problem(name, "Please enter a whole number.")
            return None
        if number < least:
            self.problem(name, Said(N_("At least {least}, please."), {"least": least}))
            return None
        if number > most:
            self.problem(name, Said(N_("At most {most}, please."), {"most": most}))
            return None
        return number

    def decimal(self, name: str, *, places: int, least: int = 0, required: bool = False) -> int | None:
        """ "12,5" or "12.5" with 2 places -> 1250. More decimals than `places` are refused, not rounded."""
        value = self.raw(name).replace("\u202f", "").replace("\xa0", "").replace(" ", "").replace(",", ".")
        value = value.strip("€$£%")
        if not value:
            if required:
                self.problem(name, "Please fill this in.")
            return None
        try:
            scaled = Decimal(value).scaleb(places)
        except InvalidOperation:
            self.problem(name, "Please enter an amount, such as 12.50.")
            return None
        if not scaled.is_finite() or scaled != scaled.to_integral_value() or abs(scaled) > 10**13:
            self.problem(name, "That amount has too many digits.")
            return None
        if scaled < least:
            self.problem(name, "That amount is too small.")
            return None
        return int(scaled)

    def money(self, name: str, currency: str, *, least: int = 0, required: bool = False) -> int | None:
        """Minor units."""
        return self.decimal(name, places=exponent(currency), least=least, required=required)

    def flag(self, name: str) -> bool:
        return self.raw(name) in ("1", "on", "true", "yes")

    def day(self, name: str, *, required: bool = False) -> date | None:
        value = self.raw(name)
        if not value and not required:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.problem(name, "Please enter a date.")
            return None

    def clock(self, name: str) -> time | None:
        try:
            return time.fromisoformat(self.raw(name))
        except ValueError:
            self.problem(name, "Please enter a time, such as 15:00.")
            return None

    def ids(self, name: str) -> list[int]:
        return [int(v) for v in self.all(name) if v.isdecimal() and len(v) < 19]

    def check(self) -> None:
        if self.problems:
            raise Invalid(self.problems)

    def take(self, refusal: Refused) -> None:
        """Put a use case's refusal beside the field that caused it (or under "" for the whole form)."""
        if isinstance(refusal, Invalid):
            for field, message in refusal.problems.items():
                self.problem(field, message)
            return
        self.problem(refusal.field or "", Said(refusal.message, refusal.values))
