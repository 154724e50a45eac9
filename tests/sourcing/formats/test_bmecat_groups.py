"""Catalogue groups of BMEcat, which are named before the articles and filled after them."""

from pathlib import Path

import pytest

from marketplace.sourcing.formats import bmecat_groups
from marketplace.sourcing.propose_mapping import propose
from marketplace.sourcing.reading import xml_records
from tests.sourcing.formats.test_bmecat import article, catalogue
from tests.sourcing.support import checked, read_all, written

GROUPS = (
    '<CATALOG_GROUP_SYSTEM><CATALOG_STRUCTURE type="root"><GROUP_ID>1</GROUP_ID><GROUP_NAME>Katalog</GROUP_NAME><PARENT_ID>0</PARENT_ID></CATALOG_STRUCTURE>'
    '<CATALOG_STRUCTURE type="leaf"><GROUP_ID>12</GROUP_ID><GROUP_NAME>Lampen &amp; Licht</GROUP_NAME><PARENT_ID>11</PARENT_ID></CATALOG_STRUCTURE>'
    '<CATALOG_STRUCTURE type="node"><GROUP_ID>11</GROUP_ID><GROUP_NAME>Elektro</GROUP_NAME><PARENT_ID>1</PARENT_ID></CATALOG_STRUCTURE></CATALOG_GROUP_SYSTEM>'
)


def mapped(number: int, group: str) -> str:
    return f"<PRODUCT_TO_CATALOGGROUP_MAP><PROD_ID>P{number}</PROD_ID><CATALOG_GROUP_ID>{group}</CATALOG_GROUP_ID></PRODUCT_TO_CATALOGGROUP_MAP>"


def test_groups_said_after_the_articles_are_their_categories(tmp_path: Path) -> None:
    feature = "<PRODUCT_FEATURES><REFERENCE_FEATURE_GROUP_NAME>Leuchten</REFERENCE_FEATURE_GROUP_NAME></PRODUCT_FEATURES>"
    articles = article(1, feature) + article(2, "") + article(3, feature) + article(4, "")
    maps = mapped(1, "12") + mapped(1, "11") + mapped(2, "99")
    text = catalogue("T_NEW_CATALOG", GROUPS + articles + maps)
    path = written(tmp_path, text, "catalogue.xml")
    _, offers, _ = read_all(path)
    assert [offer.category for offer in offers] == ["Elektro > Lampen & Licht", "99", "Leuchten", None]
    found = checked(path)
    assert found["mapping"]["category"] == "PRODUCT_TO_CATALOGGROUP_MAP"
    shown = {column["name"]: column for column in found["columns"]}["PRODUCT_TO_CATALOGGROUP_MAP"]
    assert (shown["samples"][0], shown["fields"]) == ("Elektro > Lampen & Licht", ["category"])


def test_groups_are_found_whatever_the_number_of_an_offer_is(tmp_path: Path) -> None:
    text = catalogue("T_NEW_CATALOG", GROUPS + article(1, "") + mapped(1, "12"))
    path = written(tmp_path, text, "catalogue.xml")
    mapping = propose(path).mapping
    mapping.columns["sku"] = "PRODUCT_DETAILS/DESCRIPTION_SHORT"
    assert read_all(path, mapping)[1][0].category == "Elektro > Lampen & Licht"


def test_an_article_put_into_another_group_is_not_the_one_we_knew(tmp_path: Path) -> None:
    first = written(tmp_path, catalogue("T_NEW_CATALOG", GROUPS + article(1, "") + mapped(1, "12")), "a.xml")
    other = written(tmp_path, catalogue("T_NEW_CATALOG", GROUPS + article(1, "") + mapped(1, "11")), "b.xml")
    mapping = propose(first).mapping
    assert read_all(first, mapping)[1][0].hash != read_all(other, mapping)[1][0].hash


def test_more_articles_in_groups_than_are_held_are_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bmecat_groups, "MAX_MAPPED", 1)
    text = catalogue(
        "T_NEW_CATALOG", GROUPS + article(1, "") + article(2, "") + mapped(1, "12") + mapped(2, "12")
    )
    reader, offers, _ = read_all(written(tmp_path, text, "catalogue.xml"))
    assert [offer.category for offer in offers] == ["Elektro > Lampen & Licht", None]
    assert [warned.code for warned in reader.warnings if warned.code == "maps_left_out"] == ["maps_left_out"]


def test_a_class_is_called_as_the_document_calls_it(tmp_path: Path) -> None:
    system = (
        "<CLASSIFICATION_SYSTEM><CLASSIFICATION_GROUPS>"
        "<CLASSIFICATION_GROUP><CLASSIFICATION_GROUP_ID>23</CLASSIFICATION_GROUP_ID><CLASSIFICATION_GROUP_NAME>Maschinenelement</CLASSIFICATION_GROUP_NAME></CLASSIFICATION_GROUP>"
        "<CLASSIFICATION_GROUP><CLASSIFICATION_GROUP_ID>23-11</CLASSIFICATION_GROUP_ID><CLASSIFICATION_GROUP_NAME>Schraube</CLASSIFICATION_GROUP_NAME>"
        "<CLASSIFICATION_GROUP_PARENT_ID>23</CLASSIFICATION_GROUP_PARENT_ID></CLASSIFICATION_GROUP></CLASSIFICATION_GROUPS></CLASSIFICATION_SYSTEM>"
    )
    feature = (
        "<PRODUCT_FEATURES><REFERENCE_FEATURE_GROUP_ID>{}</REFERENCE_FEATURE_GROUP_ID></PRODUCT_FEATURES>"
    )
    text = catalogue(
        "T_NEW_CATALOG", system + article(1, feature.format("23-11")) + article(2, feature.format("40"))
    )
    _, offers, _ = read_all(written(tmp_path, text, "catalogue.xml"))
    assert [offer.category for offer in offers] == ["Maschinenelement > Schraube", "40"]


def test_however_many_maps_follow_the_articles_the_document_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml_records, "MAX_RECORD", 100_000)
    maps = "".join(mapped(number, "12") for number in range(3_000))
    text = catalogue("T_NEW_CATALOG", GROUPS + article(1, "") + maps)
    reader, offers, _ = read_all(written(tmp_path, text, "catalogue.xml"))
    assert (reader.rows, offers[0].category) == (1, "Elektro > Lampen & Licht")
