"""ANSI X12 price catalogues (832) and inventory advices (846).

One offer a LIN, whose pairs of qualifier and number name it. 832: CTP prices. 846: QTY*33 is what may be sold, QTY*17 what is on
hand, SDQ the same by place. Source: X12 release 004010.
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

READ = {"832": "a price catalogue", "846": "an inventory advice"}
COLUMNS = [
    "sku", "gtin", "mpn", "isbn", "title", "description", "brand", "price", "msrp", "currency", "quantity", "lead_days", "min_quantity",
    "pack_quantity", "colour", "size", "source_time",
]  # fmt: skip
_PLACE = {name: place for place, name in enumerate(COLUMNS)}
_NUMBERS = {
    "VP": "sku", "VN": "sku", "SK": "sku", "VC": "sku", "IN": "sku", "UP": "gtin", "EN": "gtin", "UK": "gtin", "UI": "gtin", "EO": "gtin",
    "UA": "gtin", "IB": "isbn", "MG": "mpn", "MN": "mpn", "MF": "brand", "BL": "brand", "BO": "colour", "CM": "colour", "IZ": "size", "SZ": "size",
}  # fmt: skip
_STOCK = ("33", "17", "QA", "IQ", "02", "29", "AA")


def detect(look: Look) -> int:
    """Any interchange: whether it can be read is said with its reason."""
    return 90


def finish(mapping: Mapping, look: Look) -> None:
    """Raises FeedRefused for other transactions."""
    mapping.encoding = "utf-8"
    mapping.decimal = "."
    kinds = _kinds(look.head.path, mapping)
    if not kinds & READ.keys():
        raise FeedRefused(
            "not_products", N_("This X12 interchange holds transaction {kinds}, no price catalogue (832) or inventory advice (846)"),
            line=1, column=1, kinds=", ".join(sorted(kinds)) or "none",
        )  # fmt: skip
    mapping.columns = {name: name for name in COLUMNS if name not in ("isbn", "colour", "size")}
    mapping.options = {"Colour": "colour", "Size": "size"}
    mapping.key_from = ["sku", "gtin", "isbn"]
    mapping.columns["gtin"] = ["gtin", "isbn"]
    mapping.key_from = ["gtin"]
    if kinds & READ.keys() == {"846"}:
        mapping.columns = {name: name for name in ("sku", "gtin", "quantity", "lead_days", "source_time")}
    else:
        mapping.columns.pop("quantity")
        mapping.columns.pop("lead_days")
        if "846" in kinds:
            mapping.columns["quantity"] = "quantity"


def _text(path: Path) -> str:
    with open_bytes(path) as source:
        return source.read(4_000).decode("utf-8", errors="replace")


def _kinds(path: Path, mapping: Mapping) -> set[str]:
    found = set()
    for count, segment in enumerate(edi.segments(path, edi.x12_marks(_text(path)), mapping.encoding)):
        if segment[0][0] == "ST":
            found.add(get(segment, 1))
        if count > 200_000:
            break
    return found


def sections(path: Path, mapping: Mapping, tally: Tally) -> Iterator[Section]:
    """The items of all transactions that are read; others are told of."""
    found = edi.segments(path, edi.x12_marks(_text(path)), mapping.encoding)
    yield Section(list(COLUMNS), _items(found, tally))


def _items(found: Iterator[Segment], tally: Tally) -> Iterator[Record | Rejected]:
    kind, currency, time, sender, number, ended = "", "", "", "", 0, False
    item: _Item | None = None
    seen: set[tuple[str, str, str]] = set()
    group = ""
    for segment in found:
        tag = segment[0][0]
        if tag in ("LIN", "CTT", "SE") and item is not None:
            number += 1
            yield item.record(number)
            item = None
        if tag == "ISA":
            sender = get(segment, 6)
        elif tag == "GS":
            group = get(segment, 6)
            time = get(segment, 4) + get(segment, 5)[:4]
        elif tag == "ST":
            kind, again = get(segment, 1), (sender, group, get(segment, 2)) in seen
            seen.add((sender, group, get(segment, 2)))
            if again or kind not in READ:
                why = "it came before" if again else "it is not read"
                tally.say("message_skipped", kind=kind, reference=get(segment, 2), why=why)
                kind = ""
        elif tag == "CUR" and kind:
            currency = get(segment, 2)
        elif tag == "LIN" and kind:
            item = _Item(segment, time)
        elif tag == "IEA":
            ended = True
        elif item is not None:
            item.read(tag, segment)
        if item is not None:
            item.cells[_PLACE["currency"]] = currency
    if not ended:
        raise FeedRefused(
            "cut", N_("The interchange has no end (IEA): half a file"), line=number + 1, column=1
        )


class _Item:
    """One LIN with what follows it."""

    def __init__(self, line: Segment, time: str) -> None:
        self.cells = [""] * len(COLUMNS)
        self.stock: dict[str, str] = {}
        self.placed = 0
        self.has_places = False
        self.put("source_time", time)
        for place in range(2, len(line) - 1, 2):
            name = _NUMBERS.get(get(line, place))
            if name:
                self.put(name, get(line, place + 1))

    def put(self, name: str, value: str) -> None:
        place = _PLACE[name]
        self.cells[place] = self.cells[place] or value

    def read(self, tag: str, segment: Segment) -> None:
        """One segment that follows."""
        if tag == "PID":
            text = get(segment, 5)
            name = (
                "colour"
                if get(segment, 2) in ("35", "73")
                else "size"
                if get(segment, 2) in ("74", "91")
                else "title"
            )
            self.put("description" if name == "title" and self.cells[_PLACE["title"]] else name, text)
        elif tag == "CTP":
            retail = get(segment, 1) == "RS" or get(segment, 2) in ("MSR", "RES", "SLP", "RTL")
            self.put("msrp" if retail else "price", get(segment, 3))
        elif tag == "QTY":
            self.stock.setdefault(get(segment, 1), get(segment, 2))
        elif tag == "SDQ":
            self.has_places = True
            for place in range(4, len(segment), 2):
                amount = get(segment, place).split(".")[0]
                self.placed += int(amount) if amount.lstrip("-").isdecimal() else 0
        elif tag == "PO4":
            self.put("pack_quantity", get(segment, 1))
        elif tag == "LDT":
            self.put("lead_days", f"{get(segment, 2)} {'weeks' if get(segment, 3) == 'WK' else 'days'}")
        elif tag == "DTM" and get(segment, 1) in ("405", "514", "097", "168"):
            self.cells[_PLACE["source_time"]] = get(segment, 2) + get(segment, 3)[:4]

    def record(self, number: int) -> Record | Rejected:
        """The row; keyed by the vendor's number, else the GTIN, else the ISBN."""
        code = next((code for code in _STOCK if code in self.stock), None)
        if code:
            self.cells[_PLACE["quantity"]] = self.stock[code]
        elif self.has_places:
            self.cells[_PLACE["quantity"]] = str(self.placed)
        for name in ("gtin", "isbn", "mpn"):
            self.put("sku", self.cells[_PLACE[name]])
        return (number, self.cells) if self.cells[0] else reject("no_key", number, self.cells)


FORMAT = Format(
    name="x12",
    label="ANSI X12 (832, 846)",
    shapes=("x12",),
    detect=detect,
    settings={"delimiter": None},
    only=True,
    finish=finish,
    sections=sections,
    kinds=("edi", "x12"),
)
