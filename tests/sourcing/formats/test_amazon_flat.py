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
