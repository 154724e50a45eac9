"""A list's filters as its address says them, and the address without one of them. Pure."""

from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlencode

from litestar_htmx import HTMXRequest

from marketplace.catalogue.browse import ListQuery
from marketplace.catalogue.browse.list_products import Sort
from marketplace.web.forms import Form

OPTION = "o."  # o.colour=blue
MOST_WORDS = 100
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Filters:
    """`pairs` are the address's own, as typed; `query` what the catalogue is asked."""

    path: str
    pairs: Pairs
    query: ListQuery

    @classmethod
    def read(cls, request: HTMXRequest, currency: str, *, category: str = "") -> "Filters":
        """Whatever cannot be understood is left out: an address typed by hand still shows a list."""
        typed = [(k, v.strip()) for k, v in request.query_params.multi_items() if v.strip()]
        values: dict[str, list[str]] = {}
        for name, value in typed:
            values.setdefault(name, []).append(value)
        return cls(request.url.path, _known(typed), _query(values, currency, category))

    @property
    def narrowed(self) -> bool:
        return any(name not in ("q", "sort") for name, _ in self.pairs)

    def has(self, name: str, value: str) -> bool:
        return (name, value) in self.pairs

    def value(self, name: str) -> str:
        return next((v for k, v in self.pairs if k == name), "")

    def kept(self, *without: str) -> Pairs:
        """What a form keeps in hidden fields."""
        return [(k, v) for k, v in self.pairs if k not in without]

    def without(self, *gone: tuple[str, str]) -> str:
        return self._address([pair for pair in self.pairs if pair not in gone])

    @property
    def cleared(self) -> str:
        return self._address([(k, v) for k, v in self.pairs if k in ("q", "sort")])

    def onward(self, after: str) -> str:
        return self._address([*self.pairs, ("after", after)])

    @property
    def start(self) -> str:
        return self._address(self.pairs)

    def _address(self, pairs: Pairs) -> str:
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path


def _known(typed: Pairs) -> Pairs:
    names = ("q", "brand", "min", "max", "stock", "reduced", "sort")
    found = [(k, v[:MOST_WORDS]) for k, v in typed if k in names or k.startswith(OPTION)]
    return list(dict.fromkeys(found))


def _query(values: dict[str, list[str]], currency: str, category: str) -> ListQuery:
    form = Form(dict(values))
    sort = form.raw("sort")
    return ListQuery(
        category=category,
        words=form.raw("q")[:MOST_WORDS],
        brands=tuple(values.get("brand", ())),
        price_from=form.money("min", currency),
        price_to=form.money("max", currency),
        in_stock=form.flag("stock"),
        reduced=form.flag("reduced"),
        options={k.removeprefix(OPTION): tuple(v) for k, v in values.items() if k.startswith(OPTION)},
        sort=sort if sort in get_args(Sort) else "best",  # type: ignore[arg-type]
    )
