"""How the reading of a file went: asked again and again by the machine that sent it."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from litestar import Controller, Response, get
from litestar.params import Parameter

from marketplace.sourcing.screens.run_report import Place, issues_by_line, run_report
from marketplace.web.api.callers import key_guard
from marketplace.web.api.feeds import POLL_SECONDS
from marketplace.web.api.openapi import may_answer
from marketplace.web.api.problems import Problem
from marketplace.web.api.shapes import Rows, Run
from marketplace.web.api.shaping import rows_shape, run_shape
from tenants.use_api_key import Caller

_PLACE = re.compile(r"(\d{1,15})\.(\d{1,18})")
FIRST_ROWS = 50


class ApiRuns(Controller):
    path = "/api/v1/runs"
    guards = [key_guard]
    tags = ["runs"]

    @get("/{run:int}", summary="How a run went", operation_id="readRun", responses=may_answer("not-found"))
    async def show(self, caller: Caller, run: int) -> Response[Run]:
        """State, counts, why it is held or failed, and the first rejected rows. A run that found nothing new is kept for three days."""
        report = await run_report(caller.tenant, run)
        rejected = rows_shape(
            run,
            "rejected",
            FIRST_ROWS,
            *await issues_by_line(caller.tenant, run, "rejected", most=FIRST_ROWS),
        )
        shape = run_shape(report, rejected, caller.slug)
        headers = {"Cache-Control": "no-store"}
        if not shape.ended:
            headers["Retry-After"] = str(POLL_SECONDS)
        return Response(shape, headers=headers)

    @get(
        "/{run:int}/rows",
        summary="A run's rejected rows, or its remarks",
        operation_id="listRows",
        responses=may_answer("not-found", "invalid"),
    )
    async def rows(
        self,
        caller: Caller,
        run: int,
        kind: Literal["rejected", "warning"] = "rejected",
        after: Annotated[
            str,
            Parameter(description="Where to go on, as `next_url` has it: line.id, in the order of the file."),
        ] = "",
        limit: Annotated[int, Parameter(ge=1, le=500)] = 100,
    ) -> Rows:
        """In the order of the file. A run keeps its first 5,000."""
        place = _place(after)
        await run_report(caller.tenant, run)
        return rows_shape(
            run, kind, limit, *await issues_by_line(caller.tenant, run, kind, after=place, most=limit)
        )


def _place(text: str) -> Place | None:
    """Raises Problem."""
    if not text:
        return None
    found = _PLACE.fullmatch(text)
    if found is None:
        raise Problem("invalid", errors={"after": "This is not as a `next_url` had it."})
    return int(found[1]), int(found[2])
