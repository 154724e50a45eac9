"""Every file of a folder of real feeds, read as `comptoir feed check` reads it: a table of what came out.

    python -m bench.corpus [FOLDER]

The folder is the argument, else `COMPTOIR_FEEDS`, else `../shared/feeds` from the project's root. Where it has a MANIFEST.tsv its
files are those listed there, and rows that differ from what it says are marked.
"""

from __future__ import annotations

import csv
import os
import sys
import time
from pathlib import Path

from marketplace.sourcing.check_feed import check_feed
from marketplace.sourcing.reading.errors import FeedRefused

ROOT = Path(__file__).resolve().parents[1]
COLUMNS = (
    "file",
    "format",
    "rows",
    "accepted",
    "merged",
    "attached",
    "rejected",
    "offers",
    "seconds",
    "remark",
)


def folder() -> Path:
    """Where the corpus lies."""
    if len(sys.argv) > 1:
        return Path(sys.argv[1])
    return Path(os.environ.get("COMPTOIR_FEEDS") or ROOT.parent / "shared/feeds")


def files(base: Path) -> list[tuple[str, str]]:
    """(path below the folder, rows by the manifest or "")."""
    manifest = base / "MANIFEST.tsv"
    if not manifest.exists():
        return [(str(path.relative_to(base)), "") for path in sorted(base.rglob("*")) if path.is_file()]
    with manifest.open(encoding="utf-8", newline="") as lines:
        return [(row["file"], row["rows"]) for row in csv.DictReader(lines, delimiter="\t")]


def line(base: Path, name: str, expected: str) -> tuple[str, ...]:
    """One file's row of the table."""
    start = time.monotonic()
    try:
        found = check_feed(base / name)
    except FeedRefused as refused:
        place = f" (line {refused.line}, column {refused.column})" if refused.line else ""
        return (name, "refused", *[""] * 6, f"{time.monotonic() - start:.1f}", f"{refused.error}{place}")
    counts = [
        found["rows"],
        found["accepted"],
        found["merged"],
        found["attached"],
        len(found["rejected"]),
        found["offers"],
    ]
    remark = f"manifest: {expected}" if expected and str(found["rows"]) != expected else ""
    return (name, found["format"], *map(str, counts), f"{time.monotonic() - start:.1f}", remark)


def main() -> int:
    base = folder()
    if not base.is_dir():
        print(f"There is no corpus at {base}; set COMPTOIR_FEEDS")
        return 0
    print("\t".join(COLUMNS))
    for name, expected in files(base):
        print("\t".join(line(base, name, expected)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
