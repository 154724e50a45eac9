"""Sentences that were written down in English and filled in when they happened, said again in the reader's language.

A run keeps "It has 9 cells where the header has 8…", not a code with its values. The translated templates of the catalogue
tell which sentence it was: the template it fits gives the values back.
"""

from __future__ import annotations

import re
from functools import cache

from babel.messages.pofile import read_po

from marketplace.kernel.i18n import FOLDER, translator
from marketplace.sourcing.reading.xml_faults import BROKEN, OURS, in_plain_words

_PLACE = re.compile(r"\{(\w+)\}")


def resay(sentence: str | None, locale: str) -> str:
    """The sentence in `locale`; as it is when no template fits."""
    translate = translator(locale)
    if sentence and sentence.startswith(_start(BROKEN)):
        ours, values = in_plain_words(sentence.removeprefix(_start(BROKEN)))
        return translate(BROKEN, fault=translate(ours, **values) if ours in OURS else resay(ours, locale))
    if not sentence or locale == "en":
        return sentence or ""
    plain = translate(sentence)
    if plain != sentence:
        return plain
    for pattern, msgid in _templates(locale):
        found = pattern.fullmatch(sentence)
        if found:
            return translate(msgid, **{k: resay(v, locale) for k, v in found.groupdict().items()})
    return sentence


def resay_fault(fault: str | None, locale: str) -> str:
    """A failure that is kept as a stable code, a colon and a sentence, as pictures keep theirs: the sentence in `locale`."""
    return resay((fault or "").partition(":")[2].strip(), locale)


@cache
def _templates(locale: str) -> list[tuple[re.Pattern[str], str]]:
    """Templates with places, the longest text first: it fits least by chance."""
    msgids = []
    for path in sorted((FOLDER / locale).glob("*.po")):
        with path.open("rb") as file:
            msgids += [
                m.id
                for m in read_po(file, locale=locale)
                if isinstance(m.id, str) and "{" in m.id and m.string
            ]
    told = [m for m in dict.fromkeys(msgids) if len(_PLACE.sub("", m)) > 12]
    return [(_pattern(m), m) for m in sorted(told, key=lambda m: -len(_PLACE.sub("", m)))]


def _pattern(msgid: str) -> re.Pattern[str]:
    seen: set[str] = set()
    parts = []
    for place, part in enumerate(_PLACE.split(msgid)):
        if place % 2 == 0:
            parts.append(re.escape(part))
        elif part in seen:
            parts.append(f"(?P={part})")
        else:
            seen.add(part)
            parts.append(f"(?P<{part}>.*?)")
    return re.compile("".join(parts), re.DOTALL)


def _start(msgid: str) -> str:
    """A template's text before its first place."""
    return msgid.partition("{")[0]
