"""Guessing is slowed down; people are not."""

from marketplace.web.storefront.patience import Patience


def test_a_dozen_tries_in_ten_minutes_and_no_more():
    door = Patience(most=12, seconds=600)
    assert all(door.allow("someone", at=1000 + n) for n in range(12))
    assert not door.allow("someone", at=1020)


def test_others_are_not_made_to_wait():
    door = Patience(most=1, seconds=600)
    assert door.allow("someone", at=0)
    assert door.allow("somebody else", at=1)


def test_after_the_wait_one_may_try_again():
    door = Patience(most=1, seconds=600)
    assert door.allow("someone", at=0)
    assert not door.allow("someone", at=599)
    assert door.allow("someone", at=601)


def test_a_flood_of_addresses_does_not_fill_the_memory():
    door = Patience(most=1, seconds=600)
    door.KEYS = 100
    for n in range(1000):
        door.allow(str(n), at=n)
    assert len(door._seen) == 100
