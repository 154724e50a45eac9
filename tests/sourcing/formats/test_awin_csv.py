"""Awin data feeds."""

from pathlib import Path

from tests.sourcing.support import checked, read_all, written


def test_a_data_feed_is_read(tmp_path: Path) -> None:
    text = (
        "aw_deep_link,product_name,aw_product_id,merchant_product_id,merchant_image_url,description,merchant_category,search_price,currency,ean,brand_name,in_stock,stock_quantity,delivery_time\n"
        "https://aw.example.com/1,Mug,900,A1,https://i.example.com/1.jpg,Blue,Cups,9.90,GBP,4006381333931,Acme,1,7,2 days\n"
    )
    reader, offers, _ = read_all(written(tmp_path, text))
    assert reader.mapping.format == "awin-csv"
    assert (offers[0].sku, offers[0].quantity, offers[0].currency, offers[0].lead_days) == ("A1", 7, "GBP", 2)


def test_an_advertisers_upload_is_read(tmp_path: Path) -> None:
    text = (
        '"product_id","product_name","price","currency","image_url","deep_link","in_stock","last_updated"\r\n'
        '"A1","Mug","9.90","EUR","https://i.example.com/1.jpg","https://shop.example.com/1","0","2026-02-01 10:00:00"\r\n'
    )
    found = checked(written(tmp_path, text))
    assert (found["format"], found["sample"][0]["not_sellable"], found["sample"][0]["source_time"]) == (
        "awin-csv",
        "out_of_stock",
        "2026-02-01T10:00:00+00:00",
    )
