"""WooCommerce exports in the language of the shop."""

from pathlib import Path

import pytest

from tests.sourcing.support import checked, read_all, written


def test_a_russian_export_behind_a_blank_line_is_read(tmp_path: Path) -> None:
    text = (
        '\n\t\ufeffID,Тип,Артикул,Имя,Опубликован,рекомендуемый?,"Видимость в каталоге",Описание,"В наличии?","Базовая цена",Категории,Изображения\n'
        '40,simple,,"Кружка",1,0,visible,"Синяя",1,240,"Посуда","https://i.example.com/1.jpg, https://i.example.com/2.jpg"\n'
    )
    found = checked(written(tmp_path, text))
    assert (found["format"], found["header_row"], found["rows"]) == ("woocommerce-csv", 2, 1)
    assert (found["sample"][0]["sku"], found["sample"][0]["title"], len(found["sample"][0]["images"])) == (
        "40",
        "Кружка",
        2,
    )


def test_a_french_export_is_read(tmp_path: Path) -> None:
    text = (
        'ID,Type,UGS,Nom,Publié,"Mis en avant ?","Visibilité dans le catalogue",Description,"En stock ?",Stock,"Tarif promo","Tarif régulier",Catégories,Images\n'
        '7,simple,TH-1,Théière,1,0,visible,Fonte,1,4,,"24,50",Thé,https://i.example.com/1.jpg\n'
    )
    found = checked(written(tmp_path, text))
    assert (found["format"], found["sample"][0]["sku"], found["sample"][0]["price"]["amount_minor"]) == (
        "woocommerce-csv",
        "TH-1",
        2450,
    )


def test_the_parent_s_column_is_found_whatever_it_is_called(tmp_path: Path) -> None:
    text = (
        'ID,Typ,Artikelnummer,Name,"Sichtbarkeit im Katalog",Vorrätig?,Lager,"Regulärer Preis",Bilder,Übergeordnet\n'
        "10,variable,TS,Hemd,visible,1,,,https://i.example.com/1.jpg,\n"
        "11,variation,TS-R,Hemd - Rot,visible,1,5,19,,TS\n12,variation,,Hemd - Blau,visible,0,0,19,,id:10\n"
    )
    reader, offers, _ = read_all(written(tmp_path, text))
    assert (reader.mapping.columns["group_key"], reader.attached) == ("Übergeordnet", 1)
    assert [(offer.sku, offer.group_key, len(offer.images)) for offer in offers] == [
        ("TS-R", "TS", 1),
        ("12", "TS", 1),
    ]


def test_the_kind_of_product_is_found_whatever_its_column_is_called(tmp_path: Path) -> None:
    text = (
        'ID,Rodzaj,SKU,Nazwa,"Widoczność w katalogu","Na stanie?","Cena regularna",Nadrzędny,"Naam eigenschap 1","Waarde(n) eigenschap 1"\n'
        "10,variable,TS,Koszula,visible,1,,,Kleur,\n11,variation,TS-R,Koszula,visible,1,19,TS,Kleur,Rood\n"
    )
    reader, offers, _ = read_all(written(tmp_path, text))
    assert (reader.attached, [(offer.sku, offer.group_key, offer.options) for offer in offers]) == (
        1,
        [("TS-R", "TS", {"Kleur": "Rood"})],
    )


def test_variations_that_repeat_the_parents_sku_are_keyed_by_their_id(tmp_path: Path) -> None:
    rows = "".join(
        f"900,Shirt,SH-9,{n},SH-9,2890,Size: {n}m,https://i.example.com/1.jpg\n" for n in range(901, 913)
    )
    reader, offers, _ = read_all(
        written(tmp_path, "parent_id,parent_name,parent_sku,id,sku,price,attributes,image\n" + rows)
    )
    assert (reader.mapping.format, reader.merged, len(offers)) == ("woocommerce-csv", 0, 12)
    assert offers[0].options == {"Size": "901m"}


@pytest.mark.parametrize(
    "header",
    [
        'ID,Tipo,SKU,Nombre,Publicado,"¿Está destacado?","Visibilidad en el catálogo",Descripción,"¿En inventario?",Inventario,"Precio rebajado","Precio normal",Categorías,Imágenes,Superior,"Nombre del atributo 1","Valor(es) del atributo 1"',
        'ID,Tipo,SKU,Nome,Publicado,"Em destaque?","Visibilidade no catálogo",Descrição,"Em estoque?",Estoque,"Preço promocional",Preço,Categorias,Imagens,Ascendente,"Nome do atributo 1","Valores do atributo 1"',
        'ID,Typ,Artikelnummer,Name,Veröffentlicht,"Ist hervorgehoben?","Sichtbarkeit im Katalog",Beschreibung,Vorrätig?,Lager,Angebotspreis,"Regulärer Preis",Kategorien,Bilder,"Übergeordnetes Produkt","Attribut 1 Name","Attribut 1 Wert(e)"',
        'ID,Typ,SKU,Nazwa,Opublikowano,Wyróżniony?,"Widoczność w katalogu",Opis,"Na stanie?",Magazyn,"Cena promocyjna","Cena regularna",Kategorie,Obrazki,Nadrzędny,"Nazwa atrybutu 1","Wartości atrybutu 1"',
    ],
)  # fmt: skip
def test_variations_find_their_product_in_any_language(tmp_path: Path, header: str) -> None:
    text = (
        f"{header}\n"
        '1,variable,C-1,Shirt,1,0,visible,"Soft, warm",1,,,,Clothes,https://w.example.com/1.jpg,,Size,"S, M"\n'
        '2,variation,C-1-S,"Shirt - S",1,0,visible,,1,4,,"19,90",,,C-1,Size,S\n'
        '3,simple,G-1,Cap,1,0,visible,Blue,backorder,0,"9,90","12,90",Caps,https://w.example.com/2.jpg,,,\n'
    )
    reader, offers, _ = read_all(written(tmp_path, text))
    assert (reader.mapping.format, reader.rows, reader.accepted, reader.attached) == (
        "woocommerce-csv",
        3,
        2,
        1,
    )
    shirt, cap = sorted(offers, key=lambda offer: offer.sku)
    assert (shirt.group_key, shirt.options, shirt.quantity, shirt.price_e4) == (
        "C-1",
        {"Size": "S"},
        4,
        199_000,
    )
    assert (shirt.description, shirt.images) == ("Soft, warm", ("https://w.example.com/1.jpg",))
    assert (cap.sale_price_e4, cap.category) == (99_000, "Caps")


def test_the_interfaces_fields_as_csv_take_the_long_text_and_the_regular_price(tmp_path: Path) -> None:
    text = (
        "id,name,sku,type,status,price,regular_price,sale_price,stock_quantity,categories,description,short_description,permalink,parent_id\n"
        "9,Mug,M-1,simple,publish,8.90,9.90,8.90,7,Kitchen,<p>Long</p>,Short,https://w.example.com/mug,0\n"
        "10,Bowl,B-1,simple,publish,5,5,,0,Kitchen,<p>Deep</p>,Short,https://w.example.com/bowl,0\n"
    )
    _, offers, _ = read_all(written(tmp_path, text))
    mug = next(offer for offer in offers if offer.sku == "M-1")
    assert (mug.description, mug.price_e4, mug.sale_price_e4) == ("<p>Long</p>", 99_000, 89_000)
    assert (mug.category, mug.group_key) == ("Kitchen", None)
