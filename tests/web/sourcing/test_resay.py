"""What a run wrote down in English, and what a parser said, reach the reader in plain words and in the reader's language."""

import pytest

from marketplace.web.staff.sourcing.resay import resay


@pytest.mark.parametrize(
    ("said", "english", "french"),
    [
        (
            "The XML is broken: Opening and ending tag mismatch: title line 12 and item",
            "The XML is broken: <title> of line 12 is closed as </item>",
            "Le XML est cassé : <title> de la ligne 12 est fermé par </item>",
        ),
        (
            "The XML is broken: xmlParseEntityRef: no name",
            "The XML is broken: there is a bare “&”, which must be written “&amp;”",
            "Le XML est cassé : il contient un « & » seul, à écrire « &amp; »",
        ),
        (
            "The XML is broken: the file ends inside <sku> of line 4",
            "The XML is broken: the file ends inside <sku> of line 4",
            "Le XML est cassé : le fichier s’arrête au milieu de <sku>, ouvert ligne 4",
        ),
        (
            "The JSON is broken: it ends too early",
            "The JSON is broken: it ends too early",
            "Le JSON est cassé : il s’arrête trop tôt",
        ),
        (
            "The XML is broken: something libxml2 will say one day {",
            "The XML is broken: something libxml2 will say one day {",
            "Le XML est cassé : something libxml2 will say one day {",
        ),
        ("stock “soon” is not known", "stock “soon” is not known", "stock « soon » inconnu"),
        ("It has no title", "It has no title", "Elle n’a pas de titre"),
        (None, "", ""),
    ],
)
def test_sentences_of_a_run_are_said_again(said: str | None, english: str, french: str):
    assert resay(said, "en") == english
    assert resay(said, "fr").replace("\xa0", " ") == french
