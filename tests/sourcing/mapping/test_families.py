"""Tables that no format knows, and nameless ones: keys, variants and options are found by how rows hang together."""

from pathlib import Path

from tests.sourcing.support import checked, read_all, written


def test_a_list_without_names_is_told_by_its_values(tmp_path: Path) -> None:
    text = (
        "ACME;68377850AA;16400;1;Radiator for the air conditioner\nWAGNER;ZX1405;2900;1;Front brake pads\nCSF;10884;5300;2;Condenser\n"
        "ACME;LZFR5CI11;650;21;Spark plug of iridium\nCSF;RK623638;5400;1;Upper arm, left\nBOSCH;0221504048;1300;1;Ignition coil\n"
    )
    found = checked(written(tmp_path, text))
    assert found["mapping"] == {"sku": "#2", "title": "#5", "price": "#3", "quantity": "#4", "brand": "#1"}


def test_a_number_of_two_makers_is_only_one_thing_with_its_brand(tmp_path: Path) -> None:
    text = "Brand;Item no.;Name;Price;Stock\nACME;1200;Oil pump;9,90;1\nDORM;1200;Gasket set;5,90;1\nACME;1300;Filter;3,90;2\n"
    found = checked(written(tmp_path, text))
    assert (found["accepted"], found["merged"]) == (3, 0)
    assert found["mapping"]["key"] == ["Item no.", "Brand"]


def test_variants_are_told_from_products_by_their_kind(tmp_path: Path) -> None:
    text = (
        "handleId,fieldType,name,productImageUrl,sku,price,inventory,productOptionName1,productOptionDescription1\n"
        "product_1,Product,Mug,https://w.example.com/1.jpg,M,9.9,InStock,Colour,Red;Blue\n"
        "product_1,Variant,,,M-R,,5,Colour,Red\nproduct_1,Variant,,,M-B,,0,Colour,Blue\n"
        "product_2,Product,Bowl,https://w.example.com/3.jpg,B,19.9,OutOfStock,,\n"
    )
    found = checked(written(tmp_path, text))
    assert (found["rows"], found["accepted"], found["attached"]) == (4, 3, 1)
    red = found["sample"][0]
    assert (red["sku"], red["title"], red["options"], red["quantity"]) == ("M-R", "Mug", {"Colour": "Red"}, 5)
    assert red["price"]["amount_minor"] == 990


def test_rows_without_a_title_that_choose_an_option_follow_the_row_above(tmp_path: Path) -> None:
    text = (
        "Product ID,Title,SKU,Option Name 1,Option Value 1,Price,Stock\n"
        "5f1,Mug,SQ-R,Colour,Red,9.90,5\n,,SQ-B,Colour,Blue,9.90,Unlimited\n5f4,Bowl,SQ-3,,,19.90,0\n"
    )
    found = checked(written(tmp_path, text))
    assert (found["accepted"], found["rejected"]) == (3, [])
    blue = found["sample"][1]
    assert (blue["title"], blue["options"], blue["availability"]) == ("Mug", {"Colour": "Blue"}, "in_stock")


def test_where_most_have_no_number_the_title_is_the_key_of_what_has_a_price(tmp_path: Path) -> None:
    text = "TITLE,PRICE,CURRENCY_CODE,QUANTITY,SKU\nMug,9.9,USD,5,M-1\nBowl,19.9,USD,0,\nCup,5,USD,2,\n"
    found = checked(written(tmp_path, text))
    assert [offer["sku"] for offer in found["sample"]] == ["M-1", "Bowl", "Cup"]


def test_the_column_that_tells_variants_apart_is_their_choice(tmp_path: Path) -> None:
    rows = "".join(f"T{n},T{n}-{size},Tee {n},Size {size},19.90,3\n" for n in (1, 2) for size in "SM")
    text = "Parent SKU,SKU,Title,Variation,Price,Stock\n" + rows
    _, offers, _ = read_all(written(tmp_path, text))
    assert [(o.group_key, o.options) for o in offers[:2]] == [
        ("T1", {"Variant": "Size S"}),
        ("T1", {"Variant": "Size M"}),
    ]


def test_a_list_of_two_columns_without_names_is_a_list_of_stock(tmp_path: Path) -> None:
    found = checked(written(tmp_path, "A-100;5\nA-101;0\nA-102;17\n"))
    assert (found["mapping"], found["rows"], found["stock_only"]) == (
        {"sku": "#1", "quantity": "#2"},
        3,
        True,
    )
    priced = checked(written(tmp_path, "A-100;5,90\nA-101;7,00\nA-102;17,50\n"))
    assert priced["mapping"] == {"sku": "#1", "price": "#2"}


def test_codes_that_begin_with_noughts_are_no_quantity(tmp_path: Path) -> None:
    text = "".join(f"Steel hammer {n};{n}9,90;H-{n};0603{n}\n" for n in range(1, 6))
    assert checked(written(tmp_path, text))["mapping"] == {"sku": "#3", "title": "#1", "price": "#2"}


def test_variants_with_a_number_in_a_column_of_its_own_are_offers_under_it(tmp_path: Path) -> None:
    text = (
        "type,product_sku,product_name,product_price,product_quantity,product_variation_sku,product_brand\n"
        "product,E1,Tee,20,,,Acme\nproduct_variation,E1,Tee,20,4,E1-S,Acme\nproduct_variation,E1,Tee,20,0,E1-M,Acme\nproduct,E2,Mug,9,7,,Acme\n"
    )
    found = checked(written(tmp_path, text))
    assert (found["rows"], found["accepted"], found["merged"], found["attached"]) == (4, 3, 0, 1)
    assert [(each["sku"], each["group_key"], each.get("quantity", 0)) for each in found["sample"]] == [
        ("E1-S", "E1", 4),
        ("E1-M", "E1", 0),
        ("E2", "E2", 7),
    ]


def test_articles_of_one_name_are_told_apart_by_their_variation(tmp_path: Path) -> None:
    text = "Token,Item Name,Variation Name,SKU,Price,Current Quantity\nAB,Tee,Small,S-1,20.00,4\nAC,Tee,Medium,S-2,20.00,0\nAD,Mug,Regular,S-3,9.00,12\n"
    found = checked(written(tmp_path, text))
    assert [(each["sku"], each["group_key"], each["options"]) for each in found["sample"][:2]] == [
        ("S-1", "Tee", {"Variant": "Small"}),
        ("S-2", "Tee", {"Variant": "Medium"}),
    ]


def test_attributes_stand_beside_their_values_and_a_flag_is_no_choice(tmp_path: Path) -> None:
    text = (
        "ID;NAME;ATTRIBUTE1;ATTRIBUTE2;VALUE1;VALUE2;PRICE;STOCK;VARIANT\nS1;Grinder of steel;;;;;31.90;14;0\n"
        "S2;Shoes of felt;Size;Colour;38;Red;51.90;0;1\nS3;Shoes of felt;Size;Colour;39;Red;51.90;3;1\n"
    )
    found = checked(written(tmp_path, text))
    assert [each.get("options") for each in found["sample"]] == [
        None,
        {"Size": "38", "Colour": "Red"},
        {"Size": "39", "Colour": "Red"},
    ]


def test_cells_and_names_of_columns_may_say_what_a_variant_chooses(tmp_path: Path) -> None:
    told = "ordernumber;mainnumber;name;price;configOptions\nS.1;S;Hemd;19,90;Farbe:rot|Größe:S\nS.2;S;Hemd;19,90;Farbe:rot|Größe:M\n"
    assert checked(written(tmp_path, told))["sample"][1]["options"] == {"Farbe": "rot", "Größe": "M"}
    named = "sku,parent_sku,title,price,attribute: Width,attribute_set\nA-1,A,Shelf,19.90,60 cm,Default\nA-2,A,Shelf,29.90,90 cm,Default\n"
    assert [each["options"] for each in checked(written(tmp_path, named))["sample"]] == [
        {"Width": "60 cm"},
        {"Width": "90 cm"},
    ]
