"""A supplier adds a source of its offers: an address to fetch from, files it sends, or a grid it fills in by hand."""

from __future__ import annotations

from collections.abc import Mapping as Map
from typing import Any

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_value
from marketplace.kernel.errors import Invalid, NotFound
from marketplace.kernel.fetching import N_, Auth
from marketplace.kernel.vault import seal
from marketplace.sourcing.feed_settings import BY_HAND, check_settings, read_url
from marketplace.sourcing.mapping import Mapping, to_json
from tenants.audit import record
from tenants.scope import acting_as

BY_HAND_TRANSPORTS = ("upload", "api", "grid")


async def create_feed(
    supplier: int,
    name: str,
    *,
    url: str | None = None,
    transport: str = "upload",
    auth: Auth | None = None,
    speed: str = "full",
    agreement: int | None = None,
    mapping: Mapping | None = None,
    settings: Map[str, Any] | None = None,
    start: bool = True,
    by: str,
) -> int:
    """Answers the feed. With a `url` it is fetched on its schedule, the first time at once unless `start` is off.

    Without one `transport` is upload, api or grid. `agreement` makes it one merchant's price list. `settings` are the columns of
    `feed_settings.BOUNDS` and `CHOICES`, `limits` the breaker's. Raises Invalid with a message for each field, NotFound for an
    agreement of somebody else.
    """
    given = check_settings({"name": name, "speed": speed, **(settings or {})})
    if url is not None:
        transport, url, inside = read_url(url, token=auth is None)
        auth = auth or inside
    elif transport not in BY_HAND_TRANSPORTS:
        raise Invalid({"url": N_("Say where the feed is.")})
    if transport == "grid":
        given = {**BY_HAND, **given}
    given.setdefault("vanished", "keep" if speed == "stock" or agreement is not None else "zero")
    given["limits"] = json.dumps(given.get("limits", {}))
    async with acting_as(supplier):
        if agreement is not None and not await fetch_value(
            "SELECT 1 FROM agreement WHERE id = $1 AND supplier = $2", agreement, supplier
        ):
            raise NotFound
        feed = await _insert(
            supplier, given | {"transport": transport, "url": url, "agreement": agreement}, mapping, start
        )
        if auth is not None:
            await keep_credentials(feed, auth)
        await record("feed.created", who=by, subject=name, feed=feed)
    return feed


async def _insert(supplier: int, values: dict[str, Any], mapping: Mapping | None, start: bool) -> int:
    values["supplier"] = supplier
    values["due_at"] = now() if values["url"] is not None and start else None
    if mapping is not None:
        values |= {"mapping": json.dumps(to_json(mapping)), "mapping_version": 1}
    names = ", ".join(f'"{n}"' for n in values)
    places = ", ".join(f"${n}" for n in range(1, len(values) + 1))
    return int(
        await fetch_value(f"INSERT INTO feed ({names}) VALUES ({places}) RETURNING id", *values.values())
    )


async def keep_credentials(feed: int, auth: Auth | None) -> None:
    """Seal them for this feed alone, in the open scope; None forgets them."""
    sealed = seal(json.dumps(_plain(auth)), about=f"feed:{feed}") if auth is not None else None
    await execute("UPDATE feed SET credentials = $2 WHERE id = $1", feed, sealed)


def _plain(auth: Auth) -> dict[str, Any]:
    return {name: getattr(auth, name) for name in ("kind", "secret", "user", "name", "passphrase")}
