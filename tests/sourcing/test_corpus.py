"""Every real feed of the corpus reads with the right number of records, or is refused with what it is and where it is broken.

Skipped where the corpus is absent; no file of it is part of the project.
"""

import csv
import os
from pathlib import Path

import pytest

from marketplace.sourcing.check_feed import check_feed
from marketplace.sourcing.propose_mapping import propose
from marketplace.sourcing.reading.errors import FeedRefused

ROOT = Path(__file__).resolve().parents[2]
FEEDS = Path(os.environ.get("COMPTOIR_FEEDS") or ROOT.parent / "shared/feeds")
MANIFEST = FEEDS / "MANIFEST.tsv"

BETTER = {
    # the manifest took the first offer for a header
    "supplier-csv/Yannooh__Products__amazon_co-ecommerce_sample.csv": 10_000,
    # the manifest took the blank first line for the header, and the header for an offer
    "woocommerce-csv/artur8800__shop__wc-product-export.csv": 9,
    # its items are called ITEM, which the manifest did not look for
    "zbozi-xml/mhujer__xml-feeds-schemas__universal.xml": 7,
    # the manifest counts segments, an offer is a LIN
    "x12/indice-co__EDI.Net__x12.832.edi": 2,
}
NO_PRODUCTS = {
    "cxml/FriendsOfCXML__cxml-php__OrderRequest.xml", "cxml/FriendsOfCXML__cxml-php__ShipNoticeRequest.xml",
    "cxml/FriendsOfCXML__cxml-php__ProductActivityMessage.xml", "json-custom/Oxford-Data-Processes__rtg-automotive__process_stock_feed_config.json",
    *(f"opentrans/stephanstapel__OpenTrans.net__sample_{kind}.xml" for kind in
      ("order_opentrans_2_1_xml_signature", "invoice_opentrans_2_1", "dispatchnotification_opentrans_2_1")),
    *(f"edifact/{name}" for name in
      ("BerryWorksSoftware__edireader__ORDERS-D01B-UNOC.edi", "BerryWorksSoftware__edireader__ORDERS-D01B-UNOE.edi",
       "indice-co__EDI.Net__edifact.ORDRSP.edi", "indice-co__EDI.Net__tradacoms.order9.edi", "xlate__staedi__invoic_d97b_una.edi",
       "indice-co__EDI.Net__edifact.01.multi-message.edi")),
    *(f"x12/{name}" for name in
      ("indice-co__EDI.Net__x12.850a.edi", "indice-co__EDI.Net__x12.850.issue135.edi", "indice-co__EDI.Net__x12.810b.edi",
       "xlate__staedi__invoice810_po850_dual.edi")),
}  # fmt: skip
BROKEN = {"prisjakt/Velofant__velofant-feed__Produkter_Prisjakt24_XMl.txt": (355, 3)}


def listed() -> list[tuple[str, int]]:
    if not MANIFEST.exists():
        return []
    with MANIFEST.open(encoding="utf-8", newline="") as lines:
        return [(row["file"], int(row["rows"])) for row in csv.DictReader(lines, delimiter="\t")]


pytestmark = pytest.mark.skipif(not MANIFEST.exists(), reason="the corpus of real feeds is not here")


@pytest.mark.parametrize(
    ("name", "rows"), [entry for entry in listed() if entry[0] not in NO_PRODUCTS and entry[0] not in BROKEN]
)
def test_a_product_feed_reads_with_the_right_number_of_records(name: str, rows: int) -> None:
    found = check_feed(FEEDS / name)
    assert found["rows"] == BETTER.get(name, rows)
    assert found["accepted"] + found["merged"] + found["attached"] + len(found["rejected"]) == found["rows"]


@pytest.mark.parametrize("name", sorted(NO_PRODUCTS) if MANIFEST.exists() else [])
def test_what_is_no_product_feed_is_refused_as_what_it_is(name: str) -> None:
    with pytest.raises(FeedRefused) as refused:
        check_feed(FEEDS / name)
    assert refused.value.code == "not_products"


@pytest.mark.parametrize("name", sorted(BROKEN) if MANIFEST.exists() else [])
def test_a_broken_feed_is_refused_where_it_is_broken(name: str) -> None:
    with pytest.raises(FeedRefused) as refused:
        check_feed(FEEDS / name)
    assert (refused.value.line, refused.value.column) == BROKEN[name]


@pytest.mark.parametrize(
    ("folder", "expected"),
    [("shopify-csv", "shopify-csv"), ("heureka-xml", "heureka-xml"), ("skroutz-xml", "skroutz-xml"), ("ceneo-xml", "ceneo-xml"), ("yml", "yml"),
     ("trovaprezzi-xml", "trovaprezzi-xml"), ("google-tsv", "google-tsv"), ("facebook-csv", "facebook-csv"), ("idealo-csv", "idealo-csv"),
     ("magento-csv", "magento-csv"), ("prestashop-csv", "prestashop-csv"), ("woocommerce-csv", "woocommerce-csv"), ("bmecat", "bmecat"),
     ("woocommerce-json", "woocommerce-json"), ("shopify-json", "shopify-json"), ("vendure-csv", "vendure-csv"), ("bigbuy", "bigbuy"),
     ("jsonl", "jsonl"), ("xls", "xls"), ("xlsx", "xlsx"), ("zbozi-xml", "zbozi-xml")],
)  # fmt: skip
def test_the_format_of_a_folder_is_found(folder: str, expected: str) -> None:
    names = [name for name, _ in listed() if name.startswith(folder + "/")]
    assert names
    assert {propose(FEEDS / name).format for name in names} == {expected}
