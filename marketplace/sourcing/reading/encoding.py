"""Which encoding the bytes are in. A byte order mark decides, then strict UTF-8 that decodes, then what the file declares,
then a score of what each single-byte encoding would make of it: a detector alone is often wrong, so the choice is shown
and kept with the feed.
"""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterator
from typing import Any

from marketplace.sourcing.reading.east_asian import guess_asian

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_LATIN = "àâäáãåæçèéêëìíîïñòóôõöøœùúûüýÿßÀÂÄÉÈÊÎÖÜÇÑÅØÆ’‘“”„–—…€£°«»®™²³½¼¡¿·×´™ "
_CENTRAL = "ąćęłńóśźżáčďéěíňřšťúůýžäôĺľŕőűöüăâîșțşţđĄĆĘŁŃÓŚŹŻČŠŽŘÁÉÚ’„”“–—…€°§×® "
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЭЮЯ«»№–—… "
_GREEK = "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏ«»–—€ "
_BALTIC = "ąčęėįšųūžāēģīķļņĄČĘĖĮŠŲŪŽĀĒĢĪĶĻŅ„”“–—€ "
_TURKISH = "çğıöşüâîÇĞİÖŞÜ’‘“”–—…€®° "
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآؤئءپچژگک،؛؟ "
_HEBREW = "אבגדהוזחטיךכלםמןנסעףפץצקרשת₪״׳ "
_CANDIDATES: tuple[tuple[str, str, str], ...] = (
    ("cp1252", _LATIN, "éèàüöäßçñáíóúãõåøæâêîœ’"),
    ("cp1250", _CENTRAL, "ąęłśćńóżźáéíýčřšžěůúőűöüăîșşţ"),
    ("cp1251", _CYRILLIC, "оеаинтсрвлкмдпуяыьгзОЕАИНТСРВЛКМДПУі"),
    ("cp1253", _GREEK, "αοιετσνηυρπκμλςάόίέήύώΑΟΙΕΤΣΝΗΡΠΚΜΛ"),
    ("iso8859-7", _GREEK, "αοιετσνηυρπκμλςάόίέήύώΑΟΙΕΤΣΝΗΡΠΚΜΛ"),
    ("cp1254", _TURKISH, "ığüşçöİ"),
    ("cp1256", _ARABIC, "المنيوترهدبعسفقكة"),
    ("cp1255", _HEBREW, "יוהלארתמבשנםכחצסקדפעגטןז"),
    ("iso8859-2", _CENTRAL, "ąęłśćńóżźáéíýčřšžěůúőűöüăîşţ"),
    ("cp1257", _BALTIC, "ąčęėįšųūžāēīļņ"),
    ("iso8859-15", _LATIN, "éèàüöäßçñáíóúãõåøæâêîœ"),
    ("koi8-r", _CYRILLIC, "оеаинтсрвлкмдпуяыьгзОЕАИНТСРВЛКМДПУ"),
    ("cp866", _CYRILLIC, "оеаинтсрвлкмдпуяыьгзОЕАИНТСРВЛКМДПУ"),
    ("mac-roman", _LATIN, "éèàüöäßçñáíóú"),
    ("cp850", _LATIN, "éèàüöäßçñáíóú"),
)
"""Encoding, what its texts hold beyond ASCII, and which letters of that are common."""
_STUCK = re.compile(
    r"(?<=[a-z])[^\x00-\x7f\w\s’‘´·°×®™–—-](?=[a-z])|(?<=[a-z])[³²¹](?=[a-z])|(?<=[a-z])[œæ](?=[æœ³ñêêó])"
    r"|[¹²³¯¼½¾¶±¦¬«®](?=[a-zà-ÿ])|(?<=[a-zà-ÿ])[³¼¾¶±¦¬](?=[a-zà-ÿ;,\n])"
)
_SIGNS = frozenset(
    b"\x80\x85\x91\x92\x93\x94\x96\x97\x99\xa0\xa3\xa7\xa9\xab\xae\xb0\xb1\xb2\xb3\xb5\xb7\xbb\xbc\xbd\xbe\xd7"
)
"""Signs of the Windows code pages. A text with no other foreign byte is in none of the alphabets."""
_HUNGARIAN = re.compile("[õûÕÛ]")
"""What ő and ű read as; with none of the letters of French, Portuguese or Estonian beside them they are these."""
_ELSEWHERE = re.compile("[ãçäàèêñîôÃÇÄÀÈÊÑÎÔ]")
_LATIN_9 = re.compile(
    rb"\d[ \xa0]?\xa4|[(/ ]\xa4(?=[)\s;,]|$)|\xa4[ \xa0]?\d|[A-Za-z]\xbd[a-z]|(?<![\w\x80-\xff])\xbc[a-z]{2}",
    re.MULTILINE,
)
"""A euro where Latin-1 has a sign that nobody writes, or œ where it has a half."""
_C1 = re.compile(rb"[\x80-\x9f]")
_RUN = re.compile(r"[^\W\d_]+")


def mark_of(data: bytes) -> str | None:
    """The encoding a byte order mark names."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def declared_in_xml(data: bytes) -> str | None:
    """The encoding an XML declaration names, as Python calls it; None when there is none or it is unknown."""
    found = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8))
    return known(found[1].decode("ascii")) if found else None


def known(name: str) -> str | None:
    """Python's own name of an encoding of text, None when it has none."""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return info.name if getattr(info, "_is_text_encoding", True) else None


def is_utf8(data: bytes, *, whole: bool = False) -> bool:
    """Strict UTF-8; unless `whole`, the last character may be cut."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    try:
        decoder.decode(data, final=whole)
    except UnicodeDecodeError:
        return False
    return True


def guess(data: bytes, declared: str | None = None) -> str:
    """The encoding of a sample (hundreds of kilobytes at most)."""
    marked = mark_of(data)
    if marked:
        return marked
    wide = _without_mark(data)
    if wide:
        return wide
    if is_utf8(data):
        return "utf-8"
    if declared and declared not in ("utf-8", "ascii") and _decodes(data, declared):
        return _windows(declared, data)
    sample = foreign_lines(data)
    if _SIGNS.issuperset(byte for byte in set(sample) if byte > 127):
        return "iso8859-15" if _says_latin_9(sample) else "cp1252"
    scored = [
        (_score(sample, name, letters, common), -place, name)
        for place, (name, letters, common) in enumerate(_CANDIDATES)
        if name != "iso8859-15" or _says_latin_9(sample)
    ]
    best, _, name = max(scored)
    asian = guess_asian(sample)
    if asian and (asian[0] > max(best, 0.5) or best <= 0.45):
        return asian[1]
    return name if best > 0.1 else "cp1252"


def _says_latin_9(sample: bytes) -> bool:
    return bool(_LATIN_9.search(sample)) and not _C1.search(sample)


def _windows(declared: str, data: bytes) -> str:
    """A file that calls itself Latin-1 and has printable bytes in 80–9F is in Windows' superset of it."""
    if declared in ("iso8859-1", "latin-1") and re.search(rb"[\x80-\x9f]", data):
        return "cp1252"
    return declared


def is_wide(data: bytes) -> bool:
    """UTF-16, with or without its mark."""
    return _without_mark(data) is not None or (mark_of(data) or "").startswith("utf-16")


def _without_mark(data: bytes) -> str | None:
    sample = data[:4_000]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) * 0.35 > even or (odd > 7 and not even and b"\n\0" in data):
        return "utf-16-le"
    return (
        "utf-16-be" if even > len(sample) * 0.35 > odd or (even > 7 and not odd and b"\0\n" in data) else None
    )


def _decodes(data: bytes, name: str) -> bool:
    try:
        codecs.getincrementaldecoder(name)("strict").decode(data)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def foreign_lines(data: bytes, limit: int = 60_000) -> bytes:
    """Only the lines with bytes beyond ASCII: what the choice of encoding is about."""
    return b"\n".join(line for line in data.split(b"\n") if not line.isascii())[:limit]


def _score(sample: bytes, name: str, letters: str, common: str) -> float:
    """Share of the non-ASCII characters that text in this encoding's languages would have, less what it would not:
    control characters, capitals inside a word, letters of one alphabet mixed into another's words."""
    text = sample.decode(name, errors="replace")
    foreign = [c for c in text if ord(c) > 127]
    if not foreign:
        return 0.0
    expected = frozenset(letters)
    good = sum(1 for c in foreign if c in expected)
    bad = sum(1 for c in foreign if c == "\ufffd" or "\x80" <= c <= "\x9f") * 3
    odd = sum(_oddness(word.group()) for word in _RUN.finditer(text) if not word.group().isascii())
    odd += len(_STUCK.findall(text))
    if name == "cp1252" and _HUNGARIAN.search(text) and not _ELSEWHERE.search(text):
        odd += len(_HUNGARIAN.findall(text)) * 3
    usual = sum(1 for c in foreign if c in common)
    return (good - bad - odd) / len(foreign) + 0.3 * usual / len(foreign) - 0.3


def _oddness(word: str) -> float:
    """Capitals after small letters, and for Latin alphabets long runs of accented letters (Cyrillic read as Latin)."""
    turns = sum(1 for a, b in itertools.pairwise(word) if a.islower() and b.isupper() and ord(b) > 127)
    accented = sum(1 for c in word if 0xC0 <= ord(c) <= 0x24F)
    mixed = any(c.isascii() for c in word) and any(ord(c) > 0x36F for c in word)
    accents = sum(1 for c in word if ord(c) > 127)
    pairs = sum(1 for a, b in itertools.pairwise(word) if 0xC0 <= ord(a) <= 0x17F and 0xC0 <= ord(b) <= 0x17F)
    finals = sum(1 for c in word[:-1] if c in "ךםןףץ")  # Hebrew letters that only end a word
    return (
        pairs * 0.4
        + turns
        + finals
        + (accented * 0.8 if accented > 2 and accented > len(word) * 0.6 else 0)
        + (0.8 * accents if mixed else 0)
    )


_WINDOWS = {0xDC00 + byte: bytes([byte]).decode("cp1252", errors="replace") for byte in range(128, 256)}


class Utf8:
    """Chunks of bytes in any encoding → UTF-8 bytes without NULs and without a leading byte order mark.

    A UTF-8 file with stray single bytes keeps its rows: such bytes are read as Windows-1252 and counted in `strays`.
    """

    def __init__(self, encoding: str) -> None:
        self._strict = (
            codecs.getincrementaldecoder("utf-8")("strict") if encoding in ("utf-8", "ascii") else None
        )
        self._decoder = codecs.getincrementaldecoder("utf-8" if self._strict else encoding)(
            "surrogateescape" if self._strict else "replace"
        )
        self._started = False
        self.nuls = 0
        self.strays = 0

    def convert(self, data: bytes, final: bool = False) -> bytes:
        """The next chunk; with `final`, what was held back too."""
        out = self._through(data, final)
        if not self._started and out:
            out, self._started = out.removeprefix(codecs.BOM_UTF8), True
        if b"\0" in out:
            self.nuls += out.count(b"\0")
            out = out.replace(b"\0", b"")
        return out

    def _through(self, data: bytes, final: bool) -> bytes:
        """Sound UTF-8 goes through as it is; from the first stray byte on every chunk is taken apart."""
        if self._strict is not None:
            held = self._strict.getstate()[0]
            try:
                self._strict.decode(data, final)
                rest = self._strict.getstate()[0]
                return held + data[: len(data) - len(rest)] if rest else held + data
            except UnicodeDecodeError:
                self._strict, data = None, held + data
        text = self._decoder.decode(data, final)
        try:
            return text.encode("utf-8")
        except UnicodeEncodeError:
            self.strays += sum(1 for c in text if "\udc80" <= c <= "\udcff")
            return text.translate(_WINDOWS).encode("utf-8", errors="replace")


def chunks_as_utf8(source: Any, converter: Utf8, size: int = 262_144) -> Iterator[bytes]:
    """The whole of a binary stream, converted chunk by chunk."""
    while data := source.read(size):
        yield converter.convert(data)
    rest = converter.convert(b"", final=True)
    if rest:
        yield rest
