"""Amazon flat files: three rows of headers, parents and children."""

from pathlib import Path

from tests.sourcing.support import checked, read_all, written

FILE = (
    "TemplateType=fptcustom\tVersion=2026.0101\tThe top 3 rows are for Amazon.com use only.\t\t\t\t\t\t\t\n"
    "Seller SKU\tProduct Name\tProduct ID\tStandard Price\tQuantity\tMain Image URL\tParent SKU\tParentage\tColor\n"
    "item_sku\titem_name\texternal_product_id\tstandard_price\tquantity\tmain_image_url\tparent_sku\tparent_child\tcolor_name\n"
    "CAP\tWool cap\t\t\t\thttps://i.example.com/c.jpg\t\tparent\t\n"
    "CAP-R\tWool cap, red\t4006381333931\t19.90\t4\t\tCAP\tchild\tRed\n"
)


def test_the_third_row_is_the_header(tmp_path: Path) -> None:
    reader, offers, _ = read_all(written(tmp_path, FILE, "flat.txt"))
    assert (reader.mapping.format, reader.mapping.header_row) == ("amazon-flat", 3)
    assert (reader.rows, reader.accepted, reader.attached) == (2, 1, 1)
    assert (offers[0].sku, offers[0].group_key, offers[0].options, offers[0].quantity) == (
        "CAP-R",
        "CAP",
        {"Colour": "Red"},
        4,
    )
    assert offers[0].images == ("https://i.example.com/c.jpg",)


def test_what_stands_above_is_told(tmp_path: Path) -> None:
    assert any(
        "above the header" in warning for warning in checked(written(tmp_path, FILE, "flat.txt"))["warnings"]
    )


def test_the_templates_of_2023_name_columns_by_attribute_and_market(tmp_path: Path) -> None:
    market = "[marketplace_id=A1][language_tag=en_GB]"
    text = (
        "settings=contentLanguageTag=en_GB\t\t\t\t\t\t\nListing Identity\t\t\tOffer\t\tImages\t\n"
        "SKU\tItem Name\tBrand Name\tYour Price GBP (Sell on Amazon, UK)\tQuantity (UK)\tMain Image URL\tParentage Level\n"
        f"contribution_sku#1.value\titem_name{market}#1.value\tbrand{market}#1.value\t"
        "purchasable_offer[marketplace_id=A1]#1.our_price#1.schedule#1.value_with_tax\tfulfillment_availability#1.quantity\t"
        "main_product_image_locator[marketplace_id=A1]#1.media_location\tparentage_level[marketplace_id=A1]#1.value\n"
        "ABC-1\tOak chair\tWoody\t99.99\t7\thttps://i.example.com/1.jpg\t\n"
    )
    found = checked(written(tmp_path, text, "flat.txt"))
    assert (found["format"], found["header_row"], found["rows"], found["sellable"]) == (
        "amazon-flat",
        4,
        1,
        1,
    )
    [chair] = found["sample"]
    assert (chair["sku"], chair["title"], chair["brand"], chair["quantity"]) == (
        "ABC-1",
        "Oak chair",
        "Woody",
        7,
    )
    assert chair["price"] == {"amount_minor": 9999, "currency": "GBP"}


def test_the_report_of_active_listings_is_amazons_too(tmp_path: Path) -> None:
    text = (
        "item-name\titem-description\tlisting-id\tseller-sku\tprice\tquantity\topen-date\tasin1\tproduct-id\tfulfillment-channel\tstatus\n"
        "Oak table\tSolid oak, oiled by hand\t0101A\tSKU-1\t199.00\t4\t2026-01-01\tB01\tB01\tDEFAULT\tActive\n"
    )
    found = checked(written(tmp_path, text, "report.txt"))
    assert found["format"] == "amazon-flat"
    [table] = found["sample"]
    assert (table["sku"], table["title"], table["quantity"]) == ("SKU-1", "Oak table", 4)
    assert (table["description"], table["price_means"]) == ("Solid oak, oiled by hand", "public")


def test_a_file_of_prices_and_quantities_speaks_of_nothing_else(tmp_path: Path) -> None:
    text = (
        "TemplateType=PriceInventory\tVersion=2018.0924\t\t\t\t\n"
        "sku\tprice\tminimum-seller-allowed-price\tmaximum-seller-allowed-price\tquantity\thandling-time\n"
        "A-1\t10.99\t9\t15\t5\t2\nA-2\t12.99\t9\t15\t0\t2\n"
    )
    found = checked(written(tmp_path, text, "feed.txt"))
    assert (found["format"], found["header_row"], found["rows"], found["stock_only"]) == (
        "amazon-flat",
        2,
        2,
        True,
    )
    assert found["mapping"] == {
        "sku": "sku",
        "price": "price",
        "quantity": "quantity",
        "lead_days": "handling-time",
    }
