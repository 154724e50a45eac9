"""A question about listings as an address, or the hidden fields of a form, say it; and back."""

from collections.abc import Callable
from typing import get_args
from urllib.parse import urlencode

import msgspec

from marketplace.catalogue.read_catalogue import CatalogueQuery, Sort
from marketplace.catalogue.reasons import UNSELLABLE

TABS = ("all", "live", "draft", "paused", "attention", "retired")
_NEEDS_COSTS = ("margin",)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """`state` is "sellable", "unsellable", or a code of `reasons.UNSELLABLE`."""

    tab: str = "all"
    q: str = ""
    category: str = ""
    supplier: str = ""
    state: str = ""
    sort: str = ""

    def query(self) -> CatalogueQuery:
        """What to ask the catalogue for."""
        return CatalogueQuery(
            words=self.q,
            will=self.tab if self.tab in ("live", "draft", "paused", "retired") else "",
            attention=self.tab == "attention",
            sellable={"sellable": True, "unsellable": False}.get(self.state),
            problem=self.state if self.state in UNSELLABLE else "",
            category=_id(self.category),
            supplier=_id(self.supplier),
            sort=self.sort or "title",  # type: ignore[arg-type]
        )

    def fields(self) -> dict[str, str]:
        """Only what is set."""
        said = msgspec.to_builtins(self)
        return {name: value for name, value in said.items() if value and (name, value) != ("tab", "all")}

    def address(self, base: str, **more: str) -> str:
        """`base` with this question; `more` goes on top, and an empty value takes its name away."""
        fields = {name: value for name, value in {**self.fields(), **more}.items() if value}
        return f"{base}?{urlencode(fields)}" if fields else base


def asked(get: Callable[[str], str], *, costs: bool) -> Asked:
    """What makes no sense is left out: an address is no form."""
    sort, state, tab = get("sort"), get("state"), get("tab")
    known = sort in get_args(Sort) and (costs or sort not in _NEEDS_COSTS)
    return Asked(
        tab=tab if tab in TABS else "all",
        q=get("q")[:200],
        category=get("category") if _id(get("category")) else "",
        supplier=get("supplier") if _id(get("supplier")) else "",
        state=state if state in UNSELLABLE or state in ("sellable", "unsellable") else "",
        sort=sort if known and sort != "title" else "",
    )


def _id(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None
