"""A supplier's people see how its feeds are, add one, set it up, and send files."""

import pytest

from marketplace.kernel import json
from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.relay import drain
from tenants.scope import acting_as
from tests.support import feeds, world
from tests.web.sourcing.desk import seated

pytestmark = pytest.mark.usefixtures("database")


async def test_a_supplier_without_feeds_is_told_what_to_do_first():
    async with seated(await world.supplier()) as vera:
        text = await vera.see("/feeds")
    assert "Add your first feed" in text
    assert "Check how we read it" in text


async def test_a_feed_shows_its_health_its_counts_and_its_last_runs():
    feed = await feeds.feed()
    await feed.send(feeds.rows(*feeds.lamps(3)))
    await feed.send(feeds.rows(*feeds.lamps(2), {"sku": "L-009", "title": ""}))
    async with seated(feed.supplier) as vera:
        text = await vera.see("/feeds")
        page = await vera.see(f"/feeds/{feed.id}")
    assert "Healthy" in text
    assert '<span class="minus" title="Gone">−1</span>' in text
    assert "Last 2 imports: 2 applied, 0 failed" in text
    assert "Send a file" in page
    assert "mapping version 1" in page


async def test_the_list_is_its_own_fragment():
    feed = await feeds.feed()
    async with seated(feed.supplier) as vera:
        part = await vera.fragment("/feeds")
    assert part.text.lstrip().startswith('<div id="feeds"')
    assert "<html" not in part.text


async def test_the_imports_of_a_feed_are_their_own_fragment():
    feed = await feeds.feed()
    await feed.send(feeds.rows(*feeds.lamps(2)))
    async with seated(feed.supplier) as vera:
        part = await vera.fragment(f"/feeds/{feed.id}")
        assert (await vera.fragment("/feeds/999999999")).status_code == 404
    assert part.text.lstrip().startswith('<div id="runs"')
    assert "Applied" in part.text


async def test_a_held_feed_says_too_that_its_stock_grows_old():
    feed = await feeds.feed()
    await feed.send(feeds.rows(*feeds.lamps(30)))
    await feed.send(feeds.rows(*feeds.lamps(2)))
    async with acting_as(feed.supplier):
        await execute(
            "UPDATE feed_pulse SET confirmed_at = now() - interval '80 hours' WHERE feed = $1", feed.id
        )
    async with seated(feed.supplier) as vera:
        text = await vera.see("/feeds")
        page = await vera.see(f"/feeds/{feed.id}")
    assert "Decision needed" in text
    assert "Too old to sell" in text
    assert "An import waits for your decision" in page
    assert "Shops have stopped selling from this feed" in page


async def test_failing_and_waiting_feeds_come_first():
    good = await feeds.feed()
    await good.send(feeds.rows(*feeds.lamps(2)))
    broken = await feeds.feed(good.supplier)
    await broken.set(name="Broken one")
    await broken.send("<!doctype html><html><body>Sign in</body></html>")
    async with seated(good.supplier) as vera:
        text = await vera.see("/feeds")
        page = await vera.see(f"/feeds/{broken.id}")
    assert text.index("Broken one") < text.index("Main feed")
    assert "This is a web page, not a feed" in page


async def test_stock_that_nobody_confirms_is_said_to_be_too_old():
    feed = await feeds.feed()
    await feed.send(feeds.rows(*feeds.lamps(2)))
    async with acting_as(feed.supplier):
        await execute(
            "UPDATE feed_pulse SET confirmed_at = now() - interval '80 hours' WHERE feed = $1", feed.id
        )
    async with seated(feed.supplier) as vera:
        assert "Shops have stopped selling from this feed" in await vera.see(f"/feeds/{feed.id}")


async def test_a_new_feed_with_a_file_goes_straight_to_its_mapping():
    supplier = await world.supplier()
    async with seated(supplier) as vera:
        answer = await vera.post(
            "/feeds/new",
            files={"file": ("lamps.csv", feeds.rows(*feeds.lamps(4)), "text/csv")},
            name="Lamps",
            way="upload",
            speed="full",
            every_minutes="60",
            auth="",
        )
        assert answer.status_code == 303
        assert answer.headers["location"].endswith("/mapping")
        assert "Reading the file" in (await vera.browser.get(answer.headers["location"])).text
        await drain()
        after = await vera.browser.get(answer.headers["location"])
    assert after.status_code == 303
    assert after.headers["location"].endswith("/mapping/file")


async def test_a_new_feed_with_an_address_keeps_its_password_sealed():
    supplier = await world.supplier()
    async with seated(supplier) as vera:
        answer = await vera.post(
            "/feeds/new",
            name="By address",
            way="http",
            url="https://feed.example/a.csv",
            auth="basic",
            auth_user="vera",
            auth_secret="tell nobody",
            speed="stock",
            every_minutes="120",
        )
        assert answer.status_code == 303
        async with acting_as(supplier):
            row = await fetch_one("SELECT * FROM feed WHERE supplier = $1", supplier)
        page = await vera.see(f"/feeds/{row['id']}")
        settings = await vera.see(f"/feeds/{row['id']}/settings")
    assert (row["speed"], row["every_minutes"], row["transport"]) == ("stock", 120, "http")
    assert row["due_at"] is None
    assert "tell nobody" not in row["credentials"] + page + settings
    assert "Keep the stored sign-in" in settings


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": "", "way": "http", "url": "https://x.example/a.csv"}, "Please fill this in."),
        ({"name": "Mine", "way": "http", "url": "C:\\feed.csv"}, "it must begin with https://"),
        (
            {"name": "Mine", "way": "http", "url": "https://x.example/a", "auth": "bearer"},
            "Please fill this in.",
        ),
        ({"name": "Mine", "way": "upload"}, "Choose the file to send first."),
        ({"name": "Mine", "way": "smoke signals"}, "Please choose one of the list."),
    ],
)
async def test_a_new_feed_with_something_wrong_keeps_what_was_typed(typed, said):
    supplier = await world.supplier()
    async with seated(supplier) as vera:
        answer = await vera.post(
            "/feeds/new", **{"speed": "full", "every_minutes": "60", "auth": "", **typed}
        )
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{typed["name"]}"' in answer.text
    async with acting_as(supplier):
        assert await fetch_value("SELECT count(*) FROM feed WHERE supplier = $1", supplier) == 0


async def test_settings_are_kept_and_wrong_ones_are_shown_beside_their_field():
    feed = await feeds.feed()
    right = {
        "name": "Renamed", "vanished": "retire", "retire_after": "5", "vanished_bp": "12,5", "zeroed_bp": "", "unpriced_bp": "30",
        "moved_bp": "20", "move_size_bp": "50", "min_rows": "10", "stale_after_hours": "30", "stop_after_hours": "60",
        "lag_hours": "12", "surged_bp": "40", "surge_times": "25",
    }  # fmt: skip
    async with seated(feed.supplier) as vera:
        wrong = await vera.post(f"/feeds/{feed.id}/settings", **{**right, "stale_after_hours": "many"})
        assert wrong.status_code == 422
        assert 'value="many"' in wrong.text
        assert "Please enter a whole number." in wrong.text
        assert (await vera.post(f"/feeds/{feed.id}/settings", **right)).status_code == 303
        text = await vera.see(f"/feeds/{feed.id}/settings")
    assert 'value="12.5"' in text
    async with acting_as(feed.supplier):
        row = await fetch_one("SELECT * FROM feed WHERE id = $1", feed.id)
        pulse = await fetch_one("SELECT name, stop_after_hours FROM feed_pulse WHERE feed = $1", feed.id)
    assert (row["name"], row["vanished"], row["retire_after"]) == ("Renamed", "retire", 5)
    limits = json.loads(row["limits"])
    assert (limits["zeroed_bp"], limits["surged_bp"], limits["surge_times"]) == (None, 4_000, 25)
    assert pulse == {"name": "Renamed", "stop_after_hours": 60}


async def test_a_share_is_of_a_hundred_and_a_price_may_move_by_more():
    feed = await feeds.feed()
    right = {
        "name": "Feed", "vanished": "zero", "stale_after_hours": "30", "stop_after_hours": "60", "lag_hours": "12",
        "move_size_bp": "150", "surged_bp": "100",
    }  # fmt: skip
    async with seated(feed.supplier) as vera:
        wrong = await vera.post(f"/feeds/{feed.id}/settings", **{**right, "surged_bp": "300"})
        assert (wrong.status_code, "A share is at most 100 %." in wrong.text) == (422, True)
        assert (await vera.post(f"/feeds/{feed.id}/settings", **right)).status_code == 303
    limits = json.loads(await feed.value("limits"))
    assert (limits["move_size_bp"], limits["surged_bp"]) == (15_000, 10_000)


async def test_a_feed_is_paused_resumed_and_archived():
    feed = await feeds.feed(url="https://feed.example/x.csv", transport="http")
    async with seated(feed.supplier) as vera:
        await vera.post(f"/feeds/{feed.id}/pause")
        assert not await feed.value("enabled")
        await vera.post(f"/feeds/{feed.id}/resumption")
        assert await feed.value("enabled")
        assert (await vera.post(f"/feeds/{feed.id}/archive")).status_code == 303
        assert "This feed is archived" in await vera.see(f"/feeds/{feed.id}")
        assert "Main feed" not in await vera.see("/feeds")
        assert "Main feed" in await vera.see("/feeds?archived=1")


async def test_before_a_feed_is_archived_its_people_read_what_follows():
    feed = await feeds.feed()
    await feed.send(feeds.rows(*feeds.lamps(30)))
    held = (await feed.send(feeds.rows(*feeds.lamps(2))))["id"]
    async with seated(feed.supplier) as vera:
        settings = await vera.see(f"/feeds/{feed.id}/settings")
        assert f'href="{vera.home}/feeds/{feed.id}/archive"' in settings
        asked = await vera.see(f"/feeds/{feed.id}/archive")
        assert "30 offers are not confirmed any more, and their stock grows old" in asked
        assert "what they list of them stops selling" in asked
        assert "The import that waits for your decision is dropped" in asked
        assert await feed.value("archived_at") is None
        await vera.post(f"/feeds/{feed.id}/archive")
        assert (await vera.get(f"/feeds/{feed.id}/archive")).status_code == 404
        dropped = await vera.see(f"/feeds/{feed.id}/runs/{held}")
    assert "The feed was archived before anybody decided." in dropped
    assert "Apply it all the same" not in dropped


async def test_everything_that_is_wrong_with_a_feed_is_told_at_once():
    supplier = await world.supplier()
    feed = await feeds.feed(supplier, url="https://feed.example/a.csv", transport="http")
    async with seated(supplier) as vera:
        new = await vera.post(
            "/feeds/new", name="", way="ftp", url="nowhere", auth="basic", speed="full", every_minutes="3"
        )
        changed = await vera.post(
            f"/feeds/{feed.id}/settings", name="", url="ftp://feed.example/a.csv", auth="bearer", auth_secret="x",
            every_minutes="60", vanished="zero", stale_after_hours="0", stop_after_hours="many", lag_hours="9999", vanished_bp="300", moved_bp="x",
        )  # fmt: skip
    assert (new.status_code, changed.status_code) == (422, 422)
    for name in ("name", "url", "auth_user", "auth_secret", "every_minutes"):
        assert f'id="{name}-problem"' in new.text, name
    for name in (
        "name",
        "auth",
        "stale_after_hours",
        "stop_after_hours",
        "lag_hours",
        "vanished_bp",
        "moved_bp",
    ):
        assert f'id="{name}-problem"' in changed.text, name


async def test_the_warehouse_looks_but_does_not_touch():
    feed = await feeds.feed()
    run = (await feed.send(feeds.rows(*feeds.lamps(2))))["id"]
    async with seated(feed.supplier, "warehouse") as sam:
        assert "Add a feed" not in await sam.see("/feeds")
        await sam.see(f"/feeds/{feed.id}")
        await sam.see(f"/feeds/{feed.id}/runs/{run}")
        for path in (
            "/feeds/new",
            f"/feeds/{feed.id}/settings",
            f"/feeds/{feed.id}/mapping",
            f"/feeds/{feed.id}/runs/{run}/undo",
        ):
            assert (await sam.get(path)).status_code == 403, path
        for path in (
            "/feeds/new",
            f"/feeds/{feed.id}/runs",
            f"/feeds/{feed.id}/archive",
            f"/feeds/{feed.id}/runs/{run}/undo",
        ):
            assert (await sam.post(path)).status_code == 403, path


async def test_a_merchant_sees_the_health_of_its_suppliers_feeds_and_of_no_others():
    deal = await world.trade()
    feed = await feeds.feed(deal.supplier)
    await feed.set(name="Vera's catalogue")
    await feed.send(feeds.rows(*feeds.lamps(3)))
    stranger = await feeds.feed()
    await stranger.set(name="Somebody else's")
    price_list = await feeds.feed(deal.supplier, agreement=deal.agreement)
    await price_list.set(name="Prices for one")
    async with seated(deal.merchant, kind="merchant") as alice:
        text = await alice.see("/feeds")
    assert "Vera&#39;s catalogue" in text
    assert "Somebody else" not in text
    assert "Prices for one" not in text


async def test_an_address_of_another_server_asks_for_the_sign_in_again_beside_it():
    supplier = await world.supplier()
    async with seated(supplier) as vera:
        await vera.post(
            "/feeds/new", name="Mine", way="http", url="https://feed.example/a.csv", auth="bearer", auth_secret="t0ken",
            speed="full", every_minutes="60",
        )  # fmt: skip
        async with acting_as(supplier):
            feed = await fetch_value("SELECT id FROM feed WHERE supplier = $1", supplier)
        typed = {
            "name": "Mine", "url": "https://thief.example/a.csv", "auth": "keep", "every_minutes": "60", "vanished": "zero",
            "stale_after_hours": "26", "stop_after_hours": "72", "lag_hours": "24",
        }  # fmt: skip
        answer = await vera.post(f"/feeds/{feed}/settings", **typed)
    assert answer.status_code == 422
    assert "This address leads to another server: enter the sign-in again" in answer.text
    assert 'value="https://thief.example/a.csv"' in answer.text
    async with acting_as(supplier):
        assert await fetch_value("SELECT url FROM feed WHERE id = $1", feed) == "https://feed.example/a.csv"
