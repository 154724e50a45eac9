"""A set of furniture, a pack of three, a kit: sold as often as its parts allow, and never when one of them is a riddle."""

import json
from pathlib import Path
from time import process_time

import pytest

from marketplace.sourcing.drafts import trial
from marketplace.sourcing.mapping.model import RowFilter
from marketplace.sourcing.propose_mapping import propose
from marketplace.sourcing.read_feed import read
from marketplace.sourcing.reading import made_of, sets
from marketplace.sourcing.reading.offer_row import OfferRow
from marketplace.sourcing.values.parts import read_parts
from tests.sourcing.support import checked, read_all, written

HEAD = "SKU,Title,Price,Currency,Quantity,Set parts\n"
PARTS = "BED,Bed,300,EUR,7,\nSTAND,Nightstand,100,EUR,5,\n"


def _set(folder: Path, parts: str, rows: str = PARTS, quantity: str = "0") -> OfferRow:
    path = written(folder, f'{HEAD}SET,Bedroom,500,EUR,{quantity},"{parts}"\n{rows}')
    return next(offer for offer in read_all(path)[1] if offer.sku == "SET")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("A-1, A-2", [("A-1", 1), ("A-2", 1)]),
        ("2x A-1 + A-2", [("A-1", 2), ("A-2", 1)]),
        ("A-1*2|A-2*3", [("A-1", 2), ("A-2", 3)]),
        ("A-1 (2); A-2 (x1)", [("A-1", 2), ("A-2", 1)]),
        ("A-1:2\nA-2:1", [("A-1", 2), ("A-2", 1)]),
        ("3 × A-1 & A-2 x 2", [("A-1", 3), ("A-2", 2)]),
        ("", []),
    ],
)
def test_parts_are_written_in_many_ways(cell: str, expected: list[tuple[str, int]]) -> None:
    assert [(part.sku, part.needed) for part in read_parts(cell)] == expected


def test_a_set_has_the_least_that_its_parts_allow_whatever_stands_in_its_own_cell(tmp_path: Path) -> None:
    found = _set(tmp_path, "BED, 2x STAND")
    assert (found.quantity, found.quantity_kind, found.sells_up_to, found.not_sellable) == (
        2,
        "exact",
        2,
        None,
    )


def test_a_part_named_twice_is_needed_twice(tmp_path: Path) -> None:
    assert _set(tmp_path, "STAND, BED, STAND").quantity == 2


def test_a_set_of_a_part_that_is_sold_out_is_sold_out(tmp_path: Path) -> None:
    found = _set(tmp_path, "BED, STAND", PARTS.replace("EUR,5", "EUR,0"), quantity="9")
    assert (found.quantity, found.availability, found.not_sellable) == (0, "out_of_stock", "out_of_stock")


@pytest.mark.parametrize("rows", [PARTS, PARTS + "LAMP,Lamp,10,EUR,,\n"])
def test_a_set_of_an_unknown_part_is_unknown_neither_none_nor_what_it_says(tmp_path: Path, rows: str) -> None:
    found = _set(tmp_path, "BED, LAMP", rows, quantity="9")
    assert (found.quantity, found.quantity_kind, found.sells_up_to) == (None, "unknown", 0)
    assert found.not_sellable == "part_unknown"
    assert "“LAMP”" in found.issues[0]


def test_an_unreadable_part_lets_the_set_keep_what_we_hold(tmp_path: Path) -> None:
    found = _set(tmp_path, "BED, STAND", PARTS.replace("EUR,5", "EUR,ask Bob"))
    assert (found.keep_quantity, found.sells_up_to, found.not_sellable) == (True, 0, "stock_unreadable")


def test_a_cap_of_a_part_is_a_cap_of_the_set_only_where_it_binds(tmp_path: Path) -> None:
    capped = PARTS.replace("EUR,5", "EUR,>4")
    assert _set(tmp_path, "BED, 2x STAND", capped).quantity_kind == "at_least"
    assert _set(tmp_path, "4x BED, STAND", capped).quantity_kind == "exact"


def test_availability_without_numbers_sells_single_sets(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "SKU,Title,Price,Currency,Availability,Set parts\nSET,Set,9,EUR,,A + B\nTWO,Twice,9,EUR,,2x A\n"
        "A,Cup,5,EUR,in stock,\nB,Saucer,4,EUR,in stock,\n",
    )
    one, two = read_all(path)[1][:2]
    assert (one.quantity, one.quantity_kind, one.sells_up_to, one.not_sellable) == (None, "unknown", 1, None)
    assert (two.sells_up_to, two.not_sellable) == (0, "part_unknown")


def test_sets_of_sets_are_followed_and_rings_are_unknown(tmp_path: Path) -> None:
    rows = PARTS + "FLAT,Flat,900,EUR,,SET*2\nRING,Ring,1,EUR,3,RONG\nRONG,Rong,1,EUR,3,RING\n"
    path = written(tmp_path, f'{HEAD}SET,Bedroom,500,EUR,0,"BED, STAND"\n{rows}')
    found = {offer.sku: offer for offer in read_all(path)[1]}
    assert found["FLAT"].quantity == 2
    assert (found["RING"].not_sellable, found["RONG"].not_sellable) == ("part_unknown", "part_unknown")


def test_a_number_that_looks_like_a_count_is_a_part_when_there_is_one(tmp_path: Path) -> None:
    assert _set(tmp_path, "BED:2", PARTS + "BED:2,Second bed,300,EUR,4,\n").quantity == 4


def test_parts_that_a_filter_leaves_out_still_count(tmp_path: Path) -> None:
    path = written(tmp_path, f'{HEAD}SET,Bedroom,500,EUR,0,"BED, STAND"\n{PARTS}')
    mapping = propose(path).mapping
    mapping.filters = [RowFilter("Price", "at_least", ["400"])]
    _, offers, rejected = read_all(path, mapping)
    assert ([(o.sku, o.quantity) for o in offers], len(rejected)) == ([("SET", 5)], 2)


def test_parts_inside_a_json_record_are_a_list(tmp_path: Path) -> None:
    records = [
        {"sku": "SET", "name": "Tea set", "price": 9, "currency": "EUR", "stock": None, "components": ["CUP", "SAUCER"]},
        {"sku": "CUP", "name": "Cup", "price": 5, "currency": "EUR", "stock": 8, "components": []},
        {"sku": "SAUCER", "name": "Saucer", "price": 4, "currency": "EUR", "stock": 3, "components": []},
    ]  # fmt: skip
    found = checked(written(tmp_path, json.dumps(records), "feed.json"))
    assert found["mapping"]["parts"] == "components"
    assert found["sample"][0]["quantity"] == 3


def test_the_check_says_how_many_sets_were_worked_out_and_which_were_not(tmp_path: Path) -> None:
    path = written(tmp_path, f'{HEAD}SET,Bedroom,500,EUR,0,"BED, STAND"\nODD,Odd,5,EUR,3,GONE\n{PARTS}')
    told = " ".join(checked(path)["warnings"])
    assert "the least that their parts allow: 1 (line 2)" in told
    assert "part “GONE” is not in the file" in told


def test_more_parts_than_are_followed_make_their_sets_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sets, "MAX_NAMES", 1)
    found = _set(tmp_path, "BED, STAND")
    assert (found.not_sellable, found.sells_up_to) == ("part_unknown", 0)
    assert "than are followed" in found.issues[0]


def test_more_sets_within_sets_than_are_held_make_their_sets_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sets, "MAX_HELD", 1)
    rows = "FLAT,Flat,900,EUR,3,SET\nROOM,Room,900,EUR,3,BED\nHOUSE,House,2000,EUR,3,ROOM\n"
    path = written(tmp_path, f'{HEAD}{rows}{PARTS}SET,Bedroom,500,EUR,0,"BED, STAND"\n')
    found = {offer.sku: offer for offer in read_all(path)[1]}
    assert (found["FLAT"].not_sellable, found["FLAT"].sells_up_to) == ("part_unknown", 0)
    assert (found["SET"].quantity, found["HOUSE"].quantity) == (5, 7)


def test_sets_of_the_same_sets_are_worked_out_once(tmp_path: Path) -> None:
    def level(depth: int) -> str:
        parts = "|".join(f"{depth + 1}-{place}" for place in range(60)) if depth < 4 else ""
        return "".join(
            f"{depth}-{place},Set,9,EUR,{9 if depth == 4 else ''},{parts}\n" for place in range(60)
        )

    began = process_time()
    offers = read_all(written(tmp_path, HEAD + "".join(map(level, range(5)))))[1]
    assert {offer.quantity for offer in offers} == {9}
    assert process_time() - began < 10  # of seconds; entered anew from above each would take an hour


def test_a_set_whose_row_did_not_change_is_another_offer_when_its_part_did(tmp_path: Path) -> None:
    before = _set(tmp_path, "BED, STAND").hash
    assert _set(tmp_path, "BED, STAND").hash == before
    assert _set(tmp_path, "BED, STAND", PARTS.replace("EUR,5", "EUR,4")).hash != before


def test_the_trial_of_a_mapping_counts_each_stock_word_once(tmp_path: Path) -> None:
    path = written(
        tmp_path, f'{HEAD}SET,Bedroom,500,EUR,0,"BED, STAND"\n{PARTS.replace("EUR,5", "EUR,maybe")}'
    )
    found = trial.run(path, propose(path).mapping, frozenset(), lambda rows: None)
    assert [word["count"] for word in found["words"] if "maybe" in word.values()] == [1]


def _told(folder: Path, rows: str) -> dict[str, list[tuple]]:
    """What the reader says each set is made of: (part, units, what is said of it, whether the file lists it)."""
    path = written(folder, HEAD + rows + PARTS)
    reader = read(path, propose(path).mapping)
    reader.made_of = []
    list(reader)
    told: dict[str, list[tuple]] = {}
    for made in reader.made_of:
        told.setdefault(made.sku, []).append((made.part, made.units, made.sells_up_to, made.listed))
    return told


def test_what_a_set_is_made_of_is_told_down_to_what_is_no_set(tmp_path: Path) -> None:
    told = _told(tmp_path, 'FLAT,Flat,900,EUR,,"2x SET, BED"\nSET,Bedroom,500,EUR,0,"BED, STAND*2"\n')
    assert told == {
        "FLAT": [("BED", 3, 7, True), ("STAND", 4, 5, True)],
        "SET": [("BED", 1, 7, True), ("STAND", 2, 5, True)],
    }


def test_a_part_in_another_file_or_without_a_number_is_told_as_such(tmp_path: Path) -> None:
    told = _told(
        tmp_path, 'SET,Bedroom,500,EUR,0,"BED, LAMP, RUG, WALL"\nLAMP,Lamp,9,EUR,,\nRUG,Rug,9,EUR,ask Bob,\n'
    )
    assert told["SET"] == [
        ("BED", 1, 7, True),
        ("LAMP", 1, None, True),
        ("RUG", 1, None, True),
        ("WALL", 1, None, False),
    ]


@pytest.mark.parametrize(
    "rows", ["RING,Ring,1,EUR,3,RONG\nRONG,Rong,1,EUR,3,RING\n", "RING,Ring,1,EUR,discontinued,BED\n"]
)
def test_a_ring_and_a_set_that_is_no_longer_made_are_told_to_be_sets_and_no_more(
    tmp_path: Path, rows: str
) -> None:
    assert _told(tmp_path, rows)["RING"] == [(None, None, None, True)]


def test_a_set_of_more_parts_than_are_counted_is_not_sold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made_of, "MAX_LEAVES", 1)
    found = _set(tmp_path, "BED, STAND")
    assert (found.not_sellable, found.sells_up_to) == ("part_unknown", 0)
    assert "different parts" in found.issues[0]
    assert _told(tmp_path, 'SET,Bedroom,500,EUR,0,"BED, STAND"\n')["SET"] == [(None, None, None, True)]


def test_no_set_needs_more_of_a_part_than_can_be_counted(tmp_path: Path) -> None:
    rows = "".join(f"S{n},Set,1,EUR,,9999x {'BED' if n == 3 else f'S{n + 1}'}\n" for n in range(4))
    assert _told(tmp_path, rows)["S0"] == [("BED", 10**9, 7, True)]
