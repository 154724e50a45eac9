"""Card numbers that the test gateway knows, and what each does. Any future date and any three digits go with them.

A number never reaches our tables: what is stored is the token, which says only what the card will do.
"""

from datetime import date
from typing import NamedTuple

from marketplace.kernel.clock import now
from marketplace.kernel.errors import Invalid


class Card(NamedTuple):
    token: str
    brand: str
    declined: str | None = None  # the code it is declined with
    silent_once: bool = False  # the first answer to each call is lost on the way
    authorisation_hours: int = 7 * 24
    refuses_refunds: bool = False


CARDS: dict[str, Card] = {
    "4242424242424242": Card("ok", "Visa"),
    "5555555555554444": Card("ok_mastercard", "Mastercard"),
    "4000000000000002": Card("declined", "Visa", declined="declined"),
    "4000000000009995": Card("insufficient_funds", "Visa", declined="insufficient_funds"),
    "4000000000000119": Card("silent", "Visa", silent_once=True),
    "4000000000000044": Card("short", "Visa", authorisation_hours=25),
    "4000000000005126": Card("no_refunds", "Visa", refuses_refunds=True),
}
BY_TOKEN = {card.token: card for card in CARDS.values()}


def luhn(number: str) -> bool:
    """ISO/IEC 7812-1 annex B: the check digit of a card number."""
    digits = [int(d) for d in reversed(number)]
    return sum(d if i % 2 == 0 else sum(divmod(2 * d, 10)) for i, d in enumerate(digits)) % 10 == 0


def source_of(fields: dict[str, str]) -> str:
    """`number`, `expiry` (MM/YY) and `cvc` as typed -> "token:last4". Raises Invalid, a message a field."""
    number = "".join(c for c in fields.get("number", "") if not c.isspace() and c != "-")
    problems: dict[str, str] = {}
    if not (12 <= len(number) <= 19 and number.isascii() and number.isdigit() and luhn(number)):
        problems["number"] = "This is not a card number."
    elif number not in CARDS:
        problems["number"] = "This is a test shop: use one of its test cards, 4242 4242 4242 4242 for one."
    if problem := _expiry_problem(fields.get("expiry", "")):
        problems["expiry"] = problem
    cvc = fields.get("cvc", "").strip()
    if not (cvc.isascii() and cvc.isdigit() and len(cvc) in (3, 4)):
        problems["cvc"] = "Three digits, on the back of the card."
    if problems:
        raise Invalid(problems)
    return f"{CARDS[number].token}:{number[-4:]}"


def _expiry_problem(typed: str) -> str | None:
    month, _, year = typed.replace(" ", "").partition("/")
    if not (
        month.isascii() and month.isdigit() and year.isascii() and year.isdigit() and 1 <= int(month) <= 12
    ):
        return "Month and year, as on the card: 04/29."
    if len(year) not in (2, 4):
        return "Month and year, as on the card: 04/29."
    today = now().date()
    last = date(int(year) % 100 + 2000, int(month), 1)
    return "This card has expired." if last < today.replace(day=1) else None


def card_of(source: str | None) -> Card:
    """Raises KeyError for a token that is none of ours."""
    return BY_TOKEN[(source or "").partition(":")[0]]


def hint_of(source: str) -> str:
    """“Visa …4242”."""
    return f"{card_of(source).brand} …{source.partition(':')[2]}"
