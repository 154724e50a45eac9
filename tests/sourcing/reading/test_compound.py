"""An older workbook is judged before it is read: what reads it would believe it, and take the process down."""

import struct
from pathlib import Path

import pytest

from marketplace.sourcing.check_feed import check_feed
from marketplace.sourcing.reading.compound import judge_compound
from marketplace.sourcing.reading.errors import FeedRefused
from tests.sourcing.small_xls import xls
from tests.sourcing.support import written

SHEET = xls(
    [
        ["sku", "title", "price", "stock"],
        *([f"A-{n}", f"Théière {n}", n + 0.5, float(n)] for n in range(1, 9)),
    ]
)


def patched(at: int, part: bytes) -> bytes:
    return SHEET[:at] + part + SHEET[at + len(part) :]


def test_a_sound_one_is_read(tmp_path: Path) -> None:
    found = check_feed(written(tmp_path, SHEET, "feed.xls"))
    assert (found["format"], found["rows"], found["accepted"]) == ("xls", 8, 8)


@pytest.mark.parametrize(
    ("at", "part", "code"),
    [
        (512 + 4 * 4, struct.pack("<I", 2), "workbook"),  # the stream's chain bites its tail
        (512 + 4, struct.pack("<I", 1), "workbook"),  # so does the directory's
        (40, struct.pack("<I", 0x7FFFFFFF), "workbook"),  # a directory of a million million bytes
        (44, struct.pack("<I", 0x7FFFFFFF), "workbook"),  # or a table
        (1024 + 128 + 120, struct.pack("<I", 0xFFFFFFF0), "workbook"),  # a stream larger than the file
        (
            SHEET.rindex(struct.pack("<HHHH", 0x0203, 14, 8, 3)) + 4,
            b"\xff\xff\xff\xff",
            "too_big",
        ),  # a cell in the last corner
        (
            SHEET.index(struct.pack("<HHII", 0x0200, 14, 0, 9)) + 8,
            b"\xff\xff\xff\x7f",
            "too_big",
        ),  # two thousand million rows
        (
            SHEET.index(struct.pack("<HHII", 0x0200, 14, 0, 9)) + 4,
            b"\xff\xff\xff\x7f",
            "workbook",
        ),  # that end before they begin
    ],
)
def test_what_would_take_all_memory_is_refused(tmp_path: Path, at: int, part: bytes, code: str) -> None:
    with pytest.raises(FeedRefused) as refused:
        check_feed(written(tmp_path, patched(at, part), "feed.xls"))
    assert refused.value.code == code


def test_half_a_header_is_damaged() -> None:
    with pytest.raises(FeedRefused):
        judge_compound(SHEET[:60])
