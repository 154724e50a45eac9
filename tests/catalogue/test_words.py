"""Names sort as people expect, URLs are clean, and accents never hide what somebody looks for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.catalogue.words import (
    MAX_SLUG,
    accent_blind,
    fold,
    free_slug,
    prefix_query,
    search_terms,
    slug,
    sort_key,
)


def test_accents_case_and_punctuation_do_not_count():
    assert fold("L’Été à Sète — Œuvre n° 2") == "l ete a sete oeuvre n 2"
    assert fold("ΑΘΗΝΑ Москва ŁÓDŹ Straße") == "αθηνα москва lodz strasse"


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing_more(text: str):
    assert fold(fold(text)) == fold(text)


def test_ecole_comes_before_zoo_and_vase_9_before_vase_10():
    titles = ["Zoo", "École", "vase 10", "Vase 9", "abri", "…"]
    assert sorted(titles, key=sort_key) == ["abri", "École", "Vase 9", "vase 10", "Zoo", "…"]


@given(st.text(max_size=300))
def test_a_sort_key_is_never_empty_and_never_long(text: str):
    assert 0 < len(sort_key(text)) <= 240


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Chaise d’été en chêne, 100 %", "chaise-d-ete-en-chene-100"),
        ("Кружка", "item"),
        ("  --  ", "item"),
        ("Größe Æther", "grosse-aether"),
    ],
)
def test_a_slug_says_the_title_in_plain_letters(title: str, expected: str):
    assert slug(title) == expected


@given(st.text(max_size=400))
def test_any_title_gives_a_slug_that_needs_no_escaping(title: str):
    made = slug(title)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
    assert len(made) <= MAX_SLUG


@given(st.lists(st.sampled_from(["vase", "vase-2", "a" * MAX_SLUG]), max_size=40))
def test_no_two_listings_share_a_slug(wanted: list[str]):
    taken: set[str] = set()
    made = [free_slug(one, taken) for one in wanted]
    assert len(set(made)) == len(made)
    assert all(len(one) <= MAX_SLUG for one in made)


def test_what_was_typed_becomes_a_prefix_search_that_cannot_break_the_syntax():
    assert prefix_query(search_terms("Chaise & (pli")) == "chaise:* & pli:*"
    assert search_terms("') | ! <-> :*") == []


@given(st.text(alphabet="abcdeéèüœßøŁžñ 12ΑΘжЖ", min_size=1, max_size=12))
def test_an_accent_blind_pattern_finds_the_word_it_was_made_of(word: str):
    for term in search_terms(word):
        assert re.search(accent_blind(term), word), (term, word)
