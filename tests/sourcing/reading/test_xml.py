"""XML is read as it comes, by local names, and nothing in it is believed that reaches outside."""

from pathlib import Path

import pytest

from marketplace.sourcing.propose_mapping import propose
from marketplace.sourcing.reading import xml_records
from marketplace.sourcing.reading.errors import FeedRefused
from marketplace.sourcing.reading.offer_row import OfferRow
from marketplace.sourcing.reading.xml_records import elements
from tests.sourcing.support import checked, read_all, written

ITEM = "<product><code>A{n}</code><name>Mug {n}</name><price>9.90</price><currency>EUR</currency><stock>{n}</stock></product>"


def catalogue(count: int = 3, prolog: str = '<?xml version="1.0" encoding="UTF-8"?>\n') -> str:
    return (
        prolog
        + "<catalogue>\n"
        + "\n".join(ITEM.format(n=n) for n in range(1, count + 1))
        + "\n</catalogue>\n"
    )


def test_any_repeated_element_is_a_record(tmp_path: Path) -> None:
    found = checked(written(tmp_path, catalogue(), "feed.xml"))
    assert (found["format"], found["rows"], found["accepted"]) == ("xml", 3, 3)
    assert found["sample"][0]["price"] == {"amount_minor": 990, "currency": "EUR"}
    assert [row["line"] for row in found["sample"]] == [3, 4, 5]


def test_an_element_that_never_occurs_was_not_sent(tmp_path: Path) -> None:
    mapping = propose(written(tmp_path, catalogue(), "feed.xml")).mapping
    mapping.columns["description"] = "description"
    mapping.columns["sale_price"] = "sale"
    reader, _, _ = read_all(written(tmp_path, catalogue().replace("stock>", "left>"), "feed.xml"), mapping)
    assert {"title", "price_e4", "sale_price_e4"} <= reader.sent
    assert not {"description", "quantity"} & reader.sent
    assert any(warned.code == "missing_column" and "stock" in warned.sentence for warned in reader.warnings)


def test_a_single_record_is_found_by_its_name(tmp_path: Path) -> None:
    assert checked(written(tmp_path, catalogue(1), "feed.xml"))["accepted"] == 1


def test_bytes_that_are_utf8_win_over_what_is_declared(tmp_path: Path) -> None:
    text = catalogue(2, '<?xml version="1.0" encoding="ISO-8859-1"?>\n').replace("Mug", "Théière")
    found = checked(written(tmp_path, text, "feed.xml"))
    assert found["encoding"] == "utf-8"
    assert found["sample"][0]["title"] == "Théière 1"
    assert any("says that it is" in warning for warning in found["warnings"])


def test_a_declared_encoding_is_used_where_it_holds(tmp_path: Path) -> None:
    text = catalogue(2, '<?xml version="1.0" encoding="windows-1250"?>\n').replace("Mug", "Żółty")
    assert checked(written(tmp_path, text, "feed.xml", "cp1250"))["sample"][0]["title"] == "Żółty 1"


def test_half_a_document_is_refused_with_line_and_column(tmp_path: Path) -> None:
    text = catalogue(40)
    for content in (
        text[: len(text) // 2],
        text.replace("<name>Mug 30</name>", "<name>Mug 30</nam>"),
        text.replace("Mug 7<", "Mug & 7<"),
    ):
        with pytest.raises(FeedRefused) as refused:
            checked(written(tmp_path, content, "feed.xml"))
        assert refused.value.code == "xml"
        assert refused.value.line is not None
        assert refused.value.column is not None


def test_a_fault_beyond_the_first_look_is_found_while_reading(tmp_path: Path) -> None:
    text = catalogue(12_000).replace("<name>Mug 11999</name>", "<name>Mug 11999</nam>")
    with pytest.raises(FeedRefused) as refused:
        checked(written(tmp_path, text, "feed.xml"))
    assert refused.value.line == 12_001


def test_a_doctype_of_the_trade_is_passed_over(tmp_path: Path) -> None:
    for doctype in (
        '<!DOCTYPE catalogue SYSTEM "shops.dtd">',
        '<!DOCTYPE catalogue [\n<!ELEMENT catalogue ANY>\n<!ENTITY % x "(a,b)">\n]>',
    ):
        found = checked(written(tmp_path, catalogue(2, f'<?xml version="1.0"?>\n{doctype}\n'), "feed.xml"))
        assert found["accepted"] == 2
        assert found["sample"][0]["line"] == 4 + doctype.count("\n")


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE c [<!ENTITY nbsp "aaaa">]>',
        '<!DOCTYPE c [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE c [<!ENTITY % x SYSTEM "http://203.0.113.1/x"> %x;]>',
        "<!DOCTYPE c [" + "<!ELEMENT a ANY>" * 9_000,
    ],
)
def test_a_doctype_that_declares_entities_is_refused(tmp_path: Path, doctype: str) -> None:
    with pytest.raises(FeedRefused) as refused:
        checked(written(tmp_path, catalogue(2, f'<?xml version="1.0"?>\n{doctype}\n'), "feed.xml"))
    assert (refused.value.code, refused.value.line) == ("doctype", 2)


def test_an_entity_nobody_declared_is_a_fault(tmp_path: Path) -> None:
    text = catalogue(2, '<?xml version="1.0"?>\n<!DOCTYPE c SYSTEM "x.dtd">\n').replace(
        "Mug 2", "Mug &secret;"
    )
    with pytest.raises(FeedRefused) as refused:
        checked(written(tmp_path, text, "feed.xml"))
    assert (refused.value.code, refused.value.line) == ("xml", 5)


def test_a_tree_too_deep_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FeedRefused) as refused:
        checked(written(tmp_path, "<a>" * 100_000 + "</a>" * 100_000, "feed.xml"))
    assert refused.value.code == "xml"


def test_a_document_without_records_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FeedRefused) as refused:
        checked(written(tmp_path, "<config><timeout>5</timeout></config>", "feed.xml"))
    assert refused.value.code == "no_records"


def test_named_parameters_are_options_and_markup_is_text(tmp_path: Path) -> None:
    text = """<?xml version="1.0"?><items>
    <item id="1"><title>Mug</title><description><p>Very <b>blue</b></p></description><param name="Colour">blue</param>
      <attribute><name>Size</name><value>M</value></attribute><price>5.00 EUR</price></item>
    <item id="2"><title>Cup</title><description>Plain</description><param name="Colour">red</param><price>6.00 EUR</price></item>
    </items>"""
    _, offers, _ = read_all(written(tmp_path, text, "feed.xml"))
    assert offers[0].options == {"Colour": "blue", "Size": "M"}
    assert offers[0].description == "Very blue"
    assert [offer.sku for offer in offers] == ["1", "2"]


def test_no_more_than_the_record_at_hand_is_held(tmp_path: Path) -> None:
    path = written(tmp_path, catalogue(5_000), "feed.xml")
    held = [len(element.getparent()) for _, element in elements(path, "utf-8", "product")]
    assert len(held) == 5_000
    assert max(held) < 2_000  # what one chunk of the file holds


def test_what_lies_between_records_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_records, "MAX_RECORD", 200_000)
    text = catalogue(3).replace("</catalogue>", "<junk/>" * 60_000 + "</catalogue>")
    with pytest.raises(FeedRefused) as refused:
        read_all(written(tmp_path, text, "feed.xml"))
    assert refused.value.code == "big_record"


def only(tmp_path: Path, text: str, name: str = "feed.xml") -> OfferRow:
    return read_all(written(tmp_path, text, name))[1][0]


def test_a_document_may_be_one_product(tmp_path: Path) -> None:
    text = '<product><sku>ONE</sku><name>Only one</name><price currency="EUR">3.00</price><stock>4</stock></product>'
    found = checked(written(tmp_path, text, "feed.xml"))
    assert (found["rows"], found["accepted"], found["sellable"]) == (1, 1, 1)
    with pytest.raises(FeedRefused) as refused:
        checked(written(tmp_path, text.replace("</stock>", "</stok>"), "feed.xml"))
    assert refused.value.code == "xml"


@pytest.mark.parametrize(
    ("text", "format"),
    [
        (
            '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title></channel></rss>',
            "google-rss",
        ),
        (
            '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><title>Shop</title></feed>',
            "google-rss",
        ),
        ("<SHOP></SHOP>", "heureka-xml"),
        ('<offers version="1"></offers>', "ceneo-xml"),
        ("<yml_catalog><shop><name>S</name><offers/></shop></yml_catalog>", "yml"),
        ("<mywebstore><created_at>2026</created_at><products/></mywebstore>", "skroutz-xml"),
    ],
)
def test_a_feed_of_nothing_has_no_rows(tmp_path: Path, text: str, format: str) -> None:
    found = checked(written(tmp_path, text, "feed.xml"))
    assert (found["format"], found["rows"]) == (format, 0)


def test_a_list_of_other_things_is_refused_as_what_it_is(tmp_path: Path) -> None:
    pages = "".join(
        f"<url><loc>https://shop.example.com/{n}</loc><lastmod>2026-01-01</lastmod><priority>0.5</priority></url>"
        for n in range(4)
    )
    with pytest.raises(FeedRefused, match="urlset") as refused:
        checked(written(tmp_path, f"<urlset>{pages}</urlset>", "sitemap.xml"))
    assert refused.value.code == "not_products"


def test_prices_are_told_apart_by_their_type_and_keep_their_currency(tmp_path: Path) -> None:
    prices = '<prices><price type="retail" currency="EUR">20.00</price><price type="wholesale" currency="EUR">11.00</price></prices>'
    text = (
        "<catalog>"
        + "".join(
            f"<product><sku>N{n}</sku><title>Vase no {n}</title>{prices}<stock>{n}</stock></product>"
            for n in (1, 2)
        )
        + "</catalog>"
    )
    offer = only(tmp_path, text)
    assert (offer.price_e4, offer.currency, offer.price_means, offer.msrp_e4) == (
        110_000,
        "EUR",
        "cost",
        200_000,
    )


def test_a_number_s_type_is_no_kind_of_price(tmp_path: Path) -> None:
    row = '<product><sku>N{n}</sku><title>Vase no {n}</title><price type="decimal">20.00</price><currency>EUR</currency></product>'
    offer = only(tmp_path, f"<products>{row.format(n=1)}{row.format(n=2)}</products>")
    assert (offer.price_e4, offer.options) == (200_000, None)


def test_what_an_element_s_parent_is_called_says_what_its_name_is(tmp_path: Path) -> None:
    row = "<product><sku>N{n}</sku><title>Vase no {n}</title><brand><id>5</id><title>Acme</title></brand><categories><category><id>1</id><name>Home</name></category></categories><price>2.00 EUR</price></product>"
    offer = only(tmp_path, f"<products>{row.format(n=1)}{row.format(n=2)}</products>")
    assert (offer.title, offer.brand, offer.category) == ("Vase no 1", "Acme", "Home")


def test_values_may_be_attributes_and_the_currency_said_once(tmp_path: Path) -> None:
    rows = "".join(
        f'<line sku="A{n}" title="Pen no {n}" price="1.50" stock="{n}"><param name="Colour" value="red"/><param name="Size"/></line>'
        for n in (1, 2)
    )
    offer = only(tmp_path, f'<catalogue currency="GBP">{rows}</catalogue>')
    assert (offer.sku, offer.price_e4, offer.currency, offer.quantity) == ("A1", 15_000, "GBP", 1)
    assert offer.options == {"Colour": "red"}


def test_variants_called_otherwise_are_found_by_what_they_hold(tmp_path: Path) -> None:
    def sizes(n: int) -> str:
        return "".join(
            f"<Secenek><StokKodu>G{n}-{s}</StokKodu><StokAdedi>{k}</StokAdedi><SatisFiyati>120,50 TL</SatisFiyati></Secenek>"
            for k, s in enumerate("SM", 1)
        )

    rows = "".join(
        f"<Urun><UrunKartiID>{n}</UrunKartiID><UrunAdi>Gömlek no {n}</UrunAdi><UrunSecenek>{sizes(n)}</UrunSecenek></Urun>"
        for n in (1, 2)
    )
    reader, offers, _ = read_all(written(tmp_path, f"<Root><Urunler>{rows}</Urunler></Root>", "feed.xml"))
    assert (reader.rows, reader.offers) == (2, 4)
    assert [(o.sku, o.quantity, o.price_e4, o.currency) for o in offers[:2]] == [
        ("G1-S", 1, 1_205_000, "TRY"),
        ("G1-M", 2, 1_205_000, "TRY"),
    ]


def test_a_record_without_variants_is_its_own(tmp_path: Path) -> None:
    two = "<variants><variant><sku>T-S</sku><price>15.00 EUR</price><stock>1</stock></variant><variant><sku>T-M</sku><price>16.00 EUR</price><stock>0</stock></variant></variants>"
    text = f"<products><product><id>1</id><name>Tee shirt</name>{two}</product><product><id>2</id><name>Plain mug</name><sku>M-1</sku><price>5.00 EUR</price><stock>9</stock></product></products>"
    _, offers, _ = read_all(written(tmp_path, text, "feed.xml"))
    assert [(o.sku, o.quantity) for o in offers] == [("T-S", 1), ("T-M", 0), ("M-1", 9)]


def test_rows_of_fields_are_read_by_the_fields_names(tmp_path: Path) -> None:
    row = '<row><field name="sku">M{n}</field><field name="name">Blue chair no {n}</field><field name="price">9.90 EUR</field><field name="stock">{n}</field></row>'
    offer = only(
        tmp_path,
        f'<?xml version="1.0"?><resultset statement="select">{row.format(n=1)}{row.format(n=2)}</resultset>',
    )
    assert (offer.sku, offer.title, offer.price_e4, offer.quantity, offer.options) == (
        "M1",
        "Blue chair no 1",
        99_000,
        1,
        None,
    )


def test_values_are_found_in_the_ways_they_are_written(tmp_path: Path) -> None:
    row = (
        '<product><sku>V{n}</sku><name>Desk lamp no {n}</name><price value="12.50" currency="EUR"/><quantity>{n}</quantity>'
        '<attributes><attribute name="Colour"><value>Red</value></attribute></attributes>'
        "<specs><spec><key>Volts</key><val>18</val></spec></specs></product>"
    )
    offer = only(tmp_path, f"<products>{row.format(n=1)}{row.format(n=2)}</products>")
    assert (offer.price_e4, offer.currency) == (125_000, "EUR")
    assert offer.options == {"Colour": "Red", "Volts": "18"}


def test_a_record_that_holds_one_item_and_says_more_is_the_record(tmp_path: Path) -> None:
    line = '<Line><Price><PriceAmount currencyID="EUR">9.90</PriceAmount></Price><Item><Name>Copy paper A4 no {n}</Name><SKU>U{n}</SKU></Item></Line>'
    offer = only(tmp_path, f"<Catalogue><Name>Ours</Name>{line.format(n=1)}{line.format(n=2)}</Catalogue>")
    assert (offer.sku, offer.title, offer.price_e4, offer.currency) == (
        "U1",
        "Copy paper A4 no 1",
        99_000,
        "EUR",
    )


def test_a_declared_encoding_that_the_bytes_belie_does_no_harm(tmp_path: Path) -> None:
    row = "<product><sku>U{n}</sku><name>Café crème {n}</name><price>9.90 EUR</price></product>"
    text = f"<products>{row.format(n=1)}{row.format(n=2)}</products>"
    for declared, used in (
        ("utf-16", "utf-8"),
        ("ISO-8859-1", "utf-8"),
        ("windows-1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("koi8-r", "utf-8"),
    ):
        content = f'<?xml version="1.0" encoding="{declared}"?>{text}'.encode(used)
        assert read_all(written(tmp_path, content, "feed.xml"))[1][0].title == "Café crème 1", (
            declared,
            used,
        )


def test_characters_by_htmls_names_are_read_and_told_of(tmp_path: Path) -> None:
    told = (
        "<description>Th&eacute;i&egrave;re&nbsp;&LT;b&AMP;&rsquo; <![CDATA[&eacute;]]></description><price>"
    )
    text = catalogue(2).replace("<price>", told)
    declared = '<!DOCTYPE c [<!ENTITY nbsp "&#160;"> <!ENTITY LT "&#38;#60;">]>\n<catalogue>'
    doctype = '<!DOCTYPE catalogue SYSTEM "shop.dtd">\n<catalogue>'
    for content in (text, text.replace("<catalogue>", doctype), text.replace("<catalogue>", declared)):
        found = checked(written(tmp_path, content, "feed.xml"))
        assert found["sample"][0]["description"] == "Théière\xa0<b&’ &eacute;"
        assert any("&nbsp;" in warning for warning in found["warnings"])


def test_names_in_literal_text_are_nothing_to_tell_of(tmp_path: Path) -> None:
    told = "<description><![CDATA[A&nbsp;B]]><!-- &nbsp; --> R&amp;D</description><price>"
    text = catalogue(2).replace("<price>", told)
    found = checked(written(tmp_path, text, "feed.xml"))
    assert found["sample"][0]["description"] == "A&nbsp;B R&D"
    assert not any("&nbsp;" in warning for warning in found["warnings"])


def test_another_name_is_a_fault_where_it_stands(tmp_path: Path) -> None:
    with pytest.raises(FeedRefused) as refused:
        checked(written(tmp_path, catalogue(5).replace("Mug 3", "Mug &shop; 3"), "feed.xml"))
    assert (refused.value.code, refused.value.line) == ("xml", 5)


@pytest.mark.parametrize("prolog", ["", '<?xml version="1.0"?>'])
def test_a_fault_on_the_first_line_is_named_in_its_own_columns(tmp_path: Path, prolog: str) -> None:
    text = catalogue(400, prolog).replace("\n", "")
    broken = text.replace("<name>Mug 390</name>", "<name>Mug 390</nam>")
    with pytest.raises(FeedRefused) as refused:
        list(elements(written(tmp_path, broken, "feed.xml"), "utf-8", "product"))
    at = broken.index("</nam>") + len("</nam>")
    assert refused.value.line == 1
    assert refused.value.column is not None
    assert abs(refused.value.column - at) < 3


def test_what_is_declared_after_our_own_names_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE a><!DOCTYPE b [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;">]>\n'
    with pytest.raises(FeedRefused):
        checked(written(tmp_path, catalogue(3, bomb).replace("Mug", "&y;"), "feed.xml"))


def test_a_prefix_that_nobody_declared_is_no_fault_in_a_feed(tmp_path: Path) -> None:
    items = "".join(
        f"<item><g:id>A{n}</g:id><title>Mug {n}</title><g:price>9.90 EUR</g:price><g:availability>in stock</g:availability></item>"
        for n in (1, 2)
    )
    text = f'<?xml version="1.0"?>\n<rss version="2.0"><channel>{items}</channel></rss>'
    found = checked(written(tmp_path, text, "feed.xml"))
    assert (found["format"], found["rows"], found["sample"][0]["sku"]) == ("google-rss", 2, "A1")
    with pytest.raises(FeedRefused) as refused:
        checked(written(tmp_path, text.replace("g:", "shop:"), "feed.xml"))
    assert refused.value.line == 2


def test_models_with_a_size_and_a_stock_are_variants_under_their_own_number(tmp_path: Path) -> None:
    sizes = "".join(
        f"<model><size>{n}</size><available>{n - 36}</available><model_id>5{n}</model_id></model>"
        for n in (38, 39)
    )
    items = "".join(
        f"<item><product_id>8{n}</product_id><product_code>BG-{n}</product_code><product_name>Shoe {n}</product_name>"
        f"<wholesale_price>89.50</wholesale_price><models>{sizes.replace('_id>5', f'_id>{n}')}</models></item>"
        for n in (1, 2)
    )
    found = checked(written(tmp_path, f"<catalog><items>{items}</items></catalog>", "feed.xml"))
    assert (found["rows"], found["accepted"], found["merged"], found["offers"]) == (2, 2, 0, 4)
    assert [
        (each["sku"], each["group_key"], each["options"]["Size"], each["quantity"])
        for each in found["sample"][:2]
    ] == [
        ("138", "BG-1", "38", 2),
        ("139", "BG-1", "39", 3),
    ]


def test_variants_are_told_apart_by_what_they_are_called(tmp_path: Path) -> None:
    inner = "".join(f"<VARIANT><NAME>{name}</NAME><STOCK>3</STOCK></VARIANT>" for name in ("70B", "75B"))
    items = "".join(
        f"<PRODUCT><ID>2{n}</ID><NAME>Top {n}</NAME><COLOR>white</COLOR><DESCRIPTIONS><DESCRIPTION><TITLE>Top no. {n}</TITLE>"
        f"<LONG_DESCRIPTION>Soft and light</LONG_DESCRIPTION></DESCRIPTION></DESCRIPTIONS><PRICES><EUR>9.{n}0</EUR></PRICES>"
        f"<WEIGHT>{n}50</WEIGHT><VARIANTS>{inner}</VARIANTS></PRODUCT>"
        for n in (1, 2)
    )
    found = checked(written(tmp_path, f"<PRODUCTS>{items}</PRODUCTS>", "feed.xml"))
    assert (found["rows"], found["offers"], found["merged"]) == (2, 4, 0)
    first = found["sample"][0]
    assert (first["group_key"], first["options"]["Variant"], first["weight_g"]) == ("21", "70B", 150)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("<sku>A2</sku><name>A & B</name></product></products>", "a bare “&”"),
        ("<sku>A2</sku><name>A < B</name></product></products>", "a bare “<”"),
        ("<sku>A2</sku><name>A</sku></product></products>", "<name> of line 4 is closed as </sku>"),
        ("<sku>A2</sku><name>A</na", "ends in the middle of an element"),
        ("<sku>A2", "ends inside <sku> of line 4"),
    ],
)
def test_a_fault_is_said_in_words_of_whoever_has_to_mend_it(tmp_path: Path, broken: str, said: str) -> None:
    text = f"<?xml version='1.0'?>\n<products>\n<product><sku>A1</sku><name>Lamp</name></product>\n<product>{broken}"
    with pytest.raises(FeedRefused, match=said) as refused:
        checked(written(tmp_path, text, "feed.xml"))
    assert refused.value.line == 4


@pytest.mark.parametrize(
    "text",
    [
        "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>",
        '<s:Envelope xmlns:s="urn:s"><s:Body><s:Fault><faultstring>Access Denied</faultstring></s:Fault></s:Body></s:Envelope>',
    ],
)
def test_a_servers_apology_is_refused_with_what_it_says(tmp_path: Path, text: str) -> None:
    with pytest.raises(FeedRefused, match=r"in place of products: .*Access Denied"):
        checked(written(tmp_path, text, "feed.xml"))
