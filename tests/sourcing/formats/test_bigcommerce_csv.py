"""BigCommerce exports: products, their SKUs, and rules."""

from pathlib import Path

from tests.sourcing.support import read_all, written

NAMES = "Item Type,Product ID,Product Name,Product Type,Product Code/SKU,Brand Name,Product Description,Price,Cost Price,Retail Price,Current Stock Level,Category,Product UPC/EAN,Product Image URL - 1"


def test_skus_are_sold_in_place_of_their_product(tmp_path: Path) -> None:
    text = (
        f"{NAMES}\n"
        "Product,1,Cap,P,CAP,Acme,<p>Wool</p>,20.00,8.00,25.00,0,Hats,,https://i.example.com/c.jpg\n"
        '  SKU,,"[S]Colour=Red,[RB]Size=M",,CAP-RM,,,20.00,8.00,,4,,4006381333931,\n'
        '  SKU,,"[S]Colour=Blue,[RB]Size=M",,CAP-BM,,,20.00,8.00,,0,,,\n'
        '  Rule,,"[S]Colour=Red",,,,,,,,,,,\n'
        "Product,2,Mug,P,MUG,Acme,Blue,9.00,3.00,,7,Cups,,\n"
    )
    reader, offers, _ = read_all(written(tmp_path, text))
    assert reader.mapping.format == "bigcommerce-csv"
    assert (reader.rows, reader.accepted, reader.attached, reader.rejected) == (5, 3, 1, 1)
    assert [(offer.sku, offer.title, offer.options, offer.quantity) for offer in offers] == [
        ("CAP-RM", "Cap", {"Colour": "Red", "Size": "M"}, 4),
        ("CAP-BM", "Cap", {"Colour": "Blue", "Size": "M"}, 0),
        ("MUG", "Mug", None, 7),
    ]
    assert offers[0].group_key == "CAP"
    assert (offers[0].price_means, offers[0].price_e4) == ("cost", 80_000)


def test_skus_without_a_price_have_their_products(tmp_path: Path) -> None:
    text = (
        f"{NAMES}\n"
        "Product,1,Cap,P,CAP,Acme,<p>Wool</p>,20.00,,25.00,0,Hats,,https://i.example.com/c.jpg\n"
        '  SKU,,"[S]Colour=Red",,CAP-R,,,,,,4,,,\n'
        '  SKU,,"[S]Colour=Blue",,CAP-B,,,,,,0,,,\n'
        "  Rule,,,,CAP-B,,,[ADD]2,,,,,,\n"
    )
    _, offers, rejected = read_all(written(tmp_path, text))
    assert [(offer.sku, offer.price_e4, offer.not_sellable) for offer in offers] == [
        ("CAP-R", 200_000, "no_currency"),
        ("CAP-B", 200_000, "no_currency"),
    ]
    assert [item.reason for item in rejected] == ["It is no offer: a rule of the shop"]


def test_the_newer_export_calls_its_rows_otherwise(tmp_path: Path) -> None:
    text = (
        "Item,ID,Name,Type,SKU,Options,Inventory Tracking,Current Stock,Low Stock,Price,Retail Price,Brand ID,Channels,Categories,"
        "Description,Custom Fields,Product URL,Images,Weight,GTIN\n"
        "Product,101,Red Shirt,physical,RS,,variant,15,0,25.00,30.00,5,1,12,<p>Nice</p>,,/red/,https://c.example.com/1.jpg,0.3,\n"
        "Variant,201,,,RS-M,Type=Swatch|Name=Size|Value=M,,10,0,,,,,,,,,,0.3,4006381333931\n"
        "Variant,202,,,RS-L,Type=Swatch|Name=Size|Value=L,,5,0,,,,,,,,,,0.3,\n"
        "Image,301,,,,,,,,,,,,,,,,https://c.example.com/2.jpg,,\n"
        "Product,102,Mug,physical,MUG,,product,3,0,9.00,,5,1,12,<p>Mug</p>,,/mug/,https://c.example.com/3.jpg,0.4,\n"
    )
    reader, offers, rejected = read_all(written(tmp_path, text))
    assert (reader.mapping.format, reader.rows, reader.accepted, reader.attached) == (
        "bigcommerce-csv",
        5,
        3,
        2,
    )
    assert [(offer.sku, offer.title, offer.options, offer.quantity) for offer in offers] == [
        ("RS-M", "Red Shirt", {"Size": "M"}, 10),
        ("RS-L", "Red Shirt", {"Size": "L"}, 5),
        ("MUG", "Mug", None, 3),
    ]
    assert rejected == []
    assert offers[0].images == ("https://c.example.com/1.jpg", "https://c.example.com/2.jpg")
    assert offers[2].images == ("https://c.example.com/3.jpg",)


def test_a_row_with_a_picture_belongs_to_the_product_above_it(tmp_path: Path) -> None:
    text = (
        "Item,ID,Name,Type,SKU,Options,Inventory Tracking,Current Stock,Low Stock,Price,Brand ID,Channels,Custom Fields,Product URL,"
        "Internal Image URL (Export),Image is Thumbnail\n"
        "Product,7,Red Mug,physical,MUG,,product,4,0,9.00,5,1,,/mug/,,\n"
        "Image,,,,,,,,,,,,,,https://c.example.com/1.jpg,TRUE\n"
        "Image,,,,,,,,,,,,,,https://c.example.com/2.jpg,FALSE\n"
    )
    reader, offers, rejected = read_all(written(tmp_path, text))
    assert (reader.rows, reader.accepted, reader.attached, rejected) == (3, 1, 2, [])
    assert offers[0].images == ("https://c.example.com/1.jpg", "https://c.example.com/2.jpg")
