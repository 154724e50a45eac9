import pytest

from marketplace.sourcing.sync import sieve


@pytest.fixture(autouse=True)
def _small_files_are_sieved_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first 300 KB of a file are always read: no file of these tests is longer."""
    monkeypatch.setattr(sieve, "HEAD_BYTES", 1)
