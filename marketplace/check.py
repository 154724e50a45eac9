"""The command line's door to feeds: `comptoir feed check` and `comptoir feed sync`."""

import json
import tempfile
from pathlib import Path
from typing import Any

from marketplace.kernel.database import fetch_one, fetch_value
from marketplace.kernel.fetching import FetchFailed
from marketplace.sourcing.check_feed import check_feed
from marketplace.sourcing.mapping import Mapping, from_json
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.transports import transport_for
from marketplace.sourcing.transports.shape import Source
from tenants.scope import platform_scope


async def check_source(source: str, mapping: Path | None = None) -> tuple[int, dict[str, Any]]:
    """(exit code, what to print): 0 and the reading, or 2 and `{error, line, column}`. Touches no database."""
    try:
        used = from_json(mapping.read_text()) if mapping else None  # noqa: ASYNC240  (one command, one file)
        if "://" in source:
            return 0, await _check_url(source, used)
        return 0, check_feed(Path(source), Path(source).name, mapping=used)
    except FeedRefused as refused:
        return 2, refused.as_json()
    except FetchFailed as failed:
        return 2, _refusal(failed.message.format(**failed.values), failed.code)
    except OSError as error:
        return 2, _refusal(f"{source}: {error.strerror or error}", "unreadable")


async def _check_url(source: str, mapping: Mapping | None) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        got = await transport_for(source).fetch(Source(url=source), into=Path(folder) / "feed")
        assert got.path is not None  # only a conditional request is answered "unchanged"
        name = got.final_url.split("?")[0].rsplit("/", 1)[-1]
        return check_feed(got.path, name, got.content_type or "", mapping=mapping)


def _refusal(sentence: str, code: str) -> dict[str, Any]:
    return {"error": sentence, "code": code, "line": None, "column": None}


def describe(answer: dict[str, Any]) -> str:
    """The same for a person."""
    if "error" in answer:
        where = f" (line {answer['line']}, column {answer['column']})" if answer.get("line") else ""
        return f"Refused: {answer['error']}{where}"
    lines = [
        f"{answer['format']}, {answer['encoding']}"
        + (f", delimiter {answer['delimiter']!r}" if answer["delimiter"] else ""),
        f"{answer['rows']} rows: {answer['accepted']} accepted, {answer['merged']} merged, {answer['attached']} attached,"
        f" {len(answer['rejected'])} rejected",
        *(f"  warning: {w}" for w in answer["warnings"]),
        *(f"  line {r['line']}: {r['reason']}" for r in answer["rejected"][:20]),
        "mapping: " + ", ".join(f"{ours} ← {theirs}" for ours, theirs in answer["mapping"].items()),
        *(json.dumps(offer, ensure_ascii=False, default=str) for offer in answer["sample"]),
    ]
    return "\n".join(lines)


async def sync_now(feed: int) -> dict[str, Any]:
    """Start a run of `feed` and work on it in this process. Answers the run's row."""
    from marketplace.sourcing.start_run import start_run
    from marketplace.sourcing.sync_feed import sync_feed

    async with platform_scope("find a feed's supplier"):
        supplier = await fetch_value("SELECT supplier FROM feed WHERE id = $1", feed)
    if supplier is None:
        return {"error": f"there is no feed {feed}"}
    run = await start_run(supplier, feed, trigger="hand", by="command line")
    await sync_feed(supplier, run)
    async with platform_scope("read a run"):
        row = await fetch_one(
            "SELECT id, state, rows, accepted, merged, attached, rejected, new, changed, unchanged, vanished, error,"
            " message, error_line, error_column FROM feed_run WHERE id = $1",
            run,
        )
    return row or {}
