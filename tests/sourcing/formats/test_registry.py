"""The list of formats comes from the modules, and each has the same shape."""

from contextlib import suppress
from pathlib import Path

import pytest

from marketplace.sourcing.formats import formats
from marketplace.sourcing.mapping.fields import BY_NAME
from marketplace.sourcing.mapping.model import Mapping, from_json, to_json
from marketplace.sourcing.propose_mapping import propose
from marketplace.sourcing.read_feed import read
from marketplace.sourcing.reading.errors import FeedRefused
from tests.sourcing.support import written

FOLDER = Path(__file__).resolve().parents[3] / "marketplace/sourcing/formats"
INNER = {"variant_image", "parent_key"}


def test_every_module_of_the_folder_is_found() -> None:
    modules = {path.stem for path in FOLDER.glob("*.py")} - {"__init__", "shape", "google_names"}
    assert len(formats()) >= len(modules) >= 30
    assert {"csv", "google-rss", "shopify-csv", "bmecat", "edifact", "x12", "xls"} <= formats().keys()


def test_every_format_has_its_test() -> None:
    modules = {path.stem for path in FOLDER.glob("*.py")} - {
        "__init__",
        "shape",
        "google_names",
        "csv",
        "xml",
        "json",
        "workbook",
    }
    assert modules <= {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}


@pytest.mark.parametrize("name", sorted(formats()))
def test_a_format_speaks_of_our_fields_and_of_settings_that_exist(name: str) -> None:
    found = formats()[name]
    assert found.label
    assert set(found.columns) <= BY_NAME.keys() | INNER
    assert set(found.settings) <= set(Mapping.__struct_fields__)


def test_a_format_can_be_chosen_by_hand(tmp_path: Path) -> None:
    path = written(tmp_path, "Handle,Title,Variant SKU,Variant Price\nmug,Mug,M1,9.00\n")
    assert propose(path).format == "shopify-csv"
    assert propose(path, format="csv").format == "csv"


STRANGE = {
    "feed.csv": "a,b,c\nA-1,Mug,9.90\nA-2,Cup,3.50\n",
    "feed.xml": "<r>" + "<x><a>A-1</a><b>Mug</b><c>9.90</c></x>" * 3 + "</r>",
    "flat.xml": "<r>nothing repeats</r>",
    "feed.json": '[{"a": "A-1", "b": "Mug", "c": 9.9}, {"a": "A-2", "b": "Cup", "c": 3.5}]',
}


@pytest.mark.parametrize("name", sorted(formats()))
@pytest.mark.parametrize("strange", STRANGE)
def test_a_format_chosen_for_a_file_with_none_of_its_columns_says_so_or_reads_it(
    tmp_path: Path, name: str, strange: str
) -> None:
    path = written(tmp_path, STRANGE[strange], strange)
    with suppress(FeedRefused):
        found = propose(path, format=name)
        assert found.format == name
        reader = read(path, found.mapping)
        assert all(item.line for item in reader)
        assert reader.accepted + reader.merged + reader.attached + reader.rejected == reader.rows


@pytest.mark.parametrize("path", ["", "//", "x/", "no/such", "a b", "\0"])
def test_a_path_of_records_that_leads_nowhere_is_said(tmp_path: Path, path: str) -> None:
    with pytest.raises(FeedRefused) as refused:
        propose(written(tmp_path, STRANGE["feed.xml"], "feed.xml"), reading={"record_path": path})
    assert refused.value.code == "no_records"


def test_a_mapping_survives_being_stored(tmp_path: Path) -> None:
    mapping = propose(written(tmp_path, "Handle,Title,Variant SKU,Variant Price\nmug,Mug,M1,9.00\n")).mapping
    assert from_json(to_json(mapping)) == mapping
