"""The operator's page: processes, queues, and jobs that were given up, each with its error and a retry button."""

from litestar import Response, get, post
from litestar.response import Redirect
from litestar_htmx import HTMXRequest

from marketplace.health import health
from marketplace.kernel.database import execute, fetch, fetch_one
from marketplace.kernel.errors import NotFound
from marketplace.web.access import operator_guard
from marketplace.web.rendering import page
from tenants.scope import platform_scope


@get("/operations", guards=[operator_guard])
async def operations(request: HTMXRequest) -> Response[str]:
    well, state = await health()
    async with platform_scope("the operator's page"):
        counts = await fetch_one(
            "SELECT count(*) FILTER (WHERE done_at IS NULL AND failed_at IS NULL) AS waiting,"
            " count(*) FILTER (WHERE failed_at IS NOT NULL) AS failed,"
            " count(*) FILTER (WHERE done_at > now() - interval '1 hour') AS done_hour,"
            " min(created_at) FILTER (WHERE done_at IS NULL AND failed_at IS NULL) AS oldest FROM delivery"
        )
        troubled = await fetch(
            "SELECT d.id, d.actor, d.queue, d.attempts, d.error, d.failed_at, d.ring_at, d.created_at, t.name AS tenant"
            " FROM delivery d LEFT JOIN tenant t ON t.id = d.tenant WHERE d.done_at IS NULL AND d.error IS NOT NULL"
            " ORDER BY d.failed_at DESC NULLS LAST, d.id DESC LIMIT 50"
        )
    return page(request, "platform/operations.html", well=well, state=state, counts=counts, troubled=troubled)


@post("/operations/deliveries/{delivery:int}/retry", guards=[operator_guard])
async def retry_delivery(delivery: int) -> Redirect:
    async with platform_scope("ring a job again"):
        if not await execute(
            "UPDATE delivery SET failed_at = NULL, attempts = 0, ring_at = now() WHERE id = $1 AND done_at IS NULL",
            delivery,
        ):
            raise NotFound
    return Redirect("/operations", status_code=303)
