"""Only the columns that a mapping can fill are handed to the database: nothing that a row says may be among the others."""

import csv
import os
from pathlib import Path

import pytest

from marketplace.sourcing.mapping import Mapping
from marketplace.sourcing.propose_mapping import propose
from marketplace.sourcing.read_feed import read
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.offer_row import OfferRow
from marketplace.sourcing.sync.records import COLUMNS, columns_for
from tests.sourcing.healthy import healthy

CORPUS = Path(os.environ.get("COMPTOIR_FEEDS", Path(__file__).resolve().parents[4] / "shared/feeds"))
BLANK = OfferRow("")


def lost(path: Path) -> set[str]:
    """Names of what some row of the file says and would not be copied."""
    mapping = propose(path).mapping
    left_out = [c for c in COLUMNS if c not in columns_for(mapping)]
    return {
        name
        for row in read(path, mapping)
        if isinstance(row, OfferRow)
        for name in left_out
        if getattr(row, name) != getattr(BLANK, name)
    }


@pytest.mark.parametrize("family", sorted(healthy()))
def test_what_a_row_of_any_family_says_is_handed_over(family, tmp_path):
    name, content = healthy()[family]
    (tmp_path / name).write_bytes(content)
    assert lost(tmp_path / name) == set()


def corpus() -> list[str]:
    if not (CORPUS / "MANIFEST.tsv").exists():
        return []
    with (CORPUS / "MANIFEST.tsv").open(encoding="utf-8") as lines:
        return [row["file"] for row in csv.DictReader(lines, delimiter="\t") if int(row["bytes"]) < 2_000_000]


@pytest.mark.skipif(not corpus(), reason="the corpus of real feeds is not here")
def test_what_a_row_of_a_real_feed_says_is_handed_over():
    missed = {}
    for name in corpus():
        try:
            if found := lost(CORPUS / name):
                missed[name] = found
        except FeedRefused:
            continue
    assert missed == {}


def test_a_feed_of_stock_hands_over_stock_alone():
    mapping = Mapping(format="csv", columns={"sku": "sku", "quantity": "quantity"})
    assert columns_for(mapping) == (
        "sku", "quantity", "quantity_kind", "quantity_raw", "sells_up_to", "availability", "lead_days", "not_sellable", "line",
        "keep_quantity", "digest",
    )  # fmt: skip


def test_fixed_values_and_rows_that_fill_each_other_are_handed_over():
    fixed = Mapping(format="csv", columns={"sku": "sku"}, fixed={"brand": "Ours", "lead_days": "3"})
    assert {"brand", "lead_days"} <= set(columns_for(fixed))
    assert columns_for(Mapping(format="csv", columns={"sku": "sku"}, inherit="group_key")) == COLUMNS
