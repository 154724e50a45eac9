"""PrestaShop: products, and combinations with a stock and no name."""

from pathlib import Path

from marketplace.sourcing.propose_mapping import propose
from tests.sourcing.support import checked, read_all, written


def test_products_are_read(tmp_path: Path) -> None:
    text = (
        "Product ID;Active (0/1);Name *;Categories (x,y,z...);Price tax excluded;Tax rules ID;Wholesale price;On sale (0/1);Reference #;Supplier reference #;Manufacturer;EAN13;"
        "Quantity;Minimal quantity;Description;Image URLs (x,y,z...)\n"
        "1;1;Tasse;Maison,Cuisine;12,50;1;6,20;0;T-1;F-1;Acme;4006381333931;12;2;Bleue;https://i.example.com/1.jpg,https://i.example.com/2.jpg\n"
    )
    reader, offers, _ = read_all(written(tmp_path, text))
    offer = offers[0]
    assert reader.mapping.format == "prestashop-csv"
    assert (offer.sku, offer.price_means, offer.price_e4, offer.min_quantity, len(offer.images)) == (
        "T-1",
        "cost",
        62_000,
        2,
        2,
    )


def test_combinations_bring_stock_and_options(tmp_path: Path) -> None:
    text = (
        "Product ID*,Product Reference,Attribute (Name:Type:Position)*,Value (Value:Position)*,Supplier reference,Reference,EAN13,UPC,Wholesale price,Impact on price,Ecotax,"
        "Quantity,Minimal quantity\n1,,Color:color:0; Disk space:select:3,Blue:0; 16GB:1,RF-1,RP-1,4006381333931,,100,40,0,10,1\n"
    )
    reader, offers, _ = read_all(written(tmp_path, text))
    assert reader.stock_only
    assert (offers[0].sku, offers[0].quantity, offers[0].options) == (
        "RP-1",
        10,
        {"Color": "Blue", "Disk space": "16GB"},
    )


def test_several_options_of_a_combination_are_told_apart(tmp_path: Path) -> None:
    text = (
        "Product ID*;Attribute (Name:Type:Position)*;Value (Value:Position)*;Supplier reference;Reference;EAN13;Wholesale price;Impact on price;Quantity;Minimal quantity\n"
        "1;Color:color:0, Size:select:1;Red:0, S:0;S-R;M-R-S;;4.00;0;5;1\n"
    )
    [offer] = read_all(written(tmp_path, text))[1]
    assert offer.options == {"Color": "Red", "Size": "S"}


def test_a_price_with_or_without_vat_says_neither(tmp_path: Path) -> None:
    text = (
        "ID;Actif (0/1);Nom *;Catégories (x,y,z...);Prix HT ou TTC;Prix d'achat;Référence;Marque;Quantité;Quantité minimale;Résumé;Description;URL des images (x,y,z...)\n"
        "1;1;Bougie;Maison;12,50;6,00;B-1;Cire;25;1;Belle;;https://i.example.com/1.jpg,https://i.example.com/2.jpg\n"
    )
    found = checked(written(tmp_path, text))
    assert (found["format"], len(found["sample"][0]["images"]), found["sample"][0]["description"]) == (
        "prestashop-csv",
        2,
        "Belle",
    )
    assert propose(written(tmp_path, text)).mapping.price_vat != "included"
