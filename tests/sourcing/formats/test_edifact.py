"""EDIFACT: price catalogues and inventory reports, with separators of their own."""

from pathlib import Path

import pytest

from marketplace.sourcing.reading.errors import FeedRefused
from tests.sourcing.support import read_all, written

PRICAT = (
    "\ufeffUNA:+,? 'UNB+UNOC:3+5412345000013:14+4012345000009:14+260101:1200+REF1'UNH+1+PRICAT:D:96A:UN:EAN008'BGM+9+PL1+9'DTM+137:20260101:102'CUX+2:EUR:10'"
    "LIN+1++4006381333931:EN'PIA+5+E-1:SA'IMD+F++:::Tasse ?'blau?''PRI+AAB:12,50'PRI+AAA:9,9'PRI+AAE:19,90::SRP'QTY+53:6'"
    "LIN+2++4006381333948:EN'IMD+F++:::Kanne'PRI+AAA:20'LIN+3+2+4006381333955:EN'UNS+S'UNT+16+1'UNZ+1+REF1'"
)
INVRPT = "UNB+UNOA:2+S+R+260101:1200+1'UNH+1+INVRPT:D:96A:UN'BGM+35+1'DTM+366:202601011100:203'LIN+1++4006381333931:EN'QTY+145:12'LOC+14+A'QTY+145:3'LIN+2++4006381333948:EN'QTY+145:0'UNT+9+1'UNZ+1+1'"


def test_a_price_catalogue_is_read(tmp_path: Path) -> None:
    reader, offers, rejected = read_all(written(tmp_path, PRICAT.encode("utf-8"), "pricat.edi"))
    assert (reader.mapping.format, reader.rows, reader.accepted) == ("edifact", 3, 2)
    assert (offers[0].sku, offers[0].title, offers[0].price_e4, offers[0].msrp_e4, offers[0].currency) == (
        "E-1",
        "Tasse 'blau'",
        99_000,
        199_000,
        "EUR",
    )
    assert (offers[0].min_quantity, offers[1].sku) == (6, "4006381333948")
    assert rejected[0].code == "deleted"


def test_an_inventory_report_adds_up_places(tmp_path: Path) -> None:
    reader, offers, _ = read_all(written(tmp_path, INVRPT, "invrpt.edi"))
    assert reader.stock_only
    assert [(offer.sku, offer.quantity) for offer in offers] == [("4006381333931", 15), ("4006381333948", 0)]
    assert offers[0].source_time is not None


def test_a_letter_of_latin_one_is_read_by_the_envelopes_charset(tmp_path: Path) -> None:
    _, offers, _ = read_all(
        written(
            tmp_path,
            PRICAT.removeprefix("\ufeff").replace("Kanne", "Kännchen").encode("latin-1"),
            "pricat.edi",
        )
    )
    assert offers[1].title == "Kännchen"


def test_a_message_sent_twice_is_read_once(tmp_path: Path) -> None:
    message = PRICAT[PRICAT.index("UNH") : PRICAT.index("UNZ")]
    reader, _, _ = read_all(
        written(tmp_path, PRICAT.replace("UNZ+1", message + "UNZ+2").encode(), "pricat.edi")
    )
    assert reader.rows == 3
    assert any(warned.code == "message_skipped" for warned in reader.warnings)


def test_half_an_interchange_is_refused(tmp_path: Path) -> None:
    for content in (PRICAT[: PRICAT.index("UNZ")], PRICAT[: PRICAT.index("Kanne")]):
        with pytest.raises(FeedRefused) as refused:
            read_all(written(tmp_path, content.encode(), "pricat.edi"))
        assert refused.value.code == "cut"


def test_an_order_is_refused_as_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(FeedRefused, match="ORDERS"):
        read_all(written(tmp_path, PRICAT.replace("PRICAT:D", "ORDERS:D").encode(), "orders.edi"))


def interchange(control: str, *messages: str) -> str:
    return f"UNB+UNOA:2+S+R+260101:1200+{control}'{''.join(messages)}UNZ+{len(messages)}+{control}'\n"


def message(reference: str, sku: str, end: str | None = None) -> str:
    return f"UNH+{reference}+PRICAT:D:96A:UN'LIN+1++{sku}:SA'IMD+F++:::Mug {sku}'PRI+AAA:1.00'" + (
        f"UNT+5+{reference}'" if end is None else end
    )


def test_a_message_is_known_by_its_sender_its_interchange_and_its_reference(tmp_path: Path) -> None:
    first = interchange("9", message("1", "A"))
    text = first + interchange("10", message("1", "B")) + first
    reader, offers, _ = read_all(written(tmp_path, text, "pricat.edi"))
    assert [offer.sku for offer in offers] == ["A", "B"]
    assert any("came before" in warned.sentence for warned in reader.warnings)


def test_a_message_that_breaks_off_is_told_of_and_its_last_article_rejected(tmp_path: Path) -> None:
    text = interchange("9", message("1", "A"), message("2", "B", end=""), message("3", "C", end="UNT+99+3'"))
    reader, offers, rejected = read_all(written(tmp_path, text, "pricat.edi"))
    assert [offer.sku for offer in offers] == ["A", "C"]
    assert [(r.line, r.code) for r in rejected] == [(2, "damaged")]
    told = [warned.code for warned in reader.warnings if warned.code.startswith("message_")]
    assert told == ["message_damaged", "message_count"]


def test_segments_may_end_with_their_line_and_the_envelope_be_missing(tmp_path: Path) -> None:
    lines = interchange("9", message("1", "A")).replace("'", "\n")
    assert [offer.sku for offer in read_all(written(tmp_path, lines, "pricat.edi"))[1]] == ["A"]
    assert [offer.sku for offer in read_all(written(tmp_path, message("1", "B"), "pricat.edi"))[1]] == ["B"]


def test_half_a_file_is_refused_where_it_ends(tmp_path: Path) -> None:
    lines = interchange("9", message("1", "A"), message("2", "B")).replace("'", "'\n")
    with pytest.raises(FeedRefused) as refused:
        read_all(written(tmp_path, lines[: lines.rindex("PRI+") + 5], "pricat.edi"))
    assert (refused.value.code, refused.value.line) == ("cut", 10)


def test_stock_of_several_places_adds_up_unless_the_first_was_the_total(tmp_path: Path) -> None:
    def report(*amounts: int) -> str:
        places = "".join(f"QTY+145:{amount}'LOC+18+W{place}'" for place, amount in enumerate(amounts))
        return f"UNB+UNOA:2+S+R+260101:1200+1'UNH+1+INVRPT:D:96A:UN'LIN+1++4006381333931:EN'{places}UNT+9+1'UNZ+1+1'"

    for amounts, stock in (((2, 3), 5), ((5, 2, 3), 5), ((4,), 4)):
        assert read_all(written(tmp_path, report(*amounts), "invrpt.edi"))[1][0].quantity == stock


def test_an_amount_that_is_no_number_leaves_the_others_standing(tmp_path: Path) -> None:
    text = (
        "UNB+UNOA:2+S+R+260101:1200+1'UNH+1+INVRPT:D:96A:UN'LIN+1++4006381333931:EN'QTY+145:--5'QTY+145:3'"
        "LIN+2++4006381333948:EN'QTY+145:-'UNT+6+1'UNZ+1+1'"
    )
    assert [offer.quantity for offer in read_all(written(tmp_path, text, "invrpt.edi"))[1]] == [3, None]


def test_a_garment_s_colour_and_size_are_options(tmp_path: Path) -> None:
    item = "LIN+1++4006381333931:EN'PIA+5+041:SA'PIA+1+62033100:HS'IMD+F++:::Suit:91'IMD+F+BRN+:::Acme'IMD+C+98+56::91'IMD+F+35+:::Grey'PRI+AAE:0.00'PRI+AAA:450.00'"
    text = f"UNB+UNOC:3+S+R+260101:1200+1'UNH+1+PRICAT:D:01B:UN:EAN010'CUX+2:DKK:8'{item}UNT+12+1'UNZ+1+1'"
    offer = read_all(written(tmp_path, text, "pricat.edi"))[1][0]
    assert (offer.sku, offer.title, offer.brand, offer.hs_code) == ("041", "Suit", "Acme", "62033100")
    assert (offer.options, offer.price_e4, offer.currency) == (
        {"Colour": "Grey", "Size": "56"},
        4_500_000,
        "DKK",
    )


@pytest.mark.parametrize("prices", ["PRI+AAE:19.90'PRI+AAA:9.90'", "PRI+AAA:9.90'PRI+AAE:19.90'"])
def test_a_price_for_information_is_the_shoppers_where_there_is_another(tmp_path: Path, prices: str) -> None:
    text = f"UNB+UNOA:2+S+R+260101:1200+1'UNH+1+PRICAT:D:96A:UN'BGM+9+1+9'CUX+2:EUR:10'LIN+1++A1:SA'IMD+F++:::Tasse'{prices}UNT+8+1'UNZ+1+1'"
    _, offers, _ = read_all(written(tmp_path, text, "pricat.edi"))
    assert (offers[0].price_e4, offers[0].msrp_e4) == (99_000, 199_000)
