"""Shopify exports, from seven columns up."""

from pathlib import Path

from tests.sourcing.support import checked, read_all, written


def test_a_stock_export_of_seven_columns_is_read(tmp_path: Path) -> None:
    text = "Handle,Title,Vendor,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Barcode\r\nmug,Mug,Acme,M-1,shopify,-2,4006381333931\r\n"
    found = checked(written(tmp_path, text))
    assert (found["format"], found["sample"][0]["sku"], found["sample"][0]["quantity_raw"]) == (
        "shopify-csv",
        "M-1",
        "-2",
    )
    assert found["sample"][0]["not_sellable"]


def test_grams_are_grams_and_cost_goes_before_the_price(tmp_path: Path) -> None:
    text = "Handle,Title,Variant SKU,Variant Grams,Variant Weight Unit,Variant Price,Cost per item,Variant Compare At Price\nmug,Mug,M-1,350,kg,20.00,8.00,25.00\n"
    reader, offers, _ = read_all(written(tmp_path, text))
    assert reader.mapping.price_means == "public"
    assert (offers[0].price_means, offers[0].price_e4, offers[0].msrp_e4) == ("cost", 80_000, 250_000)
    assert offers[0].weight_g == 350


def test_the_inventory_export_gives_what_is_available(tmp_path: Path) -> None:
    text = (
        "Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,Location,Incoming (not editable),Committed (not editable),"
        "Available (not editable),On hand (current),On hand (new)\n"
        "mug,Mug,Colour,Red,MUG-R,691110,CN,Main,0,1,11,12,\nmug,Mug,Colour,Blue,MUG-B,691110,CN,Main,0,0,3,3,\n"
    )
    found = checked(written(tmp_path, text))
    assert (found["format"], found["mapping"]["quantity"]) == ("shopify-csv", "Available (not editable)")
    assert [(offer["sku"], offer["quantity"], offer["origin_country"]) for offer in found["sample"]] == [
        ("MUG-R", 11, "CN"),
        ("MUG-B", 3, "CN"),
    ]


def test_the_template_of_2024_is_read(tmp_path: Path) -> None:
    text = (
        "Title,URL handle,Description,Vendor,Product category,Type,Status,SKU,Barcode,Option1 name,Option1 value,Price,Compare-at price,"
        "Cost per item,Inventory quantity,Continue selling when out of stock,Weight value (grams),Weight unit for display,Product image URL,Variant image URL\n"
        "Shirt,shirt,Soft,Acme,Apparel,Shirts,active,SH-S,,Size,S,25,35,10,4,DENY,200,kg,https://i.example.com/1.jpg,\n"
        ",shirt,,,,,,SH-M,,Size,M,25,35,10,0,DENY,210,kg,https://i.example.com/2.jpg,\n"
        ",shirt,,,,,,,,,,,,,,,,,https://i.example.com/3.jpg,\n"
    )
    reader, offers, rejected = read_all(written(tmp_path, text))
    assert (reader.mapping.format, reader.rows, reader.accepted, reader.attached) == ("shopify-csv", 3, 2, 1)
    assert [(o.sku, o.title, o.group_key, o.options, o.quantity, o.weight_g) for o in offers] == [
        ("SH-S", "Shirt", "shirt", {"Size": "S"}, 4, 200),
        ("SH-M", "Shirt", "shirt", {"Size": "M"}, 0, 210),
    ]
    assert len(offers[0].images) == 3
    assert rejected == []
