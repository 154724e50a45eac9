"""A record's cells → an OfferRow, by a mapping compiled once for the table.

This is the hot path: a million rows go through `Converter.convert`. What can be decided before the first row is decided in
`__init__`; no dict is built per row, and what repeats (prices, stock words, hosts of pictures) is read once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.mapping.refs import Places
from marketplace.sourcing.reading import plan_more, row_filter
from marketplace.sourcing.reading.offer_row import OfferRow, Rejected
from marketplace.sourcing.reading.plan_price import PricePlan
from marketplace.sourcing.reading.rejections import reject
from marketplace.sourcing.reading.slots import BLANK, SLOT
from marketplace.sourcing.reading.tally import Tally
from marketplace.sourcing.values.condition import read_condition
from marketplace.sourcing.values.country import read_country
from marketplace.sourcing.values.gtin import valid_gtin
from marketplace.sourcing.values.links import NOBODY, ImageCells
from marketplace.sourcing.values.stock import StockCells
from marketplace.sourcing.values.text import fold, shorten, spelt

MAX_KEY = 255
MAX_TEXT = 2_000
MAX_TITLE = 500
MAX_DESCRIPTION = 100_000
_TEXTS = (
    "sku",
    "title",
    "group_key",
    "brand",
    "mpn",
    "gtin",
    "google_category",
    "link",
    "hs_code",
    "warnings",
)
_NULLS = frozenset(
    {"NULL", "null", "Null", "\\N", "#N/A", "N/A", "n/a", "nan", "NaN", "None", "none", "-", "undefined"}
)
_SKU, _TITLE, _GROUP, _LINE = SLOT["sku"], SLOT["title"], SLOT["group_key"], SLOT["line"]
_GTIN, _VALID, _CATEGORY, _IMAGES = SLOT["gtin"], SLOT["gtin_valid"], SLOT["category"], SLOT["images"]
_BRAND = SLOT["brand"]
_DESCRIPTION, _WHY, _EXCLUDED = SLOT["description"], SLOT["not_sellable"], SLOT["excluded"]
_STOCK = (SLOT["quantity"], SLOT["lead_days"] + 1)
_KEEP, _LEAD, _ISSUES = SLOT["keep_quantity"], SLOT["lead_days"], SLOT["issues"]
_QUANTITY, _KIND, _RAW = SLOT["quantity"], SLOT["quantity_kind"], SLOT["quantity_raw"]
_SELLS, _STATE = SLOT["sells_up_to"], SLOT["availability"]


class Converter:
    """`convert(cells, line)` for the rows of one table. Raises nothing: what is wrong with a row is in what it gives."""

    def __init__(
        self,
        mapping: Mapping,
        columns: Sequence[str],
        now: datetime,
        tally: Tally,
        allowed: frozenset[str] = NOBODY,
    ) -> None:
        places = Places(columns)
        self.mapping, self.places, self.tally = mapping, places, tally
        self._blank = _with_fixed(mapping)
        self._texts: list[tuple[int, int]] = []
        self._coalesced: list[tuple[int, list[int]]] = []
        for field in _TEXTS:
            found = places.find_all(mapping.columns.get(field, ()))
            if len(found) == 1:
                self._texts.append((SLOT[field], found[0]))
            elif found:
                self._coalesced.append((SLOT[field], found))
        self._descriptions = places.find_all(mapping.columns.get("description", ()))
        self._categories = places.find_all(mapping.columns.get("category", ()))
        self._images = places.find_all(mapping.columns.get("images", ()))
        self._image_cells = ImageCells(mapping.image_base, mapping.image_split, allowed)
        self._key_parts = places.find_all(mapping.key_from)
        self._prices = PricePlan(mapping, places, now, tally)
        self.stock = StockCells(mapping, now.date())
        self._stock_at = [_first(places, mapping, f) for f in ("quantity", "availability", "lead_days")]
        self._has_stock = any(place is not None for place in self._stock_at)
        self._more = plan_more.plans(mapping, places)
        self._filters = row_filter.filters(mapping, places)
        self.has_title = bool(places.find_all(mapping.columns.get("title", ()))) or "title" in mapping.fixed
        self.has_key = bool(self._key_parts or places.find_all(mapping.columns.get("sku", ())))
        self.plain_key = self._one_place("sku") if not self._key_parts else None
        self._dated = [
            place
            for field in ("availability", "lead_days", "sale_dates")
            if (place := self._one_place(field)) is not None
        ]
        self._variant_images = places.find_all(mapping.columns.get("variant_image", ()))
        self._parent_keys = places.find_all(mapping.columns.get("parent_key", ()))
        self.useful = self._prices.sends or self._has_stock or bool(self._images)
        self.needs_title = self.has_title or not self.useful

    def _one_place(self, field: str) -> int | None:
        found = self.places.find_all(self.mapping.columns.get(field, ()))
        return found[0] if len(found) == 1 else None

    def also(self, fill: plan_more.Fill) -> None:
        """One more thing to do for each row, after its prices and stock were read."""
        self._more.append(fill)

    def depends_on_today(self, cells: Sequence[Any]) -> bool:
        """Whether the same cells can mean something else tomorrow: a date of arrival, the span of a reduced price."""
        for place in self._dated:  # noqa: SIM110 - for every row: a generator costs as much as the rest of it
            if len(cells[place]) > 7 and cells[place][0].isdecimal():
                return True
        return False

    @property
    def shows_variants(self) -> bool:
        """Whether the file has pictures of variants beside their product's."""
        return bool(self._variant_images)

    def variant_images(self, cells: Sequence[Any]) -> tuple[str, ...]:
        """The variant's own pictures, where the file tells them from the product's."""
        return tuple(url for place in self._variant_images for url in self._image_cells.read(cells[place])[0])

    def parent_key(self, cells: Sequence[Any]) -> str:
        """The key by which variants name this row as their parent, beside its sku."""
        return next((cells[place].strip() for place in self._parent_keys if cells[place].strip()), "")

    def convert(self, cells: Sequence[Any], line: int) -> OfferRow | Rejected | None:
        """The offer, or why it is none; None for a blank record."""
        values = self._blank[:]
        for slot, place in self._texts:
            text = cells[place]
            if text and (text := text.strip()):
                values[slot] = text if len(text) <= MAX_TEXT else self._cut(text, line)
        if self._coalesced:
            self._coalesce(cells, values)
        if not values[_SKU] or len(values[_SKU]) > MAX_KEY or values[_SKU] in _NULLS:
            values[_SKU] = self._key(cells, values[_SKU])
            if not values[_SKU] or len(values[_SKU]) > MAX_KEY:
                return self._no_key(cells, line, values[_SKU])
        title = values[_TITLE]
        if title is not None and (title in _NULLS or len(title) > MAX_TITLE or "\n" in title or "&" in title):
            values[_TITLE] = None if title in _NULLS else " ".join(spelt(title).split())[:MAX_TITLE]
        if self._filters:
            for rule, passes in self._filters:
                if not passes(cells):
                    return reject(
                        "filtered", line, cells, column=rule.column, test=rule.test.replace("_", " ")
                    )
        brand = values[_BRAND]
        if brand is not None and "&" in brand:
            values[_BRAND] = spelt(brand)
        values[_LINE] = line
        self._describe(cells, values, line)
        why = self._prices.fill(cells, values, line)
        if self._has_stock:
            self._count(cells, values, line)
        for fill in self._more:
            fill(cells, values)
        if (why == "price_unreadable" or values[_ISSUES]) and self._is_header(cells):
            return reject("header_again", line, cells)
        if why or values[_EXCLUDED]:
            if why == "no_price" and self._prices.sends and _is_heading(cells):
                return reject("heading", line, cells, text=shorten(values[_TITLE] or values[_SKU]))
            values[_WHY] = "excluded" if values[_EXCLUDED] else why
        return OfferRow(*values)

    def _is_header(self, cells: Sequence[Any]) -> bool:
        """The names of the columns once more: of files joined to one."""
        names = self.places.columns
        same = sum(
            1
            for cell, name in zip(cells, names, strict=False)
            if isinstance(cell, str) and fold(cell) == fold(name)
        )
        return same > 1 and same > len(names) / 2

    def _describe(self, cells: Sequence[Any], values: list[Any], line: int) -> None:
        for place in self._descriptions:
            text = cells[place]
            if text and not text.isspace():
                values[_DESCRIPTION] = text if len(text) <= MAX_DESCRIPTION else text[:MAX_DESCRIPTION]
                break
        code = values[_GTIN]
        if code is not None:
            valid = values[_VALID] = valid_gtin(code)
            if valid is None and code in _NULLS:
                values[_GTIN] = None
            elif valid is None:
                self.tally.see("gtin_invalid", line, code[:40])
        if self._categories:
            values[_CATEGORY] = self._category(cells)
        if self._images:
            if len(self._images) == 1:
                cell = cells[self._images[0]]
                if cell:
                    values[_IMAGES], unusable = self._image_cells.read(cell)
                    if unusable:
                        self.tally.see("images_unusable", line, str(cell)[:60])
            else:
                self._pictures(cells, values, line)

    def _category(self, cells: Sequence[Any]) -> str | None:
        if len(self._categories) == 1:
            cell = cells[self._categories[0]]
            if cell.__class__ is not str and len(cell) == 1:
                cell = cell[0]
            if cell.__class__ is str:
                return (cell if "&" not in cell else spelt(cell)).strip()[:MAX_TEXT] or None
        parts: dict[str, None] = {}
        for place in self._categories:
            cell = cells[place]
            for part in (cell,) if isinstance(cell, str) else cell:
                if part.strip():
                    parts[part.strip()] = None
        path = " > ".join(parts)
        return (path if "&" not in path else spelt(path))[:MAX_TEXT] or None

    def _pictures(self, cells: Sequence[Any], values: list[Any], line: int) -> None:
        found: dict[str, None] = {}
        unusable = ""
        for place in self._images:
            if cells[place]:
                images, left_out = self._image_cells.read(cells[place])
                found.update(dict.fromkeys(images))
                unusable = unusable or (str(cells[place]) if left_out else "")
        if unusable:
            self.tally.see("images_unusable", line, unusable[:60])
        values[_IMAGES] = tuple(found)[:50]

    def _count(self, cells: Sequence[Any], values: list[Any], line: int) -> None:
        at_quantity, at_state, at_lead = self._stock_at
        stock = self.stock.read(
            cells[at_quantity] if at_quantity is not None else "",
            cells[at_state] if at_state is not None else "",
            cells[at_lead] if at_lead is not None else "",
        )
        (
            values[_QUANTITY], values[_KIND], values[_RAW], values[_SELLS], values[_STATE],
            values[_KEEP], values[_LEAD], values[_WHY], trouble,
        ) = stock  # fmt: skip
        if trouble:
            values[_ISSUES] = (trouble,)
            self.tally.see("stock_unreadable", line, stock.raw or "")
        elif stock.raw and stock.raw[0] in "-−":
            self.tally.see("negative_stock", line)

    def _coalesce(self, cells: Sequence[Any], values: list[Any]) -> None:
        for slot, found in self._coalesced:
            for place in found:
                text = cells[place].strip()
                if text and text not in _NULLS:
                    values[slot] = text[:MAX_TEXT]
                    break

    def _key(self, cells: Sequence[Any], sku: str) -> str:
        if sku and sku not in _NULLS:
            return sku
        parts = (cells[place].strip() for place in self._key_parts)
        return "/".join(part for part in parts if part and part != "Default Title")

    def _no_key(self, cells: Sequence[Any], line: int, key: str) -> Rejected | None:
        if key:
            return reject("long_key", line, cells, limit=MAX_KEY)
        return (
            reject("no_key", line, cells)
            if any(c and (not isinstance(c, str) or c.strip()) for c in cells)
            else None
        )

    def _cut(self, text: str, line: int) -> str:
        self.tally.see("too_long", line)
        return text[:MAX_TEXT]


def _is_heading(cells: Sequence[Any]) -> bool:
    """One cell filled of many: a category's name between the offers of a price list."""
    return (
        len(cells) > 3
        and sum(1 for cell in cells if cell and (not isinstance(cell, str) or not cell.isspace())) == 1
    )


def _first(places: Places, mapping: Mapping, field: str) -> int | None:
    found = places.find_all(mapping.columns.get(field, ()))
    return found[0] if found else None


_FIXED_WORDS: dict[str, Callable[[str], str | None]] = {
    "condition": read_condition,
    "origin_country": read_country,
}


def _with_fixed(mapping: Mapping) -> list[Any]:
    """A row that says nothing but the mapping's fixed values."""
    blank = BLANK[:]
    blank[_WHY] = "no_stock"
    for field, value in mapping.fixed.items():
        if field in _FIXED_WORDS:
            blank[SLOT[field]] = _FIXED_WORDS[field](value)
        elif field in _TEXTS or field in ("description", "category"):
            blank[SLOT[field]] = value
        elif field in ("min_quantity", "pack_quantity", "lead_days") and value.isdecimal():
            blank[SLOT[field]] = int(value)
    return blank
