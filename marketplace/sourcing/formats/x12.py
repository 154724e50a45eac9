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
_OTHER_NUMBERS = ("BP", "N4", "CB", "CU", "PI", "ND")
"""The buyer's number, a drug's code: a key where there is no other."""
_STOCK = ("33", "17", "QA", "IQ", "02", "29", "AA", "1")
_RETAIL = ("MSR", "RES", "SLP", "RTL", "SRP", "RET", "SUG")
_NET = ("NET", "CON", "UCP", "WHL", "WSP", "PRO", "ACT")
_LIST = ("LPR", "LIS", "CAT", "LTP")


def detect(look: Look) -> int:
    """Any interchange: whether it can be read is said with its reason."""
    return 90


def finish(mapping: Mapping, look: Look) -> None:
    """Raises FeedRefused for other transactions."""
    mapping.encoding = "utf-8" if look.head.encoding == "ascii" else look.head.encoding
    mapping.decimal = "."
    path = look.head.path
    kinds = edi.kinds(path, edi.x12_marks(_text(path)), mapping.encoding, "ST", 1)
    if not kinds & READ.keys():
        raise FeedRefused(
            "not_products", N_("This X12 interchange holds transaction {kinds}, no price catalogue (832) or inventory advice (846)"),
            line=1, column=1, kinds=", ".join(sorted(kinds)) or "none",
        )  # fmt: skip
    mapping.columns = {name: name for name in COLUMNS if name not in ("isbn", "colour", "size")}
    mapping.options = {"Colour": "colour", "Size": "size"}
    mapping.columns["gtin"] = ["gtin", "isbn"]
    mapping.key_from = ["gtin"]
    if kinds & READ.keys() == {"846"}:
        mapping.columns = {name: name for name in ("sku", "gtin", "quantity", "lead_days", "source_time")}
    else:
        del mapping.columns["lead_days"]
        if "846" not in kinds:
            del mapping.columns["quantity"]


def _text(path: Path) -> str:
    with open_bytes(path) as source:
        return source.read(4_000).decode("utf-8", errors="replace")


def sections(path: Path, mapping: Mapping, tally: Tally) -> Iterator[Section]:
    """The items of all transactions that are read; others are told of."""
    where = edi.Where()
    found = edi.segments(path, edi.x12_marks(_text(path)), mapping.encoding, where)
    yield Section(list(COLUMNS), _Interchange(tally, where).items(found))


class _Interchange:
    """The transactions of a file, one after another. One is known by its sender and the three control numbers around it."""

    def __init__(self, tally: Tally, where: edi.Where) -> None:
        self._tally, self._where = tally, where
        self._seen: set[tuple[str, ...]] = set()
        self._sender: tuple[str, str] = ("", "")
        self._group = self._time = self._currency = ""
        self._kind = self._reference = ""  # of the transaction that runs, when it is read
        self._count = self._number = 0
        self._item: _Item | None = None
        self._ended = False

    def items(self, found: Iterator[Segment]) -> Iterator[Record | Rejected]:
        """Raises FeedRefused when the file ends before the interchange does."""
        for segment in found:
            tag = segment[0][0]
            self._count += 1
            if tag in ("LIN", "CTT", "SE"):
                yield from self._closed()
            if tag in ("ST", "GE", "IEA"):
                yield from self._broken_off()
            self._read(tag, segment)
        if not self._ended:
            raise FeedRefused(
                "cut",
                N_("The interchange has no end (IEA): half a file"),
                line=self._where.line,
                column=self._where.column,
            )

    def _read(self, tag: str, segment: Segment) -> None:
        if tag == "ISA":
            self._sender, self._ended = (get(segment, 6), get(segment, 13)), False
        elif tag == "GS":
            self._group = get(segment, 6)
            self._time = get(segment, 4) + get(segment, 5)[:4]
        elif tag == "ST":
            self._begin(get(segment, 1), get(segment, 2))
        elif tag == "SE":
            self._counted(get(segment, 1))
        elif tag == "IEA":
            self._ended = True
        elif tag == "CUR" and self._kind:
            self._currency = get(segment, 2)
        elif tag == "LIN" and self._kind:
            self._item = _Item(segment, self._time, self._currency)
        elif self._item is not None:
            self._item.read(tag, segment)

    def _begin(self, kind: str, reference: str) -> None:
        mark = (*self._sender, self._group, reference)
        again = mark in self._seen
        if again or kind not in READ:
            why = "it came before" if again else "it is not read"
            self._tally.say("message_skipped", kind=kind, reference=reference, why=why)
        self._seen.add(mark)
        self._kind, self._reference, self._count = "" if again or kind not in READ else kind, reference, 1

    def _closed(self) -> Iterator[Record | Rejected]:
        if self._item is not None:
            self._number += 1
            yield self._item.record(self._number)
            self._item = None

    def _broken_off(self) -> Iterator[Rejected]:
        """A transaction that was not ended: what it was saying last may be half of it."""
        if self._kind:
            self._tally.say(
                "message_damaged", kind=self._kind, reference=self._reference, why="it has no end (SE)"
            )
            if self._item is not None:
                self._number += 1
                yield reject(
                    "damaged", self._number, self._item.cells, fault="the transaction has no end (SE)"
                )
        self._item, self._kind = None, ""

    def _counted(self, said: str) -> None:
        if self._kind and said.isdecimal() and int(said[:9]) != self._count:
            known = {"kind": self._kind, "reference": self._reference}
            self._tally.say("message_count", **known, said=int(said[:9]), count=self._count)
        self._kind = ""


class _Item:
    """One LIN with what follows it."""

    def __init__(self, line: Segment, time: str, currency: str) -> None:
        self.cells = [""] * len(COLUMNS)
        self.stock: dict[str, list[int]] = {}
        self.units: dict[str, str] = {}
        self.placed: list[int] = []
        self.price_rank = (9, 0)
        self.buyers = ""
        self.put("source_time", time)
        self.put("currency", currency)
        for place in range(2, len(line) - 1, 2):
            qualifier = get(line, place)
            if qualifier in _NUMBERS:
                self.put(_NUMBERS[qualifier], get(line, place + 1))
            elif qualifier in _OTHER_NUMBERS:
                self.buyers = self.buyers or get(line, place + 1)

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
            self._price(segment)
        elif tag == "QTY":
            self._quantity(get(segment, 1), get(segment, 2), get(segment, 3))
        elif tag == "SDQ":
            self.placed += [edi.whole(get(segment, place)) or 0 for place in range(4, len(segment), 2)]
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
            self.cells[_PLACE["quantity"]] = str(edi.total(self.stock[code]))
        elif self.placed:
            self.cells[_PLACE["quantity"]] = str(sum(self.placed))
        for name in ("gtin", "isbn", "mpn"):
            self.put("sku", self.cells[_PLACE[name]])
        self.put("sku", self.buyers)
        return (number, self.cells) if self.cells[0] else reject("no_key", number, self.cells)

    def _price(self, segment: Segment) -> None:
        """A net price goes before others, these before list prices; the one for the least quantity counts."""
        kind, amount = get(segment, 2), get(segment, 3)
        if (kind in _RETAIL and get(segment, 1) != "WS") or get(segment, 1) == "RS":
            self.put("msrp", amount)
            return
        rank = 0 if kind in _NET else 2 if kind in _LIST else 1, edi.whole(get(segment, 4)) or 1
        if amount and rank < self.price_rank:
            self.price_rank = rank
            self.cells[_PLACE["price"]] = amount

    def _quantity(self, kind: str, amount: str, unit: str) -> None:
        """Amounts of several places add up; those in another unit tell the same stock once more."""
        whole = edi.whole(amount)
        if whole is not None and self.units.setdefault(kind, unit) == unit:
            self.stock.setdefault(kind, []).append(whole)


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
