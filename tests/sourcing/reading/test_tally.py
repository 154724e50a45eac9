"""What was odd is counted once a row and told with the lines it is found on."""

import pytest

from marketplace.sourcing.reading.tally import SENTENCES, Tally


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([7], "7"),
        ([1, 1, 1], "1"),
        ([1, 2, 3, 4, 5], "1, 2, 3, 4, 5"),
        ([1, 1, 2, 3, 4, 5, 6], "1, 2, 3, 4, 5, …"),
    ],
)
def test_each_line_is_named_once_and_that_there_are_more(lines: list[int], told: str):
    tally = Tally()
    for line in lines:
        tally.see("price_unreadable", line, f"on {line}")
    [warned] = tally.all()
    assert warned.sentence == (
        f"Rows with a price that cannot be read: {len(lines)} (line {told}), for example “on {lines[0]}”"
    )


def test_a_count_reads_well_of_one_as_of_many():
    assert not [said for said in SENTENCES.values() if "{count} rows" in said or "{count} records" in said]
