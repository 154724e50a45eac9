"""WordPress's own export of a WooCommerce shop: products among other posts."""

from pathlib import Path

from tests.sourcing.support import checked, read_all, written


def meta(**values: str) -> str:
    return "".join(
        f"<wp:postmeta><wp:meta_key><![CDATA[_{key}]]></wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
        for key, value in values.items()
    )


FEED = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Shop</title><wp:wxr_version>1.2</wp:wxr_version>
<item><title>mug-photo</title><link>https://shop.example.com/a</link><wp:post_id>9</wp:post_id><wp:post_type>attachment</wp:post_type></item>
<item><title><![CDATA[Mug]]></title><link>https://shop.example.com/mug</link><content:encoded><![CDATA[<p>Big</p>]]></content:encoded><wp:post_id>10</wp:post_id><wp:post_type>product</wp:post_type>
<category domain="product_cat" nicename="mugs"><![CDATA[Mugs]]></category>{meta(sku="MUG-1", regular_price="12.50", sale_price="9.90", stock="4", stock_status="instock")}</item>
<item><title>Cup</title><wp:post_id>11</wp:post_id><wp:post_type>product</wp:post_type>{meta(sku="", regular_price="5", stock_status="outofstock")}</item></channel></rss>"""


def test_products_are_read_and_other_posts_reported(tmp_path: Path) -> None:
    path = written(tmp_path, FEED, "shop.WordPress.xml")
    found = checked(path)
    assert (found["format"], found["rows"], found["accepted"]) == ("woocommerce-xml", 3, 2)
    assert "post_type" in found["rejected"][0]["reason"]
    _, offers, _ = read_all(path)
    mug, cup = offers
    assert (mug.sku, mug.title, mug.description, mug.category) == ("MUG-1", "Mug", "<p>Big</p>", "Mugs")
    assert (mug.stated_e4, mug.sale_price_e4, mug.quantity) == (125_000, 99_000, 4)
    assert (cup.sku, cup.availability) == ("11", "out_of_stock")
