"""The job broker: PostgreSQL in the same database by default, Redis or RabbitMQ by BROKER_URL.

Jobs ride on `delivery` rows (see outbox): a message carries the delivery's id and the tenant in its options; when the job
ends well the row is ticked off. Each class of queue has its own worker processes, so that an import never stands before
an order's routing.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import dramatiq
from dramatiq import Broker
from dramatiq.middleware import AsyncIO, CurrentMessage, ShutdownNotifications, TimeLimit

from marketplace.kernel.settings import settings

#: worker class -> queues it drains
QUEUES: dict[str, tuple[str, ...]] = {
    "orders": ("orders", "mail"),
    "catalogue": ("catalogue",),
    "feeds": ("feeds",),
    "looks": ("looks",),  # what somebody waits for at a screen: never behind a sync
    "media": ("media",),
}


class Job:
    """An actor, declared where its use case lives and bound to a broker by the two places of assembly."""

    def __init__(self, fn: Callable[..., Awaitable[Any]], queue: str, lease_seconds: int) -> None:
        self.fn, self.queue, self.lease_seconds = fn, queue, lease_seconds
        self.name = f"{fn.__module__.removeprefix('marketplace.').removesuffix('.jobs')}.{fn.__name__}"
        self.__doc__ = fn.__doc__


JOBS: dict[str, Job] = {}


def job(queue: str, *, lease_seconds: int = 300) -> Callable[[Callable[..., Awaitable[Any]]], Job]:
    """Declare an actor on `queue`. It takes ids by name, calls one use case, and may run twice: it is rung again when
    it fails, or `lease_seconds` after it started and was not heard of."""

    def declare(fn: Callable[..., Awaitable[Any]]) -> Job:
        made = Job(fn, queue, lease_seconds)
        JOBS[made.name] = made
        return made

    return declare


def make_broker(extra: list[dramatiq.Middleware], *, queues: int = 0) -> Broker:
    """A broker with our middleware. `queues` is how many a worker drains; a relay drains none and only sends."""
    middleware = [
        TimeLimit(time_limit=3_600_000),
        ShutdownNotifications(),
        CurrentMessage(),
        AsyncIO(),
        *extra,
    ]
    url = settings().broker_url
    broker: Broker
    if url.startswith(("redis://", "rediss://")):
        from dramatiq.brokers.redis import RedisBroker

        broker = RedisBroker(
            url=url, middleware=middleware, heartbeat_timeout=10_000, maintenance_chance=100_000
        )
    elif url.startswith("amqp"):
        from dramatiq.brokers.rabbitmq import RabbitmqBroker

        broker = RabbitmqBroker(url=url, middleware=middleware)
    else:
        from dramatiq_postgres import PostgresBroker

        broker = PostgresBroker(
            pool=_pool(broker_connections(queues)),
            results=False,
            listen=queues > 0,
            heartbeat_interval=3,
            heartbeat_ttl=8,
            maintenance_interval=3,
            poll_interval=1.0,
            middleware=middleware,
        )  # a killed worker's messages are back within 16 s (its defaults: a minute and a half)
    return broker


SPARE = 3  # connections that acknowledge and send while every consumer holds its own


def broker_connections(queues: int) -> int:
    """The most a process that drains so many queues keeps for the broker.

    A consumer keeps one for as long as it lives, and each queue has two (its own and its delayed one); the listener keeps
    another. With fewer the worker waits for itself.
    """
    return 2 * queues + 1 + SPARE


def _pool(size: int) -> Any:
    """Connections that work as the platform role: the runtime role cannot read another tenant's jobs."""
    from psycopg_pool import ConnectionPool

    return ConnectionPool(
        settings().database_url,
        min_size=1,
        max_size=size,
        open=True,
        kwargs={"options": "-c role=comptoir_platform"},
    )


Runner = Callable[[Job, dict[str, Any]], Awaitable[None]]


def bind(broker: Broker, run: Runner) -> dict[str, dramatiq.Actor[..., Any]]:
    """Make Dramatiq actors of every declared job; each runs through `run`, which knows tenants and deliveries."""
    dramatiq.set_broker(broker)
    return {name: _actor(broker, made, run) for name, made in JOBS.items()}


def _actor(broker: Broker, made: Job, run: Runner) -> dramatiq.Actor[..., Any]:
    async def perform(**args: Any) -> None:
        await run(made, args)

    declare = dramatiq.actor(actor_name=made.name, queue_name=made.queue, broker=broker)
    return declare(perform)
