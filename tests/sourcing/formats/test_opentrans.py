"""openTRANS: a quotation lists what can be bought, an order does not."""

from pathlib import Path

import pytest

from marketplace.sourcing.reading.errors import FeedRefused
from tests.sourcing.support import read_all, written

SPACE = 'xmlns="http://www.opentrans.org/XMLSchema/2.1" xmlns:b="http://www.bmecat.org/bmecat/2005"'
QUOTATION = f"""<?xml version="1.0" encoding="ISO-8859-1"?><QUOTATION version="2.1" {SPACE}><QUOTATION_HEADER><QUOTATION_INFO><b:CURRENCY>EUR</b:CURRENCY></QUOTATION_INFO></QUOTATION_HEADER>
<QUOTATION_ITEM_LIST><QUOTATION_ITEM><LINE_ITEM_ID>1</LINE_ITEM_ID><PRODUCT_ID><b:SUPPLIER_PID>O1</b:SUPPLIER_PID><b:DESCRIPTION_SHORT>Türgriff</b:DESCRIPTION_SHORT></PRODUCT_ID>
<PRODUCT_PRICE_FIX><b:PRICE_AMOUNT>5.00</b:PRICE_AMOUNT><b:PRICE_QUANTITY>10</b:PRICE_QUANTITY></PRODUCT_PRICE_FIX></QUOTATION_ITEM></QUOTATION_ITEM_LIST></QUOTATION>"""


def test_a_quotation_is_read(tmp_path: Path) -> None:
    reader, offers, _ = read_all(written(tmp_path, QUOTATION, "quotation.xml"))
    assert reader.mapping.format == "opentrans"
    assert (offers[0].sku, offers[0].title, offers[0].price_e4, offers[0].currency) == (
        "O1",
        "Türgriff",
        5_000,
        "EUR",
    )


@pytest.mark.parametrize("root", ["ORDER", "INVOICE", "DISPATCHNOTIFICATION"])
def test_other_documents_are_refused_as_what_they_are(tmp_path: Path, root: str) -> None:
    with pytest.raises(FeedRefused, match="openTRANS") as refused:
        read_all(written(tmp_path, QUOTATION.replace("QUOTATION", root), "document.xml"))
    assert refused.value.code == "not_products"
