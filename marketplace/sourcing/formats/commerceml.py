"""CommerceML 2, which 1C writes: a catalogue (`Каталог`), offers with prices and stock (`ПакетПредложений`), or both in one file.

Where both are there an offer is a row, and what the catalogue says of its product stands in it as `Товар/…`. Groups are explained
before the goods; what a price is for, before the offers. Source: v8.1c.ru/tekhnologii/obmen-dannymi-i-integratsiya, CommerceML 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from lxml import etree

from marketplace.kernel.fetching import N_
from marketplace.sourcing.formats.shape import Format
from marketplace.sourcing.mapping.model import Mapping, RowFilter
from marketplace.sourcing.mapping.refs import refs_of
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.look import SAMPLES, Look, aligned, gathered
from marketplace.sourcing.reading.prolog import SAFE
from marketplace.sourcing.reading.section import Record, Section
from marketplace.sourcing.reading.tally import Tally
from marketplace.sourcing.reading.xml_pairs import local
from marketplace.sourcing.reading.xml_records import holds, passing, xml_sections
from marketplace.sourcing.reading.xml_tree import fill, flatten, plan

MAX_HELD = 64 * 1024**2
"""Bytes of a catalogue that are kept until its offers come."""
_GOODS, _OFFERS = "Каталог/Товары/Товар", "ПакетПредложений/Предложения/Предложение"
_CHANGED_OFFERS = _OFFERS.replace("ПакетПредложений", "ИзмененияПакетаПредложений")
_PRICE, _GROUP = "Цены/Цена", "Группы/Ид"
_KIND = re.compile(r"<ТипЦены>\s*<Ид>([^<]+)</Ид>\s*<Наименование>([^<]+)</Наименование>")
_COST = re.compile(r"опт|закуп|дилер|партн|wholesale|dealer", re.IGNORECASE)
_PUBLIC = re.compile(r"розн|retail|базов|рекоменд|сайт|интернет", re.IGNORECASE)


def detect(look: Look) -> int:
    """Its root."""
    return 98 if look.root == "КоммерческаяИнформация" else 0


def groups(root: Any) -> dict[str, dict[str, str]]:
    """A group's number → the path of its names."""
    paths: dict[str, str] = {}
    for element in root.iter("{*}Группа"):
        number, name = _said(element, "Ид"), _said(element, "Наименование")
        above = element.getparent()
        over = above.getparent() if above is not None else None
        before = paths.get(_said(over, "Ид"), "") if over is not None and local(over.tag) == "Группа" else ""
        if number and len(paths) < 200_000:
            paths[number] = f"{before} > {name}" if before else name
    return {_GROUP: paths, f"Товар/{_GROUP}": paths}


def _said(element: Any, tag: str) -> str:
    return (element.findtext(f"{{*}}{tag}") or "").strip()[:300]


def sections(path: Path, mapping: Mapping, tally: Tally) -> Iterator[Section]:
    """The goods, the offers, or offers with their goods in them. Raises FeedRefused, also while they are read."""
    if not any(ref.startswith("Товар/") for ref in refs_of(mapping)):
        yield from xml_sections(path, mapping, tally, groups)
        return
    wanted = refs_of(mapping)
    yield Section(list(wanted), _records(path, mapping.encoding, wanted))


def _records(path: Path, encoding: str, wanted: dict[str, bool]) -> Iterator[Record]:
    node, columns, places = plan(wanted), list(wanted), dict[int, dict[str, str]]()
    for element in _with_goods(path, encoding):
        if local(element.tag) != "Предложение":
            places = {
                columns.index(name): found for name, found in groups(element).items() if name in columns
            }
            continue
        cells: list[Any] = [""] * len(columns)
        fill(element, node, cells)
        for place, names in places.items():
            told = cells[place] if isinstance(cells[place], list) else [cells[place]]
            cells[place] = next(names.get(each.strip(), each) for each in told)
        yield element.sourceline or 0, cells


def _with_goods(path: Path, encoding: str) -> Iterator[Any]:
    """The classifier, then every offer, with what the catalogue says of its product put into it."""
    goods: dict[str, bytes] = {}
    held = 0
    for element in passing(path, encoding, ("Классификатор", "Товар", "Предложение")):
        if local(element.tag) == "Товар":
            number = _said(element, "Ид")
            goods[number] = etree.tostring(element, encoding="utf-8", with_tail=False)
            held += len(goods[number]) + 200
            if held > MAX_HELD:
                raise FeedRefused(
                    "too_big",
                    N_(
                        "The catalogue in this file is too long to be kept until its offers come: send them apart"
                    ),
                    line=element.sourceline,
                    column=1,
                )
            continue
        number = _said(element, "Ид")
        known = goods.get(number) or goods.get(number.partition("#")[0])
        if known is not None:
            element.append(etree.fromstring(known, etree.XMLParser(**SAFE)))
        yield element


def finish(mapping: Mapping, look: Look) -> None:
    """Offers go before goods. Raises FeedRefused for documents (orders) and other exchanges."""
    path, encoding, text = look.head.path, look.head.encoding, look.head.text
    goods, offers = holds(path, encoding, "<Товар>"), holds(path, encoding, "<Предложение>")
    if not goods and not offers and "<Каталог" not in text and "<ПакетПредложений" not in text:
        raise FeedRefused("not_products", N_("This CommerceML document holds no catalogue"), line=1, column=1)
    changed = "<ИзмененияПакетаПредложений" in text
    mapping.record_path = (_CHANGED_OFFERS if changed else _OFFERS) if offers else _GOODS
    if goods and offers:
        found = (element for element in _with_goods(path, encoding) if local(element.tag) == "Предложение")
        look.columns, look.samples = aligned([gathered(flatten(each)) for each in islice(found, SAMPLES)])
        look.forget()
    _fields(mapping, look, "Товар/" if goods and offers else "")
    _prices(mapping, look, text)
    deleted = next(
        (
            name
            for name in ("@Статус", "Товар/@Статус", "Товар/ПометкаУдаления", "ПометкаУдаления")
            if name in look.columns
        ),
        "",
    )
    if deleted:
        mapping.filters = [RowFilter(deleted, "is_not", ["Удален", "Удалён", "true"])]


def _fields(mapping: Mapping, look: Look, of: str) -> None:
    """An article number that several offers share is their product's, not theirs."""
    there = set(look.columns)
    own = [name for name in dict.fromkeys(("Артикул", f"{of}Артикул")) if name in there]
    numbers = look.values(own[-1]) if own else []
    mapping.columns = {
        "sku": own if own and len(set(numbers)) == len(look.samples) else "Ид",
        "title": [name for name in (f"{of}Наименование", "Наименование") if name in there] or "Наименование",
    }
    fields = {
        "description": ("Описание",), "gtin": ("Штрихкод",), "images": ("Картинка",), "category": (_GROUP, "Категория"),
        "brand": ("Изготовитель/Наименование", "ТорговаяМарка", "Бренд"), "vat_rate": ("СтавкиНалогов/СтавкаНалога/Ставка",),
        "weight": ("ЗначенияРеквизитов/ЗначениеРеквизита[Вес]", "Вес"), "quantity": ("Количество", "Остатки/Остаток/Склад/Количество", "Склад/@КоличествоНаСкладе"),
    }  # fmt: skip
    for field, names in fields.items():
        found = [name for each in names for name in dict.fromkeys((each, f"{of}{each}")) if name in there]
        if found:
            mapping.columns[field] = found[0] if field not in ("gtin", "description") else found
    mapping.key_from = ["Ид"]
    if of:
        mapping.columns["group_key"] = f"{of}Ид"
    stars = dict.fromkeys(
        name.partition("[")[0] + "[*]" for name in look.columns if "ХарактеристикаТовара[" in name
    )
    mapping.option_columns = list(stars)


def _prices(mapping: Mapping, look: Look, text: str) -> None:
    """Each price by what its type is called; without a telling name the first one is what the merchant pays."""
    names = dict(_KIND.findall(text))
    kinds = {name[len(_PRICE) + 1 : -1]: name for name in look.columns if name.startswith(f"{_PRICE}[")}
    cost = [column for kind, column in kinds.items() if _COST.search(names.get(kind, ""))]
    public = [column for kind, column in kinds.items() if _PUBLIC.search(names.get(kind, ""))]
    if cost:
        mapping.columns["cost"] = cost[:1]
    if public:
        mapping.columns["price"], mapping.price_means = public[:1], "public"
    if not cost and not public and kinds:
        mapping.columns["price"] = next(iter(kinds.values()))
    elif not kinds and f"{_PRICE}/ЦенаЗаЕдиницу" in look.columns:
        mapping.columns["price"] = f"{_PRICE}/ЦенаЗаЕдиницу"
    if f"{_PRICE}/Валюта" in look.columns:
        mapping.columns["currency"] = f"{_PRICE}/Валюта"
    mapping.currency = mapping.currency or "RUB"
    mapping.price_vat = "included" if "<УчтеноВСумме>true" in text else "excluded"


FORMAT = Format(
    name="commerceml",
    label="CommerceML (1C)",
    shapes=("xml",),
    detect=detect,
    settings={"decimal": "."},
    only=True,
    finish=finish,
    sections=sections,
    kinds=("xml",),
)
