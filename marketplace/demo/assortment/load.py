"""Reads the TOML of this folder into rows, and says plainly what is wrong with one."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from marketplace.demo.assortment.model import Both, Brand, Colour, Material, Shelf

HERE = Path(__file__).parent
SUPPLIER_OF = {"V": "verrier", "N": "nordhavn", "G": "gearline", "P": "petit-bois"}


@dataclass(frozen=True)
class Row:
    """One line of a type's file, in the order it is written there."""

    name: str
    brand: str
    material: str
    form: str
    pattern: str
    colours: str
    price: int
    dimensions: str
    capacity_ml: int
    weight_g: int
    suppliers: str
    en: str
    fr: str


@dataclass(frozen=True)
class Sentence:
    """A line of copy, and the forms it is true of (all of them when there is none)."""

    text: Both
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Type:
    """A kind of product: what all of its rows share."""

    kind: str
    noun: Both
    title: Both
    shelf: Shelf
    google: int
    hs: str
    age: int | None
    sizes: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    forms: dict[str, Both]
    rows: tuple[Row, ...]


def tidy_en(text: str) -> str:
    return text.replace("'", "\u2019")


def tidy_fr(text: str) -> str:
    """Typographic apostrophe, and the no-break space that French puts before high punctuation and in guillemets."""
    for mark in (":", ";", "?", "!", "»"):
        text = text.replace(f" {mark}", f"\u00a0{mark}")
    return text.replace("« ", "«\u00a0").replace("'", "\u2019")


def _both(pair: list[str]) -> Both:
    return tidy_en(pair[0]), tidy_fr(pair[1])


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


@cache
def colours() -> dict[str, Colour]:
    return {
        key: Colour(key, (en, fr), base, accent)
        for key, (en, fr, base, accent) in _toml("colours.toml").items()
    }


@cache
def brands() -> dict[str, Brand]:
    rows = _toml("brands.toml")
    return {key: Brand(key=key, origin=row.pop("origin", row["country"]), **row) for key, row in rows.items()}


@cache
def materials() -> dict[str, Material]:
    return {
        key: Material(key, _both([row["en"], row["fr"]]), _both([row["care"], row["soin"]]))
        for key, row in _toml("materials.toml").items()
    }


@cache
def shelves() -> dict[str, Shelf]:
    return {
        key: Shelf(key, family, _both([en, fr])) for key, (family, en, fr) in _toml("shelves.toml").items()
    }


@cache
def finishes() -> dict[str, dict[str, Both]]:
    return {
        craft: {name: _both(pair) for name, pair in rows.items()}
        for craft, rows in _toml("finishes.toml").items()
    }


@cache
def types() -> tuple[Type, ...]:
    """Every type, in the order of its file's name. ValueError names the file and the row that cannot be read."""
    return tuple(_type(path) for path in sorted((HERE / "types").glob("*.toml")))


def _type(path: Path) -> Type:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = []
    for number, row in enumerate(raw["rows"], start=1):
        try:
            rows.append(Row(*row))
        except TypeError as wrong:
            raise ValueError(f"{path.name}, row {number}: {wrong}") from wrong
    return Type(
        kind=path.stem,
        noun=_both(raw["noun"]),
        title=_both(raw["title"]),
        shelf=shelves()[raw["shelf"]],
        google=raw["google"],
        hs=raw["hs"],
        age=raw.get("age"),
        sizes=tuple(raw.get("sizes", ())),
        sentences=tuple(_sentences(raw)),
        forms={key: _both(pair) for key, pair in raw.get("forms", {}).items()},
        rows=tuple(rows),
    )


def _sentences(raw: dict[str, Any]) -> list[Sentence]:
    only = raw.get("only", {})
    pairs = zip(raw["en"], raw["fr"], strict=True)
    return [Sentence(_both([en, fr]), tuple(only.get(str(i), ()))) for i, (en, fr) in enumerate(pairs)]
