"""Text as people type it, made comparable: header names, stock words, flags."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

_GAPS = re.compile(r"[\s_\-./:;,()\[\]{}|#*\"'`´’“”«»°º№?!]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])(?<!Mw(?=St))|(?<=[0-9])(?=[A-Z][a-z])")
_INVISIBLE = dict.fromkeys([0xFEFF, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0x00AD], None)
_NAMED = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "ς": "σ", "ў": "у", "ё": "е"}
)


def fold(text: str) -> str:
    """One form for comparing names and words: NFKC (Arabic presentation forms, full-width letters), no accents, no
    case, every run of spaces, underscores and punctuation one space. `imageLink`, `Image_Link` and `image link` agree.
    """
    text = unicodedata.normalize("NFKC", text.translate(_INVISIBLE))
    text = _CAMEL.sub(" ", text).casefold()
    text = unicodedata.normalize("NFD", text)
    text = "".join(c for c in text if not unicodedata.combining(c)).translate(_LETTERS)
    return _GAPS.sub(" ", unicodedata.normalize("NFC", text)).strip()


_TRUE_WORDS = """
1 true t yes y x on ok oui o vrai ja j wahr si sì sí verdadero vero sim s ano a tak t áno igen i da д да так ναι evet e kyllä
joo نعم ✓ ✔ active actif enabled истина prawda pravda igaz adevărat tosi waar sand sant doğru verdadeiro ○ 是 有 はい 예 כן
"""
_FALSE_WORDS = """
0 false f no n off non faux nein falsch falso não nao ne nie nem nu н нет ні όχι οχι hayır nej ei لا - inactive inactif
disabled none null ложь fałsz nepravda hamis fals epätosi onwaar falsk falskt yanlış × ✗ 否 无 無 いいえ 아니오
"""
_TRUE = frozenset(fold(word) for word in _TRUE_WORDS.split())
_FALSE = frozenset(fold(word) for word in _FALSE_WORDS.split())


def truth(text: str) -> bool | None:
    """A yes or a no in the languages of the trade; None when it is neither."""
    word = fold(text)
    if word in _TRUE or text in ("✓", "✔"):
        return True
    if word in _FALSE or not word:
        return False
    return None


def spelt(text: str) -> str:
    """A text without markup in which characters go by HTML's names (`Home &amp; Garden`), with these as themselves."""
    return _NAMED.sub(lambda found: unescape(found[0]), text)


def shorten(text: str, limit: int = 60) -> str:
    """For a message: one line, cut with an ellipsis."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
