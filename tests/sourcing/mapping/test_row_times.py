"""Whether a row's own time is the age of its stock, or only when the row was last touched."""

import pytest

from marketplace.sourcing.mapping import Mapping
from marketplace.sourcing.mapping.row_times import says_when_counted


@pytest.mark.parametrize(
    ("column", "counted"),
    [
        ("stock date", True),
        ("Stand vom", True),
        ("inventory_date", True),
        ("Дата остатков", True),
        ("updated_at", False),
        ("variants.updated_at", False),
        ("date_modified_gmt", False),
        ("last stock update", False),
        ("geändert am", False),
        ("timestamp", False),
    ],
)
def test_a_name_says_what_the_time_is_of(column, counted):
    assert says_when_counted(Mapping(format="csv", columns={"source_time": column})) is counted


def test_an_inventory_report_is_of_its_date_and_a_file_without_times_of_none():
    assert says_when_counted(Mapping(format="edifact", columns={"source_time": "source_time"}))
    assert not says_when_counted(Mapping(format="csv", columns={}))
