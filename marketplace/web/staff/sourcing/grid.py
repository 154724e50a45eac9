"""The grid of offers kept by hand: what was shown, what was typed, and which lines a person touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from marketplace.sourcing.screens.offers import OfferRow
from marketplace.web.forms import Form

#: columns of the grid
FIELDS = ("sku", "title", "price", "currency", "quantity")
MOST = 1_000


@dataclass
class GridLine:
    """One line. `was` is what the page showed, so that a line nobody touched is not written, nor one overwritten unseen; `present`
    is what a cell has become meanwhile."""

    values: dict[str, str]
    was: dict[str, str]
    known: bool
    problems: dict[str, str] = field(default_factory=dict)
    present: dict[str, str] = field(default_factory=dict)

    @property
    def touched(self) -> bool:
        if self.known:
            return any(
                self.values.get(name, "") != self.was.get(name, "") for name in FIELDS if name != "sku"
            )
        return any(self.values.get(name, "").strip() for name in ("sku", "title", "price", "quantity"))

    @property
    def row(self) -> dict[str, Any]:
        """For `edit_offers`: of a known offer only what changed."""
        if not self.known:
            return {**self.values, "currency": self.values.get("currency", "").upper() or "EUR"}
        changed = {n: v for n, v in self.values.items() if v != self.was.get(n, "")}
        return {**changed, "sku": self.values["sku"]}


def grid_lines(rows: Iterable[OfferRow]) -> list[GridLine]:
    """The lines of offers as they are."""
    return [GridLine(values := _shown(row), dict(values), known=True) for row in rows]


def _shown(row: OfferRow) -> dict[str, str]:
    return _texts(row.sku, row.title, row.price_e4, row.currency, row.quantity)


def _texts(
    sku: str, title: str, price: int | None, currency: str | None, quantity: int | None
) -> dict[str, str]:
    return {
        "sku": sku,
        "title": title,
        "price": "" if price is None else f"{price // 10_000}.{price % 10_000:04d}".rstrip("0").rstrip("."),
        "currency": currency or "",
        "quantity": "" if quantity is None else str(quantity),
    }


def catch_up(line: GridLine, offer: Mapping[str, Any]) -> None:
    """Show what the cells have become that somebody else changed; saved again, they are overwritten."""
    now_is = _texts(offer["sku"], offer["title"], offer["price_e4"], offer["currency"], offer["quantity"])
    line.present = {name: now_is[name] for name in line.problems}
    line.was |= line.present


def blank_lines(count: int, currency: str) -> list[GridLine]:
    """Lines to write new offers on."""
    return [GridLine({"currency": currency}, {"currency": currency}, known=False) for _ in range(count)]


def read_grid(form: Form) -> list[GridLine]:
    """What was typed, line by line, in the order of the page."""
    lines: list[GridLine] = []
    for place in range(min(len(form.all("known")), MOST)):
        values = {
            name: form.values.get(f"{name}-{place}", "")
            for name in FIELDS
            if f"{name}-{place}" in form.values
        }
        was = {
            name: form.values.get(f"was-{name}-{place}", "")
            for name in FIELDS
            if f"was-{name}-{place}" in form.values
        }
        lines.append(GridLine(values, was, known=form.all("known")[place] == "1"))
    return lines
