"""What the numbers of a file mean, as far as its names and values say: decimal mark, currency, VAT, units, the order of dates.
What they do not say is left at its default and shown, never guessed silently.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping as Map
from collections.abc import Sequence
from statistics import median
from typing import Literal

from marketplace.sourcing.mapping.model import Mapping
from marketplace.sourcing.mapping.refs import as_list
from marketplace.sourcing.reading.plan_price import currency_in_name
from marketplace.sourcing.values.currency import currency_of
from marketplace.sourcing.values.measure import read_rate, unit_named
from marketplace.sourcing.values.text import fold

Samples = Map[str, Sequence[str]]
_PRICES = ("price", "cost", "msrp", "sale_price", "map_price")
_COMMA = re.compile(r"\d,\d{1,2}(?!\d)|\d,\d{4,}")
_POINT = re.compile(r"\d\.\d{1,2}(?!\d)|\d\.\d{4,}")
_WITH_VAT = ("ttc", "brutto", "incl vat", "incl btw", "inc vat", "vat incl", "tax incl", "with vat", "s dph", "iva incl", "iva inclusa",
             "mit mwst", "inkl mwst", "with tax", "с ндс", "με φπα", "kdv dahil", "price vat", "gross", "税込", "含税", "含稅", "vat포함")  # fmt: skip
_WITHOUT_VAT = ("ht", "netto", "excl vat", "excl btw", "ex vat", "vat excl", "tax excl", "without vat", "without tax", "novat", "bez dph", "sin iva", "iva esclusa",
                "zzgl mwst", "ohne mwst", "без ндс", "χωρις φπα", "hors taxe", "net", "prix ht", "税抜", "税别", "未税", "未稅", "vat별도")  # fmt: skip
_RATE_NAMED = re.compile(r"(?<!\d)(\d{1,2}(?:[.,]\d{1,2})?)\s?%")
"""`inkl. 19% MwSt.`"""
_DATE = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}")


def settle(mapping: Mapping, samples: Samples) -> None:
    """Fills in what the columns chosen by the mapping say of themselves; a setting of the format's own stays."""
    priced = [ref for field in _PRICES for ref in as_list(mapping.columns.get(field, ()))]
    texts = [text for ref in priced for text in samples.get(ref, ())]
    if mapping.decimal == "auto":
        mapping.decimal = decimal_mark(texts)
    if mapping.currency is None:
        mapping.currency = _currency(mapping, priced, texts, samples)
    _vat(mapping, priced)
    weighed = as_list(mapping.columns.get("weight", ()))
    if weighed and (unit := unit_named(weighed[0])):
        mapping.weight_unit = unit
    elif weighed and "weight_unit" not in mapping.columns and _are_grams(samples.get(weighed[0], ())):
        mapping.weight_unit = "g"
    if mapping.date_order == "dmy":
        mapping.date_order = _order([text for field in ("source_time", "lead_days") for ref in as_list(mapping.columns.get(field, ())) for text in samples.get(ref, ())])  # fmt: skip


def _are_grams(texts: Sequence[str]) -> bool:
    """Whole numbers most of which would weigh a hundred kilograms and more."""
    bare = [text.strip() for text in texts]
    whole = [int(text) for text in bare if text.isdecimal() and len(text) < 9]
    return len(whole) == len(bare) > 0 and median(whole) >= 100


def decimal_mark(texts: Sequence[str]) -> Literal["auto", ".", ","]:
    """The mark before one, two or more than three digits; commas that group thousands make the point the mark."""
    commas = sum(1 for text in texts if _COMMA.search(text) and not _POINT.search(text))
    points = sum(1 for text in texts if _POINT.search(text) and not _COMMA.search(text))
    points += sum(1 for text in texts if re.search(r",\d{3}\.\d", text))
    commas += sum(1 for text in texts if re.search(r"\.\d{3},\d|\d,[-–—]", text))
    if commas == points == 0:
        return _grouped(texts)
    if commas > points:
        return ","
    return "." if points > commas else "auto"


def _grouped(texts: Sequence[str]) -> Literal["auto", ".", ","]:
    """Of `999`, `1.234` and `12.500` the mark groups thousands; where no amount goes without one, three decimals may be meant."""
    bare = [re.sub(r"[^\d.,]", "", text) for text in texts]
    if not any(text.isdecimal() and 0 < int(text[:9]) < 1000 for text in bare):
        return "auto"
    for mark, other in ((".", ","), (",", ".")):
        marked = [text for text in bare if mark in text]
        shape = re.compile(rf"[1-9]\d{{0,2}}(?:\{mark}\d{{3}})+")
        if len(marked) > 1 and not any(other in text for text in bare) and all(map(shape.fullmatch, marked)):
            return other  # type: ignore[return-value]
    return "auto"


def _currency(mapping: Mapping, priced: Sequence[str], texts: Sequence[str], samples: Samples) -> str | None:
    """The feed's currency where cells agree on one; one in a column's name goes with that column."""
    if "currency" in mapping.columns:
        column = as_list(mapping.columns["currency"])[0]
        found = Counter(filter(None, (currency_of(text) for text in samples.get(column, ()))))
    else:
        found = Counter(filter(None, (currency_of(re.sub(r"[\d.,\s]", " ", text)) for text in texts)))
    if found:
        return found.most_common(1)[0][0]
    return next((currency for ref in priced if (currency := currency_in_name(ref))), None)


def currency_said(lines: Sequence[Sequence[str]]) -> str | None:
    """The one currency named above the header (`All prices in EUR`); None where there is none, or more than one."""
    words = [
        word
        for cells in lines
        for cell in cells
        if len(cell) < 300
        for word in re.findall(r"\b[A-Z]{3}\b|[€£₹₺₽₴₪₩₫]", cell)
    ]
    found = {
        code
        for word in words
        if word not in ("ALL", "TOP", "TRY", "COP", "MAD", "AMD") and (code := currency_of(word))
    }
    return found.pop() if len(found) == 1 else None


def currency_set(columns: Sequence[str]) -> str | None:
    """The one that stands in a header as a setting: `*Action(SiteID=UK|Currency=GBP)`."""
    found = next(
        filter(None, (re.search(r"\bcurrency=([A-Z]{3})\b", c, re.IGNORECASE) for c in columns[:50])), None
    )
    return currency_of(found[1]) if found else None


def _vat(mapping: Mapping, priced: Sequence[str]) -> None:
    main = as_list(mapping.columns.get("price", mapping.columns.get("cost", ())))
    if not main:
        return
    words = f" {fold(_RATE_NAMED.sub(' ', main[0]).replace('/', ' '))} "
    included = any(f" {mark} " in words for mark in _WITH_VAT)
    excluded = any(f" {mark} " in words for mark in _WITHOUT_VAT)
    if included != excluded:  # `Prix HT ou TTC` does not say
        mapping.price_vat = "included" if included else "excluded"
    rate = _RATE_NAMED.search(main[0])
    if included and rate and mapping.vat_rate_bp is None and "vat_rate" not in mapping.columns:
        mapping.vat_rate_bp = read_rate(rate[1])


def _order(texts: Sequence[str]) -> Literal["dmy", "mdy", "ymd"]:
    found = [match for text in texts if (match := _DATE.match(text.strip()))]
    return "mdy" if found and any(int(m[2]) > 12 for m in found) else "dmy"
