"""A mapping is proposed for a file nobody has seen: by what its columns are called, in any language, and by what is in them."""

import json
from pathlib import Path

import pytest

from marketplace.sourcing.mapping.propose import guess_columns
from marketplace.sourcing.propose_mapping import propose
from marketplace.sourcing.reading.errors import FeedRefused
from tests.sourcing.support import read_all, written

LANGUAGES = {
    "en": "Item number;Product name;Description;Brand;Barcode;Category;Wholesale price;RRP;Quantity in stock;Lead time;Weight (kg);Image URL;Country of origin",
    "fr": "Référence;Désignation;Descriptif;Marque;Code EAN;Famille;Prix d'achat HT;Prix public conseillé;Quantité en stock;Délai de livraison;Poids (kg);URL image;Pays d'origine",
    "de": "Artikelnummer;Bezeichnung;Langtext;Hersteller;EAN;Warengruppe;Händlerpreis;UVP;Lagerbestand;Lieferzeit;Gewicht (kg);Bild-URL;Herkunftsland",
    "it": "Codice articolo;Denominazione;Descrizione lunga;Marca;Codice EAN;Categoria;Prezzo ingrosso;Prezzo di listino;Giacenza;Tempi di consegna;Peso (kg);URL immagine;Paese d'origine",
    "es": "Referencia;Nombre del producto;Descripción larga;Marca;Código de barras;Categoría;Precio mayorista;PVPR;Existencias;Plazo de entrega;Peso (kg);URL imagen;País de origen",
    "pt": "Código;Nome do produto;Descrição;Marca;EAN;Categoria;Preço de custo;Preço sugerido;Estoque;Prazo de entrega;Peso (kg);URL da imagem;País de origem",
    "nl": "Artikelcode;Productnaam;Beschrijving;Merk;EAN-code;Productcategorie;Inkoopprijs;Adviesprijs;Voorraad;Levertijd;Gewicht (kg);Afbeelding URL;Land van herkomst",
    "pl": "Indeks;Nazwa produktu;Opis produktu;Producent;Kod EAN;Kategoria;Cena hurtowa;Cena detaliczna;Stan magazynowy;Czas dostawy;Waga (kg);Link do zdjęcia;Kraj pochodzenia",
    "cs": "Kód produktu;Název produktu;Popis;Výrobce;EAN;Kategorie;Nákupní cena;Doporučená cena;Počet kusů;Dodací doba;Hmotnost (kg);Obrázek;Země původu",
    "hu": "Cikkszám;Megnevezés;Leírás;Gyártó;Vonalkód;Kategória;Nagyker ár;Ajánlott fogyasztói ár;Készlet;Szállítási idő;Súly (kg);Kép URL;Származási ország",
    "ro": "Cod produs;Denumire produs;Descriere;Producător;Cod EAN;Categorie produs;Preț achiziție;Preț recomandat;Stoc;Termen de livrare;Greutate (kg);URL imagine;Țara de origine",
    "ru": "Артикул;Наименование;Описание;Бренд;Штрихкод;Категория;Оптовая цена;РРЦ;Остаток;Срок доставки;Вес (кг);Изображение;Страна происхождения",
    "uk": "Код товару;Назва товару;Опис;Виробник;EAN;Категорія;Оптова ціна;Рекомендована ціна;Залишок;Термін доставки;Вага (кг);Зображення;Країна походження",
    "el": "Κωδικός προϊόντος;Όνομα προϊόντος;Περιγραφή;Κατασκευαστής;EAN;Κατηγορία;Τιμή χονδρικής;Λιανική τιμή;Απόθεμα;Χρόνος παράδοσης;Βάρος (kg);Εικόνα;Χώρα προέλευσης",
    "sv": "Artikelnummer;Benämning;Beskrivning;Varumärke;Streckkod;Produktkategori;Inköpspris;Rekpris;Lagersaldo;Leveranstid;Vikt (kg);Bild URL;Country of origin",
    "da": "Varenummer;Varenavn;Beskrivelse;Mærke;Stregkode;Varegruppe;Indkøbspris;Vejl. pris;Beholdning;Leveringstid;Vægt (kg);Billede URL;Oprindelsesland",
    "tr": "Stok Kodu;Ürün Adı;Ürün Açıklaması;Marka;Barkod;Ürün Kategorisi;Bayi Fiyatı;Liste Fiyatı;Stok Adedi;Teslim Süresi;Ağırlık;Resim;Menşei",
}  # fmt: skip
FIELDS = (
    "sku",
    "title",
    "description",
    "brand",
    "gtin",
    "category",
    "cost",
    "msrp",
    "quantity",
    "lead_days",
    "weight",
    "images",
    "origin_country",
)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_price_list_is_understood_in_its_language(tmp_path: Path, language: str) -> None:
    header = LANGUAGES[language]
    rows = "".join(
        f"X-{n:03};Enamel mug number {n};A mug of enamelled steel, number {n};Acme;4006381333931;Kitchen > Mugs;{n},50;{n * 2},90;{n % 5};2-3;0,35;https://i.example.com/{n}.jpg;CN\n"
        for n in range(1, 15)
    )  # fmt: skip
    proposal = propose(written(tmp_path, f"{header}\n{rows}"))
    names = header.split(";")
    assert {field: proposal.mapping.columns.get(field) for field in FIELDS} == dict(
        zip(FIELDS, names, strict=True)
    )
    assert proposal.mapping.decimal == ","


def test_every_column_is_shown_with_five_samples_and_its_field(tmp_path: Path) -> None:
    rows = "".join(f"A{n},Mug {n},{n}.50,note {n}\n" for n in range(9))
    proposal = propose(written(tmp_path, "sku,title,price,remark\n" + rows))
    assert [(column.name, len(column.samples), column.fields) for column in proposal.columns] == [
        ("sku", 5, ["sku"]), ("title", 5, ["title"]), ("price", 5, ["price"]), ("remark", 5, []),
    ]  # fmt: skip
    assert "Columns that are not used: 1" in proposal.warnings
    json.dumps([column.samples for column in proposal.columns])


def test_values_decide_where_names_do_not(tmp_path: Path) -> None:
    rows = "".join(
        f"K{n:03};{n}.90;400638133393{1};https://i.example.com/{n}.jpg;Enamel mug number {n}\n"
        for n in range(1, 9)
    )
    proposal = propose(written(tmp_path, "colA;price;colC;colD;colE\n" + rows))
    columns = proposal.mapping.columns
    assert (columns["title"], columns["images"], columns["sku"]) == ("colE", "colD", "colA")


def test_a_name_that_contains_a_known_one_must_be_borne_out_by_its_values() -> None:
    columns = ["Code", "Cena katalogowa 11.2021", "Price list name", "Shipping cost", "Qty 2026"]
    samples = [[f"C{n}", f"{n}.50", "spring", "4.90", str(n)] for n in range(9)]
    found = guess_columns(columns, samples, {})
    assert (found["price"], found["quantity"]) == (["Cena katalogowa 11.2021"], ["Qty 2026"])
    assert "cost" not in found


def test_the_number_that_is_unique_is_the_key(tmp_path: Path) -> None:
    rows = "".join(f"{n},SAME-{n // 6},Mug {n},{n}.00 EUR\n" for n in range(1, 30))
    proposal = propose(written(tmp_path, "id,sku,title,price\n" + rows))
    assert proposal.mapping.columns["sku"] == "id"


def test_a_number_shared_by_sizes_is_completed_by_the_size(tmp_path: Path) -> None:
    rows = "".join(f"TEE-{n // 3};{'SML'[n % 3]};{n}\n" for n in range(30))
    reader, offers, _ = read_all(written(tmp_path, "SKU;Size;Qty\n" + rows))
    assert reader.mapping.key_from == ["SKU", "Size"]
    assert (offers[0].sku, offers[0].group_key, reader.merged) == ("TEE-0/S", "TEE-0", 0)


def test_where_there_is_no_number_the_best_stand_in_is_taken_and_told(tmp_path: Path) -> None:
    proposal = propose(
        written(tmp_path, "name,price\n" + "".join(f"Enamel mug {n},{n}.50\n" for n in range(9)))
    )
    assert proposal.mapping.key_from == ["name"]
    assert any("no article number" in warning for warning in proposal.warnings)


def test_what_prices_mean_is_taken_from_their_names(tmp_path: Path) -> None:
    rows = "".join(f"A{n};Mug {n};{n},50\n" for n in range(1, 9))
    brutto = propose(written(tmp_path, "sku;title;Cena brutto\n" + rows)).mapping
    netto = propose(written(tmp_path, "sku;title;Price EUR excl. VAT\n" + rows)).mapping
    assert (brutto.price_vat, netto.price_vat, netto.currency) == ("included", "excluded", "EUR")


def test_a_table_with_names_that_repeat_keeps_every_column(tmp_path: Path) -> None:
    proposal = propose(written(tmp_path, "sku,title,price,price,\nA1,Mug,5.00,9.00,x\nA2,Cup,6.00,9.50,y\n"))
    assert [column.name for column in proposal.columns] == ["sku", "title", "price", "price #4", "#5"]


def test_names_written_in_one_word_are_known(tmp_path: Path) -> None:
    proposal = propose(
        written(
            tmp_path,
            "ITEMNO,DESCRIPTION,DEALERPRICE,QTYAVAIL,UPCCODE\nA1,Blue mug,5.00,3,036000291452\nB2,Cup,6.00,0,036000291469\n",
        )
    )
    assert proposal.mapping.columns == {
        "sku": "ITEMNO", "title": "DESCRIPTION", "description": "DESCRIPTION", "cost": "DEALERPRICE", "quantity": "QTYAVAIL", "gtin": "UPCCODE",
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_variants_inside_a_record_are_offers(tmp_path: Path, kind: str) -> None:
    sizes = [
        {"sku": f"T-{size}", "size": size, "stock": stock, "price": "9.90"}
        for size, stock in (("S", 3), ("M", 0))
    ]
    if kind == "json":
        text = json.dumps(
            [
                {"id": n, "name": f"Tee {n}", "variants": [{**v, "sku": f"{n}{v['sku']}"} for v in sizes]}
                for n in range(3)
            ]
        )
    else:
        inner = [
            "".join(
                "<variant>"
                + "".join(f"<{k}>{n if k == 'sku' else ''}{v}</{k}>" for k, v in size.items())
                + "</variant>"
                for size in sizes
            )
            for n in range(3)
        ]
        products = "".join(
            f"<product><id>{n}</id><name>Tee {n}</name><variants>{inner[n]}</variants></product>"
            for n in range(3)
        )
        text = f"<products>{products}</products>"
    reader, offers, _ = read_all(written(tmp_path, text, f"feed.{kind}"))
    assert (reader.rows, reader.accepted, reader.offers) == (3, 3, 6)
    assert [(o.sku, o.title, o.group_key, o.options, o.quantity, o.price_e4) for o in offers[:2]] == [
        ("0T-S", "Tee 0", "0", {"Size": "S"}, 3, 99_000),
        ("0T-M", "Tee 0", "0", {"Size": "M"}, 0, 99_000),
    ]


def test_an_apology_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(FeedRefused) as refused:
        propose(written(tmp_path, "Sorry, this feed is no longer available.\n"))
    assert refused.value.code == "not_a_table"


SHOPS = {
    "opencart": (
        "product_id;name(en-gb);categories;sku;quantity;model;manufacturer;price;date_available;weight;weight_unit;tax_class_id;description(en-gb);stock_status_id",
        "28;Phone of glass;20;;939;Product 1;HTC;100.00;2009-02-03;146.40;g;9;<p>Long</p>;7",
        {"title": "name(en-gb)", "description": "description(en-gb)", "quantity": "quantity", "price": "price"},
        {"vat_rate", "availability"},
    ),
    "jtl": (
        "Artikelnummer;Artikelname;HAN;GTIN;Hersteller;Netto-VK;EK Netto (für GLD);MwSt;Lagerstand;Kategorie Ebene 1;Kategorie Ebene 2;Identifizierungsspalte Vaterartikel",
        "J2;Hemd;H2;4006381333931;Acme;16,72;8,00;19;5;Mode;Hemden;J1",
        {"sku": "Artikelnummer", "cost": "EK Netto (für GLD)", "vat_rate": "MwSt", "quantity": "Lagerstand",
         "category": ["Kategorie Ebene 1", "Kategorie Ebene 2"], "group_key": "Identifizierungsspalte Vaterartikel"},
        set(),
    ),
    "shopware": (
        "ordernumber;mainnumber;name;tax;price_EK;instock;shippingtime",
        "SW2.1;SW2;Hemd;19;19,90;12;2-3",
        {"sku": "ordernumber", "group_key": "mainnumber", "title": "name", "vat_rate": "tax", "quantity": "instock", "price": "price_EK"},
        set(),
    ),
    "distributor": (
        "REFERENCIA;DESCRIPCION;FAMILIA;SUBFAMILIA;MARCA;PVD;PVPR;STOCK;PART NUMBER",
        "R1;Ratón USB negro;Periféricos;Ratones;Logi;8,50;14,90;>20;910-1",
        {"sku": "REFERENCIA", "title": "DESCRIPCION", "mpn": "PART NUMBER", "brand": "MARCA", "cost": "PVD", "msrp": "PVPR"},
        set(),
    ),
    "wholesaler": (
        "Item#;UPC;Item Description;Cost;MSRP;Qty;Status",
        "1001;012345678905;Red desk lamp;$9.50;$19.99;5;Active",
        {"sku": "Item#", "title": "Item Description", "cost": "Cost", "msrp": "MSRP", "quantity": "Qty"},
        set(),
    ),
    "till": (
        "System ID,UPC,Custom SKU,Manufact. SKU,Item,Color,Size,Price,Qty.,Default Cost".replace(",", ";"),
        "210000001;;LS1;M1;Tee red small;Red;S;$20.00;5;$8.00",
        {"sku": "Custom SKU", "title": "Item", "price": "Price", "quantity": "Qty.", "cost": "Default Cost"},
        set(),
    ),
    "auction": (
        "*Action(SiteID=Germany|Currency=EUR);CustomLabel;*Category;*Title;*StartPrice;*Quantity;PicURL",
        "Add;EB1;1234;Lampe rot;19.90;5;https://i.example.com/1.jpg|https://i.example.com/2.jpg",
        {"sku": "CustomLabel", "title": "*Title", "price": "*StartPrice", "quantity": "*Quantity", "images": "PicURL"},
        set(),
    ),
    "merchandise system": (
        "Art.-Nr.;Bezeichnung 1;Bezeichnung 2;Preis/ME;PE",
        "100;Schraube M4;verzinkt;12,50;100",
        {"sku": "Art.-Nr.", "title": "Bezeichnung 1", "price": "Preis/ME", "price_quantity": "PE"},
        set(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("shop", SHOPS)
def test_shops_and_distributors_are_read_by_their_own_names(tmp_path: Path, shop: str) -> None:
    header, row, expected, none = SHOPS[shop]
    other = row.replace("1;", "7;", 1).replace("2;", "8;", 1)
    mapped = propose(written(tmp_path, f"{header}\n{row}\n{other}\n")).mapping.columns
    assert {field: mapped.get(field) for field in expected} == expected
    assert not none & mapped.keys()


def test_how_a_shop_keeps_a_thing_is_no_category(tmp_path: Path) -> None:
    text = "SKU;Name;Product Type;Categories;Price\nA;Mug;Simple Product;Kitchen;9.90\nB;Bowl;Simple Product;Kitchen;5.90\n"
    assert propose(written(tmp_path, text)).mapping.columns["category"] == "Categories"


def test_what_all_names_begin_with_says_nothing(tmp_path: Path) -> None:
    text = (
        "XTSOL|p_id|p_model|p_stock|p_manufacturer|p_priceNoTax|p_tax|p_ean|p_name.de|p_cat.de\n"
        + "".join(
            f"XTSOL|{n}|G{n}|5|Acme|8.3193|19|{code}|Tasse {n}|Küche\n"
            for n, code in ((1, "4006381333931"), (2, "4006381333948"))
        )
    )
    mapped = propose(written(tmp_path, text)).mapping.columns
    assert (mapped["sku"], mapped["title"], mapped["category"], mapped["price"]) == (
        "p_id",
        "p_name.de",
        "p_cat.de",
        "p_priceNoTax",
    )


def test_a_currency_set_in_the_header_is_the_files(tmp_path: Path) -> None:
    text = "*Action(SiteID=UK|Country=GB|Currency=GBP|Version=1193),CustomLabel,*Title,*StartPrice,*Quantity\nAdd,EB1,Lamp,19.90,5\nAdd,EB2,Desk,9.90,0\n"
    assert propose(written(tmp_path, text)).mapping.currency == "GBP"


def test_a_japanese_price_says_whether_it_holds_the_tax(tmp_path: Path) -> None:
    for note, vat in (("税込", "included"), ("税抜", "excluded")):
        text = f"商品コード,商品名,販売価格({note}),在庫数\nA1,ランプ白,1980,5\nA2,机と椅子,19800,0\n"
        assert propose(written(tmp_path, text)).mapping.price_vat == vat


def test_a_price_s_name_may_hold_the_rate_of_its_vat(tmp_path: Path) -> None:
    mapped = propose(
        written(tmp_path, 'SKU,Name,"VK-Preis inkl. 19% MwSt. [€]"\nA,Lampe,"9,90"\nB,Tisch,"19,90"\n')
    ).mapping
    assert (mapped.columns["price"], mapped.currency, mapped.price_vat, mapped.vat_rate_bp) == (
        "VK-Preis inkl. 19% MwSt. [€]",
        "EUR",
        "included",
        1900,
    )


def test_marks_before_three_digits_group_thousands_beside_smaller_amounts(tmp_path: Path) -> None:
    text = "sku;name;price\nA;Lamp;1.234\nB;Desk;12.500\nC;Chair;{least}\n"
    assert propose(written(tmp_path, text.format(least="999"))).mapping.decimal == ","
    assert propose(written(tmp_path, text.format(least="9.990"))).mapping.decimal == "auto"
