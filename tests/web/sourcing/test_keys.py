"""A supplier's people make keys for their own systems, see which are used, and revoke them; a feed says where to send its file."""

import html
import re

import pytest

from marketplace.kernel.database import fetch_one
from marketplace.relay import drain
from tenants.api_keys import MOST_KEYS, make_api_key
from tenants.scope import acting_as
from tests.support import feeds, world
from tests.web.api.machine import Machine
from tests.web.sourcing.desk import seated

pytestmark = pytest.mark.usefixtures("database")


def _shown(page: str) -> str:
    found = re.search(r'id="made"[^>]*>(cpt_[0-9a-f]{12}_[\w-]{43})<', page)
    assert found
    return found[1]


async def test_a_key_is_shown_once_opens_the_door_and_is_revoked():
    feed = await feeds.feed(transport="api")
    async with seated(feed.supplier) as vera:
        assert "Look after the keys" in await vera.see("/settings")
        assert "No key yet" in await vera.see("/settings/keys")
        answer = await vera.post("/settings/keys", name="Stock system")
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        key = _shown(answer.text)
        wire = Machine(vera.browser, key)
        assert (await wire.get("/api/v1/feeds")).status_code == 200
        listed = await vera.see("/settings/keys")
        assert key[:16] in listed
        assert key not in listed
        assert "Stock system" in listed
        number = re.search(r"/settings/keys/(\d+)/revocation", listed)[1]
        assert (await vera.post(f"/settings/keys/{number}/revocation")).status_code == 303
        assert "Revoked" in await vera.see("/settings/keys")
        assert (await wire.get("/api/v1/feeds")).status_code == 401


async def test_a_name_is_needed_and_taken_once():
    supplier = await world.supplier()
    async with seated(supplier) as vera:
        empty = await vera.post("/settings/keys", name=" ")
        assert empty.status_code == 422
        assert "Please fill this in." in empty.text
        await vera.post("/settings/keys", name="ERP")
        again = await vera.post("/settings/keys", name="erp")
        assert again.status_code == 422
        assert "There is a key of this name already" in again.text
        assert 'value="erp"' in again.text
        for n in range(MOST_KEYS - 1):
            await make_api_key(supplier, f"more {n}", by="Vera")
        assert (
            f"There are {MOST_KEYS} keys in use already"
            in (await vera.post("/settings/keys", name="one more")).text
        )


async def test_only_who_may_administer_looks_after_keys():
    supplier = await world.supplier()
    async with seated(supplier, "warehouse") as sam:
        assert (await sam.get("/settings/keys")).status_code == 403
        assert (await sam.post("/settings/keys", name="Mine")).status_code == 403
    merchant = await world.merchant()
    managed = await world.supplier("managed", managed_by=merchant)
    async with seated(managed) as alice:  # a merchant's own people sit in the supplier it manages
        assert (await alice.post("/settings/keys", name="Alice's script")).status_code == 200


async def test_a_feed_that_ones_own_system_sends_needs_no_file_and_shows_a_command_that_works():
    supplier = await world.supplier()
    key = await make_api_key(supplier, "ERP", by="Vera")
    async with seated(supplier) as vera:
        assert "Sent by your system (API)" in await vera.see("/feeds/new")
        made = await vera.post(
            "/feeds/new", name="From the ERP", way="api", speed="full", every_minutes="60", auth=""
        )
        assert made.status_code == 303
        async with acting_as(supplier):
            row = await fetch_one("SELECT id, transport, url, due_at FROM feed WHERE supplier = $1", supplier)
        assert made.headers["location"].endswith(f"/feeds/{row['id']}")
        assert (row["transport"], row["url"], row["due_at"]) == ("api", None, None)
        page = html.unescape(await vera.see(f"/feeds/{row['id']}"))
        address = re.search(r"curl -X POST -T feed\.csv .*?(http://\S+/files)", page, re.DOTALL)[1]
        assert address.endswith(f"/api/v1/feeds/{row['id']}/files")
        sent = await vera.browser.post(
            address, content=feeds.rows(*feeds.lamps(3)), headers={"Authorization": f"Bearer {key}"}
        )
        assert sent.status_code == 202
        await drain()
        assert "sent by API" in await vera.see(f"/feeds/{row['id']}")
        assert "From the ERP" in await vera.see("/feeds")
    assert len(await feeds.Feed(supplier, row["id"]).offers()) == 3
