"""A feed's settings, changed; paused, resumed."""

from __future__ import annotations

from typing import Any

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_one
from marketplace.kernel.errors import Invalid, NotFound
from marketplace.kernel.fetching import N_, Auth
from marketplace.kernel.vault import NoSecretKey, SecretUnreadable, open_sealed
from marketplace.sourcing.create_feed import keep_credentials
from marketplace.sourcing.feed_settings import BOUNDS, CHOICES, check_settings, read_url, same_server
from tenants.audit import record
from tenants.scope import acting_as

ANOTHER_SERVER = N_(
    "This address leads to another server: enter the sign-in again, or say that there is none."
)
NAMES = frozenset({"name", "limits", "enabled", *BOUNDS, *CHOICES}) - {"speed"}


async def change_feed(
    supplier: int,
    feed: int,
    *,
    url: str | None = None,
    auth: Auth | None = None,
    forget_auth: bool = False,
    forget_host_key: bool = False,
    by: str,
    **settings: Any,
) -> None:
    """Change what is given: `url`, credentials, `enabled`, and the settings of `feed_settings`. Raises NotFound, Invalid.

    Another address is another file: nothing of the last one is remembered, and it is fetched at once when the feed is on. Another
    server is not shown the stored sign-in: whoever types its address would read there what nobody may read here. `forget_host_key`
    trusts the key an SFTP server shows next.
    """
    given = check_settings({k: v for k, v in settings.items() if k in NAMES})
    if "limits" in given:
        given["limits"] = json.dumps(given["limits"])
    async with acting_as(supplier):
        row = await fetch_one(
            "SELECT url, credentials, content_stands FROM feed WHERE id = $1 AND archived_at IS NULL FOR NO KEY UPDATE",
            feed,
        )
        if row is None:
            raise NotFound
        if url is not None:
            kept = row["credentials"] if auth is None and not forget_auth else None
            given["transport"], given["url"], inside = read_url(
                url, token=auth is None and _takes_token(kept, feed)
            )
            auth = auth or inside
            if given["url"] != row["url"]:
                given |= {"etag": None, "last_modified": None, "due_at": now()}
                if row[
                    "content_stands"
                ]:  # what a person dropped or undid is not wanted from elsewhere either
                    given["content_sha"] = None
            if not same_server(row["url"], given["url"]):
                if row["credentials"] is not None and auth is None and not forget_auth:
                    raise Invalid({"auth": ANOTHER_SERVER})
                forget_host_key = True
        if forget_host_key:
            given["host_key"] = None
        if auth is not None or forget_auth:
            await keep_credentials(feed, auth)
        for name, value in given.items():
            await execute(f'UPDATE feed SET "{name}" = $2 WHERE id = $1', feed, value)
        await record("feed.changed", who=by, subject=str(feed), fields=sorted(given))


def _takes_token(kept: str | None, feed: int) -> bool:
    """Whether a token in the address may take the place of the sign-in that is kept: of none, or of another token."""
    if kept is None:
        return True
    try:
        return bool(json.loads(open_sealed(kept, about=f"feed:{feed}"))["kind"] == "query")
    except (SecretUnreadable, NoSecretKey):
        return True
