"""Delivery times as shops write them: `1-3`, `2-4 dagar`, `48h`, `Lieferzeit 2-3 Werktage`, `1 až 3 dny`, dates."""

from __future__ import annotations

import re
from datetime import date

from marketplace.sourcing.values.text import fold

MAX_DAYS = 730
_RANGE = re.compile(
    r"(\d{1,4})(?:\s*(?:-|–|—|to|a|à|az|až|do|bis|tot|till|til|και|έως|\s)\s*(\d{1,4}))?", re.IGNORECASE
)
_HOURS = ("h", "hr", "hrs", "hour", "heure", "stunde", "std", "hora", "ora", "ore", "uur", "godz", "hodin", "timm", "time", "час", "год", "ωρ", "saat", "tunti")  # fmt: skip
_WEEKS = ("w", "week", "wk", "semaine", "sem", "woche", "kw", "semana", "settiman", "weken", "tydz", "tygod", "tyden", "tydn", "vecka", "veckor", "uge", "uke", "недел", "тижд", "εβδομ", "hafta", "het", "saptam", "viikko")  # fmt: skip
_MONTHS = ("month", "mois", "monat", "mes", "mese", "maand", "miesi", "mesic", "manad", "maned", "месяц", "міся", "μην", "ay", "honap", "luni")  # fmt: skip
_DAYS = ("d", "day", "jour", "tag", "werktag", "arbeitstag", "dia", "giorn", "gg", "dag", "werkdag", "dni", "dzien", "roboc", "den", "dny", "dnu", "день", "дн", "ημερ", "μερ", "gun", "nap", "zi", "zile", "paiva", "pv", "p", "يوم", "ايام")  # fmt: skip


def read_days(text: str) -> int | None:
    """The longest number of days named in the text; None when it names none. Hours are rounded up to days."""
    found = _RANGE.search(text)
    if found is None:
        return None
    longest = int(found.group(2) or found.group(1))
    unit = fold(text[found.end() :]).split(" ")[0] or _unit_before(fold(text[: found.start()]))
    days = _in_days(longest, unit)
    return days if days is not None and days <= MAX_DAYS else None


def _unit_before(words: str) -> str:
    return "" if not words else words.split(" ")[-1]


def _in_days(number: int, unit: str) -> int | None:
    if not unit or _starts(unit, _DAYS):
        return number
    if _starts(unit, _HOURS):
        return -(-number // 24)
    if _starts(unit, _WEEKS):
        return number * 7
    if _starts(unit, _MONTHS):
        return number * 30
    return number


def _starts(unit: str, names: tuple[str, ...]) -> bool:
    return unit in names or any(len(name) > 2 and unit.startswith(name) for name in names)


def says_days(text: str) -> bool:
    """True when the text names a span of days and nothing else to speak of: a range or a number with its unit."""
    found = _RANGE.search(text)
    if found is None or len(text) > 60:
        return False
    words = fold(text[: found.start()] + " " + text[found.end() :]).split()
    return (
        bool(found.group(2))
        if not words
        else any(_starts(w, _DAYS + _HOURS + _WEEKS + _MONTHS) for w in words)
    )


def days_until(day: date, today: date) -> int:
    """Days from today; a day gone by is 0."""
    return max((day - today).days, 0)
