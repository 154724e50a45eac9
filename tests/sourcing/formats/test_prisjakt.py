"""Prisjakt: its own names, or Google's under its name."""

from pathlib import Path

from tests.sourcing.support import checked, read_all, written


def test_its_own_names_are_read(tmp_path: Path) -> None:
    text = (
        "Product-name;Your-item-number;Manufacturer;Manufacturer-SKU;EAN;Price;Stock-status;Delivery-time;Category;Product-URL;Image-URL\n"
        "Mugg;P1;Acme;M1;4006381333931;199,00 SEK;I lager;2-4 dagar;Kök;https://shop.example.se/1;https://i.example.com/1.jpg\n"
    )
    reader, offers, _ = read_all(written(tmp_path, text))
    assert reader.mapping.format == "prisjakt"
    assert (offers[0].sku, offers[0].currency, offers[0].lead_days, offers[0].sells_up_to) == (
        "P1",
        "SEK",
        4,
        1,
    )


def test_googles_names_under_its_own_are_read(tmp_path: Path) -> None:
    text = (
        '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Feed</title><description>XML för Prisjakt</description>'
        "<item><g:id>P1</g:id><g:title>Mugg</g:title><g:link>https://shop.example.se</g:link><g:image_link>https://i.example.com/1.jpg</g:image_link>"
        "<g:price>7900 SEK</g:price><g:availability>in stock</g:availability></item></channel></rss>"
    )
    found = checked(written(tmp_path, text, "Produkter.txt"))
    assert (found["format"], found["sample"][0]["price"]["amount_minor"]) == ("prisjakt", 790_000)
