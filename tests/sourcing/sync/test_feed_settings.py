"""Vera adds a feed, changes it, says how it is read, sends files."""

import pytest

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch_one
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.kernel.fetching import Auth
from marketplace.kernel.vault import open_sealed
from marketplace.sourcing.archive_feed import archive_feed
from marketplace.sourcing.change_feed import change_feed
from marketplace.sourcing.change_mapping import change_mapping, forget_mapping_template, save_mapping_template
from marketplace.sourcing.create_feed import create_feed
from marketplace.sourcing.start_run import start_run
from marketplace.sourcing.sync.fetching import trust_host_key
from marketplace.sourcing.upload_feed_file import upload_feed_file
from tenants.scope import acting_as
from tests.support import world
from tests.support.feeds import Feed, feed, lamps, rows
from tests.support.loopback import answer, saying, serving

pytestmark = pytest.mark.usefixtures("database")


async def read(vera: Feed) -> dict:
    async with acting_as(vera.supplier):
        row = await fetch_one("SELECT * FROM feed WHERE id = $1", vera.id)
    assert row is not None
    return row


async def test_a_feed_with_an_address_is_due_at_once_and_its_secrets_are_sealed():
    supplier = await world.supplier()
    made = await create_feed(
        supplier, "Catalogue", url="https://vera:s3cret@supply.example/feed.csv", by="Vera"
    )
    row = await read(Feed(supplier, made))
    assert (row["transport"], row["url"], row["vanished"]) == (
        "http",
        "https://supply.example/feed.csv",
        "zero",
    )
    assert row["due_at"] <= now()
    assert "s3cret" not in row["credentials"]
    opened = json.loads(open_sealed(row["credentials"], about=f"feed:{made}"))
    assert (opened["user"], opened["secret"]) == ("vera", "s3cret")


async def secret_of(feed: Feed) -> tuple[str, dict[str, str]]:
    """(the address, the sign-in)."""
    row = await read(feed)
    assert row["credentials"] is not None
    return row["url"], json.loads(open_sealed(row["credentials"], about=f"feed:{feed.id}"))


async def test_a_token_in_an_address_is_sealed_like_any_secret_and_sent_in_its_place(monkeypatch):
    async with serving(saying(answer(200, rows(*lamps(3)).encode()))) as server:
        monkeypatch.setenv("FETCH_ALLOW", f"127.0.0.1:{server.port}")
        supplier = await world.supplier()
        address = server.url("/feed.csv?lang=fr&apikey=s3cr%2Bet&all")
        vera = Feed(supplier, await create_feed(supplier, "Mine", url=address, by="Vera"))
        url, opened = await secret_of(vera)
        assert url == server.url("/feed.csv?lang=fr&all")
        assert (opened["kind"], opened["name"], opened["secret"]) == ("query", "apikey", "s3cr+et")
        assert (await vera.fetch())["state"] == "applied"
        assert server.asked[0].target == "/feed.csv?lang=fr&all&apikey=s3cr%2Bet"
        await change_feed(supplier, vera.id, url=server.url("/feed.csv?token=other"), by="Vera")
        assert (await secret_of(vera))[1]["secret"] == "other"


async def test_a_token_beside_another_sign_in_stays_where_it_is():
    supplier = await world.supplier()
    address = "https://supply.example/feed.csv?token=abc"
    vera = Feed(
        supplier,
        await create_feed(supplier, "Mine", url=address, auth=Auth.basic("vera", "s3cret"), by="Vera"),
    )
    await change_feed(supplier, vera.id, url=f"{address}&lang=fr", by="Vera")
    url, opened = await secret_of(vera)
    assert (url, opened["kind"], opened["secret"]) == (f"{address}&lang=fr", "basic", "s3cret")


async def test_a_grid_ages_slowly_and_a_stock_feed_keeps_what_it_does_not_mention():
    supplier = await world.supplier()
    grid = await read(Feed(supplier, await create_feed(supplier, "By hand", transport="grid", by="Vera")))
    assert (grid["due_at"], grid["stop_after_hours"]) == (None, 24 * 90)
    quick = await read(
        Feed(supplier, await create_feed(supplier, "Stock", transport="upload", speed="stock", by="Vera"))
    )
    assert quick["vanished"] == "keep"


@pytest.mark.parametrize(
    ("given", "field"),
    [({"name": " "}, "name"), ({"url": "file:///etc/passwd"}, "url"), ({"url": "gopher://x"}, "url"), ({"url": "https://"}, "url"),
     ({"settings": {"every_minutes": 1}}, "every_minutes"), ({"settings": {"vanished": "explode"}}, "vanished"),
     ({"settings": {"limits": {"vanished_bp": "many"}}}, "limits"), ({"transport": "pigeon"}, "url")],
)  # fmt: skip
async def test_wrong_settings_are_said_beside_their_field(given, field):
    with pytest.raises(Invalid) as said:
        await create_feed(await world.supplier(), **{"name": "Feed", "by": "Vera", **given})
    assert list(said.value.problems) == [field]


async def test_another_address_is_another_file_and_another_server_is_trusted_anew():
    vera = await feed(transport="sftp", url="sftp://supply.example/a.csv", etag='"one"', host_key="k")
    await change_feed(vera.supplier, vera.id, url="sftp://supply.example/b.csv", every_minutes=30, by="Vera")
    row = await read(vera)
    assert (row["url"], row["etag"], row["host_key"]) == ("sftp://supply.example/b.csv", None, "k")
    assert row["every_minutes"] == 30
    assert row["due_at"] <= now()
    await change_feed(vera.supplier, vera.id, url="sftp://elsewhere.example/b.csv", by="Vera")
    assert (await read(vera))["host_key"] is None
    # a fetch from the old server, begun before, ends now: its key is not the new one's
    await trust_host_key(vera.supplier, vera.id, row["url"], "old")
    assert (await read(vera))["host_key"] is None


@pytest.mark.parametrize(
    "there",
    [
        "https://thief.example/a.csv",
        "https://supply.example:8443/a.csv",
        "http://supply.example/a.csv",
        "ftp://supply.example/a",
    ],
)
async def test_another_server_is_not_shown_the_stored_sign_in(there):
    """Whoever may change the address could else read at a server of their own what nobody may read here."""
    vera = await feed(transport="http", url="https://supply.example/a.csv")
    await change_feed(vera.supplier, vera.id, auth=Auth.bearer("token"), by="Vera")
    with pytest.raises(Invalid) as said:
        await change_feed(vera.supplier, vera.id, url=there, by="Vera")
    assert list(said.value.problems) == ["auth"]
    assert (await read(vera))["url"] == "https://supply.example/a.csv"
    await change_feed(vera.supplier, vera.id, url=there, auth=Auth.basic("vera", "new"), by="Vera")
    assert (await read(vera))["url"] == there
    await change_feed(vera.supplier, vera.id, url="https://supply.example/a.csv", forget_auth=True, by="Vera")


async def test_a_move_to_https_on_the_same_host_keeps_the_sign_in():
    vera = await feed(transport="http", url="http://supply.example/a.csv")
    await change_feed(vera.supplier, vera.id, auth=Auth.bearer("token"), by="Vera")
    await change_feed(vera.supplier, vera.id, url="https://supply.example/b.csv", by="Vera")
    assert (await read(vera))["credentials"]


async def test_a_changed_lease_reaches_the_merchants():
    vera = await feed()
    await vera.send(rows(*lamps(2)))
    alice = await world.merchant()
    await world.agreement(alice, vera.supplier)
    await change_feed(vera.supplier, vera.id, stale_after_hours=5, stop_after_hours=9, by="Vera")
    async with acting_as(alice):
        row = await fetch_one(
            "SELECT stale_after_hours, stop_after_hours FROM offer_lease WHERE supplier = $1 LIMIT 1",
            vera.supplier,
        )
    assert row == {"stale_after_hours": 5, "stop_after_hours": 9}


async def test_nobody_else_changes_it_and_an_archived_feed_is_left_in_peace():
    vera, charlie = await feed(), await world.supplier("charlie")
    for use in (change_feed(charlie, vera.id, name="Mine", by="C"), archive_feed(charlie, vera.id, by="C"),
                change_mapping(charlie, vera.id, {"format": "csv"}, by="C")):  # fmt: skip
        with pytest.raises(NotFound):
            await use
    await archive_feed(vera.supplier, vera.id, by="Vera")
    with pytest.raises(Refused):
        await start_run(vera.supplier, vera.id, file_key="upload:" + "0" * 64)


async def test_a_corrected_mapping_is_a_new_version_and_an_equal_one_is_not():
    vera = await feed()
    await vera.send(rows(*lamps(3, shade="Linen")))
    mapping = json.loads(await vera.value("mapping"))
    assert await change_mapping(vera.supplier, vera.id, mapping, by="Vera") == 1
    mapping["columns"]["brand"] = "shade"
    assert await change_mapping(vera.supplier, vera.id, mapping, by="Vera") == 2
    run = await vera.send(rows(*lamps(3, shade="Linen")))
    assert (run["state"], run["changed"], (await vera.offer())["brand"]) == ("applied", 3, "Linen")


@pytest.mark.parametrize("given", ['{"format": "telepathy"}', "{not json", '{"quantity_kind": "lots"}'])
async def test_a_mapping_that_cannot_be_used_is_refused(given):
    vera = await feed()
    with pytest.raises(Invalid):
        await change_mapping(vera.supplier, vera.id, given, by="Vera")


async def test_a_mapping_is_kept_as_a_template_and_forgotten():
    supplier = await world.supplier()
    made = await save_mapping_template(supplier, "Shop export", {"format": "csv"}, by="Vera")
    assert (
        await save_mapping_template(supplier, "Shop export", {"format": "csv", "delimiter": ";"}, by="Vera")
        == made
    )
    with pytest.raises(NotFound):
        await forget_mapping_template(await world.supplier("charlie"), made, by="Charlie")
    await forget_mapping_template(supplier, made, by="Vera")


async def test_a_file_that_was_sent_starts_a_run_and_an_empty_one_is_refused(tmp_path):
    vera = await feed()
    sent = tmp_path / "autumn.csv"
    sent.write_text(rows(*lamps(2)))
    run = await upload_feed_file(vera.supplier, vera.id, sent, "../autumn.csv", by="Vera")
    assert ((await vera.work(run))["state"], (await vera.run(run))["file_name"]) == ("applied", "autumn.csv")
    sent.write_text("")
    with pytest.raises(Refused, match="empty"):
        await upload_feed_file(vera.supplier, vera.id, sent, "autumn.csv", by="Vera")


async def test_credentials_are_replaced_and_forgotten():
    vera = await feed(transport="http", url="https://supply.example/a.csv")
    await change_feed(vera.supplier, vera.id, auth=Auth.bearer("token"), by="Vera")
    assert (await read(vera))["credentials"]
    await change_feed(vera.supplier, vera.id, forget_auth=True, by="Vera")
    assert (await read(vera))["credentials"] is None
