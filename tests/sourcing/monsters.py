"""Files built to exhaust a reader, or to make it write where it should not: each is tried once a run."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
from functools import cache

from tests.sourcing.healthy import healthy, zipped
from tests.sourcing.small_xls import xls

_LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
_UNB = b"UNB+UNOA:2+A+B+260101:1200+1'"


def _lying(content: bytes, size: int) -> bytes:
    """A zip whose directory says that its file has another size than it has."""
    packed = bytearray(zipped(("feed.csv", content)))
    at = packed.rfind(b"PK\x01\x02")
    packed[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(packed)


def _packed(method: int, content: bytes, size: int) -> bytes:
    """A zip packed in a rare way, whose directory says that its file has another size than it has."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("feed.csv", content)
    packed = bytearray(out.getvalue())
    at = packed.rfind(b"PK\x01\x02")
    packed[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(packed)


def _misnamed() -> bytes:
    """A zip whose file has a name in the directory, and beside the file bytes that are no text."""
    return zipped(("Théière.csv", b"sku,title,price\nA,Mug,1\n")).replace("Théi".encode(), b"Th\xff\xffi", 1)


def _nameless() -> bytes:
    """A zip whose directory gives its file no name."""
    packed = bytearray(zipped(("a", b"sku,title,price\nA,Mug,1\n")))
    at = packed.rfind(b"PK\x01\x02")
    packed[at + 28] = 0
    del packed[at + 46]
    packed[packed.rfind(b"PK\x05\x06") + 12] -= 1
    return bytes(packed)


def _tarred(content: bytes, mode: str) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:  # type: ignore[call-overload]
        entry = tarfile.TarInfo("feed.csv")
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def _locked() -> bytes:
    """A zip whose file asks for a password."""
    packed = bytearray(zipped(("feed.csv", b"sku,title,price\nA,Mug,1\n")))
    packed[6] |= 1
    packed[packed.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(packed)


def _overlapping() -> bytes:
    """A workbook whose parts all are the same block."""
    packed = zipped(("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"x" * 20_000_000))
    at, end = packed.find(b"PK\x01\x02"), packed.rfind(b"PK\x05\x06")
    entries = packed[at:end] * 200
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 400, 400, len(entries), at, 0)
    return packed[:at] + entries + tail


def _book(part: str, content: bytes) -> bytes:
    """The healthy workbook with another part."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(healthy()["xlsx"][1])) as book,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for entry in book.infolist():
            if entry.filename != part:
                out.writestr(entry.filename, book.read(entry))
        out.writestr(part, content)
    return packed.getvalue()


def _lying_part(part: str, content: bytes, size: int) -> bytes:
    """The healthy workbook with a part that says, in both places, to have another size than it has."""
    packed = bytearray(_book(part, content))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = packed.rfind(mark)  # it was written last
        packed[place + at : place + at + 4] = struct.pack("<I", size)
    return bytes(packed)


def _patched(content: bytes, at: int, part: bytes) -> bytes:
    return content[:at] + part + content[at + len(part) :]


def _cornered() -> bytes:
    """An older workbook whose last cell says to be the last there can be."""
    book = xls([["sku", "title", "price"], ["A", "Mug", 1.0]])
    return _patched(book, book.rindex(struct.pack("<HHHH", 0x0203, 14, 1, 2)) + 4, b"\xff\xff\xff\xff")


def _sheet(cells: str) -> bytes:
    return f'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>'.encode()


@cache
def monsters() -> tuple[tuple[str, str, bytes], ...]:
    """(what it is, name, content)."""
    return (*_tables(), *_trees(), *_archives(), *_workbooks(), *_interchanges())


def _tables() -> tuple[tuple[str, str, bytes], ...]:
    wide = ",".join(f"c{n}" for n in range(100_000))
    return (
        ("100,000 columns", "feed.csv", f"sku,title,{wide}\nA,B\n".encode()),
        ("100,000 columns by tab", "feed.tsv", f"sku,title,{wide}\nA,B\n".replace(",", "\t").encode()),
        ("100,000 cells in a row", "feed.csv", b"sku,title,price\nA1,Mug,9.90\nA2,Cup" + b"," * 100_000 + b"\n"),
        ("a million quotes", "feed.csv", b'sku,title\n"' + b'"' * 1_000_000 + b"\n"),
        ("a quote that never ends", "feed.csv", b'sku,title,price\nA1,"' + b"x,y\n" * 1_000_000),
        ("one endless line", "feed.csv", b"sku,title,price\nA1," + b"x" * 2_000_000),
        ("a cell of eight megabytes", "feed.csv", b"sku,title,price\nA1," + b"x" * 8_000_000 + b",9.90\nA2,Mug,1.00\n"),
        ("half a million blank lines", "feed.csv", b"sku,title,price\n" + b"\n" * 500_000 + b"A1,Mug,9.90\n"),
        ("a table of nothing", "feed.csv", b"," * 1_000 + b"\n" + (b"," * 1_000 + b"\n") * 50),
        ("numbers without end", "feed.csv", b"sku,title,price,stock,weight,ean\n" + b"".join(b"A%d,Mug,%s,%s,%s,%s\n" % (n, *[word] * 4) for n, word in enumerate(WILD))),
        ("a price after many letters", "feed.csv", b"sku,title,price\nA1,Mug,9.90\nA2,Cup," + b"k" * 200_000 + b"1\n"),
        ("a picture after much space", "feed.csv", b"sku,title,price,images\nA1,Mug,9.90,https://i.example.com/a.jpg\nA2,Cup,1.00,a" + b" " * 200_000 + b"b\n"),
        ("a line of 20 MB of nothing", "feed.csv", b"sku,title,price\nA1,Mug,9.90\n" + b"," * 20_000_000),
        ("a megabyte of digits", "feed.csv", b"sku,title,price,stock\nA1,Mug," + b"9" * 500_000 + b"," + b"9" * 500_000 + b"\n"),
    )  # fmt: skip


def _trees() -> tuple[tuple[str, str, bytes], ...]:
    deep = b"<a>" * 200_000
    item = b"<item><id>1</id><title>Mug</title></item>"
    return (
        ("a deep tree", "feed.xml", deep + b"</a>" * 200_000),
        ("an open deep tree", "feed.xml", b"<products><product><name>x</name>" + deep),
        ("a deep tree after a megabyte", "feed.xml", b"<r>" + item * 30_000 + deep + b"</a>" * 200_000 + b"</r>"),
        ("records one inside another", "feed.xml", b"<products>" + b"<product><sku>1</sku><title>Mug</title>" * 100_000),
        ("a billion laughs", "feed.xml", f'<?xml version="1.0"?>{_LAUGHS}<l><item><id>&j;</id><title>&j;</title></item></l>'.encode()),
        ("a billion laughs after a comment", "feed.xml", f"<!-- {'x' * 200_000} -->{_LAUGHS}<l><item><id>&j;</id></item></l>".encode()),
        ("one long entity many times", "feed.xml", b'<!DOCTYPE r [<!ENTITY a "' + b"a" * 50_000 + b'">]><r><item><id>1</id><title>' + b"&a;" * 50_000 + b"</title></item></r>"),
        ("an outside entity", "feed.xml", b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r><item><id>1</id><title>&x;</title></item></r>'),
        ("an outside parameter entity", "feed.xml", b'<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]><r>' + item + b"</r>"),
        ("an include", "feed.xml", b'<r xmlns:xi="http://www.w3.org/2001/XInclude"><item><id>1</id><title><xi:include href="file:///etc/hostname" parse="text"/></title></item></r>'),
        ("50,000 attributes", "feed.xml", b"<r><item " + b" ".join(b'a%d="1"' % n for n in range(50_000)) + b"/></r>"),
        ("100,000 kinds of child", "feed.xml", b"<r><item><id>1</id>" + b"".join(b"<c%d>1</c%d>" % (n, n) for n in range(100_000)) + b"</item></r>"),
        ("50,000 kinds of element", "feed.xml", b"<r>" + b"".join(b"<e%d><id>1</id></e%d>" % (n, n) for n in range(50_000)) + b"</r>"),
        ("50,000 names of a parameter", "feed.xml", b"<r><item><id>1</id><title>Mug</title>" + b"".join(b'<param name="p%d">x</param>' % n for n in range(50_000)) + b"</item></r>"),
        ("50,000 prices of a type", "feed.xml", b"<r><item><id>1</id><title>Mug</title>" + b"".join(b'<price type="t%d">1</price>' % n for n in range(20_000)) + b"</item></r>"),
        ("10,000 price tiers", "feed.xml", b'<BMECAT version="1.2"><T_NEW_CATALOG><ARTICLE><SUPPLIER_AID>1</SUPPLIER_AID><ARTICLE_PRICE_DETAILS>' + b"".join(b'<ARTICLE_PRICE price_type="net_customer"><PRICE_AMOUNT>1</PRICE_AMOUNT><LOWER_BOUND>%d</LOWER_BOUND></ARTICLE_PRICE>' % (n + 2) for n in range(10_000)) + b"</ARTICLE_PRICE_DETAILS></ARTICLE></T_NEW_CATALOG></BMECAT>"),
        ("10,000 price tiers, the largest first", "feed.xml", b'<BMECAT version="1.2"><T_NEW_CATALOG><ARTICLE><SUPPLIER_AID>1</SUPPLIER_AID><ARTICLE_PRICE_DETAILS>' + b"".join(b'<ARTICLE_PRICE price_type="net_customer"><PRICE_AMOUNT>1</PRICE_AMOUNT><LOWER_BOUND>%d</LOWER_BOUND></ARTICLE_PRICE>' % (10_002 - n) for n in range(10_000)) + b"</ARTICLE_PRICE_DETAILS></ARTICLE></T_NEW_CATALOG></BMECAT>"),
        ("a text of twelve megabytes", "feed.xml", b"<r><item><id>1</id><title>" + b"x" * 12_000_000 + b"</title></item></r>"),
        ("a document of faults", "feed.xml", b"<r><item><id>1</id><title>" + b"& < &x; ]]> " * 80_000 + b"</title></item></r>"),
        ("namespaces without end", "feed.xml", b"<r>" + b"".join(b'<n%d:item xmlns:n%d="u:%d"><n%d:id>1</n%d:id><n%d:title>x</n%d:title></n%d:item>' % ((n,) * 8) for n in range(20_000)) + b"</r>"),
        ("a deep list", "feed.json", b"[" * 200_000),
        ("deep objects", "feed.json", b'{"a":' * 200_000),
        ("a deep object after a sound one", "feed.json", b'{"products":[{"sku":"A","title":"Mug","price":"1"},{"sku":"B","x":' + b'{"a":' * 200_000),
        ("a deep line", "feed.jsonl", b'{"sku":"A","title":"Mug","price":"1"}\n{"sku":"B","x":' + b"[" * 200_000 + b"]" * 200_000 + b"}\n"),
        ("100,000 keys", "feed.json", b'[{"sku":"A","title":"Mug",' + b",".join(b'"k%d":1' % n for n in range(100_000)) + b"}]"),
        ("a key without end", "feed.json", b'{"' + b"k" * 3_000_000),
        ("a text of eight megabytes", "feed.json", b'[{"sku":"A","title":"' + b"x" * 8_000_000 + b'"}]'),
        ("numbers of JSON without end", "feed.json", b'[{"sku":"A","title":"Mug","price":1e309,"stock":' + b"9" * 400 + b'},{"sku":"B","title":"Cup","price":-0.0,"stock":1e400}]'),
        ("half a character by its number, in a broken document", "feed.xml", b"<r>" + b"<item><id>1</id><title>&#xD800;</title></item>" * 3 + b"<item><id>2</r>"),
        ("half a character in a name", "feed.json", b'[{"sku":"A","title":"Mug","price":"1","x\\ud800":"1"},{"sku":"B","title":"Mug","price":"1","x\\ud800":"2"}]'),
        ("surrogates", "feed.json", b'[{"sku":"\\ud800\\udc00\\ud800","title":"\\udfff","price":"1"}]'),
    )  # fmt: skip


def _archives() -> tuple[tuple[str, str, bytes], ...]:
    plain = b"sku,title,price\nA,Mug,1\n"
    nested = zipped(("a.zip", zipped(("b.zip", zipped(("feed.csv", plain))))))
    return (
        ("an archive in an archive", "feed.zip", nested),
        ("gzip in gzip", "feed.csv.gz", gzip.compress(gzip.compress(plain))),
        ("gzip in zip", "feed.zip", zipped(("feed.csv.gz", gzip.compress(plain)))),
        ("2,000 files", "feed.zip", zipped(*((f"{n}.csv", b"a") for n in range(2_000)))),
        ("a path that climbs", "feed.zip", zipped(("../../../../tmp/feed.csv", plain))),
        ("a path from the root", "feed.zip", zipped(("/etc/feed.csv", plain))),
        ("a path of Windows", "feed.zip", zipped(("C:\\feed.csv", plain))),
        ("a name that is no text", "feed.zip", zipped(("a\x00b\n.csv", plain))),
        ("a locked file", "feed.zip", _locked()),
        ("a size that is too small", "feed.zip", _lying(plain * 1_000, 10)),
        ("a size that is too large", "feed.zip", _lying(plain, 4_000_000_000)),
        ("a gzip bomb", "feed.csv.gz", gzip.compress(b"\0" * 80_000_000)),
        ("a gzip bomb of rows", "feed.csv.gz", gzip.compress(b"sku,title,price\n" + (b"A," + b"Mug " * 1_000 + b",1\n") * 20_000, 9)),
        ("a zip bomb", "feed.zip", zipped(("feed.csv", b"0" * 80_000_000))),
        ("a gzip with something behind", "feed.csv.gz", gzip.compress(plain) + b"trailing" * 100),
        ("several gzips", "feed.csv.gz", gzip.compress(plain) + gzip.compress(b"B,Cup,2\n")),
        ("half a gzip's header", "feed.csv.gz", b"\x1f\x8b\x08"),
        ("an empty zip", "feed.zip", zipped()),
        ("a tar", "feed.tar", _tarred(plain, "w")),
        ("a packed tar", "feed.tar.gz", _tarred(plain, "w:gz")),
        ("a zip that bzip2 packed, saying little", "feed.zip", _packed(zipfile.ZIP_BZIP2, b"\0" * 20_000_000, 1_000)),
        ("a zip that LZMA packed, saying little", "feed.zip", _packed(zipfile.ZIP_LZMA, b"\0" * 20_000_000, 1_000)),
        ("a broken name beside the file", "feed.zip", _misnamed()),
        ("a file without a name", "feed.zip", _nameless()),
    )  # fmt: skip


def _workbooks() -> tuple[tuple[str, str, bytes], ...]:
    first, strings = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
    laughs = f'<?xml version="1.0"?>{_LAUGHS}<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&j;</t></si></sst>'
    old = healthy()["xls"][1]
    return (
        ("a cell in the last corner", "feed.xlsx", _book(first, _sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))),
        ("a cell in the last corner, written otherwise", "feed.xlsx", _book(first, _sheet("<row r='1'><c t='n' r = 'A1'><v>1</v></c></row><row r='1048576'><c  r='xfd1048576'><v>1</v></c></row>"))),
        ("a cell in the last corner of another row", "feed.xlsx", _book(first, _sheet('<row r="1"><c r="XFD1"><v>1</v></c><c r="A1048576"><v>1</v></c>' + '<c r="B1"><v>1</v></c>' * 200 + "</row>"))),
        ("a cell in the last corner of a sheet with prefixes", "feed.xlsx", _book(first, b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row><x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>')),
        ("cells that do not say where they are", "feed.xlsx", _book(first, _sheet(("<row>" + "<c><v>1</v></c>" * 5_000 + "</row>") * 700))),
        ("strings that inflate", "feed.xlsx", _book(strings, b"<sst><si><t>" + b"a" * 170_000_000)),
        ("strings that inflate beyond what they say", "feed.xlsx", _lying_part(strings, b"<sst><si><t>" + b"a" * 20_000_000, 1_000)),
        ("a sheet that inflates beyond what it says", "feed.xlsx", _lying_part(first, b"<worksheet>" + b" " * 20_000_000, 1_000)),
        ("16,384 columns", "feed.xlsx", _book(first, _sheet('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>' * 3))),
        ("a sheet that laughs", "feed.xlsx", _book(strings, laughs.encode())),
        ("a sheet that inflates", "feed.xlsx", _book(first, b" " * 160_000_000)),
        ("a deep sheet", "feed.xlsx", _book(first, b"<worksheet>" + b"<a>" * 200_000)),
        ("strings that are not there", "feed.xlsx", _book(first, _sheet('<row r="1"><c r="A1" t="s"><v>99999999999</v></c></row>'))),
        ("wild numbers in cells", "feed.xlsx", _book(first, _sheet("".join(f'<row r="{n}"><c r="A{n}"><v>{v}</v></c></row>' for n, v in enumerate(("1e309", "NaN", "-0", "9" * 400, "x"), 1))))),
        ("overlapping parts", "feed.xlsx", _overlapping()),
        ("an older workbook of noise", "feed.xls", old[:512] + bytes(range(256)) * 20),
        ("an older workbook in a circle", "feed.xls", _patched(old, 512 + 4 * 4, struct.pack("<I", 2))),
        ("an older workbook whose directory is a circle", "feed.xls", _patched(old, 512 + 4, struct.pack("<I", 1))),
        ("an older workbook that says to be huge", "feed.xls", _patched(old, 44, struct.pack("<I", 0x7FFFFFFF))),
        ("an older workbook whose directory says to be huge", "feed.xls", _patched(old, 40, struct.pack("<I", 0x7FFFFFFF))),
        ("an older workbook with a huge part", "feed.xls", _patched(old, 1024 + 128 + 120, struct.pack("<I", 0xFFFFFFF0))),
        ("an older workbook with a cell in the last corner", "feed.xls", _cornered()),
    )  # fmt: skip


def _interchanges() -> tuple[tuple[str, str, bytes], ...]:
    isa = healthy()["x12"][1][:106]
    return (
        ("a segment without end", "x.edi", _UNB + b"x" * 300_000),
        ("the release character at the end", "x.edi", _UNB + b"UNH+1+PRICAT:D:96A:UN'LIN+1++?"),
        ("nothing but release characters", "x.edi", _UNB + b"UNH+1+PRICAT:D:96A:UN'" + b"?" * 60_000 + b"'UNZ+1+1'"),
        ("60,000 components", "x.edi", _UNB + b"UNH+1+PRICAT:D:96A:UN'LIN+1++A:SA'IMD+F++" + b":" * 60_000 + b"'UNT+3+1'UNZ+1+1'"),
        ("50,000 messages", "x.edi", _UNB + b"".join(b"UNH+%d+PRICAT:D:96A:UN'LIN+1++A%d:SA'" % (n, n) for n in range(50_000)) + b"UNZ+1+1'"),
        ("a mark that is used twice", "x.edi", b"UNA++++++UNB+UNOC:3+S+R+260101:1200+1+"),
        ("an envelope of nothing", "x.edi", b"ISA*" + b"*" * 2_000),
        ("100,000 places", "x.edi", isa + b"GS*IB*A*B*20260101*1134*1*X*004010~ST*846*1~LIN**VP*A~SDQ*EA*92" + b"*W*1" * 15_000 + b"~SE*3*1~GE*1*1~IEA*1*1~"),
        ("stock without end", "x.edi", isa + b"GS*IB*A*B*20260101*1134*1*X*004010~ST*846*1~LIN**VP*A~QTY*33*" + b"9" * 5_000 + b"~SE*3*1~GE*1*1~IEA*1*1~"),
    )  # fmt: skip


WILD: tuple[bytes, ...] = (
    b"1e309", b"-1e-400", b"NaN", b"Infinity", b"-0", b"-0.00", b"9" * 400, b"9" * 5_000, b"0." + b"0" * 400 + b"1", b"0x1F", b"1.2.3.4", b"--5", b"+9", b"1_000",
    b"\xd9\xa1\xd9\xa2\xd9\xab\xd9\xa5", b"\xd9\xa9" * 60, b"\xc2\xbd", b"\xe2\x85\xa7", b"1,2,3,4", b"1'000'000", b"$$", b"(((", b"(5)", b"5-", b"=1+1", b"'; DROP TABLE offer;--",
)  # fmt: skip
"""Numbers as nobody should write them."""
