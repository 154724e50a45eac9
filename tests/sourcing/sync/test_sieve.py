"""Whatever is left out because it is known, the offers are those of the whole file, line for line."""

from array import array
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from marketplace.sourcing.mapping import Mapping
from marketplace.sourcing.reading import tables
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.sync import blocks, sieve
from marketplace.sourcing.sync.findings import Findings
from marketplace.sourcing.sync.known import Known, nothing_known
from marketplace.sourcing.sync.reading import Reading
from marketplace.sourcing.sync.records import Records, columns_for
from marketplace.sourcing.sync.sieve import sievable

MAPPING = Mapping(format="csv", delimiter=",", header_row=1, currency="EUR",
                  columns={"sku": "sku", "title": "title", "price": "price", "quantity": "quantity"})  # fmt: skip
HEADER = "sku,title,price,quantity\n"
COLUMNS = columns_for(MAPPING)
DIGEST, LINE = COLUMNS.index("digest"), COLUMNS.index("line")


def read(path: Path, known: Known, folder: Path) -> tuple[list[tuple], Findings, Reading]:
    """The records as they would be staged."""
    found = sieve.sieve(path, MAPPING, known, folder / "rest")
    findings = Findings()
    reading = Reading(path, MAPPING, known, found)
    records, batches = Records(reading, findings), []
    while (batch := records.take()) is not None:
        batches += batch
    return batches, findings, reading


def known_of(records: list[tuple]) -> Known:
    last = {r[0]: n for n, r in enumerate(records)}  # one offer an article: the last row wins
    digests = sorted(
        (r[DIGEST], n) for n, r in enumerate(records) if r[DIGEST] is not None and last[r[0]] == n
    )
    return Known(array("q", [d for d, _ in digests]), array("q", [n for _, n in digests]))


def said(records: list[tuple]) -> list[tuple]:
    return [r[:DIGEST] for r in records]


_cell = st.sampled_from(
    [
        "Lamp",
        'a "quoted" lamp',
        '12" disc',
        "two\nlines",
        "comma, inside",
        'ends with "',
        "",
        " ",
        'x"y,"',
        "bare \r return",
        "café",
    ]
)
_raw = st.sampled_from(
    [
        'S9,12" disc,3,4\n',
        'S8,"open,1,2\n',
        'closes",5,6\n',
        "\n",
        ",,,\n",
        'S7,x"y,"hello\n',
        "S6,short\n",
        "S5,a,1,2,wide,wider\n",
        "\r\n",
    ]
)


@contextmanager
def monkeypatched_width():
    """The usual width of rows is sampled from a head that this test does not keep."""
    sampled, tables._usual_width = tables._usual_width, lambda path, mapping, dialect, header: header
    try:
        yield
    finally:
        tables._usual_width = sampled


@st.composite
def _line(draw: st.DrawFn) -> str:
    if draw(st.integers(0, 9)) == 0:
        return draw(_raw)
    cells = [
        f"S{draw(st.integers(0, 5))}",
        draw(_cell),
        draw(st.sampled_from(["1.50", "2,40", "", "free"])),
        draw(st.sampled_from(["1", "0", "?"])),
    ]
    end = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    return (
        ",".join(
            '"' + c.replace('"', '""') + '"' if set(c) & set('",\n\r') and draw(st.integers(0, 5)) else c
            for c in cells
        )
        + end
    )


@settings(max_examples=100, deadline=None)
@given(st.lists(_line(), max_size=12), st.data(), st.sampled_from([3, 40, 1 << 20]))
@example(lines=['S1,x"y,"hello\n', 'world",1,2\n', "S2,Lamp,1,2\n"], data=None, chunk=1 << 20)
def test_a_sieved_file_says_what_the_whole_file_says(lines, data, chunk):
    with monkeypatched_width(), pytest.MonkeyPatch.context() as patched, TemporaryDirectory() as name:
        patched.setattr(blocks, "CHUNK", chunk)
        folder = Path(name)
        old, new = folder / "old.csv", folder / "new.csv"
        changed = list(lines)
        if data is not None:
            for _ in range(data.draw(st.integers(0, 3))):
                if changed:
                    place = data.draw(st.integers(0, len(changed) - 1))
                    changed[place : place + data.draw(st.integers(0, 1))] = data.draw(
                        st.lists(_line(), max_size=2)
                    )
        else:
            changed[0] = 'S1,x"y,"hello again\n'
        old.write_text(HEADER + "".join(lines), newline="")
        new.write_text(HEADER + "".join(changed), newline="")
        _compare(old, new, folder)


def _compare(old: Path, new: Path, folder: Path) -> None:
    try:
        first, _, _ = read(old, nothing_known(), folder)
        whole, whole_findings, whole_reading = read(new, nothing_known(), folder)
    except FeedRefused:
        return  # half a file is refused whole: there is nothing to compare
    known = known_of(first)
    before = sieve.HEAD_BYTES
    sieve.HEAD_BYTES = 1
    try:
        some, some_findings, some_reading = read(new, known, folder)
    finally:
        sieve.HEAD_BYTES = before
    at_line = {r[LINE]: r for r in whole}
    skipped = [at_line[line] for line in known._lines]
    assert sorted(said(some + skipped), key=repr) == sorted(said(whole), key=repr)
    assert some_reading.rows == whole_reading.rows
    assert [(i.line, i.reason) for i in some_findings.issues] == [
        (i.line, i.reason) for i in whole_findings.issues
    ]
    for line, digest in zip(known._lines, known._met, strict=True):
        assert at_line[line][DIGEST] in (
            digest,
            None,
        )  # none: a blank record behind it leaves its end unproved


def test_an_article_that_is_in_the_file_twice_is_read_the_second_time(tmp_path, monkeypatch):
    monkeypatch.setattr(sieve, "HEAD_BYTES", 1)
    (tmp_path / "a.csv").write_text(HEADER + "S1,Lamp,1.50,3\nS2,Lamp,1.50,3\n")
    first, _, _ = read(tmp_path / "a.csv", nothing_known(), tmp_path)
    (tmp_path / "b.csv").write_text(HEADER + "S1,Lamp,1.50,3\nS2,Lamp,1.50,3\nS1,Lamp,1.50,3\n")
    some, _, reading = read(tmp_path / "b.csv", known_of(first), tmp_path)
    assert [(r[0], r[LINE]) for r in some] == [("S1", 4)]
    assert reading.rows == 3


def test_one_changed_line_in_a_thousand_is_all_that_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(sieve, "HEAD_BYTES", 1)
    lines = [f"S{n},Lamp {n},1.50,{n}\n" for n in range(1000)]
    (tmp_path / "a.csv").write_text(HEADER + "".join(lines))
    first, _, _ = read(tmp_path / "a.csv", nothing_known(), tmp_path)
    assert all(r[DIGEST] is not None for r in first)
    lines[500] = "S500,Lamp,1.50,7\n"
    (tmp_path / "b.csv").write_text(HEADER + "".join(lines))
    known = known_of(first)
    some, _, reading = read(tmp_path / "b.csv", known, tmp_path)
    assert [(r[0], r[LINE]) for r in some] == [("S500", 502)]
    assert (reading.rows, known.met, [n for (n,) in known.unmet()]) == (1000, 999, [500])


def test_another_mapping_or_columns_in_another_order_know_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(sieve, "HEAD_BYTES", 1)
    (tmp_path / "a.csv").write_text(HEADER + "S1,Lamp,1.50,3\n" * 1)
    first, _, _ = read(tmp_path / "a.csv", nothing_known(), tmp_path)
    (tmp_path / "b.csv").write_text("sku,title,quantity,price\n" + "S1,Lamp,1.50,3\n")
    some, _, _ = read(tmp_path / "b.csv", known_of(first), tmp_path)
    assert len(some) == 1


def test_what_is_not_one_line_one_offer_is_not_sieved():
    assert sievable(MAPPING)
    assert not sievable(Mapping(format="csv", delimiter=",", inherit="group"))
    assert not sievable(Mapping(format="csv", delimiter=",", escape="\\"))
    assert not sievable(Mapping(format="csv", delimiter=",", encoding="utf-16-le"))
    assert not sievable(Mapping(format="xml"))
