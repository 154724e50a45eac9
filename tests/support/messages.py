"""Every text a person may read, extracted from templates and code: `python -m tests.support.messages [surface]` lists
what French still lacks."""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir

from marketplace.kernel.i18n import translations

ROOT = Path(__file__).resolve().parents[2]
METHODS = [
    ("templates/**.html", "jinja2"),
    ("templates/**.txt", "jinja2"),
    ("marketplace/**.py", "python"),
    ("tenants/**.py", "python"),
]
KEYWORDS = {
    "_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "Refused": None, "problem": (2,), "_answer": (3,), "translate": None,
}  # fmt: skip


def messages() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """(file:line, msgid or (one, many))."""
    options = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
    for name, line, message, _, _ in extract_from_dir(str(ROOT), METHODS, options, keywords=KEYWORDS):
        if message and "migrations" not in name and "/demo/" not in name:
            yield f"{name}:{line}", message


def untranslated(locale: str = "fr") -> list[str]:
    catalogue = translations(locale)
    known = frozenset(getattr(catalogue, "_catalog", {}))
    missing = []
    for where, message in messages():
        single = message[0] if isinstance(message, tuple) else message
        if not {single, (single, 0), (single, 1)} & known:
            missing.append(f"{where}: {message!r}")
    return missing


if __name__ == "__main__":
    only = sys.argv[1] if len(sys.argv) > 1 else ""
    for line in untranslated():
        if only in line:
            sys.stdout.write(line + "\n")
