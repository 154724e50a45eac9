"""A key opens its own tenant's things and no others, as long as nobody revokes it, and not too often."""

import json
from datetime import timedelta

import pytest

from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch, fetch_one, fetch_value
from marketplace.kernel.signing import sign
from tenants.accept_invitation import accept_as_new
from tenants.api_keys import api_keys_of, make_api_key, revoke_api_key
from tenants.scope import acting_as, platform_scope
from tenants.use_api_key import MOST_ASKED, MOST_SENT
from tests.support import feeds, world
from tests.support.browser_free import client, door
from tests.web.api.machine import Machine, code, machine

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize(
    "sent",
    [None, "", "Bearer", "Bearer ", "Basic dmVyYTpzZWNyZXQ=", "bearer nonsense", "Bearer cpt_000000000000_" + "A" * 43,
     "Bearer cpt_\x00", "Bearer " + "x" * 5_000],
)  # fmt: skip
async def test_without_a_key_of_ours_nothing_is_said(sent):
    async with client() as nobody:
        answer = await nobody.get(
            "/api/v1/feeds", headers={"Authorization": sent} if sent is not None else {}
        )
    assert answer.status_code == 401
    assert code(answer)[1] in ("no-key", "bad-key")
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert "set-cookie" not in answer.headers


async def test_one_wrong_letter_of_the_secret_opens_nothing():
    supplier = await world.supplier()
    key = await make_api_key(supplier, "ERP", by="Vera")
    async with client() as wire:
        assert (await Machine(wire, key).get("/api/v1/feeds")).status_code == 200
        wrong = key[:-1] + ("A" if key[-1] != "A" else "B")
        assert code(await Machine(wire, wrong).get("/api/v1/feeds")) == (401, "bad-key")
        assert code(await wire.get("/api/v1/feeds", params={"key": key})) == (401, "no-key")


async def test_only_a_hash_of_the_key_is_kept_and_the_trail_says_who_made_it():
    supplier = await world.supplier()
    key = await make_api_key(supplier, "ERP", by="Vera")
    async with acting_as(supplier):
        row = await fetch_one("SELECT * FROM api_key WHERE tenant = $1", supplier)
        trail = await fetch(
            "SELECT action, person, subject, detail::text FROM audit_event WHERE tenant = $1", supplier
        )
    secret = key.removeprefix(row["prefix"])
    assert len(secret) > 40
    assert secret not in str(row) + str(trail)
    assert [(e["action"], e["person"], e["subject"]) for e in trail] == [("api_key.made", "Vera", "ERP")]


async def test_a_revoked_key_opens_nothing_and_a_closed_account_has_no_key():
    supplier = await world.supplier()
    async with machine(supplier) as vera:
        assert (await vera.get("/api/v1/feeds")).status_code == 200
        (known,) = await api_keys_of(supplier)
        await revoke_api_key(supplier, known["id"], by="Vera")
        assert code(await vera.get("/api/v1/feeds")) == (401, "bad-key")
    async with machine(supplier) as vera:
        async with platform_scope("close it"):
            await execute("UPDATE tenant SET closed_at = now() WHERE id = $1", supplier)
        assert code(await vera.get("/api/v1/feeds")) == (401, "bad-key")


async def test_a_supplier_that_takes_over_its_account_ends_the_keys_of_who_looked_after_it():
    merchant = await world.merchant()
    supplier = await world.supplier("managed", managed_by=merchant)
    async with machine(supplier) as alice:
        assert (await alice.get("/api/v1/feeds")).status_code == 200
        invitation = await world.insert(
            "invitation", tenant=supplier, email=f"{world.unique('nora')}@north.example", role="owner",
            purpose="claim_managed", invited_by="Alice", expires_at=now() + timedelta(days=1),
        )  # fmt: skip
        await accept_as_new(sign("invitation", supplier, invitation), "Nora", "correct horse battery", "en")
        assert code(await alice.get("/api/v1/feeds")) == (401, "bad-key")
    async with acting_as(supplier):
        said = await fetch_value("SELECT count(*) FROM audit_event WHERE action = 'api_key.revoked'")
    assert said == 1


async def test_when_a_key_was_last_used_is_known_to_the_minute_and_not_written_each_time():
    supplier = await world.supplier()
    async with machine(supplier) as vera:
        assert (await api_keys_of(supplier))[0]["last_used_at"] is None
        await vera.get("/api/v1/feeds")
        first = await _version(supplier)
        for _ in range(5):
            await vera.get("/api/v1/feeds")
        used = (await api_keys_of(supplier))[0]["last_used_at"]
        versions = {first, await _version(supplier)}
    assert used.second == 0
    assert len(versions) <= 2  # the second one only when the minute turned just now


async def _version(supplier: int) -> str:
    async with acting_as(supplier):
        return str(await fetch_value("SELECT xmin::text FROM api_key WHERE tenant = $1", supplier))


async def test_a_key_that_asks_too_often_waits_and_another_key_does_not():
    supplier = await world.supplier()
    async with machine(supplier) as vera, machine(supplier) as other:
        await vera.get("/api/v1/feeds")
        await _spend(vera, asked=MOST_ASKED)
        answer = await vera.get("/api/v1/feeds")
        assert code(answer) == (429, "too-often")
        assert 0 < int(answer.headers["retry-after"]) <= 60
        assert (await other.get("/api/v1/feeds")).status_code == 200
        await _spend(vera, asked=MOST_ASKED, minute="now() - interval '2 minutes'")
        assert (await vera.get("/api/v1/feeds")).status_code == 200


async def test_files_have_a_budget_of_their_own():
    feed = await feeds.feed(transport="api")
    async with machine(feed.supplier) as vera:
        await vera.get("/api/v1/feeds")
        await _spend(vera, sent=MOST_SENT)
        assert code(await vera.send(feed, feeds.rows(*feeds.lamps(1)))) == (429, "too-often")
        assert (await vera.get("/api/v1/feeds")).status_code == 200


async def _spend(
    machine: Machine, *, asked: int = 1, sent: int = 0, minute: str = "now() + interval '1 hour'"
) -> None:
    """The key has asked this often in a minute that does not turn while a test runs."""
    async with platform_scope("a test spends a budget"):
        await execute(
            f"UPDATE api_use u SET asked = $2, sent = $3, minute = {minute} FROM api_key k WHERE k.id = u.api_key AND k.prefix = $1",
            "_".join(machine.key.split("_", 2)[:2]),
            asked,
            sent,
        )


async def test_another_suppliers_feeds_and_runs_are_not_there():
    feed = await feeds.feed()
    run = (await feed.send(feeds.rows(*feeds.lamps(1))))["id"]
    linked = await world.trade()
    theirs = await feeds.feed(linked.supplier)
    linked_run = (await theirs.send(feeds.rows(*feeds.lamps(1))))["id"]
    async with machine(await world.supplier("sven")) as sven, machine(linked.merchant) as alice:
        for wire, number, its in ((sven, feed.id, run), (alice, theirs.id, linked_run)):
            assert (await wire.get("/api/v1/feeds")).json() == {"feeds": []}
            for path in (f"feeds/{number}", f"runs/{its}", f"runs/{its}/rows", f"runs/{10**30}"):
                assert code(await wire.get(f"/api/v1/{path}")) == (404, "not-found"), path
            assert code(await wire.send(number, b"sku,title\n1,Mug\n")) == (404, "not-found")


async def test_an_archived_feed_takes_nothing_and_the_grid_is_no_feed():
    feed = await feeds.feed(transport="api")
    grid = await feeds.feed(feed.supplier, transport="grid")
    async with acting_as(feed.supplier):
        await execute("UPDATE feed SET archived_at = now() WHERE id = $1", feed.id)
    async with machine(feed.supplier) as vera:
        assert code(await vera.send(feed, b"sku,title\n1,Mug\n")) == (409, "feed-archived")
        assert code(await vera.send(grid, b"sku,title\n1,Mug\n")) == (404, "not-found")
        assert (await vera.get(f"/api/v1/feeds/{feed.id}")).status_code == 200


async def test_feeds_say_how_they_are():
    feed = await feeds.feed(transport="api")
    await feed.send(feeds.rows(*feeds.lamps(2)))
    async with machine(feed.supplier) as vera:
        (said,) = (await vera.get("/api/v1/feeds")).json()["feeds"]
    assert (said["id"], said["health"], said["comes_by"]) == (feed.id, "well", "api")
    assert said["files_url"] == f"/api/v1/feeds/{feed.id}/files"
    assert said["last_run"]["state"] == "applied"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
async def test_another_method_and_another_path_are_problems_of_the_same_shape(method):
    async with client() as wire:
        assert code(await wire.request(method, "/api/v1/feeds")) == (405, "wrong-method")
        assert code(await wire.request(method, "/api/v1/nowhere/at/all")) == (404, "not-found")
        for path in ("/api/v2/feeds", "/api/v1/feed", "/api/v1", "/api/"):
            assert code(await wire.get(path)) == (404, "not-found")


async def test_the_api_reads_no_cookie_and_asks_for_no_token():
    """A signed-in browser is nobody here; a machine from elsewhere needs no token of a page."""
    feed = await feeds.feed(transport="api")
    async with machine(feed.supplier) as vera:
        answer = await vera.send(
            feed, feeds.rows(*feeds.lamps(1)), origin="https://elsewhere.example", sec_fetch_site="cross-site",
            cookie="comptoir_session=whatever",
        )  # fmt: skip
    assert answer.status_code == 202
    assert "set-cookie" not in answer.headers


async def test_the_description_is_published_and_knows_every_route_and_every_problem_explains_itself():
    async with client() as wire:
        answer = await wire.get("/api/v1/openapi.json")
        assert answer.status_code == 200
        described = answer.json()
        body = described["paths"]["/api/v1/feeds/{feed}/files"]["post"]["requestBody"]["content"]
        refused = await wire.get("/api/v1/feeds")
        explained = await wire.get(refused.json()["type"])
    assert {"text/csv", "multipart/form-data"} <= set(body)
    assert described["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    assert "/dashboard" not in json.dumps(described)
    routes = {r.path_format for r in door().api.routes if "/openapi.json" not in r.path}
    assert routes == set(described["paths"])
    assert explained.json()["what_to_do"]


async def test_a_shops_host_has_no_api():
    merchant = await world.merchant()
    async with client(f"{await world.slug_of(merchant)}.localhost") as wire:
        assert (await wire.get("/api/v1/feeds")).status_code == 404
