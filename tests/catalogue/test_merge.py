"""A merchant's edit survives every feed, and nobody is asked what was answered already."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.catalogue.merge import Choice, Field, Locked, decided, feed_said, merchant_wrote
from marketplace.catalogue.tables import Lock

following = Field(feed="Oak chair", taken="Oak chair")
edited = Field(feed="Oak chair", taken="Oak chair", own="Our oak chair")


def test_an_unedited_field_follows_the_feed():
    assert feed_said(following, "Oak chair, oiled") == Field("Oak chair, oiled", "Oak chair, oiled")


def test_a_feed_that_changes_under_an_edit_asks_and_leaves_the_edit_in_place():
    asked = feed_said(edited, "Oak chair, oiled")
    assert (asked.own, asked.pending, asked.taken) == ("Our oak chair", True, "Oak chair")


def test_a_feed_that_goes_back_stops_asking():
    assert not feed_said(feed_said(edited, "Oops"), "Oak chair").pending


def test_a_feed_that_comes_to_say_what_the_merchant_wrote_is_followed_again():
    agreed = feed_said(edited, "Our oak chair", equals_own=True)
    assert agreed.follows
    assert not agreed.pending


def test_keeping_mine_asks_again_only_at_the_next_change():
    kept = decided(feed_said(edited, "Oak chair, oiled"), Choice.MINE, shown="Our oak chair")
    assert not feed_said(kept, "Oak chair, oiled").pending
    assert feed_said(kept, "Oak chair, waxed").pending


def test_who_kept_mine_or_wrote_it_anew_is_not_asked_when_the_feed_goes_back():
    asked = feed_said(edited, "Oops")
    for kept in (decided(asked, Choice.MINE, shown="Our oak chair"), merchant_wrote(asked, "Our chair")):
        back = feed_said(kept, "Oak chair")
        assert not back.pending
        assert feed_said(back, "Oak chair, oiled").pending


def test_taking_theirs_gives_up_the_edit_and_follows():
    taken = decided(feed_said(edited, "Oak chair, oiled"), Choice.THEIRS, shown="Our oak chair")
    assert taken == Field("Oak chair, oiled", "Oak chair, oiled")


def test_always_mine_is_never_asked_again():
    mine = decided(edited, Choice.ALWAYS_MINE, shown="Our oak chair")
    later = feed_said(mine, "Anything")
    assert (later.own, later.pending) == ("Our oak chair", False)


def test_always_mine_on_an_unedited_field_freezes_what_is_shown():
    mine = decided(following, Choice.ALWAYS_MINE, shown="Oak chair")
    assert feed_said(mine, "Pine chair").own == "Oak chair"


def test_always_theirs_overwrites_the_edit_and_refuses_the_next_one():
    theirs = decided(edited, Choice.ALWAYS_THEIRS, shown="Our oak chair")
    assert feed_said(theirs, "Pine chair").taken == "Pine chair"
    with pytest.raises(Locked):
        merchant_wrote(theirs, "Mine")


def test_writing_what_the_feed_says_is_following_it():
    assert merchant_wrote(edited, "Oak chair", equals_feed=True).follows


def test_an_edit_answers_the_open_question():
    asked = feed_said(edited, "Oak chair, oiled")
    assert not merchant_wrote(asked, "Our oiled oak chair").pending


steps = st.lists(
    st.one_of(
        st.tuples(st.just("feed"), st.sampled_from(["a", "b", None])),
        st.tuples(st.just("write"), st.sampled_from(["x", "y", ""])),
        st.tuples(st.just("decide"), st.sampled_from(list(Choice))),
    ),
    max_size=12,
)


@given(steps)
def test_whatever_happens_an_open_question_has_two_sides_and_no_lock(history: list[tuple[str, str]]):
    field = Field("a", "a")
    for kind, value in history:
        before = field
        if kind == "feed":
            field = feed_said(field, value)
            if before.lock is not Lock.THEIRS:
                assert field.own == before.own, "a feed never touches what the merchant wrote"
        elif kind == "write" and field.lock is not Lock.THEIRS:
            field = merchant_wrote(field, value)
        elif kind == "decide":
            field = decided(field, Choice(value), shown=field.own or field.taken)
        if field.pending:
            assert field.own is not None
            assert field.lock is Lock.NONE
            assert field.feed != field.taken
        if field.follows:
            assert field.taken == field.feed, "what follows shows what the feed says"
