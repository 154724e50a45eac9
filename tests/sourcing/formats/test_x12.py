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


HEAD = "ISA*00*          *00*          *ZZ*A              *ZZ*B              *260101*1200*U*00401*{control}*0*P*>~GS*IB*A*B*20260101*1200*1*X*004010~"
FOOT = "GE*1*1~IEA*1*{control}~"


def wrapped(body: str, control: str = "000000001") -> str:
    return HEAD.format(control=control) + body + FOOT.format(control=control)


def test_a_net_price_goes_before_a_list_price_and_small_quantities_before_large(tmp_path: Path) -> None:
    prices = "CTP**LPR*30.00~CTP**NET*18.00*100*EA~CTP**NET*20.00*1*EA~CTP**MSR*45.00~"
    body = f"ST*832*0001~CUR*SE*CAD~LIN**BP*B-1~PID*F*08***Towel~{prices}SE*8*0001~"
    offer = read_all(written(tmp_path, wrapped(body), "832.edi"))[1][0]
    assert (offer.sku, offer.price_e4, offer.msrp_e4, offer.currency) == ("B-1", 200_000, 450_000, "CAD")


def test_stock_of_several_places_adds_up_in_one_unit(tmp_path: Path) -> None:
    body = "ST*846*0001~LIN**SK*A~QTY*33*5*EA~N1*WH*East~QTY*33*7*EA~QTY*33*1*CS~LIN**SK*B~QTY*1*9~SE*7*0001~"
    assert [(o.sku, o.quantity) for o in read_all(written(tmp_path, wrapped(body), "846.edi"))[1]] == [
        ("A", 12),
        ("B", 9),
    ]


def test_each_transaction_has_its_result(tmp_path: Path) -> None:
    good = "ST*846*0001~LIN**SK*A~QTY*33*5*EA~SE*4*0001~"
    broken = "ST*846*0002~LIN**SK*B~QTY*33*"
    text = wrapped(good + good + broken + "~ST*846*0003~LIN**SK*C~QTY*33*1~SE*9*0003~")
    again = wrapped(good.replace("SK*A", "SK*D"), "000000002")
    reader, offers, rejected = read_all(written(tmp_path, text + again, "846.edi"))
    assert [offer.sku for offer in offers] == ["A", "C", "D"]
    assert [(r.line, r.code) for r in rejected] == [(2, "damaged")]
    told = [warned.code for warned in reader.warnings if warned.code.startswith("message_")]
    assert told == ["message_skipped", "message_damaged", "message_count"]
