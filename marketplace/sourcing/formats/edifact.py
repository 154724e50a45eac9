"""EDIFACT price catalogues (PRICAT) and inventory reports (INVRPT).

One offer a LIN. The supplier's article number (PIA+5, qualifier SA) is the key, else the GTIN. Prices by PRI qualifier: AAA and
NTP net, AAB and GRP gross, SRP recommended, AAE so where there is another. INVRPT: QTY+145 is the actual stock, 198 and 17 what is on hand; places are added up.
Source: UN/EDIFACT directories D.96A to D.01B, EANCOM 2002.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from marketplace.kernel.fetching import N_
from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading import edi
from marketplace.sourcing.reading.edi import Segment, get
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.look import Look
from marketplace.sourcing.reading.offer_row import Rejected
from marketplace.sourcing.reading.rejections import reject
from marketplace.sourcing.reading.section import Record, Section
from marketplace.sourcing.reading.source import open_bytes
from marketplace.sourcing.reading.tally import Tally

READ = ("PRICAT", "INVRPT")
COLUMNS = [
    "sku", "gtin", "mpn", "title", "description", "brand", "price", "msrp", "currency", "vat_rate", "quantity", "min_quantity",
    "pack_quantity", "weight", "weight_unit", "category", "hs_code", "colour", "size", "source_time",
]  # fmt: skip
_PLACE = {name: place for place, name in enumerate(COLUMNS)}
_CHARACTERISTICS = {"BRN": "brand", "8": "brand", "79": "brand", "35": "colour", "98": "size"}
_AGENCIES = ("9", "90", "91", "92")
"""Code lists' owners (3055), which some put where the name goes on."""
_UNITS = {"KGM": "kg", "GRM": "g", "LBR": "lb", "ONZ": "oz"}
_STOCK = ("145", "198", "17", "33")
_PRICES = {"AAA": 0, "NTP": 0, "AAH": 1, "AAB": 2, "GRP": 2, "AAE": 3}


def detect(look: Look) -> int:
    """Any interchange: whether it can be read is said with its reason."""
    return 90


def finish(mapping: Mapping, look: Look) -> None:
    """Charset and decimal mark from the envelope. Raises FeedRefused for other messages."""
    raw = _first_bytes(look.head.path)
    mapping.encoding = edi.charset_of(raw)
    marks = edi.edifact_marks(look.head.text)
    mapping.decimal = "," if marks.decimal == "," else "."
    mapping.columns = {name: name for name in COLUMNS if name not in ("colour", "size")}
    mapping.options = {"Colour": "colour", "Size": "size"}
    kinds = edi.kinds(look.head.path, marks, mapping.encoding, "UNH", 2)
    if not kinds & set(READ):
        listed = ", ".join(sorted(kinds)) or "no message"
        raise FeedRefused(
            "not_products", N_("This EDIFACT interchange holds {kinds}, no price catalogue or inventory report"),
            line=1, column=1, kinds=listed,
        )  # fmt: skip
    if kinds == {"INVRPT"}:
        mapping.columns = {name: name for name in ("sku", "gtin", "quantity", "source_time")}
        mapping.options = {}
    mapping.price_means = "cost"


def _first_bytes(path: Path) -> bytes:
    with open_bytes(path) as source:
        return source.read(200_000)


def sections(path: Path, mapping: Mapping, tally: Tally) -> Iterator[Section]:
    """The items of all messages that are read; others are told of."""
    marks = edi.edifact_marks(_first_bytes(path).decode(mapping.encoding, errors="replace"))
    where = edi.Where()
    found = edi.segments(path, marks, mapping.encoding, where)
    yield Section(list(COLUMNS), _Interchange(tally, where).items(found))


class _Interchange:
    """The messages of a file, one after another. A message is known by its sender, the interchange's reference and its own."""

    def __init__(self, tally: Tally, where: edi.Where) -> None:
        self._tally, self._where = tally, where
        self._seen: set[tuple[str, str, str]] = set()
        self._message = _Message("")
        self._sender = self._control = ""
        self._enveloped = self._ended = False
        self._number = 0

    def items(self, found: Iterator[Segment]) -> Iterator[Record | Rejected]:
        """Raises FeedRefused when the file ends before the interchange does."""
        for segment in found:
            tag = segment[0][0]
            self._message.count += 1
            if tag == "UNB":
                self._sender, self._control = get(segment, 2), get(segment, 5)
                self._enveloped, self._ended = True, False
            elif tag in ("UNH", "UNZ"):
                yield from self._broken_off()
                self._ended = tag == "UNZ"
                self._message = self._opened(segment) if tag == "UNH" else _Message("")
            elif tag in ("LIN", "UNT", "UNS"):
                yield from self._closed()
                if tag == "LIN" and self._message.kind:
                    self._message.open(segment)
                elif tag == "UNT":
                    self._counted(get(segment, 1))
            else:
                self._message.read(segment)
        if not self._ended and (self._enveloped or self._message.runs):
            raise FeedRefused(
                "cut",
                N_("The interchange has no end (UNZ): half a file"),
                line=self._where.line,
                column=self._where.column,
            )

    def _opened(self, segment: Segment) -> _Message:
        kind, reference = get(segment, 2), get(segment, 1)
        mark = self._sender, self._control, reference
        again = mark in self._seen
        if again or kind not in READ:
            why = "it came before" if again else "it is not read"
            self._tally.say("message_skipped", kind=kind, reference=reference, why=why)
        self._seen.add(mark)
        return _Message("" if again else kind, reference)

    def _closed(self) -> Iterator[Record | Rejected]:
        item = self._message.close()
        if item is not None:
            self._number += 1
            yield item.record(self._number)

    def _broken_off(self) -> Iterator[Rejected]:
        """A message that was not ended: what it was saying last may be half of it."""
        message = self._message
        if message.runs and message.kind:
            why = "it has no end (UNT)"
            self._tally.say("message_damaged", kind=message.kind, reference=message.reference, why=why)
            item = message.close()
            if item is not None:
                self._number += 1
                yield reject("damaged", self._number, item.cells, fault="the message has no end (UNT)")

    def _counted(self, said: str) -> None:
        message = self._message
        if message.kind and said.isdecimal() and int(said[:9]) != message.count:
            known = {"kind": message.kind, "reference": message.reference}
            self._tally.say("message_count", **known, said=int(said[:9]), count=message.count)
        message.runs = False


class _Item:
    """One LIN with what follows it."""

    def __init__(self, currency: str, time: str, deleted: bool) -> None:
        self.cells = [""] * len(COLUMNS)
        self.deleted = deleted
        self.rank = 9
        self.stock: dict[str, list[int]] = {}
        self.put("currency", currency)
        self.put("source_time", time)

    def put(self, name: str, value: str) -> None:
        place = _PLACE[name]
        self.cells[place] = self.cells[place] or value

    def record(self, number: int) -> Record | Rejected:
        code = next((code for code in _STOCK if code in self.stock), None)
        if code:
            self.cells[_PLACE["quantity"]] = str(edi.total(self.stock[code]))
        if not self.cells[0]:
            self.cells[0] = self.cells[1]
        return reject("deleted", number, self.cells) if self.deleted else (number, self.cells)


class _Message:
    """What the segments before the items say of all of them."""

    def __init__(self, kind: str, reference: str = "") -> None:
        self.kind = kind if kind in READ else ""
        self.reference = reference
        self.runs = bool(reference)  # begun, and not ended yet
        self.count = 1
        self.currency = self.time = ""
        self.item: _Item | None = None

    def open(self, line: Segment) -> None:
        self.item = _Item(self.currency, self.time, get(line, 2) == "2")
        if get(line, 3, 1) in ("EN", "EAN", "UP", "SRV", "IB", "UA"):
            self.item.put("gtin", get(line, 3))
        elif get(line, 3):
            self.item.put("sku", get(line, 3))

    def close(self) -> _Item | None:
        item, self.item = self.item, None
        return item

    def read(self, segment: Segment) -> None:
        tag = segment[0][0]
        if tag == "CUX" and get(segment, 1, 1):
            if self.item is None:
                self.currency = get(segment, 1, 1)
            else:
                self.item.cells[_PLACE["currency"]] = get(segment, 1, 1)
        elif tag == "DTM" and self.item is None and get(segment, 1) in ("137", "179", "366"):
            self.time = get(segment, 1, 1)
        elif self.item is not None:
            _read_into(self.item, tag, segment)


def _read_into(item: _Item, tag: str, segment: Segment) -> None:
    if tag == "PIA":
        names = {
            "SA": "sku",
            "VP": "sku",
            "MF": "mpn",
            "MP": "mpn",
            "EN": "gtin",
            "SRV": "gtin",
            "UP": "gtin",
            "IB": "gtin",
            "HS": "hs_code",
        }
        for element in segment[2:]:
            name = names.get(element[1].strip() if len(element) > 1 else "")
            if name:
                item.put(name, element[0].strip())
    elif tag == "IMD":
        _describe(item, segment)
    elif tag == "FTX":
        item.put(
            "description",
            " ".join(part.strip() for part in (segment[4] if len(segment) > 4 else []) if part.strip()),
        )
    elif tag == "PRI":
        _price(item, segment)
    elif tag == "QTY":
        _quantity(item, get(segment, 1), get(segment, 1, 1))
    elif tag == "TAX" and get(segment, 2) in ("VAT", ""):
        item.put("vat_rate", get(segment, 5, 3))
    elif tag == "MEA" and get(segment, 2) in ("AAB", "AAA", "G", "WT"):
        item.put("weight", get(segment, 3, 1))
        item.put("weight_unit", _UNITS.get(get(segment, 3), get(segment, 3)))
    elif tag == "PGI":
        item.put("category", get(segment, 2, 3) or get(segment, 2))
    elif tag == "DTM" and get(segment, 1) in ("179", "366"):
        item.cells[_PLACE["source_time"]] = get(segment, 1, 1)


def _describe(item: _Item, segment: Segment) -> None:
    """IMD: the article's name, or one characteristic of it (7081), as text or as a code."""
    more = get(segment, 3, 4)
    text = " ".join(part for part in (get(segment, 3, 3), "" if more in _AGENCIES else more) if part)
    name = _CHARACTERISTICS.get(get(segment, 2))
    if name:
        item.put(name, text or get(segment, 3))
    else:
        item.put("description" if item.cells[_PLACE["title"]] else "title", text)


def _price(item: _Item, segment: Segment) -> None:
    """Beside another price the one for information, taxes included (AAE), is what shoppers pay."""
    kind, amount = get(segment, 1), get(segment, 1, 1)
    if (
        kind in ("SRP", "RTP")
        or get(segment, 1, 3) in ("SRP", "RTP", "RSP")
        or (kind == "AAE" and item.rank < 3)
    ):
        item.put("msrp", amount)
    elif _PRICES.get(kind, 5) < item.rank:
        if item.rank == _PRICES["AAE"]:
            item.put("msrp", item.cells[_PLACE["price"]])
        item.rank = _PRICES.get(kind, 5)
        item.cells[_PLACE["price"]] = amount


def _quantity(item: _Item, kind: str, amount: str) -> None:
    if kind in _STOCK:
        whole = edi.whole(amount.replace(",", "."))
        if whole is not None:
            item.stock.setdefault(kind, []).append(whole)
    elif kind in ("53", "54"):
        item.put("min_quantity", amount)
    elif kind in ("59", "52"):
        item.put("pack_quantity", amount)


FORMAT = Format(
    name="edifact",
    label="EDIFACT (PRICAT, INVRPT)",
    shapes=("edifact",),
    detect=detect,
    settings={"delimiter": None},
    only=True,
    finish=finish,
    sections=sections,
    kinds=("edi",),
)
