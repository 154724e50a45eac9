"""Google feeds in RSS, in Atom, without their namespace, and under a root of their own."""

from pathlib import Path

from tests.sourcing.support import checked, read_all, written

ITEM = """<item><g:id>G1</g:id><g:title>Mug</g:title><g:description>Blue</g:description><g:link>https://shop.example.com/g1</g:link>
<g:image_link>https://i.example.com/1.jpg</g:image_link><g:additional_image_link>https://i.example.com/2.jpg</g:additional_image_link>
<g:additional_image_link>https://i.example.com/3.jpg</g:additional_image_link><g:price>17.00 OMR</g:price><g:sale_price>15.500 OMR</g:sale_price>
<g:availability>in_stock</g:availability><g:gtin>4006381333931</g:gtin><g:brand>Acme</g:brand><g:item_group_id>GG</g:item_group_id>
<g:shipping><g:country>OM</g:country><g:price>2.00 OMR</g:price></g:shipping><g:color>blue</g:color><g:condition>new</g:condition></item>"""


def rss(item: str = ITEM) -> str:
    return (
        '<?xml version="1.0"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>\n'
        f"<link>https://shop.example.com</link>{item}</channel></rss>"
    )


def test_an_rss_feed_is_read(tmp_path: Path) -> None:
    reader, offers, _ = read_all(written(tmp_path, rss(), "feed.xml"))
    offer = offers[0]
    assert (reader.mapping.format, reader.mapping.record_path) == ("google-rss", "channel/item")
    assert (offer.sku, offer.group_key, offer.stated_e4, offer.currency, offer.sale_price_e4) == (
        "G1",
        "GG",
        170_000,
        "OMR",
        155_000,
    )
    assert (offer.gtin_valid, offer.condition, offer.options, offer.sells_up_to) == (
        "4006381333931",
        "new",
        {"Colour": "blue"},
        1,
    )
    assert [url[-5] for url in offer.images] == ["1", "2", "3"]
    assert reader.mapping.price_means == "public"


def test_names_without_their_namespace_are_the_same(tmp_path: Path) -> None:
    found = checked(written(tmp_path, rss(ITEM.replace("g:", "")), "feed.txt"))
    assert (found["format"], found["sample"][0]["price"]) == (
        "google-rss",
        {"amount_minor": 17000, "currency": "OMR"},
    )


def test_an_atom_feed_is_read(tmp_path: Path) -> None:
    entry = ITEM.replace("item>", "entry>").replace(
        "<g:link>https://shop.example.com/g1</g:link>", '<link href="https://shop.example.com/g1"/>'
    )
    text = f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><title>Shop</title><updated>2026-01-01</updated>{entry}</feed>'
    _, offers, _ = read_all(written(tmp_path, text, "feed.atom"))
    assert (offers[0].sku, offers[0].link) == ("G1", "https://shop.example.com/g1")


def test_a_root_of_their_own_is_no_hindrance(tmp_path: Path) -> None:
    text = (
        rss()
        .replace('<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>', '<shop xmlns:g="x">')
        .replace("</channel></rss>", "</shop>")
    )
    assert checked(written(tmp_path, text, "feed.xml"))["format"] == "google-rss"


def test_prices_carry_vat_but_in_america(tmp_path: Path) -> None:
    assert read_all(written(tmp_path, rss(), "feed.xml"))[0].mapping.price_vat == "included"
    assert (
        read_all(written(tmp_path, rss(ITEM.replace("OMR", "USD")), "feed.xml"))[0].mapping.price_vat
        == "excluded"
    )
