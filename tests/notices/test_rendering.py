"""Mails look like their sender, say the same in both forms and in both languages, and let nothing slip in."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import UndefinedError

from marketplace.kernel.i18n import FOLDER
from marketplace.notices.brand import INK, PLATFORM_COLOUR, THEME_COLOURS, Brand, colour_of, contrast
from marketplace.notices.feed_alert import ALARMS
from marketplace.notices.rendering import TEMPLATES, compose
from marketplace.sourcing.breaker import Alarm
from tests.support.messages import KEYWORDS, ROOT

SHOP = Brand(name="Rivage <b>", url="https://rivage.example/", colour="#b5502f", legal=("Rivage SAS",))
RESET = {"name": "Zoé", "email": "zoe@people.example", "hours": 2, "url": "https://x.example/r?a=1&b=2"}


def letter(**more):
    return compose("password_reset", locale="en", zone="Europe/Paris", brand=SHOP, **{**RESET, **more})


def test_text_and_html_say_the_same_and_only_html_is_escaped():
    made = letter(name="Zoé <script>")
    assert "Zoé <script>" in made.text
    assert "Zoé &lt;script&gt;" in made.html
    assert "<script" not in made.html
    assert "Rivage &lt;b&gt;" in made.html
    assert "https://x.example/r?a=1&b=2" in made.text


def test_a_subject_is_one_line():
    assert compose(
        "colleague_invited", locale="en", zone="UTC", brand=SHOP, tenant="A\nB", role="owner", url="u",
        invitation={"invited_by": "Eve\r\nBcc: x", "email": "e", "expires_at": None},
    ).subject == "Eve Bcc: x invites you to A B"  # fmt: skip


def test_a_misspelt_name_is_an_error_and_not_an_empty_word():
    with pytest.raises(UndefinedError):
        compose(
            "password_reset",
            locale="en",
            zone="UTC",
            brand=SHOP,
            **{k: v for k, v in RESET.items() if k != "hours"},
        )


@pytest.mark.parametrize("colour", ["#ffffff", "#f7e463", "#b5502f", "#155e56", "#000000"])
def test_what_is_written_on_the_brand_s_colour_can_be_read(colour):
    brand = Brand(name="x", url="x", colour=colour)
    assert contrast(colour, brand.on_colour) >= 4.5
    assert contrast("#ffffff", brand.link_colour) >= 4.5


def test_a_colour_that_is_none_is_not_used():
    assert colour_of({"accent": "red;}</style>"}, {"primary": "#ABCDEF"}) == "#abcdef"
    assert colour_of({}, {"brand": 5}) == PLATFORM_COLOUR
    assert Brand(name="x", url="x", colour="#f7e463").link_colour == INK


def test_a_shop_that_chose_no_colour_has_its_theme_s():
    from marketplace.web.storefront.themes import THEMES

    assert {name: look.accent for name, look in THEMES.items()} == THEME_COLOURS
    assert colour_of({}, {}, theme="northpeak") == "#ff7a2f"


def test_every_alarm_of_the_breaker_has_its_sentence():
    assert set(ALARMS) == set(Alarm)


def test_contrast_is_the_one_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_no_mail_loads_anything_from_outside():
    """No picture that tells the sender it was opened, no script, no stylesheet."""
    for path in Path(TEMPLATES).glob("*"):
        assert not re.search(r"<(img|script|link|iframe)|url\(|@import", path.read_text()), path.name


def test_every_sentence_of_the_mails_and_of_complaints_is_said_in_french():
    known = read_french()
    for folder in ("templates/mail", "marketplace/notices", "marketplace/claims"):
        found = extract_from_dir(
            str(ROOT / folder), [("**.html", "jinja2"), ("**.py", "python")], keywords=KEYWORDS
        )
        for name, line, message, _, _ in found:
            said = message[0] if isinstance(message, tuple) else message
            assert said in known, f"{folder}/{name}:{line}: {said}"


def read_french() -> set[str]:
    """What the catalogues of French say, by the singular."""
    return {
        message.id[0] if isinstance(message.id, tuple) else message.id
        for path in (FOLDER / "fr").glob("*.po")
        for message in read_po(path.open("rb"), locale="fr")
    }


def test_french_keeps_every_place_that_english_fills():
    for name in ("mail.po", "claims.po"):
        with (FOLDER / "fr" / name).open("rb") as f:
            for message in read_po(f, locale="fr"):
                pairs = (
                    zip(message.id, message.string, strict=True)
                    if isinstance(message.id, tuple)
                    else [(message.id, message.string)]
                )
                for english, french in pairs:
                    places = r"\{\w+\}|%\(\w+\)s"
                    assert sorted(re.findall(places, english)) == sorted(re.findall(places, french)), english
