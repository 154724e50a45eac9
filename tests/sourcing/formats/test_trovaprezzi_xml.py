"""Trovaprezzi: stock in words."""

from pathlib import Path

from tests.sourcing.support import read_all, written


def test_offers_are_read(tmp_path: Path) -> None:
    body = "".join(
        f"<Offer><Name>Tazza {n}</Name><Brand>Acme</Brand><Description>Blu</Description><OriginalPrice>24.00</OriginalPrice><Price>12.20</Price><Code>T{n}</Code>"
        f"<Link>https://shop.example.it/{n}</Link><Stock>{stock}</Stock><Categories>Casa</Categories><Image>https://i.example.com/{n}.jpg</Image>"
        "<ShippingCost>5.00</ShippingCost><PartNumber>P</PartNumber><EanCode>4006381333931</EanCode></Offer>"
        for n, stock in enumerate(("disponibile", "non disponibile", "7"))
    )
    reader, offers, _ = read_all(
        written(tmp_path, f'<?xml version="1.0"?><Products>{body}</Products>', "trovaprezzi.xml")
    )
    assert reader.mapping.format == "trovaprezzi-xml"
    assert [(offer.sells_up_to, offer.not_sellable) for offer in offers] == [
        (1, None),
        (0, "out_of_stock"),
        (7, None),
    ]
    assert (offers[0].stated_e4, offers[0].sale_price_e4, offers[0].currency) == (240_000, 122_000, "EUR")
