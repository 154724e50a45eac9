"""What was odd about a file: counted by kind, the first cases kept, told once as a sentence each."""

from __future__ import annotations

from typing import NamedTuple

from marketplace.kernel.fetching import N_

KEPT = 5
NAMED_DUPLICATES = 100
MOST_SAID = 200
"""Of warnings about the file as a whole; an interchange may hold any number of messages."""

SENTENCES: dict[str, str] = {
    "duplicate": N_("SKU “{sku}” is on lines {first} and {line}: the last one is used"),
    "more_duplicates": N_("Further rows that repeat a SKU (the last one is used): {count}"),
    "more_remarks": N_("Further remarks about the file: {count}"),
    "strays": N_("Bytes that are not UTF-8, read as Windows-1252: {count}"),
    "nuls": N_("NUL characters left out: {count}"),
    "short_rows": N_("Rows with fewer cells than the header: {count} (line {lines})"),
    "maps_left_out": N_(
        "More than {limit} articles are put into groups; those beyond have no category: {count}"
    ),
    "preamble": N_("Lines above the header, not read as offers: {count}"),
    "unused": N_("Columns that are not used: {count}"),
    "missing_column": N_("The file has no column “{column}”: {field} is left as it was"),
    "sale_above_price": N_(
        "Rows with a reduced price above the price, which is left out: {count} (line {lines})"
    ),
    "price_unreadable": N_(
        "Rows with a price that cannot be read: {count} (line {lines}), for example “{example}”"
    ),
    "price_negative": N_("Rows with a price below zero, which is left out: {count} (line {lines})"),
    "stock_unreadable": N_(
        "Rows whose stock is not known, which keep what we hold: {count} (line {lines}), for example “{example}”"
    ),
    "currency_unknown": N_(
        "Rows with a price without a currency: {count} (line {lines}); set the feed's currency"
    ),
    "images_unusable": N_(
        "Rows with picture names without a usable address: {count} (line {lines}), for example “{example}”"
    ),
    "gtin_invalid": N_(
        "Rows with a GTIN not fit for matching (kept as it is): {count} (line {lines}), for example “{example}”"
    ),
    "constant_stock": N_("Stock looks constant: every row in stock has {example}"),
    "stock_only": N_("No title column: stock and price of known articles only"),
    "vat_unknown": N_("Prices include VAT at a rate that is not known: set the rate"),
    "sets": N_("Sets whose stock is the least that their parts allow: {count} (line {lines})"),
    "part_unknown": N_(
        "Sets not sold, because the stock of a part is not known: {count} (line {lines}), for example “{example}”"
    ),
    "negative_stock": N_("Rows with stock below zero, sold as none: {count} (line {lines})"),
    "too_long": N_("Rows with texts cut at the limit: {count} (line {lines})"),
    "variants_left_out": N_(
        "Records with variants left out, which have no key or no title: {count} (line {lines})"
    ),
    "message_skipped": N_("Message {reference} ({kind}) was left out: {why}"),
    "message_count": N_(
        "Message {reference} ({kind}) says that it has {said} segments and has {count}: is something missing?"
    ),
    "message_damaged": N_("Message {reference} ({kind}) is damaged: {why}"),
    "shared_sku": N_(
        "Rows with variants of one product that share a SKU, which their options complete: {count} (line {lines})"
    ),
    "title_key": N_("There is no article number: {column} is the key, so a changed one is another offer"),
    "nothing_sold": N_("No row can be sold: {reason}"),
}
"""Code → English sentence with its places; a page translates the sentence and fills it in."""


class Warned(NamedTuple):
    """One warning: `params` fill the sentence of its code."""

    code: str
    params: dict[str, object]

    @property
    def sentence(self) -> str:
        return SENTENCES[self.code].format(**self.params)


class Tally:
    """Counts oddities as they come; cheap when there are none."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._lines: dict[str, list[int]] = {}
        self._examples: dict[str, str] = {}
        self._single: list[Warned] = []
        self._said: set[str] = set()
        self._unsaid = 0
        self.duplicates = 0

    def see(self, code: str, line: int, example: str = "") -> None:
        """One row of this kind."""
        count = self._counts[code] = self._counts.get(code, 0) + 1
        if count == 1:
            self._lines[code], self._examples[code] = [], example
        lines = self._lines[code]
        if len(lines) <= KEPT and line not in lines:  # a document on one line has every row there
            lines.append(line)

    def say(self, code: str, **params: object) -> None:
        """A warning about the file as a whole, told once."""
        warned = Warned(code, params)
        mark = repr(warned)
        if mark in self._said:
            return
        if len(self._said) >= MOST_SAID:
            self._unsaid += 1
            return
        self._said.add(mark)
        self._single.append(warned)

    def duplicate(self, sku: str, first: int, line: int) -> None:
        """A key that came before: both lines are named, up to a hundred times."""
        self.duplicates += 1
        if self.duplicates <= NAMED_DUPLICATES:
            self._single.append(Warned("duplicate", {"sku": sku, "first": first, "line": line}))

    def all(self) -> list[Warned]:
        """Everything that was odd."""
        told = list(self._single)
        if self._unsaid:
            told.append(Warned("more_remarks", {"count": self._unsaid}))
        if self.duplicates > NAMED_DUPLICATES:
            told.append(Warned("more_duplicates", {"count": self.duplicates - NAMED_DUPLICATES}))
        for code, count in self._counts.items():
            known = self._lines[code]
            lines = ", ".join(map(str, known[:KEPT])) + (", …" if len(known) > KEPT else "")
            told.append(Warned(code, {"count": count, "lines": lines, "example": self._examples[code]}))
        return told


class Survey(Tally):
    """Of a look that goes before the reading: it sees what the reading sees again, so nobody counts by it."""
