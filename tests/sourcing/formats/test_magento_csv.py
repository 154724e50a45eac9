"""Magento exports: simple products, configurable ones, attributes in one cell."""

from pathlib import Path

from tests.sourcing.support import read_all, written


def test_attributes_are_taken_out_of_their_cell(tmp_path: Path) -> None:
    text = (
        "sku,attribute_set_code,product_type,categories,product_websites,name,description,weight,tax_class_name,visibility,price,special_price,url_key,base_image,"
        "additional_attributes,qty,is_in_stock,additional_images\n"
        'M1,Default,simple,Default Category/Cups,base,Mug,Blue,0.4,Taxable Goods,4,9.90,,mug,/m/u/mug.jpg,"color=Blue,material=Enamel",5,1,\n'
    )
    reader, offers, _ = read_all(written(tmp_path, text))
    assert reader.mapping.format == "magento-csv"
    assert (offers[0].options, offers[0].quantity, offers[0].weight_g) == (
        {"color": "Blue", "material": "Enamel"},
        5,
        400,
    )
    assert any(warned.code == "images_unusable" for warned in reader.warnings)


def test_a_translation_of_a_product_is_no_offer(tmp_path: Path) -> None:
    text = (
        "sku,store_view_code,attribute_set_code,product_type,categories,name,price,qty,is_in_stock,visibility\n"
        "W-S,,Top,simple,Tops,Tank,29.00,10,1,4\nW-M,,Top,simple,Tops,Tank M,29.00,0,0,4\nW-S,fr,Top,simple,,Débardeur,,,,\n"
    )
    reader, offers, rejected = read_all(written(tmp_path, text))
    assert (reader.rows, [(o.sku, o.title, o.quantity) for o in offers]) == (
        3,
        [("W-S", "Tank", 10), ("W-M", "Tank M", 0)],
    )
    assert [r.line for r in rejected] == [4]


def test_simple_products_belong_to_the_configurable_one_that_names_them_below(tmp_path: Path) -> None:
    text = (
        "sku,attribute_set_code,product_type,product_websites,name,description,tax_class_name,visibility,price,url_key,additional_attributes,qty,configurable_variations\n"
        'H-S,Top,simple,base,Hoodie-S,,Taxable,1,52,h-s,"size=S",4,\nH-M,Top,simple,base,Hoodie-M,,Taxable,1,52,h-m,"size=M",0,\n'
        'H,Top,configurable,base,Hoodie,Warm,Taxable,4,,h,,0,"sku=H-S,size=S|sku=H-M,size=M"\nB,Bag,simple,base,Bag,Big,Taxable,4,34,b,,9,\n'
    )
    reader, offers, rejected = read_all(written(tmp_path, text))
    assert (reader.rows, reader.accepted, reader.attached, rejected) == (4, 3, 1, [])
    assert [(o.sku, o.group_key, o.quantity) for o in offers] == [
        ("H-S", "H", 4),
        ("H-M", "H", 0),
        ("B", None, 9),
    ]


def test_rows_of_magento_1_without_a_number_go_on_with_the_product_above(tmp_path: Path) -> None:
    text = (
        "sku,_store,_attribute_set,_type,_category,name,price,tax_class_id,visibility,weight,qty,is_in_stock,_media_image,_super_products_sku\n"
        "T-S,,Default,simple,Tees,Tee S,19.00,2,1,0.2,4,1,https://shop.example/s.jpg,\n"
        "T-M,,Default,simple,Tees,Tee M,19.00,2,1,0.2,7,1,https://shop.example/m.jpg,\n,,,,Sale,,,,,,,,https://shop.example/m2.jpg,\n"
        ",fr,,,,Tee-shirt M,,,,,,,,\n"
        "T,,Default,configurable,Tees,Tee,19.00,2,4,,0,1,,T-S\n,,,,,,,,,,,,,T-M\n"
        "M,,Default,simple,Cups,Mug,9.00,2,4,0.4,3,1,https://shop.example/mug.jpg,\n"
    )
    reader, offers, rejected = read_all(written(tmp_path, text))
    assert reader.mapping.format == "magento-csv"
    assert (reader.rows, reader.accepted, reader.attached, rejected) == (7, 3, 4, [])
    assert [(o.sku, o.title, o.group_key, o.quantity) for o in offers] == [
        ("T-S", "Tee S", "T", 4),
        ("T-M", "Tee M", "T", 7),
        ("M", "Mug", None, 3),
    ]
    assert offers[1].images == ("https://shop.example/m.jpg", "https://shop.example/m2.jpg")
