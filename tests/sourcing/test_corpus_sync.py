"""Real files, served over HTTP and synced: every record is accounted for, as `comptoir feed check` says. Skipped where the corpus does
not lie beside the project."""

import csv
import os
from pathlib import Path

import pytest

from tests.sourcing.test_check_agrees import differences
from tests.support.feeds import feed
from tests.support.loopback import answer, saying, serving

pytestmark = pytest.mark.usefixtures("database")
CORPUS = Path(os.environ.get("COMPTOIR_FEEDS", Path(__file__).resolve().parents[3] / "shared/feeds"))
SKIP = {"edifact", "x12", "opentrans"}  # orders and invoices are among them
FOLDERS = ("google-rss", "shopify-csv", "heureka-xml", "supplier-csv", "woocommerce-csv", "json-custom", "jsonl", "xlsx", "skroutz-xml",
           "trovaprezzi-xml", "facebook-csv", "prestashop-csv", "awin-csv", "gz-csv", "yml")  # fmt: skip
PER_FOLDER = 2
MOST_BYTES = 1_000_000


def chosen() -> list[tuple[str, int]]:
    """Up to two files of each folder, the ones with the most records that are not too large for a quick test."""
    if not (CORPUS / "MANIFEST.tsv").exists():
        return []
    with (CORPUS / "MANIFEST.tsv").open(encoding="utf-8") as file:
        listed = [
            r for r in csv.DictReader(file, delimiter="\t") if r["rows"].isdigit() and int(r["rows"]) > 0
        ]
    files: list[tuple[str, int]] = []
    for folder in FOLDERS:
        fit = [r for r in listed if r["file"].startswith(f"{folder}/") and int(r["bytes"]) < MOST_BYTES]
        fit.sort(key=lambda r: -int(r["rows"]))
        files += [(r["file"], int(r["rows"])) for r in fit[:PER_FOLDER]]
    return files


@pytest.mark.skipif(not chosen(), reason="the corpus of real feeds is not here")
async def test_real_feeds_are_synced_with_every_record_accounted_for(monkeypatch):
    wrong, applied = [], []
    for name, records in chosen():
        body = (CORPUS / name).read_bytes()
        async with serving(saying(answer(200, body))) as server:
            monkeypatch.setenv("FETCH_ALLOW", f"127.0.0.1:{server.port}")
            vera = await feed(
                transport="http", url=server.url("/" + name.rsplit("/", 1)[-1].replace(" ", "_"))
            )
            run = await vera.fetch()
        if (
            run["error"] == "needs_mapping"
        ):  # a table without titles is no catalogue until a person says what it is
            continue
        applied.append(name)
        summed = run["accepted"] + run["merged"] + run["attached"] + run["rejected"]
        if run["state"] != "applied" or run["rows"] != records or summed != records:
            wrong.append((name, records, run["state"], run["rows"], summed, run["error"], run["message"]))
        wrong += await differences(vera, run, CORPUS / name)
    assert wrong == []
    assert len(applied) >= 15
    assert len({name.split("/")[0] for name in applied}) >= 8
