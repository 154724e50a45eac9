"""What to take for a key where the article number is missing, empty in places, or the same for several variants."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence

from marketplace.sourcing.mapping.aliases import ranked
from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.mapping.refs import as_list
from marketplace.sourcing.values.text import fold

Rows = Sequence[Map[str, str]]


def settle_keys(mapping: Mapping, rows: Rows) -> str | None:
    """Completes `key_from`; gives the column that stands in when there is no number at all (for a warning)."""
    columns = as_list(mapping.columns.get("sku", ()))
    if (
        rows
        and columns
        and not mapping.inherit
        and _distinct(rows, columns[:1]) < 0.9
        and _another(mapping, columns[0], rows)
    ):
        return None
    if mapping.key_from or not rows:
        return None
    shared = columns or as_list(mapping.columns.get("group_key", ()))
    if mapping.expand and shared and _number_of_all(mapping, shared[0]):
        return None
    if columns:
        _complete(mapping, columns[0], rows)
        return None
    for field in ("gtin", "mpn", "link", "title"):
        found = as_list(mapping.columns.get(field, ()))
        if found and _share(rows, found[0]) > 0.9:
            variants = list(mapping.options.values()) if _distinct(rows, found) < 0.98 else []
            mapping.key_from = [found[0], *variants]
            return found[0]
    found = as_list(mapping.columns.get("title", ()))
    mapping.key_from = found[:1]
    return found[0] if found else None


def _number_of_all(mapping: Mapping, column: str) -> bool:
    """A number that a record says once for all of its variants is their group: with what each of them is, it is the key."""
    within = (f"{mapping.expand}/", f"{mapping.expand}.")
    own = [ref for ref in mapping.options.values() if ref.startswith(within)]
    if column.startswith(within) or not own:
        return False
    mapping.columns.pop("sku", None)
    mapping.columns.setdefault("group_key", column)
    mapping.key_from = [column, *own]
    return True


def _complete(mapping: Mapping, column: str, rows: Rows) -> None:
    """A number shared by the variants of one product is a group: number and option together are the key."""
    chosen = [column, *mapping.options.values()]
    if _distinct(rows, [column]) < 0.9 and len(chosen) > 1 and _distinct(rows, chosen) > 0.98:
        mapping.columns.pop("sku")
        mapping.columns.setdefault("group_key", column)
        mapping.key_from = chosen
        return
    brands = as_list(mapping.columns.get("brand", ()))
    if brands and 0.5 < _distinct(rows, [column]) < 1 and _distinct(rows, [column, brands[0]]) == 1:
        mapping.columns.pop("sku")  # the number of several makers: only with the brand it is one thing
        mapping.columns.setdefault("mpn", column)
        mapping.key_from = [column, brands[0]]
        return
    if _share(rows, column) < 0.999:
        numbered = next((c for c in rows[0] if _is_number(c) and c != column and _unique(rows, c)), None)
        if numbered:
            mapping.key_from = [numbered]
            return
        for field, least in (("gtin", 0.5), ("mpn", 0.5), ("link", 0.9)):
            other = as_list(mapping.columns.get(field, ()))
            if other and _share(rows, other[0]) > least:
                mapping.key_from = other[:1]
                return
        title = as_list(mapping.columns.get("title", ()))
        if (
            title
            and _share(rows, column) < 0.6
            and _priced(mapping, column, rows)
            and _distinct(rows, title) == 1
        ):
            mapping.key_from = [title[0], *mapping.options.values()]


def _priced(mapping: Mapping, column: str, rows: Rows) -> bool:
    """Rows without a number have a price: they are offers, not headings."""
    prices = [ref for field in ("price", "cost") for ref in as_list(mapping.columns.get(field, ()))]
    bare = [row for row in rows if not row.get(column, "").strip()]
    return bool(bare) and all(any(row.get(ref, "").strip() for ref in prices) for row in bare)


def _another(mapping: Mapping, column: str, rows: Rows) -> bool:
    """A number that repeats is not the key when the file has one that does not."""
    numbered = next((c for c in rows[0] if _is_number(c) and c != column and _unique(rows, c)), None)
    if numbered is None or mapping.expand or _share(rows, column) < 0.5:
        return False
    mapping.columns["sku"] = numbered
    mapping.columns.setdefault("mpn", column)
    mapping.key_from = []
    return True


def _is_number(column: str) -> bool:
    return any(
        field == "sku" for field, _ in ranked().get(fold(column.rsplit(".", 1)[-1].rsplit("/", 1)[-1]), ())
    )


def _unique(rows: Rows, column: str) -> bool:
    return _share(rows, column) == 1 and _distinct(rows, [column]) == 1


def _share(rows: Rows, column: str) -> float:
    return sum(1 for row in rows if row.get(column, "").strip()) / len(rows)


def _distinct(rows: Rows, columns: Sequence[str]) -> float:
    keys = [tuple(row.get(column, "").strip() for column in columns) for row in rows]
    return len(set(keys)) / len(keys)
