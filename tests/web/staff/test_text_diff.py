"""A person sees what changed in a text without reading all of it."""

import time

from marketplace.web.staff.text_diff import LONGEST, excerpt, pieces


def said(kind: str, before: str, after: str) -> list[str]:
    return [piece.text.strip() for piece in excerpt(before, after) if piece.kind == kind]


def test_only_the_words_that_differ_are_marked():
    before, after = "A chair of solid oak, oiled by hand", "A chair of solid ash, oiled by hand"
    assert said("gone", before, after) == ["oak,"]
    assert said("new", before, after) == ["ash,"]
    assert "".join(p.text for p in excerpt(before, after) if p.kind != "gone") == after


def test_what_stands_far_from_the_change_is_left_out():
    many = " ".join(f"word{n}" for n in range(300))
    shown = excerpt(f"{many} old {many}", f"{many} new {many}")
    assert [p.text.strip() for p in shown if p.kind == "new"] == ["new"]
    assert shown[0].text.startswith("… word294 ")
    assert shown[-1].text.endswith(" word5 …")


def test_another_text_altogether_is_shown_whole_and_cut():
    shown = excerpt("It was about lamps. " * 40, "Now this one speaks of chairs, " * 40 + "that is all")
    assert [p.kind for p in shown] == ["gone", "new"]
    assert all(len(p.text) <= LONGEST for p in shown)


def test_what_was_only_added_or_only_taken_away_has_no_other_half():
    assert [p.kind for p in excerpt("Vase", "Vase (new)")] == ["same", "new"]
    assert [p.kind for p in pieces("Vase (new)", "Vase")] == ["same", "gone"]
    assert excerpt("Vase", "Vase")[0].kind == "same"


def test_a_page_of_long_texts_costs_little():
    before = " ".join(f"w{n % 7}" for n in range(4_000))
    after = " ".join(f"w{n % 5}" for n in range(4_000))
    began = time.process_time()
    for _ in range(50):
        excerpt(before, after)
    assert time.process_time() - began < 5  # word by word to the end it would be minutes


def test_words_that_all_changed_are_read_in_one_go():
    before, after = "Woven basket of white willow, no. 52", "A new title from the supplier, no. 52"
    assert [(p.kind, p.text) for p in pieces(before, after)] == [
        ("gone", "Woven basket of white willow,"), ("new", "A new title from the supplier,"), ("same", " no. 52"),
    ]  # fmt: skip
