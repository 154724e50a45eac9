"""However a merchant mixes its colours, shoppers can read the shop."""

from dataclasses import fields

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.web.storefront import themes
from marketplace.web.storefront.colours import contrast, readable, written_on

COLOUR = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")
WORDS_ON_PAPER = ("ink", "muted", "accent-ink", "good", "bad", "warn")


def assert_readable(look: themes.Palette) -> None:
    v = themes.variables(look)
    for paper in ("ground", "surface", "soft"):
        for words in WORDS_ON_PAPER:
            assert contrast(v[words], v[paper]) >= 4.5, f"{words} on {paper}: {v[words]} on {v[paper]}"
    assert contrast(v["on-accent"], v["accent"]) >= 4.5
    assert contrast(v["on-second"], v["second"]) >= 4.5
    for paper in ("ground", "surface"):
        assert contrast(v["edge"], v[paper]) >= 3, f"edge on {paper}"


def test_each_theme_is_readable_as_it_comes():
    for name in themes.THEMES:
        assert_readable(themes.palette(name, {}))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.fixed_dictionaries({f.name: COLOUR for f in fields(themes.Palette) if f.name != "radius"}))
def test_any_palette_becomes_readable(colours):
    assert_readable(themes.palette("rivage", colours))


def test_colours_that_are_readable_already_stay_as_the_merchant_chose_them():
    look = themes.palette("rivage", {"ink": "#101010", "accent": "#8a1c1c"})
    v = themes.variables(look)
    assert (v["ink"], v["accent"], v["accent-ink"]) == ("#101010", "#8a1c1c", "#8a1c1c")


def test_what_is_no_colour_never_reaches_the_style_sheet():
    hostile = "red;} body{display:none} @import url(https://evil.example/x.css);{"
    look = themes.palette(
        "rivage", {"accent": hostile, "ink": "url(x)", "ground": 7, "radius": "2px;}", "unknown": "#123456"}
    )
    assert look == themes.THEMES["rivage"]
    assert "evil" not in themes.style_sheet(look)


def test_a_radius_is_a_number_of_pixels_within_reason():
    assert themes.palette("rivage", {"radius": 12}).radius == 12
    assert themes.palette("rivage", {"radius": 4000}).radius == themes.THEMES["rivage"].radius
    assert themes.palette("rivage", {"radius": True}).radius == themes.THEMES["rivage"].radius


def test_a_theme_nobody_has_is_the_usual_one():
    assert themes.theme_named("../../etc") == "rivage"


def test_the_address_of_the_style_sheet_changes_with_its_colours():
    one, other = themes.palette("rivage", {}), themes.palette("rivage", {"accent": "#0000aa"})
    assert themes.digest(one) != themes.digest(other)


def test_words_on_a_button_are_black_or_white_whichever_reads_better():
    assert written_on("#ffcf3f") == "#000000"
    assert written_on("#2f4f4a") == "#ffffff"
    assert readable("#888888", "#ffffff") != "#888888"
