"""The list of formats comes from the modules, and each has the same shape."""

from pathlib import Path

import pytest

from marketplace.sourcing.formats import formats
from marketplace.sourcing.mapping.fields import BY_NAME
from marketplace.sourcing.mapping.model import Mapping, from_json, to_json
from marketplace.sourcing.propose_mapping import propose
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


def test_a_mapping_survives_being_stored(tmp_path: Path) -> None:
    mapping = propose(written(tmp_path, "Handle,Title,Variant SKU,Variant Price\nmug,Mug,M1,9.00\n")).mapping
    assert from_json(to_json(mapping)) == mapping
