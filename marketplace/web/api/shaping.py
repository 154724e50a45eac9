"""From what the screens read to what the API answers with, addresses included."""

from __future__ import annotations

from typing import Any

from marketplace.sourcing.screens.feed_health import AT_WORK, FeedRow, RunBrief
from marketplace.sourcing.screens.run_report import Place
from marketplace.web.api.shapes import Counts, Failure, Feed, File, HeldBecause, Row, Rows, Run, RunRef
from marketplace.web.staff.sourcing import labels

V1 = "/api/v1"


def feed_shape(row: FeedRow) -> Feed:
    return Feed(
        id=row.id,
        name=row.name,
        speed=row.speed,
        comes_by=row.transport,
        health=row.health,
        enabled=row.enabled,
        confirmed_at=row.confirmed_at,
        stale_after_hours=row.stale_after_hours,
        stop_after_hours=row.stop_after_hours,
        url=f"{V1}/feeds/{row.id}",
        files_url=files_path(row.id),
        last_run=run_ref(row.last) if row.last else None,
    )


def run_ref(run: RunBrief) -> RunRef:
    return RunRef(
        id=run.id,
        state=run.state,
        trigger=run.trigger,
        created_at=run.created_at,
        finished_at=run.finished_at,
        rows=run.rows,
        rejected=run.rejected,
        url=run_path(run.id),
    )


def run_shape(run: dict[str, Any], rejected: Rows, slug: str) -> Run:
    """`run` as `run_report` gives it."""
    failed = run["state"] == "failed"
    failure = Failure(
        run["error"] or "internal", run["message"] or "", run["error_line"], run["error_column"]
    )
    return Run(
        **{name: run[name] for name in ("id", "feed", "state", "trigger", "started_by", "created_at")},
        **{name: run[name] for name in ("started_at", "finished_at", "source_time", "phase")},
        ended=run["state"] not in AT_WORK,
        file=File(run["file_name"], run["bytes"] or None, run["sha"] or _digest(run["file_key"])),
        rows_so_far=run["done_rows"],
        counts=Counts(**{name: run[name] for name in Counts.__struct_fields__}),
        message=None if failed else run["message"],
        failure=failure if failed else None,
        held_because=[_held(reason) for reason in run["reasons"]],
        columns=run["columns"],
        rejected=rejected,
        url=run_path(run["id"]),
        feed_url=f"{V1}/feeds/{run['feed']}",
        page_url=f"/portal/{slug}/feeds/{run['feed']}/runs/{run['id']}",
    )


def rows_shape(run: int, kind: str, limit: int, rows: list[dict[str, Any]], after: Place | None) -> Rows:
    query = f"kind={kind}&limit={limit}"
    following = f"{run_path(run)}/rows?{query}&after={after[0]}.{after[1]}" if after else None
    return Rows([Row(r["id"], r["line"], r["sku"], r["reason"], r["raw"]) for r in rows], following)


def run_path(run: int) -> str:
    return f"{V1}/runs/{run}"


def files_path(feed: int) -> str:
    return f"{V1}/feeds/{feed}/files"


def _digest(file_key: str | None) -> str | None:
    return file_key.partition(":")[2] or None if file_key else None


def _held(reason: dict[str, Any]) -> HeldBecause:
    said = {name: reason[name] for name in ("alarm", "count", "of", "share_bp", "limit_bp")}
    sentence = labels.ALARM[reason["alarm"]].format(
        count=f"{reason['count']:,}",
        of=f"{reason['of']:,}",
        share=f"{reason['share_bp'] / 100:g}%",
        limit=f"{reason['limit_bp'] / 100:g}%",
    )
    hint = labels.HINT.get(reason.get("hint") or "")
    return HeldBecause(**said, detail=f"{sentence} {hint}" if hint else sentence)
