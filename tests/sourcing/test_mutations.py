"""Three hundred mutilated feeds: none breaks the reader, each is read or refused with a reason, every row accounted for."""

from pathlib import Path

from marketplace.sourcing.check_feed import check_feed
from tests.sourcing.fuzz import run
from tests.sourcing.mutations import healthy, monsters, mutants


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
    first = [mutant.content for mutant in mutants(60, 7)]
    assert first == [mutant.content for mutant in mutants(60, 7)]
    assert first[len(monsters()) :] != [mutant.content for mutant in mutants(60, 8)][len(monsters()) :]
