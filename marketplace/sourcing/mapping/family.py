"""Rows that belong to others in a table no format knows: variants without a title of their own, options named beside their values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Map

from marketplace.sourcing.mapping.model import Mapping, Parents
from marketplace.sourcing.mapping.names import LONGEST
from marketplace.sourcing.mapping.refs import as_list
from marketplace.sourcing.values.text import fold

Rows = Sequence[Map[str, str]]
_GENERIC = frozenset({"csv", "xlsx", "xls"})
_PARENTS = frozenset({"product", "parent", "variable", "configurable", "master", "main", "model", "style"})
_KNOWN_BY = frozenset(
    {
        "id",
        "handle",
        "parent",
        "group",
        "product",
        "sku",
        "code",
        "model",
        "article",
        "style",
        "item",
        "number",
        "ref",
    }
)
_OPTION = re.compile(r"(?:option|variation|attribut|opci[oó]n|opzione|variante)\D*?(\d{1,2})", re.IGNORECASE)
_VALUE = re.compile(r"value|description|choice|wert|valor|valeur|valore", re.IGNORECASE)
_NAME = re.compile(r"name|nom\b|nombre|nome\b", re.IGNORECASE)


def settle_families(mapping: Mapping, rows: Rows) -> bool:
    """Option pairs, and how variants come by what only their product's row says. Gives whether the keys are settled with it."""
    if mapping.format not in _GENERIC or not rows:
        return False
    if not mapping.option_pairs:
        mapping.option_pairs = _option_pairs(list(rows[0]))
    if not mapping.option_pairs and not mapping.options:
        _choices(mapping, rows)
    if not mapping.inherit and not mapping.parents and _numbered_apart(mapping, rows):
        return True
    _inherited(mapping, rows)
    return False


_CHOICES = re.compile(
    r"option|attribut|varia[nt]|config|d[eé]clinaison|merkmal|auspr[aä]g|poa$", re.IGNORECASE
)
_NAMED_CHOICE = re.compile(
    r"(?:^|[_ ])(?:options?|attributes?|attributs?)[_ :]+(?:pa_)?([^\W\d][\w ]{1,30})$", re.IGNORECASE
)
_NO_CHOICE = frozenset(
    [
        "name",
        "names",
        "value",
        "values",
        "id",
        "ids",
        "set",
        "set code",
        "code",
        "type",
        "title",
        "group",
        "position",
        "linked to",
    ]
)
_TOLD = re.compile(
    r"[^\W\d][^=:;,|/]{0,40}[:=]\s*[^:=;,|/]{1,60}(?:\s*[;,|]\s*[^\W\d][^=:;,|/]{0,40}[:=]\s*[^:=;,|/]{1,60})*"
)


def _choices(mapping: Mapping, rows: Rows) -> None:
    """Columns called after an option (`attribute: Colour`), and cells that name what they choose (`Colour: red | Size: M`)."""
    taken = {ref for refs in mapping.columns.values() for ref in as_list(refs)}
    for column in rows[0]:
        said = [row[column].strip() for row in rows if row[column].strip()]
        if column in taken or not said or max(map(len, said)) > 200:
            continue
        named = _NAMED_CHOICE.search(column)
        if named and fold(named[1]) not in _NO_CHOICE:
            mapping.options[named[1].replace("_", " ").strip()] = column
        elif _CHOICES.search(column) and sum(bool(_TOLD.fullmatch(each)) for each in said) > len(said) * 0.8:
            mapping.option_columns = [*mapping.option_columns, column]


_VARIANT = frozenset(
    {"variant", "variation", "variante", "child", "combination", "declinaison", "wariant", "option"}
)


def _numbered_apart(mapping: Mapping, rows: Rows) -> bool:
    """Variants whose own number has a column beside that of their product, which repeats (`product_sku`, `product_variation_sku`)."""
    shared = next(iter(as_list(mapping.columns.get("sku", ()))), None)
    if shared is None:
        return False
    for column in rows[0]:
        words = set(fold(column).split())
        if (
            column == shared
            or words.isdisjoint(_VARIANT)
            or words.isdisjoint({"sku", "code", "number", "ref", "reference"})
        ):
            continue
        own = [row[column].strip() for row in rows if row[column].strip()]
        led = {row[shared].strip() for row in rows if row[column].strip()}
        leaders = [row for row in rows if not row[column].strip() and row[shared].strip() in led]
        if not own or len(set(own)) < len(own) or len(led) == len(own) == len(rows) or "" in led:
            continue
        mapping.columns["sku"] = column
        mapping.columns.setdefault("group_key", shared)
        mapping.key_from = [shared]
        if leaders:
            children = [row for row in rows if row[column].strip()]
            mapping.parents = next(
                (kind for name in rows[0] if (kind := _kind_of(name, leaders, children))), None
            )
        return True
    return False


def _inherited(mapping: Mapping, rows: Rows) -> None:
    title = next(iter(as_list(mapping.columns.get("title", ()))), None)
    if title is None or mapping.inherit or mapping.parents:
        return
    bare = [row for row in rows if not row[title].strip() and _filled(row) > 2]
    if not 0.1 <= len(bare) / len(rows) <= 0.95 or not rows[0][title].strip():
        return
    group = _group(mapping, rows, title)
    if group is not None:
        mapping.columns["group_key"] = group
        kind = _kind(rows, title)
        if kind:
            mapping.parents = kind
            mapping.columns["parent_key"] = group
        else:
            mapping.inherit = "group"
    elif _chosen(mapping, bare) > 0.8:
        mapping.inherit = "previous"


def _option_pairs(columns: list[str]) -> list[tuple[str, str]]:
    """(column of an option's name, of its value), by their common number."""
    found = ((_OPTION.search(column), column) for column in columns if len(column) <= LONGEST)
    pairs = paired(
        ((numbered[1], column) for numbered, column in found if numbered),
        lambda column: bool(_NAME.search(column)) and not _VALUE.search(column),
        lambda column: bool(_VALUE.search(column)),
    )
    folded = {fold(column): column for column in reversed(columns)}
    plain = (
        (folded.get(f"{name}{n}"), folded.get(f"value{n}"))
        for name in ("attribute", "attribute ", "option")
        for n in range(1, 10)
    )
    return pairs or [(name, value) for name, value in plain if name and value]


def paired(
    numbered: Iterable[tuple[str, str]], is_name: Callable[[str], bool], is_value: Callable[[str], bool]
) -> list[tuple[str, str]]:
    """Of (number, column) each: the first column that is a name with the first that is a value, of each number that has both."""
    found: dict[str, list[str]] = {}
    for number, column in numbered:
        found.setdefault(number, []).append(column)
    pairs = ((next(filter(is_name, each), ""), next(filter(is_value, each), "")) for each in found.values())
    return [(name, value) for name, value in pairs if name and value]


def _filled(row: Map[str, str]) -> int:
    return sum(1 for cell in row.values() if cell.strip())


def _group(mapping: Mapping, rows: Rows, title: str) -> str | None:
    """The column by which a row without a title names one above it that has one."""
    known = as_list(mapping.columns.get("group_key", ()))
    taken = {
        ref
        for field, refs in mapping.columns.items()
        if field not in ("sku", "group_key")
        for ref in as_list(refs)
    }
    for column in [*known, *(c for c in rows[0] if c not in known and c not in taken and _numbers(c))]:
        titled: list[str] = []
        bare = led = 0
        for row in rows:
            said = row[column].strip()
            if row[title].strip():
                titled.append(said)
            elif _filled(row) > 2:
                bare += 1
                led += bool(said) and said == titled[-1]
        if bare and led / bare > 0.9 and len(set(titled)) > 0.9 * len(titled):
            return column
    return None


def _numbers(column: str) -> bool:
    """Named as what a product is known by."""
    return not _KNOWN_BY.isdisjoint(fold(column).split())


def _kind(rows: Rows, title: str) -> Parents | None:
    """The column that tells products from variants, with the words of products."""
    products = [row for row in rows if row[title].strip()]
    variants = [row for row in rows if not row[title].strip() and _filled(row) > 2]
    return next((kind for column in rows[0] if (kind := _kind_of(column, products, variants))), None)


def _kind_of(column: str, products: Rows, variants: Rows) -> Parents | None:
    """Whether this column tells the ones from the others."""
    said, told = ({row[column].strip() for row in rows} for rows in (products, variants))
    words = [word for word in said if fold(word) in _PARENTS]
    return Parents(column, sorted(words)) if words and len(said | told) < 5 and not said & told else None


def _chosen(mapping: Mapping, bare: Rows) -> float:
    """In how many of the rows an option is chosen."""
    columns = [*mapping.options.values(), *(value for _, value in mapping.option_pairs)]
    return sum(any(row.get(column, "").strip() for column in columns) for row in bare) / len(bare)
