"""Mutilated feeds against the reader: `python -m tests.sourcing.fuzz --count 10000 --seed 1`.

Each file is read, or refused with a reason; every row is accounted for; time and memory are bounded. The seed is printed, so
that a failure can be seen again; the file that failed is kept.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from marketplace.sourcing.check_feed import check_feed
from marketplace.sourcing.reading.errors import FeedRefused
from tests.sourcing.mutations import Mutant, mutants

SECONDS = 20.0
"""For one file, on a busy machine; the slowest take about two."""
GROWTH = 400
"""Megabytes that the process may grow by, whatever it reads."""


class Failed(AssertionError):
    """A file was read wrongly, slowly, or not at all."""


def try_one(mutant: Mutant, folder: Path) -> str:
    """What became of it: `read` or the code of the refusal. Raises Failed."""
    path = folder / mutant.name
    path.write_bytes(mutant.content)
    start = time.monotonic()
    try:
        found = check_feed(path)
    except FeedRefused as refused:
        if len(refused.error) < 10 or not json.dumps(refused.as_json()):
            raise Failed("a refusal without a reason") from refused
        return refused.code
    except Exception as fault:
        raise Failed(f"{type(fault).__name__}: {fault}") from fault
    counted = found["accepted"] + found["merged"] + found["attached"] + len(found["rejected"])
    if counted != found["rows"]:
        raise Failed(f"{counted} of {found['rows']} rows accounted for")
    json.dumps(found, ensure_ascii=False).encode("utf-8")
    if time.monotonic() - start > SECONDS:
        raise Failed(f"it took {time.monotonic() - start:.0f} s")
    return "read"


def run(count: int, seed: int, folder: Path) -> Counter[str]:
    """Try them all. Raises Failed with what is needed to see it again."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outcomes: Counter[str] = Counter()
    for place, mutant in enumerate(mutants(count, seed)):
        try:
            outcomes[try_one(mutant, folder)] += 1
        except Failed as failed:
            raise Failed(f"seed {seed}, file {place} ({mutant.kind}, {mutant.harm}): {failed}") from failed
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    if grown > GROWTH:
        raise Failed(f"seed {seed}: the process grew by {grown} MB")
    return outcomes


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    chosen = parser.parse_args()
    sys.stdout.write(f"seed {chosen.seed}, {chosen.count} files\n")
    sys.stdout.flush()
    folder = Path(tempfile.mkdtemp(prefix="comptoir-fuzz-"))
    outcomes = run(chosen.count, chosen.seed, folder)
    for outcome, times in outcomes.most_common():
        sys.stdout.write(f"{times:7} {outcome}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
