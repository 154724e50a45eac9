"""The key that seals suppliers' credentials can be replaced."""

import pytest

from marketplace.kernel.fetching import Auth
from marketplace.kernel.settings import settings
from marketplace.kernel.vault import SecretUnreadable, open_sealed, seal
from marketplace.sourcing.create_feed import create_feed
from marketplace.sourcing.reseal_credentials import reseal_credentials
from tests.support import world
from tests.support.feeds import Feed

pytestmark = pytest.mark.usefixtures("database")
OLD, NEW = "an old key of thirty-two bytes or more", "a new key of thirty-two bytes or more"


@pytest.fixture
def keys(monkeypatch):
    def hold(*held: str) -> None:
        monkeypatch.setenv("SECRET_KEY", ",".join(held))
        settings.cache_clear()

    yield hold
    monkeypatch.undo()
    settings.cache_clear()


async def test_credentials_are_sealed_anew_so_that_the_old_key_can_go(keys):
    keys(OLD)
    supplier = await world.supplier()
    made = await create_feed(
        supplier, "Feed", url="https://a.example/f", auth=Auth.bearer("s3cret"), start=False, by="Vera"
    )
    vera = Feed(supplier, made)
    before = await vera.value("credentials")
    keys(NEW, OLD)
    assert await reseal_credentials() >= 1
    keys(NEW)
    after = await vera.value("credentials")
    assert after != before
    assert "s3cret" in open_sealed(after, about=f"feed:{made}")
    with pytest.raises(SecretUnreadable):
        open_sealed(before, about=f"feed:{made}")
    assert await reseal_credentials() == 0  # once is enough


async def test_what_no_key_opens_is_left_as_it_is(keys):
    keys(OLD)
    supplier = await world.supplier()
    vera = Feed(supplier, await world.feed(supplier, credentials=seal("{}", about="feed:0")))
    before = await vera.value("credentials")
    keys(NEW)
    await reseal_credentials()
    assert await vera.value("credentials") == before
