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
