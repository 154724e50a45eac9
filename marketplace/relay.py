"""From outbox to broker: events become deliveries, deliveries are rung until they are done."""

import asyncio
import contextlib
import logging
from typing import Any

import dramatiq

from marketplace.kernel import json
from marketplace.kernel.database import engine, execute, fetch
from marketplace.kernel.outbox import CHANNEL
from marketplace.reactions import REACTIONS
from tenants.scope import platform_scope

logger = logging.getLogger(__name__)
BATCH = 200
LOST_AFTER_SECONDS = 120  # rung, and never started: ring again


async def relay_forever(broker: dramatiq.Broker) -> None:
    """Drain on every ring, and every second in case one was missed."""
    rung = asyncio.Event()
    pool = engine().pool
    assert pool is not None, "start the pool first"

    def ring(*_: object) -> None:
        rung.set()

    async with pool.acquire() as listener:
        await listener.add_listener(CHANNEL, ring)
        try:
            await _drain_at_each(rung, broker)
        finally:
            await listener.remove_listener(CHANNEL, ring)


async def _drain_at_each(rung: asyncio.Event, broker: dramatiq.Broker) -> None:
    while True:
        try:
            while await relay(broker):
                pass
        except Exception:
            logger.exception("relay failed; the outbox is untouched")
            await asyncio.sleep(1)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(rung.wait(), 1.0)
        rung.clear()


async def relay(broker: dramatiq.Broker) -> int:
    """One pass. Answers how many messages were sent."""
    async with platform_scope("relay the outbox"):
        await _expand()
        due = await fetch(
            "SELECT id, actor, queue, tenant, args FROM delivery WHERE done_at IS NULL AND failed_at IS NULL"
            " AND ring_at <= now() ORDER BY ring_at LIMIT $1 FOR UPDATE SKIP LOCKED",
            BATCH,
        )
        if due:
            await execute(
                "UPDATE delivery SET rung_at = now(), ring_at = now() + make_interval(secs => $2) WHERE id = ANY($1)",
                [d["id"] for d in due],
                float(LOST_AFTER_SECONDS),
            )
    for delivery in due:  # after commit: a message is never ahead of its row
        await asyncio.to_thread(broker.enqueue, message(delivery))
    return len(due)


def message(delivery: dict[str, Any]) -> dramatiq.Message[Any]:
    return dramatiq.Message(
        queue_name=delivery["queue"],
        actor_name=delivery["actor"],
        args=(),
        kwargs=json.loads(delivery["args"]),
        options={"tenant": delivery["tenant"], "delivery": delivery["id"]},
    )


async def _expand() -> None:
    events = await fetch(
        "SELECT id, event, payload FROM outbox WHERE relayed_at IS NULL ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED",
        BATCH,
    )
    for event in events:
        payload = json.loads(event["payload"])
        for reaction in REACTIONS.get(event["event"], []):
            await execute(
                "INSERT INTO delivery (outbox, actor, queue, tenant, args) VALUES ($1, $2, $3, $4, $5::jsonb)"
                " ON CONFLICT DO NOTHING",
                event["id"],
                reaction.job.name,
                reaction.job.queue,
                reaction.tenant(payload),
                json.dumps(reaction.arguments(payload)),
            )
    if events:
        await execute("UPDATE outbox SET relayed_at = now() WHERE id = ANY($1)", [e["id"] for e in events])


async def drain(*, but: tuple[str, ...] = ()) -> int:
    """Run everything due in this process, without a broker, until nothing is left: for the seed and for tests.

    Queues in `but` are left to the workers. Answers how many jobs ran. A failing job raises JobFailed.
    """
    from marketplace.kernel.broker import JOBS
    from tenants.jobs import perform

    ran = 0
    while True:
        async with platform_scope("drain the outbox"):
            await _expand()
            due = await fetch(
                "SELECT id, actor, tenant, args FROM delivery WHERE done_at IS NULL AND failed_at IS NULL"
                " AND ring_at <= now() AND queue <> ALL($2) ORDER BY id LIMIT $1",
                BATCH,
                list(but),
            )
        if not due:
            return ran
        for d in due:
            if not await perform(
                JOBS[d["actor"]], json.loads(d["args"]), tenant=d["tenant"], delivery=d["id"]
            ):
                raise JobFailed(d["actor"], await _error(d["id"]))
            ran += 1


class JobFailed(RuntimeError):
    """A job raised while the outbox was drained in this process."""


async def _error(delivery: int) -> str:
    async with platform_scope("read a job's error"):
        [row] = await fetch("SELECT error FROM delivery WHERE id = $1", delivery)
    return str(row["error"])
