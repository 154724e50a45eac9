"""Turns per host, and silence when a host asks for it."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from marketplace.kernel.fetching import AskedToWait
from marketplace.kernel.politeness import Politeness, http_date, retry_after_seconds


def patient(patience=30.0):
    now, waited = [50.0], []

    async def sleep(seconds):
        waited.append(seconds)
        now[0] += seconds

    return Politeness(patience=patience, clock=lambda: now[0], sleep=sleep), waited, now


async def test_a_short_silence_is_waited_out_by_everybody():
    manners, waited, _ = patient()
    async with manners.turn("a"):
        manners.asked_to_wait("a", 5)
    async with manners.turn("a"):
        assert waited == [5]
    async with manners.turn("b"):
        assert waited == [5]


async def test_a_long_silence_is_told_with_what_is_left_of_it():
    manners, waited, now = patient()
    async with manners.turn("a"):
        manners.asked_to_wait("a", 600)
    now[0] += 100
    with pytest.raises(AskedToWait) as failure:
        async with manners.turn("a"):
            pass
    assert failure.value.retry_after == 500
    assert waited == []
    now[0] += 500
    async with manners.turn("a"):
        assert waited == []


async def test_a_silence_of_years_is_a_day():
    manners, _, now = patient()
    async with manners.turn("a"):
        manners.asked_to_wait("a", 1e9)
    now[0] += 24 * 3600
    async with manners.turn("a"):
        pass


async def test_hosts_that_are_done_with_take_no_memory():
    manners, _, now = patient()
    for n in range(1500):
        async with manners.turn(f"h{n}"):
            manners.asked_to_wait(f"h{n}", 1)
        now[0] += 1
    assert len(manners._hosts) < 1100


async def test_a_failed_call_gives_its_place_back():
    manners, _, _ = patient()
    for _ in range(10):
        with pytest.raises(RuntimeError):
            async with manners.turn("a"):
                raise RuntimeError
    async with manners.turn("a"):
        pass


def test_retry_after_is_seconds_or_a_date():
    assert retry_after_seconds("120") == 120
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert 85 < retry_after_seconds(soon) <= 90
    assert retry_after_seconds("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    for nothing in (None, "", "soon", "-5", "٣", "1.5"):
        assert retry_after_seconds(nothing) is None


@pytest.mark.parametrize("offset", ["+99999999999999999999", "-9999", "+2400"])
def test_a_date_with_an_offset_of_centuries_is_no_date(offset):
    assert http_date(f"Mon, 01 Jan 0001 00:00:00 {offset}") is None or offset == "-9999"
    assert retry_after_seconds(f"Mon, 01 Jan 2024 00:00:00 {offset}") in (None, 0.0)
