"""Feeds as they arrive when something went wrong: a seeded generator of mutilated files. The same seed gives the same files."""

from __future__ import annotations

import gzip
import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.sourcing.healthy import healthy, zipped
from tests.sourcing.monsters import WILD, monsters


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file that was once a feed; `kind` and `harm` say what it was and what happened to it."""

    kind: str
    harm: str
    name: str
    content: bytes


Harm = Callable[[bytes, random.Random], bytes]
_MARKUP = (b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"<?x", b"&lt", b"&#0;", b"&#xFFFFFFFF;", b'"', b"'", b"\\", b"{", b"}", b"[", b"\x1a", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80")  # fmt: skip


def _cut(data: bytes, luck: random.Random) -> bytes:
    return data[: len(data) * luck.randrange(100) // 100]


def _flip(data: bytes, luck: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(luck.choice((1, 1, 3, 20, 200))):
        changed[luck.randrange(len(changed))] = luck.randrange(256)
    return bytes(changed)


def _nuls(data: bytes, luck: random.Random) -> bytes:
    at = luck.randrange(len(data))
    return data[:at] + b"\0" * luck.choice((1, 7, 5_000)) + data[at:]


def _insert(data: bytes, luck: random.Random) -> bytes:
    for _ in range(luck.choice((1, 4, 30))):
        at = luck.randrange(len(data))
        data = data[:at] + luck.choice(_MARKUP) + data[at:]
    return data


def _wild_numbers(data: bytes, luck: random.Random) -> bytes:
    parts = data.split(b"0")
    return b"".join(part + (luck.choice(WILD) if luck.random() < 0.2 else b"0") for part in parts)


def _lose(data: bytes, luck: random.Random) -> bytes:
    at = luck.randrange(len(data))
    return data[:at] + data[at + luck.choice((1, 10, 300)) :]


def _double(data: bytes, luck: random.Random) -> bytes:
    at, size = luck.randrange(len(data)), luck.choice((1, 50, 2_000))
    return data[:at] + data[at : at + size] * luck.choice((2, 40)) + data[at + size :]


def _shuffle(data: bytes, luck: random.Random) -> bytes:
    lines = data.split(b"\n")
    luck.shuffle(lines)
    return b"\n".join(lines)


def _line_ends(data: bytes, luck: random.Random) -> bytes:
    return b"".join(
        line + luck.choice((b"\n", b"\r\n", b"\r", b"\n\n", b"\x0b\n")) for line in data.split(b"\n")
    )


def _noise(data: bytes, luck: random.Random) -> bytes:
    return luck.randbytes(luck.choice((1, 50, 3_000)))


def _join(data: bytes, luck: random.Random) -> bytes:
    _, other = healthy()[luck.choice(sorted(healthy()))]
    return data[: luck.randrange(len(data))] + other[luck.randrange(len(other)) :]


def _swap(data: bytes, luck: random.Random) -> bytes:
    first, second = luck.sample((b",", b";", b"\t", b'"', b"\n", b"<", b">", b":", b"'", b"{", b"e", b"0"), 2)
    return data.replace(first, b"\x00\x01").replace(second, first).replace(b"\x00\x01", second)


def _inside(data: bytes, luck: random.Random) -> bytes:
    """What is packed is harmed, and packed again: archives check what they hold, so that other harm stops at their door."""
    harm = luck.choice((_flip, _cut, _insert, _wild_numbers, _lose, _double))
    try:
        if data[:2] == b"\x1f\x8b":
            return gzip.compress(harm(gzip.decompress(data), luck))
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError):
        return harm(data, luck)
    at = luck.randrange(len(parts))
    name, content = parts[at]
    parts[at] = name, harm(content, luck) if content else content
    return zipped(*parts)


#: what stands in a cell that nobody expected there
_ODD = (
    b"1e400", b"9" * 30, b"1/0", b"\\ud800", b"\\u0000", b"&#xD800;", b"&#0;", b"&lt;" * 50, b"=cmd|'/c calc'!A1", b"\xe2\x80\xae", b"k" * 100_000, b"null", b"{}", b"[]",
    b'{"a":1}', b"1.234.567,89", b"12:00", b"2026-13-45", b"\xcc\x81" * 500, b"http://[::1", b"https://x/" + b"a" * 5_000, b"javascript:alert(1)", b"12 EUR 13 USD", b"a" + b" " * 50_000 + b"b",
)  # fmt: skip
_ENCODINGS = ("utf-16", "utf-16-be", "utf-32", "utf-7", "cp1250", "cp1251", "shift_jis", "gb18030", "big5", "euc_kr", "cp037", "koi8-r")  # fmt: skip


def _odd_values(data: bytes, luck: random.Random) -> bytes:
    words = list(re.finditer(rb"[\w.]{1,12}", data))
    for word in sorted(
        luck.sample(words, min(len(words), luck.choice((1, 5, 40)))), key=lambda w: -w.start()
    ):
        data = data[: word.start()] + luck.choice(_ODD) + data[word.end() :]
    return data


def _recoded(data: bytes, luck: random.Random) -> bytes:
    return data.decode("utf-8", "surrogateescape").encode(luck.choice(_ENCODINGS), "replace")


def _half_characters(data: bytes, luck: random.Random) -> bytes:
    """Bytes of letters of several bytes are lost, and marks of the encoding stand where no file begins."""
    places = [at for at, byte in enumerate(data) if byte >= 0x80]
    lost = set(luck.sample(places, min(len(places), luck.choice((1, 5)))))
    data = bytes(byte for at, byte in enumerate(data) if at not in lost)
    at = luck.randrange(len(data) + 1)
    return data[:at] + luck.choice((b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) + data[at:]


HARMS: dict[str, Harm] = {
    "cut": _cut, "flipped": _flip, "NULs": _nuls, "markup": _insert, "wild numbers": _wild_numbers, "lost": _lose, "doubled": _double,
    "shuffled": _shuffle, "line ends": _line_ends, "noise": _noise, "joined": _join, "swapped": _swap, "inside": _inside,
    "odd values": _odd_values, "recoded": _recoded, "half characters": _half_characters,
}  # fmt: skip


PERCENTS = 100
EVERY = 3
"""Of the files that are not monsters, one in so many is a plain cut: each kind at each percent, in a seeded order."""


def mutants(count: int, seed: int) -> Iterator[Mutant]:
    """`count` files: the monsters first, then harmed feeds (one to three harms each) with the cuts among them."""
    known = [Mutant("monster", harm, name, content) for harm, name, content in monsters()]
    yield from known[:count]
    luck = random.Random(seed)
    cuts = [(kind, percent) for kind in sorted(healthy()) for percent in range(PERCENTS)]
    luck.shuffle(cuts)
    for place in range(max(count - len(known), 0)):
        yield _cut_at(*cuts[place // EVERY % len(cuts)]) if place % EVERY == 0 else _harmed(luck)


def _cut_at(kind: str, percent: int) -> Mutant:
    name, content = healthy()[kind]
    return Mutant(kind, f"cut at {percent} %", name, content[: len(content) * percent // PERCENTS])


def _harmed(luck: random.Random) -> Mutant:
    kind = luck.choice(sorted(healthy()))
    name, content = healthy()[kind]
    harms = luck.sample(sorted(HARMS), luck.choice((1, 1, 1, 2, 3)))
    if content[:2] in (b"PK", b"\x1f\x8b") and luck.random() < 0.5:
        harms = ["inside", *(harm for harm in harms[1:] if harm != "inside")]
    for harm in harms:
        content = HARMS[harm](content, luck) if content else content
    if luck.random() < 0.05:
        name, content = name + ".gz", gzip.compress(content)
    return Mutant(kind, " + ".join(harms), name, content)
