"""Shoptet: what its shops hand to resellers, with sizes inside or without."""

from pathlib import Path

from tests.sourcing.support import checked, read_all, written

PLAIN = """<SHOPITEM id="1"><NAME>Svíčka</NAME><GUID>g-1</GUID><DESCRIPTION><![CDATA[<p>Dlouho hoří</p>]]></DESCRIPTION><MANUFACTURER>Vosk</MANUFACTURER>
<CATEGORIES><CATEGORY id="1">Dům</CATEGORY><DEFAULT_CATEGORY id="2">Dům &gt; Svíčky</DEFAULT_CATEGORY></CATEGORIES>
<IMAGES><IMAGE description="x">https://i.example.com/1.jpg</IMAGE><IMAGE>https://i.example.com/2.jpg</IMAGE></IMAGES><CODE>SV1</CODE><EAN>4006381333931</EAN>
<STOCK><AMOUNT>7</AMOUNT></STOCK><CURRENCY>CZK</CURRENCY><VAT>21</VAT><PRICE>100</PRICE><PRICE_VAT>121</PRICE_VAT><LOGISTIC><WEIGHT>0.4</WEIGHT></LOGISTIC></SHOPITEM>"""
SIZED = """<SHOPITEM id="2"><NAME>Tričko</NAME><GUID>g-2</GUID><IMAGES><IMAGE>https://i.example.com/t.jpg</IMAGE></IMAGES><VARIANTS>
<VARIANT id="21"><CODE>TR/S</CODE><EAN>4006381333948</EAN><STOCK><AMOUNT>0</AMOUNT></STOCK><CURRENCY>CZK</CURRENCY><VAT>21</VAT><PRICE_VAT>363</PRICE_VAT>
<PARAMETERS><PARAMETER><NAME>Velikost</NAME><VALUE>S</VALUE></PARAMETER></PARAMETERS></VARIANT>
<VARIANT id="22"><CODE>TR/M</CODE><STOCK><AMOUNT>4</AMOUNT></STOCK><CURRENCY>CZK</CURRENCY><VAT>21</VAT><PRICE_VAT>363</PRICE_VAT>
<PARAMETERS><PARAMETER><NAME>Velikost</NAME><VALUE>M</VALUE></PARAMETER></PARAMETERS></VARIANT></VARIANTS></SHOPITEM>"""


def test_a_product_is_read_with_the_price_the_shopper_pays(tmp_path: Path) -> None:
    reader, offers, _ = read_all(written(tmp_path, f"<SHOP>{PLAIN}</SHOP>", "feed.xml"))
    offer = offers[0]
    assert (reader.mapping.format, offer.sku, offer.title, offer.category) == (
        "shoptet-xml",
        "SV1",
        "Svíčka",
        "Dům > Svíčky",
    )
    assert (offer.stated_e4, offer.price_e4, offer.currency, offer.price_means) == (
        1_210_000,
        1_000_000,
        "CZK",
        "public",
    )
    assert (offer.quantity, offer.weight_g, len(offer.images)) == (7, 400, 2)


def test_sizes_are_offers_and_a_product_without_any_is_one_itself(tmp_path: Path) -> None:
    path = written(tmp_path, f"<SHOP>{SIZED}{PLAIN}</SHOP>", "feed.xml")
    found = checked(path)
    assert (found["rows"], found["accepted"], found["offers"]) == (2, 2, 3)
    _, offers, _ = read_all(path)
    assert [(o.sku, o.quantity, o.options) for o in offers] == [
        ("TR/S", 0, {"Velikost": "S"}),
        ("TR/M", 4, {"Velikost": "M"}),
        ("SV1", 7, None),
    ]
    assert [o.group_key for o in offers] == ["g-2", "g-2", "g-1"]


def test_what_a_product_says_for_its_sizes_is_theirs_and_their_net_price_goes_before_its_own(
    tmp_path: Path,
) -> None:
    shared = "<GUID>g-2</GUID><PRICE>250</PRICE><LOGISTIC><WEIGHT>0.2</WEIGHT></LOGISTIC>"
    sized = (
        SIZED.replace("<GUID>g-2</GUID>", shared)
        .replace("<PRICE_VAT>363</PRICE_VAT>", "<PRICE>300</PRICE>", 1)
        .replace("<PRICE_VAT>363</PRICE_VAT>", "")
    )
    _, offers, _ = read_all(written(tmp_path, f"<SHOP>{sized}</SHOP>", "feed.xml"))
    assert [(o.sku, o.price_e4, o.weight_g) for o in offers] == [
        ("TR/S", 3_000_000, 200),
        ("TR/M", 2_500_000, 200),
    ]
