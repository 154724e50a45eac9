"""X12: 832 and 846, whatever parts their segments."""

from pathlib import Path

import pytest

from marketplace.sourcing.reading.errors import FeedRefused
from tests.sourcing.support import read_all, written

ISA = "ISA*00*          *00*          *01*049351117      *ZZ*BUYER          *260101*1134*U*00401*000000001*0*T*>~"
PRICES = (
    ISA
    + "\nGS*SC*A*B*20260101*1134*1*X*004010~\nST*832*0001~\nBCT*RC*1~\nCUR*SE*USD~\nLIN*1*VP*X-1*UP*036000291452~\nPID*F*08***Mug~\nPID*F*35***Blue~\n"
    "CTP*WS*NET*4.25~\nCTP*RS*MSR*9.99~\nPO4*6~\nLIN*2*IB*0940016699~\nPID*S**BI*TI*Book~\nCTT*2~\nSE*12*0001~\nGE*1*1~\nIEA*1*000000001~\n"
)
STOCK = (
    ISA
    + "GS*IB*A*B*20260101*1134*1*X*004010~ST*846*0001~BIA*00*DD*1*20260101~LIN**VP*X-1~QTY*17*40*EA~QTY*33*25*EA~LIN**VP*X-2~SDQ*EA*92*E1*4*W1*3~CTT*2~SE*8*0001~GE*1*1~IEA*1*000000001~"
)


def test_a_price_catalogue_is_read(tmp_path: Path) -> None:
    reader, offers, _ = read_all(written(tmp_path, "\ufeff" + PRICES, "catalogue.edi"))
    assert (reader.mapping.format, reader.rows) == ("x12", 2)
    assert (
        offers[0].sku,
        offers[0].price_e4,
        offers[0].msrp_e4,
        offers[0].currency,
        offers[0].pack_quantity,
    ) == ("X-1", 42_500, 99_900, "USD", 6)
    assert (offers[0].options, offers[0].gtin_valid) == ({"Colour": "Blue"}, "0036000291452")
    assert (offers[1].sku, offers[1].title) == ("0940016699", "Book")


def test_an_inventory_advice_says_what_may_be_sold(tmp_path: Path) -> None:
    reader, offers, _ = read_all(written(tmp_path, STOCK, "846.edi"))
    assert reader.stock_only
    assert [(offer.sku, offer.quantity) for offer in offers] == [("X-1", 25), ("X-2", 7)]


@pytest.mark.parametrize(("element", "end"), [("|", "~"), ("*", "\n"), ("|", "\n")])
def test_other_separators_are_taken_from_the_envelope(tmp_path: Path, element: str, end: str) -> None:
    text = STOCK.replace("*", element).replace("~", end)
    assert [offer.quantity for offer in read_all(written(tmp_path, text, "846.edi"))[1]] == [25, 7]


def test_an_envelope_of_another_length_does_no_harm(tmp_path: Path) -> None:
    text = STOCK.replace("          ", " ").replace("      ", " ")
    assert read_all(written(tmp_path, text, "846.edi"))[0].rows == 2


def test_an_order_is_refused_as_what_it_is_and_half_a_file_as_half(tmp_path: Path) -> None:
    with pytest.raises(FeedRefused, match="850"):
        read_all(written(tmp_path, STOCK.replace("ST*846", "ST*850"), "850.edi"))
    with pytest.raises(FeedRefused) as refused:
        read_all(written(tmp_path, STOCK[: STOCK.index("GE*")], "846.edi"))
    assert refused.value.code == "cut"
