"""French and English: gettext catalogues, and amounts, dates and counts as a reader of that language writes them.

Catalogues are `locales/<language>/*.po`, one a surface, read and merged when the process starts: no compiled files to
forget. English is the language of the msgids.
"""

import gettext as _gettext
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date as _babel_date
from babel.dates import format_datetime as _babel_datetime
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, get_territory_currencies

from marketplace.kernel.money import exponent

LOCALES = ("fr", "en")
FOLDER = Path(__file__).resolve().parents[2] / "locales"
Translations = _gettext.NullTranslations


@cache
def translations(locale: str) -> Translations:
    """The merged catalogues of a language; English has none and needs none."""
    files = sorted((FOLDER / locale).glob("*.po"))
    if not files:
        return _gettext.NullTranslations()
    merged = Catalog(locale=locale)
    for path in files:
        with path.open("rb") as f:
            for message in read_po(f, locale=locale):
                if message.id and message.string:
                    merged[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return _gettext.GNUTranslations(compiled)


def translator(locale: str) -> Callable[..., str]:
    """`_`: translate a msgid and fill its {named} places."""
    catalogue = translations(locale)

    def translate(message: str, **values: object) -> str:
        text = catalogue.gettext(message)
        values = values or getattr(message, "places", {})
        return text.format(**values) if values else text

    return translate


def plural_translator(locale: str) -> Callable[..., str]:
    """`ngettext`: the right form for `n`, which also fills {n}."""
    catalogue = translations(locale)

    def translate(one: str, many: str, n: int, **values: object) -> str:
        return catalogue.ngettext(one, many, n).format(n=format_count(n, locale), **values)

    return translate


def babel_locale(locale: str) -> str:
    return "en_GB" if locale == "en" else locale


def format_money(amount_minor: int | None, currency: str, locale: str) -> str:
    """12990 EUR -> "129,90 €" in French, "€129.90" in English. None is a dash."""
    if amount_minor is None:
        return "–"
    from decimal import Decimal

    value = Decimal(amount_minor).scaleb(-exponent(currency))
    return format_currency(value, currency, locale=babel_locale(locale))


def format_e4(amount_e4: int | None, currency: str, locale: str) -> str:
    """A unit cost in 1/10,000: at least the currency's decimals, further ones only when they are not zero."""
    if amount_e4 is None:
        return "–"
    from decimal import Decimal

    value = Decimal(amount_e4).scaleb(-4)
    places = exponent(currency)
    while places < 4 and value != round(value, places):
        places += 1
    pattern = "#,##0" + ("." + "0" * places if places else "")
    pattern = f"¤{pattern}" if locale == "en" else f"{pattern}\xa0¤"
    return format_currency(value, currency, pattern, locale=babel_locale(locale), currency_digits=False)


def format_count(n: int | None, locale: str) -> str:
    return "–" if n is None else format_decimal(n, locale=babel_locale(locale))


def format_percent_bp(basis_points: int | None, locale: str) -> str:
    """1250 -> "12,5 %"."""
    if basis_points is None:
        return "–"
    from decimal import Decimal

    number = format_decimal(
        Decimal(basis_points).scaleb(-2).normalize(), "#,##0.##", locale=babel_locale(locale)
    )
    return f"{number}%" if locale == "en" else f"{number}\xa0%"


def format_day(value: date | None, locale: str, style: str = "medium") -> str:
    """`style` is short, medium, long, full, or "day" for "Tuesday 24 November"."""
    if value is None:
        return "–"
    return _babel_date(value, "EEEE d MMMM" if style == "day" else style, locale=babel_locale(locale))


def format_moment(value: datetime | None, locale: str, zone: str, style: str = "short") -> str:
    """A moment in the reader's zone. `style` "short" is "24 nov., 14:05", "time" is "14:05", "long" has the year."""
    if value is None:
        return "–"
    pattern = {"short": "d MMM, HH:mm", "time": "HH:mm"}.get(style, "d MMMM y HH:mm")
    return _babel_datetime(value, pattern, tzinfo=ZoneInfo(zone), locale=babel_locale(locale))


def format_age(value: datetime | None, now: datetime, locale: str) -> str:
    """ "5 min", "3 h", "2 d": how old something is, short enough for a column."""
    if value is None:
        return "–"
    seconds = max(0, int((now - value).total_seconds()))
    day = "j" if locale == "fr" else "d"
    for size, unit in ((86_400, day), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size}\xa0{unit}"
    return f"{seconds}\xa0s"


def country_name(code: str, locale: str) -> str:
    """ISO 3166-1 alpha-2 -> "Germany", "Allemagne"; the code itself when it is unknown."""
    return str(Locale.parse(babel_locale(locale)).territories.get(code, code))


def currency_of(country: str) -> str:
    """The currency of a country, ISO codes. EUR when the country is unknown."""
    found = get_territory_currencies(country)
    return str(found[0]) if found else "EUR"
