"""What a column's name says, in the dress suppliers give it."""

import json
from pathlib import Path
from typing import Any

import pytest

from marketplace.sourcing.mapping.names import said_by
from tests.sourcing.support import checked, written


def _mapped(folder: Path, text: str, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = checked(written(folder, text, **more))["mapping"]
    return found


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("EK (EUR)", "cost"), ("PA HT", "cost"), ("PV TTC", "price"), ("Цена, грн", "price"), ("B2B price", "cost"), ("Vejl. udsalgspris", "msrp"),
        ("Price ($)", "price"), ("Készlet (db)", "quantity"), ("Lagerbeholdning", "quantity"), ("name_en", "title"), ("⭐ Preço de Fábrica (R$)", "cost"),
        ("preis.netto", "price"), ("bilder.url", "image"), ("brand.name", "brand"), ("name.de", "title"), ("stock.available", "quantity"),
        ("Fabricant", "brand"), ("E-mail du fabricant", "manufacturer_email"), ("Adres producenta", "manufacturer_address"),
        ("Herstelleranschrift", "manufacturer_address"), ("Osoba odpowiedzialna", "responsible_name"), ("Состав комплекта", "parts"),
        ("prices/b2b", "cost"), ("prices/b2c", "price"), ("kategoria/nazwa", "category"), ("handling_time/value", "lead_days"), ("name/language", "title"), ("Image_Extra_1", "more_images"),
    ],
)  # fmt: skip
def test_the_name_is_known_under_currency_tax_unit_language_and_path(name: str, field: str) -> None:
    assert said_by(name)[0][0] == field


@pytest.mark.parametrize("name", ["category.id", "Grundpreis", "Versandkosten", "id_manufacturer"])
def test_what_only_looks_like_one_of_ours_says_nothing(name: str) -> None:
    assert said_by(name) == []


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Référence;Désignation;Marque;Prix HT;Stock;Fabricant;Adresse du fabricant;E-mail du fabricant\nA;Jouet;Zoé;9,90;5;Zoé SARL;1 rue X;a@zoe.example\n", "cp1252"),
        ("Artikelnummer;Bezeichnung;Marke;EK netto;Bestand;Hersteller;Hersteller Anschrift;Hersteller E-Mail\nA;Spiel;Zoé;9,90;5;Zoé GmbH;Weg 1;a@zoe.example\n", "utf-8"),
        ("Kod;Nazwa;Marka;Cena hurtowa netto;Ilość;Producent;Adres producenta;E-mail producenta\nA;Zabawka;Zoé;9,90;5;Zoé S.A.;ul. X;a@zoe.example\n", "cp1250"),
        ("Codice;Nome;Marca;Prezzo di acquisto;Giacenza;Produttore;Indirizzo produttore;E-mail del produttore\nA;Gioco;Zoé;9,90;5;Zoé SpA;via X;a@zoe.example\n", "utf-8"),
        ("Kód;Název;Značka;Nákupní cena;Skladem ks;Výrobce;Adresa výrobce;E-mail výrobce\nA;Hračka;Zoé;9,90;5;Zoé s.r.o.;ulice X;a@zoe.example\n", "cp1250"),
    ],
)  # fmt: skip
def test_who_made_it_is_found_beside_the_brand(tmp_path: Path, text: str, encoding: str) -> None:
    found = checked(written(tmp_path, text, encoding=encoding))
    [offer] = found["sample"]
    assert offer["brand"] == "Zoé"
    assert offer["manufacturer"]["name"].startswith("Zoé ")
    assert offer["manufacturer"]["email"] == "a@zoe.example"
    assert "address" in offer["manufacturer"]


def test_of_a_net_and_a_gross_price_the_net_one_is_taken(tmp_path: Path) -> None:
    text = "Indeks;Nazwa;Cena brutto;Cena netto;Stan\n1;Kubek;15,01;12,20;4\n2;Miska;24,60;20,00;0\n"
    assert _mapped(tmp_path, text)["price"] == "Cena netto"


def test_a_net_price_that_few_rows_have_is_left_for_the_one_all_have(tmp_path: Path) -> None:
    text = "Indeks;Nazwa;Cena brutto;Cena netto;Stan\n1;Kubek;15,01;12,20;4\n2;Miska;24,60;;0\n3;Talerz;9,60;;0\n"
    assert _mapped(tmp_path, text)["price"] == "Cena brutto"


def test_a_stock_with_a_value_beneath_it_is_read(tmp_path: Path) -> None:
    text = json.dumps(
        [{"sku": f"A{n}", "name": f"Lamp {n}", "stock": {"value": n, "warehouse_id": 1}} for n in (3, 4)]
    )
    assert _mapped(tmp_path, text, name="feed.json")["quantity"] == "stock.value"


def test_a_recommended_price_alone_is_a_public_one(tmp_path: Path) -> None:
    found = checked(written(tmp_path, "sku,title,RRP EUR,stock\nA,Mug,9.90,3\nB,Bowl,19.90,0\n"))
    assert found["mapping"]["price"] == "RRP EUR"
    assert found["sample"][0]["price_means"] == "public"


def test_limits_plans_and_contents_are_not_stock(tmp_path: Path) -> None:
    text = "sku,name,price,Quantity per order,Seuil mini,Quantity\nA,Rice,3,5,2,500 gm\nB,Oil,4,5,1,1 ltr\n"
    assert "quantity" not in _mapped(tmp_path, text)


def test_a_charge_is_neither_a_price_nor_a_delivery_time(tmp_path: Path) -> None:
    found = _mapped(tmp_path, "sku,name,price,delivery_cost,stock\nA,Rice,3,4.90,5\nB,Oil,4,5.90,0\n")
    assert (found["price"], found.get("lead_days")) == ("price", None)


def test_noughts_and_ones_under_sale_are_no_price(tmp_path: Path) -> None:
    text = "sku,name,price,sale,stock\nA,Rice,3,1,5\nB,Oil,4,0,0\nC,Salt,5,0,1\n"
    assert "sale_price" not in _mapped(tmp_path, text)


def test_an_ean_under_another_name_is_a_gtin(tmp_path: Path) -> None:
    text = (
        "sku;product-id;product-id-type;price;quantity;state;discount-price\n"
        "A;4006381333931;EAN;12,17;4;Nuevo;\nB;4006381333948;EAN;58,91;0;Nuevo;50,00\nC;4006381333955;EAN;5,90;1;Nuevo;\n"
    )
    found = _mapped(tmp_path, text)
    assert (found["sku"], found["gtin"], found["sale_price"]) == ("sku", "product-id", "discount-price")


def test_the_currency_above_the_header_is_the_files(tmp_path: Path) -> None:
    text = "ACME price list\nAll prices net in EUR\nItem no.;Description;Dealer price;Stock\nA-1;Lamp;10,50;3\nA-2;Oak desk;99,00;0\n"
    assert checked(written(tmp_path, text))["sample"][0]["price"] == {"amount_minor": 1050, "currency": "EUR"}


def test_two_currencies_above_the_header_say_nothing(tmp_path: Path) -> None:
    text = "Prices in EUR or USD\nItem no.;Description;Dealer price;Stock\nA-1;Lamp;10,50;3\nA-2;Oak desk;99,00;0\n"
    assert checked(written(tmp_path, text))["sample"][0]["price"]["currency"] is None


def test_a_list_of_pictures_in_brackets_is_parted(tmp_path: Path) -> None:
    text = 'sku,name,price,currency,stock,image\nA,Mug,3,EUR,5,"[""https://i.example.com/1.jpg"", ""https://i.example.com/2.jpg""]"\n'
    assert checked(written(tmp_path, text))["sample"][0]["images"] == [
        "https://i.example.com/1.jpg",
        "https://i.example.com/2.jpg",
    ]


@pytest.mark.parametrize(
    ("under", "mapped"), [("meta", "meta/ean"), *((name, None) for name in ("related", "crossSellProducts"))]
)
def test_a_barcode_among_the_details_is_the_products_and_one_of_a_related_product_is_not(
    tmp_path: Path, under: str, mapped: str | None
) -> None:
    codes = ("4006381333931", "4006381333948", "4006381333955")
    products = "".join(
        f"<product><sku>A-{n}</sku><name>Lamp number {n}</name><price>9.90</price><stock>{n}</stock><{under}><ean>{code}</ean></{under}></product>"
        for n, code in enumerate(codes)
    )  # fmt: skip
    found = checked(written(tmp_path, f"<shop>{products}</shop>", name="feed.xml"))
    assert found["mapping"].get("gtin") == mapped
    assert [offer.get("gtin") for offer in found["sample"]] == [code if mapped else None for code in codes]


def test_pictures_and_stock_of_related_products_are_not_the_products(tmp_path: Path) -> None:
    products = [
        {"sku": f"A-{n}", "name": f"Lamp number {n}", "price": 9.9, "image": f"https://i.example.com/{n}.jpg",
         "alternative_images": [{"url": f"https://i.example.com/{n}b.jpg"}],
         "related_products": [{"name": "Bulb", "stock": 7, "image": f"https://i.example.com/bulb{n}.jpg"}]}
        for n in range(4)
    ]  # fmt: skip
    found = checked(written(tmp_path, json.dumps(products), name="feed.json"))
    assert "quantity" not in found["mapping"]
    assert found["mapping"]["images"] == ["image", "alternative_images.url"]


@pytest.mark.parametrize(("name", "currency"), [("Sell Price($)", "USD"), ("السعر (ر.س)", "SAR")])
def test_a_sign_in_a_name_is_the_currency(tmp_path: Path, name: str, currency: str) -> None:
    found = checked(written(tmp_path, f"SKU;Title;{name};Stock\nA1;Mug;9.90;5\nA2;Cup;8.90;4\n"))
    assert found["sample"][0]["price"]["currency"] == currency


def test_a_price_for_one_of_something_is_a_price_and_one_for_a_hundred_is_not() -> None:
    assert said_by("Price/unit")[0][0] == "price"
    assert said_by("Qty/box")[0][0] == "pack_quantity"
    assert said_by("Preis/100 St") == []
