"""Mutilated feeds against the reader: `python -m tests.sourcing.fuzz --count 10000 --seed 1`.

Each file is read, or refused with a reason; every row is accounted for; time and memory are bounded for each file by itself. The
seed is printed, so that a failure can be seen again; the file that failed is kept.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from marketplace.sourcing.check_feed import check_feed
from marketplace.sourcing.propose_mapping import propose
from marketplace.sourcing.reading.errors import FeedRefused
from tests.sourcing.counted_again import rows_of_table
from tests.sourcing.mutations import Mutant, mutants

SECONDS = 20.0
"""Of processor time, for one file; the slowest take a fifth of it."""
STUCK = 180
"""Seconds by the clock after which a file is given up."""
GROWTH = 300
"""Megabytes by which one file may raise what the process holds at its height."""
ADDRESSES = 6 * 1024**3
"""Bytes of address space in a run of its own: what would take the machine down fails instead."""
_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


class Failed(AssertionError):
    """A file was read wrongly, slowly, or not at all."""


def try_one(mutant: Mutant, folder: Path) -> str:
    """What became of it: `read` or the code of the refusal. Raises Failed."""
    path = folder / mutant.name
    path.write_bytes(mutant.content)
    with _bounded():
        try:
            return _read(path)
        except Failed:
            raise
        except Exception as fault:
            raise Failed(f"{type(fault).__name__}: {fault}") from fault


def _read(path: Path) -> str:
    try:
        mapping = propose(path).mapping
        found = check_feed(path, mapping=mapping)
    except FeedRefused as refused:
        if len(refused.error) < 10 or not json.dumps(refused.as_json()):
            raise Failed("a refusal without a reason") from refused
        if refused.code == "xml":
            _shown(path, refused)
        return refused.code
    counted = found["accepted"] + found["merged"] + found["attached"] + len(found["rejected"])
    if counted != found["rows"]:
        raise Failed(f"{counted} of {found['rows']} rows accounted for")
    again = rows_of_table(path, mapping)
    if again not in (None, found["rows"]):
        raise Failed(f"{found['rows']} rows, and {again} counted otherwise")
    json.dumps(found, ensure_ascii=False).encode("utf-8")
    return "read"


def _shown(path: Path, refused: FeedRefused) -> None:
    """A broken document is refused where it is broken; for a preview it is read around that, or refused the same way."""
    if not refused.line or not refused.column:
        raise Failed("a broken document without the place of its fault")
    try:
        found: Any = propose(path, recover=True)
    except FeedRefused:
        return
    if found.broken is not None and found.broken.line is None:
        raise Failed("a preview that does not say where it is broken")


@contextmanager
def _bounded() -> Iterator[None]:
    """Time and memory of what happens within. Raises Failed."""
    former = signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(STUCK)
    _forget_height()
    held, began = _held("VmRSS"), time.process_time()
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, former)
    took, grown = time.process_time() - began, _held("VmHWM") - held
    if took > SECONDS:
        raise Failed(f"it took {took:.0f} s")
    if grown > GROWTH:
        raise Failed(f"it took {grown} MB")


def _give_up(*_: object) -> None:
    raise Failed(f"it was not done after {STUCK} s")


def _forget_height() -> None:
    """From here on the most memory is counted anew, where the kernel can do that."""
    with suppress(OSError):
        _CLEAR.write_text("5")


def _held(what: str) -> int:
    """Megabytes held now (VmRSS) or at most (VmHWM)."""
    try:
        line = next(line for line in _STATUS.read_text().splitlines() if line.startswith(what))
        return int(line.split()[1]) // 1024
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def run(count: int, seed: int, folder: Path) -> Counter[str]:
    """Try them all. Raises Failed with what is needed to see it again."""
    outcomes: Counter[str] = Counter()
    for place, mutant in enumerate(mutants(count, seed)):
        try:
            outcomes[try_one(mutant, folder)] += 1
        except Failed as failed:
            raise Failed(f"seed {seed}, file {place} ({mutant.kind}, {mutant.harm}): {failed}") from failed
        (folder / mutant.name).unlink(missing_ok=True)
    return outcomes


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    chosen = parser.parse_args()
    sys.stdout.write(f"seed {chosen.seed}, {chosen.count} files\n")
    sys.stdout.flush()
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, resource.getrlimit(resource.RLIMIT_AS)[1]))
    folder = Path(tempfile.mkdtemp(prefix="comptoir-fuzz-"))
    outcomes = run(chosen.count, chosen.seed, folder)
    for outcome, times in outcomes.most_common():
        sys.stdout.write(f"{times:7} {outcome}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
