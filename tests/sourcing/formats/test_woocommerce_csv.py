"""WooCommerce exports in the language of the shop."""

from pathlib import Path

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


def test_variations_that_repeat_the_parents_sku_are_keyed_by_their_id(tmp_path: Path) -> None:
    rows = "".join(
        f"900,Shirt,SH-9,{n},SH-9,2890,Size: {n}m,https://i.example.com/1.jpg\n" for n in range(901, 913)
    )
    reader, offers, _ = read_all(
        written(tmp_path, "parent_id,parent_name,parent_sku,id,sku,price,attributes,image\n" + rows)
    )
    assert (reader.mapping.format, reader.merged, len(offers)) == ("woocommerce-csv", 0, 12)
    assert offers[0].options == {"Size": "901m"}
