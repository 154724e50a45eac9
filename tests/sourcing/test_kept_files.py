"""The files people send are kept while something needs them, and not longer."""

import os
import time
from pathlib import Path

import pytest

from marketplace.kernel.media import media_store
from marketplace.kernel.settings import settings
from marketplace.relay import drain
from marketplace.sourcing.begin_mapping import begin_mapping, discard_mapping
from marketplace.sourcing.drafts.draft import need_draft
from marketplace.sourcing.kept_files import sweep_files
from marketplace.sourcing.save_draft import save_draft
from marketplace.sourcing.transports import upload
from tests.support.feeds import Feed, feed, lamps, rows

pytestmark = pytest.mark.usefixtures("database")


async def kept(key: str | None) -> bool:
    assert key is not None
    return await media_store(upload.AREA).exists(key.partition(":")[2])


async def draft(vera: Feed, tmp_path: Path, content: str) -> str:
    """A draft on this file. Answers the file's key."""
    path = tmp_path / "file.csv"
    path.write_text(content)
    await begin_mapping(vera.supplier, vera.id, path=path, name="file.csv", by="Vera")
    await drain()
    return (await need_draft(vera.supplier, vera.id)).file_key or ""


def two_days_older(sha: str) -> None:
    [file] = (settings().data_dir / "media").rglob(sha)
    os.utime(file, (time.time() - 2 * 86_400,) * 2)


async def test_a_discarded_drafts_file_goes_with_it(tmp_path):
    vera = await feed()
    key = await draft(vera, tmp_path, rows(*lamps(3, brand="discarded")))
    assert await kept(key)
    await discard_mapping(vera.supplier, vera.id)
    assert not await kept(key)


async def test_a_file_that_another_supplier_or_a_run_needs_stays(tmp_path):
    vera, sven = await feed(), await feed()
    same = rows(*lamps(3, brand="shared"))
    key = await draft(vera, tmp_path, same)
    assert await draft(sven, tmp_path, same) == key
    await discard_mapping(vera.supplier, vera.id)
    assert await kept(key)
    run = await save_draft(sven.supplier, sven.id, sync=True, by="Sven")
    assert run is not None
    assert await kept(key)
    assert (await sven.work(run))["state"] == "applied"


async def test_a_file_that_was_tried_and_replaced_or_saved_without_a_run_goes(tmp_path):
    vera = await feed()
    first = await draft(vera, tmp_path, rows(*lamps(3, brand="first")))
    second = await draft(vera, tmp_path, rows(*lamps(3, brand="second")))
    assert (await kept(first), await kept(second)) == (False, True)
    await save_draft(vera.supplier, vera.id, sync=False, by="Vera")
    assert not await kept(second)


async def test_what_nobody_ever_needed_is_swept_after_a_day_and_nothing_else(tmp_path):
    vera = await feed()
    used = await draft(vera, tmp_path, rows(*lamps(2, brand="used")))
    orphans = []
    for name in ("old", "young"):
        path = tmp_path / name
        path.write_text(f"{name} {vera.id}")
        orphans.append(await upload.keep(path))
    old, young = orphans
    for key in (used, old):
        two_days_older(key.partition(":")[2])
    assert await sweep_files() >= 1
    assert (await kept(used), await kept(old), await kept(young)) == (True, False, True)
