"""Rows of one product: what the first says holds for all, a picture alone joins them, a parent is not sold beside its children."""

from pathlib import Path

from tests.sourcing.support import checked, read_all, written

HEAD = "Handle,Title,Body (HTML),Vendor,Type,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Price,Variant Inventory Qty,Image Src,Variant Image\n"


def shop(*rows: str) -> str:
    return HEAD + "\n".join(rows) + "\n"


def test_variants_take_their_texts_from_the_first_row(tmp_path: Path) -> None:
    text = shop(
        "felt-hat,Felt hat,<p>Warm</p>,Acme,Hats,Colour,Red,Size,S,H-1,20.00,3,https://i.example.com/1.jpg,",
        "felt-hat,,,,,,Red,,M,H-2,20.00,0,,https://i.example.com/m.jpg",
        "felt-hat,,,,,,,,,,,,https://i.example.com/2.jpg,",
        "wool-cap,Wool cap,<p>Soft</p>,Acme,Hats,Title,Default Title,,,,12.00,5,https://i.example.com/3.jpg,",
    )
    reader, offers, _ = read_all(written(tmp_path, text))
    assert (reader.rows, reader.accepted, reader.attached) == (4, 3, 1)
    assert [(offer.sku, offer.title, offer.options) for offer in offers] == [
        ("H-1", "Felt hat", {"Colour": "Red", "Size": "S"}),
        ("H-2", "Felt hat", {"Colour": "Red", "Size": "M"}),
        ("wool-cap", "Wool cap", None),
    ]
    assert [url[-5] for url in offers[0].images] == ["1", "2"]
    assert [url[-5] for url in offers[1].images] == ["m", "1", "2"]
    assert offers[1].brand == "Acme"


def test_without_a_sku_handle_and_options_are_the_key(tmp_path: Path) -> None:
    text = shop("hat,Hat,,,,Colour,Red,Size,S,,20.00,3,,", "hat,,,,,,Blue,,S,,20.00,3,,")
    assert [offer.sku for offer in read_all(written(tmp_path, text))[1]] == ["hat/Red/S", "hat/Blue/S"]


def test_variants_that_share_a_sku_stay_apart_by_their_options(tmp_path: Path) -> None:
    text = shop(
        "hat,Hat,,,,Colour,Red,,,H-1,20.00,3,,",
        "hat,,,,,,Blue,,,H-1,20.00,1,,",
        "cap,Cap,,,,Colour,Red,,,C-1,9.00,1,,",
    )
    reader, offers, _ = read_all(written(tmp_path, text))
    assert [offer.sku for offer in offers] == ["H-1/Red", "H-1/Blue", "C-1"]
    assert reader.merged == 0
    assert any(warned.code == "shared_sku" for warned in reader.warnings)


def test_a_picture_without_its_product_is_reported(tmp_path: Path) -> None:
    found = checked(
        written(
            tmp_path, shop("gone,,,,,,,,,,,,https://i.example.com/9.jpg,", "hat,Hat,,,,,,,,H-1,20.00,3,,")
        )
    )
    assert (found["accepted"], len(found["rejected"])) == (1, 1)
    assert "gone" in found["rejected"][0]["reason"]


def test_a_parent_is_described_once_and_sold_as_its_children(tmp_path: Path) -> None:
    text = (
        "ID,Type,SKU,Name,Is featured?,Visibility in catalog,Short description,Description,In stock?,Stock,Regular price,Categories,Images,Parent,"
        "Attribute 1 name,Attribute 1 value(s)\n"
        '10,variable,TEE,Tee shirt,0,visible,,Soft,1,,,Clothes,https://i.example.com/t.jpg,,Size,"S, M"\n'
        "11,variation,TEE-S,Tee shirt - S,0,visible,,,1,4,15,,,TEE,Size,S\n"
        "12,variation,TEE-M,Tee shirt - M,0,visible,,,1,0,15,,,id:10,Size,M\n"
        "13,variable,LONE,Lonely shirt,0,visible,,,1,2,15,,,,,\n"
        "14,simple,MUG,Mug,0,visible,,,1,2,5,,,,,\n"
    )
    reader, offers, _ = read_all(written(tmp_path, text))
    assert reader.mapping.format == "woocommerce-csv"
    assert (reader.rows, reader.accepted, reader.attached) == (5, 4, 1)
    by_sku = {offer.sku: offer for offer in offers}
    assert by_sku.keys() == {"TEE-S", "TEE-M", "MUG", "LONE"}
    assert by_sku["TEE-M"].group_key == "TEE"
    assert by_sku["TEE-S"].description == "Soft"
    assert by_sku["TEE-S"].images == ("https://i.example.com/t.jpg",)


def test_children_before_their_parent_do_no_harm(tmp_path: Path) -> None:
    head = "sku,name,price,qty,product_type,attribute_set_code,visibility,url_key\n"
    text = head + "S-1,Shirt S,9,1,simple,Default,1,s1\nS,Shirt,9,1,configurable,Default,4,s\n"
    reader, offers, _ = read_all(written(tmp_path, text))
    assert {offer.sku for offer in offers} == {"S-1", "S"}
    assert reader.rows == reader.accepted


def test_rows_below_inherit_from_the_row_above(tmp_path: Path) -> None:
    text = (
        "name,description,assets,optionGroups,optionValues,sku,price,taxCategory,stockOnHand,trackInventory,variantAssets\n"
        "Smock,Keeps clean,https://i.example.com/s.jpg,size|colour,small|beige,S1,11.99,standard,3,true,\n"
        ",,,,large|beige,S2,11.99,standard,0,true,\n"
        "Brush,Fine,,,,B1,2.99,standard,9,true,\n"
    )
    reader, offers, _ = read_all(written(tmp_path, text))
    assert reader.mapping.format == "vendure-csv"
    assert [(offer.title, offer.options, offer.group_key) for offer in offers] == [
        ("Smock", {"size": "small", "colour": "beige"}, "S1"),
        ("Smock", {"size": "large", "colour": "beige"}, "S1"),
        ("Brush", None, None),
    ]
