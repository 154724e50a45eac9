"""A supplier's feeds, and the drop: its own system sends a feed's file here."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Annotated, Any

from litestar import Controller, Request, Response, get, post
from litestar.params import HeaderParameter

from marketplace.kernel.clock import now
from marketplace.sourcing.screens.feed_health import supplier_feed, supplier_feeds
from marketplace.sourcing.screens.run_report import is_archived, run_report
from marketplace.sourcing.upload_feed_file import MOST_BYTES, upload_feed_file
from marketplace.web.api.bodies import check_type, received
from marketplace.web.api.callers import key_guard
from marketplace.web.api.openapi import SendFile, may_answer
from marketplace.web.api.problems import Problem
from marketplace.web.api.shapes import Feed, Feeds, Rows, Run
from marketplace.web.api.shaping import feed_shape, run_path, run_shape
from tenants.use_api_key import Caller

SKEW = timedelta(minutes=5)  # how far another machine's clock may be ahead
OLDEST = timedelta(days=366)
POLL_SECONDS = 2
_KEY = re.compile(r"[\x21-\x7e]{1,200}")


class ApiFeeds(Controller):
    path = "/api/v1/feeds"
    guards = [key_guard]
    tags = ["feeds"]

    @get(summary="Your feeds and how they are", operation_id="listFeeds", responses=may_answer())
    async def index(self, caller: Caller) -> Feeds:
        """Every feed in use, those that want attention first."""
        return Feeds([feed_shape(row) for row in await supplier_feeds(caller.tenant, brief=True)])

    @get("/{feed:int}", summary="One feed", operation_id="readFeed", responses=may_answer("not-found"))
    async def show(self, caller: Caller, feed: int) -> Feed:
        """One of your feeds, an archived one too."""
        return feed_shape(await supplier_feed(caller.tenant, feed, brief=True))

    @post(
        "/{feed:int}/files",
        summary="Send a feed's file",
        operation_id="sendFile",
        operation_class=SendFile,
        status_code=202,
        request_max_body_size=MOST_BYTES,
        opt={"sends": True},
        responses=may_answer(
            "cut-off",
            "not-found",
            "too-slow",
            "feed-archived",
            "too-large",
            "wrong-type",
            "empty-file",
            "key-reused",
            "invalid",
            "feed-busy",
            "not-kept",
        ),
    )
    async def send(
        self,
        request: Request[Any, Any, Any],
        caller: Caller,
        feed: int,
        idempotency_key: Annotated[
            str | None,
            HeaderParameter(
                name="Idempotency-Key",
                description="Names this delivery, at most 200 visible characters. Sent again with the same file, the same run is "
                "answered and nothing is started; with another file it is refused.",
            ),
        ] = None,
        source_time: Annotated[
            str | None,
            HeaderParameter(
                name="Source-Time",
                description="What time the numbers in the file are true of, RFC 3339 with an offset, such as "
                "2026-03-01T06:00:00Z. Without it: now. What we hold with a newer time is left alone.",
            ),
        ] = None,
    ) -> Response[Run]:
        """Answered as soon as the file is kept; a worker reads it. Ask at `Location` how that went."""
        if await is_archived(caller.tenant, feed):
            raise Problem("feed-archived")
        check_type(request)
        said = _headers(idempotency_key, source_time)
        async with received(request) as file:
            run = await upload_feed_file(
                caller.tenant, feed, file.path, file.name, by=caller.name, trigger="api", **said
            )
        report = await run_report(caller.tenant, run)
        return Response(
            run_shape(report, Rows([], None), caller.slug),
            status_code=202,
            headers={
                "Location": run_path(run),
                "Retry-After": str(POLL_SECONDS),
                "Cache-Control": "no-store",
            },
        )


def _headers(idempotency_key: str | None, source_time: str | None) -> dict[str, Any]:
    """Raises Problem that names each header that is not as it must be."""
    wrong: dict[str, str] = {}
    if idempotency_key is not None and not _KEY.fullmatch(idempotency_key):
        wrong["Idempotency-Key"] = "This must be 1 to 200 visible ASCII characters."
    moment = _moment(source_time, wrong) if source_time is not None else None
    if wrong:
        raise Problem("invalid", errors=wrong)
    return {"request_key": idempotency_key, "source_time": moment}


def _moment(text: str, wrong: dict[str, str]) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        wrong["Source-Time"] = "This must be RFC 3339 with an offset, such as 2026-03-01T06:00:00Z."
    elif moment > now() + SKEW:
        wrong["Source-Time"] = "This is in the future: is the clock right, and the offset?"
    elif moment < now() - OLDEST:
        wrong["Source-Time"] = "This is more than a year ago."
    else:
        return moment
    return None
