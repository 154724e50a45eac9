"""Three hundred mutilated feeds: none breaks the reader, each is read or refused with a reason, every row accounted for."""

from pathlib import Path

import pytest

from marketplace.sourcing.check_feed import check_feed
from tests.sourcing import fuzz
from tests.sourcing.fuzz import Failed, run, try_one
from tests.sourcing.healthy import healthy
from tests.sourcing.monsters import monsters
from tests.sourcing.mutations import EVERY, PERCENTS, Mutant, mutants


def test_three_hundred_mutilated_feeds_are_survived(tmp_path: Path) -> None:
    outcomes = run(300, seed=20260301, folder=tmp_path)
    assert outcomes.total() == 300
    assert outcomes["read"] > 60  # some harm is small
    assert len(outcomes) > 8  # and refusals have many reasons


def test_the_feeds_that_are_mutilated_were_healthy(tmp_path: Path) -> None:
    for kind, (name, content) in healthy().items():
        path = tmp_path / name
        path.write_bytes(content)
        found = check_feed(path)
        assert found["accepted"] >= 8, kind


def test_the_same_seed_gives_the_same_files() -> None:
    known = len(monsters())
    first = [mutant.content for mutant in mutants(known + 60, 7)]
    assert first == [mutant.content for mutant in mutants(known + 60, 7)]
    assert first[known:] != [mutant.content for mutant in mutants(known + 60, 8)][known:]


def test_ten_thousand_files_cut_every_kind_at_every_percent() -> None:
    cuts = {
        (mutant.kind, mutant.harm)
        for place, mutant in enumerate(mutants(len(monsters()) + EVERY * PERCENTS * len(healthy()), 3))
        if place >= len(monsters()) and mutant.harm.startswith("cut at")
    }
    assert len(cuts) == PERCENTS * len(healthy())
    assert EVERY * len(cuts) + len(monsters()) <= 10_000


def test_a_file_that_takes_too_long_or_too_much_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Mutant("csv", "none", *healthy()["csv"])
    assert try_one(whole, tmp_path) == "read"

    def greedy(path: Path) -> str:
        # Well above the bound: what earlier tests left behind may be given back meanwhile.
        return str(len(b"x" * 400_000_000))

    with monkeypatch.context() as patched:
        patched.setattr(fuzz, "_read", greedy)
        patched.setattr(fuzz, "GROWTH", 20)
        with pytest.raises(Failed, match="MB"):
            try_one(whole, tmp_path)
    monkeypatch.setattr(fuzz, "SECONDS", 0.0)
    with pytest.raises(Failed, match="it took"):
        try_one(whole, tmp_path)
