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
