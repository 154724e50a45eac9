"""Vendure: padded cells, blank names, pictures of variants."""

from pathlib import Path

from tests.sourcing.support import checked, written


def test_padding_is_stripped(tmp_path: Path) -> None:
    text = (
        "name   ,description,assets ,optionGroups,optionValues,sku   ,price ,taxCategory,stockOnHand,trackInventory,variantAssets,variantFacets\n"
        "Laptop ,Fast       ,       ,RAM         ,8GB         ,L1    ,1299.0,standard   ,100        ,false         ,https://i.example.com/8.jpg,\n"
        "       ,           ,       ,            ,16GB        ,L2    ,1399.0,standard   ,-10        ,false         ,             ,\n"
    )
    found = checked(written(tmp_path, text))
    assert (found["format"], found["rows"], found["accepted"]) == ("vendure-csv", 2, 2)
    assert [row["quantity_raw"] for row in found["sample"]] == ["100", "-10"]
    assert found["sample"][0]["images"] == ["https://i.example.com/8.jpg"]
