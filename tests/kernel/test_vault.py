"""A supplier's password at rest."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel import vault
from marketplace.kernel.settings import settings

OLD, NEW = "old-key-" + "o" * 32, "new-key-" + "n" * 32


@pytest.fixture
def key(monkeypatch):
    def use(*texts):
        monkeypatch.setenv("SECRET_KEY", ",".join(texts))
        settings.cache_clear()

    use(OLD)
    yield use
    monkeypatch.undo()
    settings.cache_clear()


def test_what_is_sealed_opens_and_shows_nothing(key):
    token = vault.seal("hunter2 é€", about="feed:1")
    assert vault.open_sealed(token, about="feed:1") == "hunter2 é€"
    assert "hunter2" not in token
    assert b"hunter2" not in base64.urlsafe_b64decode(token.split(".")[2] + "==")


def test_the_same_secret_never_looks_the_same_twice(key):
    assert vault.seal("x") != vault.seal("x")


@given(st.text())
def test_any_text_comes_back(text):
    # hypothesis calls this many times: the key is derived once, from whatever SECRET_KEY the suite runs with
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vault, "settings", lambda: type("S", (), {"secret_keys": (OLD,)}))
        assert vault.open_sealed(vault.seal(text)) == text


def test_a_token_copied_to_another_row_does_not_open(key):
    token = vault.seal("hunter2", about="feed:1")
    for elsewhere in ("feed:2", ""):
        with pytest.raises(vault.SecretUnreadable):
            vault.open_sealed(token, about=elsewhere)


def test_one_changed_character_anywhere_is_noticed(key):
    token = vault.seal("hunter2")
    for at in range(len(token) - 1):  # the last character has bits that base64 does not use
        changed = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        with pytest.raises(vault.SecretUnreadable):
            vault.open_sealed(changed)


@pytest.mark.parametrize("token", ["", "v1", "v1..", "hunter2", "v2.aaaaaaaa.AAAA", "v1.zz.!!!", "é.é.é"])
def test_what_was_never_sealed_is_refused(key, token):
    with pytest.raises(vault.SecretUnreadable):
        vault.open_sealed(token)


def test_keys_rotate_without_a_gap(key):
    token = vault.seal("hunter2")
    key(NEW, OLD)
    assert vault.open_sealed(token) == "hunter2"
    assert vault.stale(token)
    fresh = vault.seal("hunter2")
    assert not vault.stale(fresh)
    key(NEW)
    assert vault.open_sealed(fresh) == "hunter2"
    with pytest.raises(vault.SecretUnreadable, match="enter it again"):
        vault.open_sealed(token)


def test_a_missing_or_short_key_is_told(key, tmp_path, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    key("")
    with pytest.raises(vault.NoSecretKey, match="SECRET_KEY is not set"):
        vault.seal("x")
    key("short")
    with pytest.raises(vault.NoSecretKey, match="32 characters"):
        vault.open_sealed("x")


def test_each_purpose_has_its_own_keys(key):
    key(NEW, OLD)
    links = vault.keys_for("links")
    assert [len(k) for k in links] == [32, 32]
    assert not set(links) & set(vault.keys_for("vault"))
