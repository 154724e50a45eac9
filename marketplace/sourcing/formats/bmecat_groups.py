"""BMEcat's catalogue groups: which article stands where is said after the articles (ARTICLE_TO_CATALOGGROUP_MAP), and what a group
is called before them (CATALOG_STRUCTURE). So a document that maps its articles is gone through once before it is read.

What is held is the group of at most 300,000 articles: about 45 MB. Source: BMEcat 1.2 and 2005.1, "T_NEW_CATALOG".
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.reading.offer_row import Rejected
from marketplace.sourcing.reading.section import Record, Section
from marketplace.sourcing.reading.tally import Tally
from marketplace.sourcing.reading.xml_pairs import local
from marketplace.sourcing.reading.xml_records import holds, passing, xml_sections

MAX_GROUPS = 200_000
MAX_MAPPED = 300_000
_MAPS = ("ARTICLE_TO_CATALOGGROUP_MAP", "PRODUCT_TO_CATALOGGROUP_MAP")
_DROPPED = ("ARTICLE", "PRODUCT")
"""Of no use in the first pass, but to be let go of as they go by."""
Names = dict[str, tuple[str, str]]
"""Group → (its name, its parent)."""


def map_column(word: str) -> str:
    """The column in which an article has the path of its catalogue groups."""
    return f"{word}_TO_CATALOGGROUP_MAP"


def has_map(path: Path, encoding: str) -> bool:
    """Whether the document holds a map. Raises FeedRefused for a damaged archive."""
    return holds(path, encoding, "_TO_CATALOGGROUP_MAP")


def classes(root: Any) -> dict[str, dict[str, str]]:
    """What the document's own classification systems call the features' groups, as far as it says so before the articles."""
    names: Names = {}
    for element in root.iter("{*}CLASSIFICATION_GROUP", "{*}FEATURE_GROUP"):
        _learn_class(element, names)
    paths = _paths(names)
    return {f"{word}_FEATURES/REFERENCE_FEATURE_GROUP_ID": paths for word in _DROPPED} if paths else {}


def sections(path: Path, mapping: Mapping, tally: Tally) -> Iterator[Section]:
    """The articles, each with the path of its groups where the mapping asks for that. Raises FeedRefused."""
    word = mapping.record_path.rpartition("/")[2]
    column = map_column(word)
    if column not in _refs(mapping):
        yield from xml_sections(path, mapping, tally, classes, _MAPS)
        return
    paths, mapped = _survey(path, mapping, tally)
    number = "SUPPLIER_AID" if word == "ARTICLE" else "SUPPLIER_PID"
    features = f"{word}_FEATURES/REFERENCE_FEATURE_GROUP"
    needed = [number, f"{features}_NAME", f"{features}_ID"]
    wider = replace(mapping, key_from=[*mapping.key_from, *needed])
    for section in xml_sections(path, wider, tally, classes, _MAPS):
        places = [section.columns.index(each) for each in (column, *needed)]
        section.records = _filled(section.records, places, paths, mapped)
        yield section


def _refs(mapping: Mapping) -> set[str]:
    refs = mapping.columns.get("category", ())
    return {refs} if isinstance(refs, str) else set(refs)


def _filled(
    records: Iterator[Record | Rejected], places: list[int], paths: dict[str, str], mapped: dict[str, str]
) -> Iterator[Record | Rejected]:
    """Each record with its groups' path; of an article without one, what its features' group is called."""
    at, number, name, feature = places
    for record in records:
        if not isinstance(record, Rejected):
            cells = record[1]
            group = mapped.get(_text(cells[number]).strip())
            told = paths.get(group, group) if group is not None else ""
            cells[at] = told or _text(cells[name]) or _text(cells[feature])
        yield record


def _text(cell: Any) -> str:
    return cell if isinstance(cell, str) else cell[0]


def _survey(path: Path, mapping: Mapping, tally: Tally) -> tuple[dict[str, str], dict[str, str]]:
    """(group → path of names, article → group): the first group an article is put in counts."""
    names: Names = {}
    mapped: dict[str, str] = {}
    ids: dict[str, str] = {}
    left_out = 0
    for element in passing(path, mapping.encoding, (*_MAPS, "CATALOG_STRUCTURE", *_DROPPED)):
        tag = local(element.tag)
        if tag == "CATALOG_STRUCTURE":
            _learn_group(element, names)
        elif tag in _MAPS and element.get("mode") != "delete":
            article, group = (
                _said(element, "ART_ID") or _said(element, "PROD_ID"),
                _said(element, "CATALOG_GROUP_ID"),
            )
            if len(mapped) >= MAX_MAPPED and article not in mapped:
                left_out += 1
            elif article and group:
                mapped.setdefault(article, ids.setdefault(group, group))
    if left_out:
        tally.say("maps_left_out", count=left_out, limit=MAX_MAPPED)
    return _paths(names), mapped


def _learn_group(element: Any, names: Names) -> None:
    """The root of the tree is the catalogue itself: it says nothing of an article."""
    group = _said(element, "GROUP_ID")
    if group and element.get("type") != "root" and len(names) < MAX_GROUPS:
        names[group] = _said(element, "GROUP_NAME"), _said(element, "PARENT_ID")


def _learn_class(element: Any, names: Names) -> None:
    tag = local(element.tag)
    group, name = _said(element, f"{tag}_ID"), _said(element, f"{tag}_NAME")
    if group and name and len(names) < MAX_GROUPS:
        names[group] = name, _said(element, f"{tag}_PARENT_ID")


def _said(element: Any, tag: str) -> str:
    return (element.findtext(f"{{*}}{tag}") or "").strip()[:300]


def _paths(names: Names) -> dict[str, str]:
    return {group: path for group in names if (path := _path(group, names))}


def _path(group: str, names: Names) -> str:
    steps: list[str] = []
    while group in names and len(steps) < 12:
        name, group = names[group]
        steps.append(name)
    return " > ".join(step for step in reversed(steps) if step)
