"""How each demo feed is read: what the importer proposes for the file, and what its owner then decided in the wizard."""

import copy
from functools import cache
from typing import Any

from marketplace.demo.write_feeds import feed_path
from marketplace.demo.writing.gearline import MAKER
from marketplace.sourcing.mapping.model import Mapping, Word
from marketplace.sourcing.propose_mapping import propose

COLUMNS: dict[str, dict[str, str | list[str]]] = {
    "verrier": {"manufacturer_name": "manufacturer_name"},
    "nordhavn": {
        "group_key": "Variantgruppe",
        "brand": "Mærke",
        "mpn": "Producentens varenr",
        "category": ["Kategori"],
        "google_category": "Google kategori",
        "lead_days": "Leveringsdage",
        "hs_code": "HS-kode",
        "images": ["Billede 1", "Billede 2"],
        "manufacturer_name": "Producent",
        "manufacturer_address": "Producent adresse",
        "manufacturer_email": "Producent e-mail",
    },
    "gearline": {
        "manufacturer_name": MAKER.format("name", "name"),
        "manufacturer_address": MAKER.format("address", "address"),
        "manufacturer_email": MAKER.format("email", "email"),
        "google_category": "Product Category",
    },
    "petit-bois": {
        "group_key": "groupe",
        "manufacturer_name": "fabricant.nom",
        "manufacturer_address": "fabricant.adresse",
        "manufacturer_email": "fabricant.email",
    },
}
SETTINGS: dict[str, dict[str, Any]] = {
    "verrier": {"price_means": "public", "price_vat": "included", "vat_rate_bp": 2000, "assumed_quantity": 4},
    "nordhavn": {
        "currency": "EUR",
        "words": {
            "få på lager": Word("in_stock"),
            "på lager": Word("in_stock"),
            "udsolgt": Word("out_of_stock", 0),
        },
        "net_of": "acceptance",
    },
    "gearline": {"currency": "GBP", "price_means": "cost", "price_vat": "excluded"},
    "petit-bois": {"currency": "EUR", "net_of": "never"},
}


@cache
def _proposed(supplier: str) -> Mapping:
    path = feed_path(supplier)
    return propose(path, path.name).mapping


def mapping_of(supplier: str) -> Mapping:
    """The mapping of a demo supplier's feed, decided. KeyError when there is no such supplier."""
    mapping = copy.deepcopy(_proposed(supplier))
    mapping.columns |= COLUMNS[supplier]
    if supplier == "gearline":
        mapping.columns.pop("cost", None)
    for setting, value in SETTINGS[supplier].items():
        setattr(mapping, setting, value)
    return mapping
