"""How fast a feed is synced, beside a floor measured in the same run: the same rows parsed and COPYed into a table with the same
columns, keys and indexes. One JSON line each: name, value, unit, floor, ratio, bound.

    BENCH_SCALE=1000000 python bench/feeds.py

The number of rows is BENCH_SCALE (100,000 unless said; a run has a fixed quarter of a second, which weighs the less the more rows
there are), BENCH_ROUNDS the rounds whose median is taken (3).
"""

import asyncio
import csv
import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._feed_files import write_csv, write_rss, write_stock
from bench._feed_lab import Lab, lab
from bench._feed_live import live_cases

SCALE = int(os.environ.get("BENCH_SCALE", "100000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
ONLY = os.environ.get("BENCH_ONLY", "")
MEMORY_MB = 300
_COLUMNS = ("id", "supplier", "feed", "sku", "title", "description", "brand", "gtin", "gtin_valid", "mpn", "category", "price_e4",
            "currency", "quantity", "sells_up_to", "weight_g", "images", "link")  # fmt: skip


def say(
    name: str, value: float, unit: str, *, floor: float | None = None, bound: float | None, **more: object
) -> None:
    """One line. `bound` is of the ratio to the floor, or of the value where there is none; None for what others are measured by."""
    ratio = round(value / floor, 3) if floor else None
    print(json.dumps({"name": name, "value": round(value, 3), "unit": unit, "floor": round(floor, 3) if floor else None,
                      "ratio": ratio, "bound": bound, "rows": SCALE, **more}), flush=True)  # fmt: skip


def parsed(path: Path) -> Iterator[tuple[object, ...]]:
    """The least that reading can be: csv, and numbers made of the numbers."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        for n, r in enumerate(reader, start=1):
            stock = int(r[9])
            yield (n, 1, 1, r[0], r[1], r[2], r[3], r[4], r[4], r[5], r[6], int(r[7].replace(".", "")) * 100, r[8], stock, stock,
                   int(r[10].replace(".", "")), (r[11],), r[12])  # fmt: skip


def floor(at: Lab, path: Path) -> float:
    """Seconds to parse the file and COPY it into a table like `offer`, indexes and keys included."""
    import asyncpg

    async def copy() -> float:
        owner = await asyncpg.connect(at.owner_url)
        try:
            await owner.execute("DROP TABLE IF EXISTS floor_offer")
            await owner.execute("CREATE TABLE floor_offer (LIKE offer INCLUDING ALL)")
            began = time.perf_counter()
            await owner.copy_records_to_table("floor_offer", records=parsed(path), columns=_COLUMNS)
            took = time.perf_counter() - began
            await owner.execute("DROP TABLE floor_offer")
            return took
        finally:
            await owner.close()

    return asyncio.run(copy())


def rounds(of: str) -> Iterator[int]:
    if not ONLY or of in ONLY.split(","):
        yield from range(ROUNDS)


def median(values: list[float]) -> float:
    return statistics.median(values)


def csv_cases(at: Lab) -> None:
    """New, one in a hundred changed, unchanged, stock only, and the most memory one of them took."""
    full, changed = (
        write_csv(at.files / "full.csv", SCALE),
        write_csv(at.files / "changed.csv", SCALE, changed=True),
    )
    stock, moved = (
        write_stock(at.files / "stock.csv", SCALE),
        write_stock(at.files / "moved.csv", SCALE, changed=True),
    )
    took: dict[str, list[float]] = {name: [] for name in ("floor", "new", "changed", "same", "stock")}
    peak = 0.0
    for n in rounds("csv"):
        took["floor"].append(floor(at, full))
        supplier = at.supplier(f"bench-{n}")
        feed = at.feed(supplier, full.name)
        quick = at.feed(supplier, stock.name, speed="stock", vanished="keep")
        for name, which, file in (("new", feed, full), ("same", feed, full), ("changed", feed, changed), ("first stock", quick, stock),
                                  ("stock", quick, moved)):  # fmt: skip
            at.point(which, file.name)
            measured = at.sync(supplier, which)
            assert measured.state in ("applied", "unchanged"), measured
            peak = max(peak, measured.peak_mb)
            if name in took:
                took[name].append(measured.seconds)
            print(f"  {name}: {measured}", file=sys.stderr)
        at.owner("TRUNCATE offer, offer_change CASCADE")
    if not took["floor"]:
        return
    least = median(took["floor"])
    say("csv_new", median(took["new"]), "s", floor=least, bound=2.5)
    say("csv_one_percent_changed", median(took["changed"]), "s", floor=least, bound=0.8)
    say("csv_unchanged", median(took["same"]), "s", floor=least, bound=0.1)
    say("csv_stock_only", median(took["stock"]), "s", floor=least, bound=0.5)
    say("peak_memory_stock_run", peak, "MB", bound=MEMORY_MB)


def main() -> None:
    with lab() as at:
        csv_cases(at)
        rss_case(at)
        memory_cases(at)
        if not ONLY or "live" in ONLY.split(","):
            live_cases(at, say)


def rss_case(at: Lab) -> None:
    """Google's RSS, against a bare parse of it and what the database took of the same rows' run as CSV, in the same round.

    Beside it `of_floor`, the ratio to something harsher: the bare parse and the floor's COPY without its parsing.
    """
    path, twin = write_rss(at.files / "feed.xml", SCALE), write_csv(at.files / "twin.csv", SCALE)
    least: list[float] = []
    harsh: list[float] = []
    took: list[float] = []
    for n in rounds("rss"):
        parse = bare_parse(path)
        harsh.append(parse + floor(at, twin) - bare_rows(twin))
        runs = {}
        for name in (twin.name, path.name):
            supplier = at.supplier(f"{Path(name).stem}-{n}")
            runs[name] = at.sync(supplier, at.feed(supplier, name))
            assert runs[name].state == "applied", runs[name]
            print(f"  rss, {name}: {runs[name]}", file=sys.stderr)
            at.owner("TRUNCATE offer, offer_change CASCADE")
        least.append(parse + runs[twin.name].detail["database"])
        took.append(runs[path.name].seconds)
    if took:
        of_floor = round(median(took) / median(harsh), 3)
        say("google_rss_new", median(took), "s", floor=median(least), bound=2.0, of_floor=of_floor)


def bare_rows(path: Path) -> float:
    """What the floor's parsing alone takes: the rest of it is the database's."""
    began = time.perf_counter()
    for _ in parsed(path):
        pass
    return time.perf_counter() - began


def memory_cases(at: Lab) -> None:
    """The most memory a first import and a changed file took, at a hundredth and a tenth of the rows too."""
    if ONLY and "memory" not in ONLY.split(","):
        return
    for share in (100, 10, 1):
        count = max(SCALE // share, 1000)
        path, other = (
            write_csv(at.files / "some.csv", count),
            write_csv(at.files / "other.csv", count, changed=True),
        )
        feed = write_rss(at.files / "some.xml", count)
        supplier, second = at.supplier(f"memory-{share}"), at.supplier(f"memory-rss-{share}")
        which = at.feed(supplier, path.name)
        peaks = [at.sync(supplier, which).peak_mb]
        at.point(which, other.name)
        peaks += [at.sync(supplier, which).peak_mb, at.sync(second, at.feed(second, feed.name)).peak_mb]
        say(
            "peak_memory",
            max(peaks),
            "MB",
            bound=MEMORY_MB,
            of_rows=count,
            new=peaks[0],
            changed=peaks[1],
            rss=peaks[2],
        )
        at.owner("TRUNCATE offer, offer_change CASCADE")


def bare_parse(path: Path) -> float:
    from lxml import etree

    began = time.perf_counter()
    for _, item in etree.iterparse(
        path, tag="item", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    ):
        item.clear()
        while item.getprevious() is not None:
            del item.getparent()[0]
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
