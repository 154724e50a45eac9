"""A mail's subject, text and HTML from `templates/mail/<message>.txt` and `.html`.

The subject is the text template's block of that name. An unknown name in a template is an error. Nothing here reads the
database.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context, select_autoescape
from jinja2.runtime import Context

from marketplace.kernel import i18n
from marketplace.notices.brand import Brand

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "mail"


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


def compose(message: str, *, locale: str, zone: str, brand: Brand, **values: Any) -> Letter:
    """Render `message` in `locale` (fr | en); moments are told in `zone` (IANA). Raises jinja2.UndefinedError."""
    context = {
        **values,
        "brand": brand,
        "locale": locale,
        "zone": zone,
        "_": i18n.translator(locale),
        "ngettext": i18n.plural_translator(locale),
    }
    plain = _environment().get_template(f"{message}.txt")
    subject = "".join(plain.blocks["subject"](plain.new_context(context)))
    return Letter(
        subject=" ".join(subject.split()),  # a header holds one line
        text=_tidy(plain.render(context)),
        html=_environment().get_template(f"{message}.html").render(context),
    )


def _tidy(text: str) -> str:
    """No trailing blanks, and never more than one empty line."""
    lines: list[str] = []
    for line in (raw.rstrip() for raw in text.strip().splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines) + "\n"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"], default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name, filter_ in {"money": _money, "e4": _e4, "day": _day, "moment": _moment, "count": _count}.items():
        made.filters[name] = pass_context(filter_)
    return made


def _money(context: Context, amount_minor: int | None, currency: str) -> str:
    return i18n.format_money(amount_minor, currency, context["locale"])


def _e4(context: Context, amount_e4: int | None, currency: str) -> str:
    return i18n.format_e4(amount_e4, currency, context["locale"])


def _day(context: Context, value: Any, style: str = "long") -> str:
    return i18n.format_day(value, context["locale"], style)


def _moment(context: Context, value: Any, style: str = "long") -> str:
    return i18n.format_moment(value, context["locale"], context["zone"], style)


def _count(context: Context, n: int | None) -> str:
    return i18n.format_count(n, context["locale"])
