"""A mail's subject, text and HTML, all from one template: `templates/mail/<message>.html`.

A template says its sentences once, in parts of a kit. It is rendered with the HTML kit and with the plain one, so that
the two never tell different things. An unknown name in a template is an error. Nothing here reads the database.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, pass_context
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
    text = _template(message, "txt")
    html = _template(message, "html")
    subject = "".join(text.blocks["subject"](text.new_context({**context, **_PARTS["txt"]})))
    return Letter(
        subject=re.sub(r"[ \t\r\n]+", " ", subject).strip(),  # a header holds one line
        text=_tidy(text.render({**context, **_PARTS["txt"]})),
        html=html.render({**context, **_PARTS["html"]}),
    )


def _tidy(text: str) -> str:
    """No trailing blanks, and never more than one empty line."""
    lines: list[str] = []
    for line in (raw.rstrip() for raw in text.strip().splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines) + "\n"


_FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
_PARTS: dict[str, dict[str, str]] = {
    "html": {"layout": "_layout.html", "kit_file": "_kit.html", "font": _FONT},
    "txt": {"layout": "_layout.txt", "kit_file": "_kit.txt"},
}


def _template(message: str, form: str) -> Template:
    return _environment(form).get_template(f"{message}.html")


@cache
def _environment(form: str) -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=form == "html",
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., str]] = {
        "money": _money,
        "e4": _e4,
        "day": _day,
        "moment": _moment,
        "count": _count,
    }
    made.filters.update({name: pass_context(fn) for name, fn in filters.items()})
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
