"""Feeds as they arrive when something went wrong: a seeded generator of mutilated files. The same seed gives the same files."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from openpyxl import Workbook

ROWS = 24


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file that was once a feed; `kind` and `harm` say what it was and what happened to it."""

    kind: str
    harm: str
    name: str
    content: bytes


def _rows() -> list[dict[str, str]]:
    return [
        {"sku": f"A-{n}", "title": f"Théière n° {n}", "description": f"<p>Line one,\nline “two”; {n}</p>", "price": f"{n},90",
         "currency": "EUR", "stock": str(n % 7), "ean": f"400638133393{n % 10}", "image": f"https://i.example.com/{n}.jpg"}
        for n in range(1, ROWS + 1)
    ]  # fmt: skip


def _csv(delimiter: str) -> str:
    rows = _rows()

    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in f'{delimiter}"\n') else text

    lines = [delimiter.join(rows[0])] + [
        delimiter.join(quoted(value) for value in row.values()) for row in rows
    ]
    return "\n".join(lines) + "\n"


def _xml() -> str:
    def item(row: dict[str, str]) -> str:
        inner = "".join(f"<{key}><![CDATA[{value}]]></{key}>" for key, value in row.items())
        return f'<product id="{row["sku"]}">{inner}<param name="Colour">red</param></product>'

    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<catalogue><products>\n'
        + "\n".join(map(item, _rows()))
        + "\n</products></catalogue>"
    )


def _rss() -> str:
    names = {"sku": "id", "image": "image_link", "ean": "gtin"}
    items = "\n".join(
        "<item>" + "".join(f"<g:{names.get(k, k)}>{v.replace('<', '&lt;')}</g:{names.get(k, k)}>" for k, v in row.items()) + "<g:availability>in stock</g:availability></item>"
        for row in _rows()
    )  # fmt: skip
    return f'<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>\n{items}\n</channel></rss>'


def _shopify() -> str:
    head = "Handle,Title,Body (HTML),Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty,Image Src\n"
    return head + "".join(
        f'hat-{n},Hat {n},"<p>Warm,\nsoft</p>",Size,S,H{n}S,9.90,{n},https://i.example.com/{n}.jpg\nhat-{n},,,,M,H{n}M,9.90,0,\nhat-{n},,,,,,,,https://i.example.com/{n}b.jpg\n'
        for n in range(8)
    )  # fmt: skip


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Price list"])
    sheet.append(list(_rows()[0]))
    for row in _rows():
        sheet.append(list(row.values()))
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


_PRICAT = "UNA:+.? 'UNB+UNOC:3+S+R+260101:1200+1'UNH+1+PRICAT:D:96A:UN'CUX+2:EUR'" + "".join(
    f"LIN+{n}++400638133393{n % 10}:EN'PIA+5+E{n}:SA'IMD+F++:::Mug {n}'PRI+AAA:{n}.50'" for n in range(1, 12)
) + "UNT+60+1'UNZ+1+1'"  # fmt: skip
_X12 = "ISA*00*          *00*          *01*049351117      *ZZ*BUYER          *260101*1134*U*00401*000000001*0*T*>~GS*IB*A*B*20260101*1134*1*X*004010~ST*846*0001~" + "".join(
    f"LIN**VP*X-{n}~QTY*33*{n}*EA~" for n in range(12)
) + "SE*8*0001~GE*1*1~IEA*1*000000001~"  # fmt: skip


@cache
def healthy() -> dict[str, tuple[str, bytes]]:
    """Kind → (name, content) of the feeds that are mutilated."""
    table = _csv(",").encode()
    return {
        "csv": ("feed.csv", table),
        "semicolon": ("feed.csv", _csv(";").encode("cp1252")),
        "tsv": ("feed.tsv", _csv("\t").encode("utf-16")),
        "xml": ("feed.xml", _xml().encode()),
        "rss": ("feed.xml", _rss().encode()),
        "json": ("feed.json", json.dumps({"products": _rows()}).encode()),
        "jsonl": ("feed.jsonl", "\n".join(map(json.dumps, _rows())).encode()),
        "shopify": ("products_export.csv", _shopify().encode()),
        "xlsx": ("feed.xlsx", _workbook()),
        "edifact": ("pricat.edi", _PRICAT.encode()),
        "x12": ("846.edi", _X12.encode()),
        "gzip": ("feed.csv.gz", gzip.compress(table)),
        "zip": ("feed.zip", _zip(("feed.csv", table))),
    }


def _zip(*files: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()


Harm = Callable[[bytes, random.Random], bytes]
_WILD = (b"1e309", b"-1e-400", b"NaN", b"Infinity", b"9" * 400, b"0x1F", b"1.2.3.4", b"--5", b"\xd9\xa1\xd9\xa2", b"1,2,3,4", b"$$", b"(((", b"=1+1", b"'; DROP TABLE offer;--")  # fmt: skip
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
    return b"".join(part + (luck.choice(_WILD) if luck.random() < 0.2 else b"0") for part in parts)


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


HARMS: dict[str, Harm] = {
    "cut": _cut, "flipped": _flip, "NULs": _nuls, "markup": _insert, "wild numbers": _wild_numbers, "lost": _lose, "doubled": _double,
    "shuffled": _shuffle, "line ends": _line_ends, "noise": _noise, "joined": _join, "swapped": _swap,
}  # fmt: skip


@cache
def monsters() -> tuple[Mutant, ...]:
    """Files built to exhaust a reader: each is tried once a run."""
    wide = ",".join(f"c{n}" for n in range(100_000))
    deep = b"<a>" * 60_000
    laughs = (
        '<!DOCTYPE l [<!ENTITY a "ha">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        + "]>"
    )
    nested = _zip(("a.zip", _zip(("b.zip", _zip(("feed.csv", b"sku,title\nA,B\n"))))))
    files: tuple[tuple[str, str, bytes], ...] = (
        ("100,000 columns", "feed.csv", f"sku,title,{wide}\nA,B\n".encode()),
        ("100,000 cells in a row", "feed.csv", b"sku,title,price\nA1,Mug,9.90\nA2,Cup" + b"," * 100_000 + b"\n"),
        ("a million quotes", "feed.csv", b'sku,title\n"' + b'"' * 1_000_000 + b"\n"),
        ("one endless line", "feed.csv", b"sku,title,price\nA1," + b"x" * 2_000_000),
        ("a deep tree", "feed.xml", deep + b"</a>" * 60_000),
        ("an open deep tree", "feed.xml", b"<products><product><name>x</name>" + deep),
        ("a deep list", "feed.json", b"[" * 200_000),
        ("deep objects", "feed.json", b'{"a":' * 100_000),
        ("a billion laughs", "feed.xml", f'<?xml version="1.0"?>{laughs}<l><item><id>&j;</id><title>&j;</title></item></l>'.encode()),
        ("an outside entity", "feed.xml", b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r><item><id>1</id><title>&x;</title></item></r>'),
        ("50,000 attributes", "feed.xml", b"<r><item " + b" ".join(b'a%d="1"' % n for n in range(50_000)) + b"/></r>"),
        ("50,000 kinds of element", "feed.xml", b"<r>" + b"".join(b"<e%d><id>1</id></e%d>" % (n, n) for n in range(50_000)) + b"</r>"),
        ("an archive in an archive", "feed.zip", nested),
        ("2,000 files", "feed.zip", _zip(*((f"{n}.csv", b"a") for n in range(2_000)))),
        ("a path that climbs", "feed.zip", _zip(("../../../../tmp/feed.csv", b"sku,title,price\nA,Mug,1\n"))),
        ("a table of nothing", "feed.csv", b"," * 1_000 + b"\n" + (b"," * 1_000 + b"\n") * 50),
        ("a key without end", "feed.json", b'{"' + b"k" * 3_000_000),
        ("surrogates", "feed.json", b'[{"sku":"\\ud800\\udc00\\ud800","title":"\\udfff","price":"1"}]'),
        ("a segment without end", "x.edi", b"UNB+UNOA:2+A+B+260101:1200+1'" + b"x" * 300_000),
        ("the release character at the end", "x.edi", b"UNB+UNOA:2+A+B+260101:1200+1'UNH+1+PRICAT:D:96A:UN'LIN+1++?"),
    )  # fmt: skip
    return tuple(Mutant("monster", harm, name, content) for harm, name, content in files)


def mutants(count: int, seed: int) -> Iterator[Mutant]:
    """`count` files: the monsters first, then harmed feeds, one to three harms each."""
    yield from monsters()[:count]
    luck = random.Random(seed)
    for _ in range(max(count - len(monsters()), 0)):
        kind = luck.choice(sorted(healthy()))
        name, content = healthy()[kind]
        harms = luck.sample(sorted(HARMS), luck.choice((1, 1, 1, 2, 3)))
        for harm in harms:
            content = HARMS[harm](content, luck) if content else content
        if luck.random() < 0.05:
            name, content = name + ".gz", gzip.compress(content)
        yield Mutant(kind, " + ".join(harms), name, content)
