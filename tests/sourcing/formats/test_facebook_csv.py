"""Meta catalogues, with and without the comment row of its template."""

from pathlib import Path

from tests.sourcing.support import checked, written

NAMES = "id,title,description,availability,condition,price,link,image_link,brand,quantity_to_sell_on_facebook"
ROW = 'F1,Mug,Blue,in stock,new,"3,700.00 BDT",https://shop.example.com/1,https://i.example.com/1.jpg,Acme,75'


def test_a_catalogue_is_read(tmp_path: Path) -> None:
    found = checked(written(tmp_path, f"{NAMES}\n{ROW}\n"))
    assert (found["format"], found["sample"][0]["quantity"]) == ("facebook-csv", 75)
    assert found["sample"][0]["price"] == {"amount_minor": 370_000, "currency": "BDT"}


def test_the_comment_row_is_passed_over(tmp_path: Path) -> None:
    comment = ",".join(
        f'"# Required | A unique thing, number {n}. Price, title and link: see help"' for n in range(10)
    )
    found = checked(written(tmp_path, f"\ufeff{comment}\n{NAMES}\n{ROW}\n"))
    assert (found["format"], found["header_row"], found["rows"]) == ("facebook-csv", 2, 1)


def test_numbered_pictures_in_brackets_are_all_taken(tmp_path: Path) -> None:
    text = (
        "id,title,description,availability,condition,price,link,image_link,brand,additional_image_link[0],additional_image_link[1]\n"
        "F1,Mug,Blue,in stock,new,10.00 EUR,https://i.example.com/f,https://i.example.com/0.jpg,Acme,https://i.example.com/1.jpg,https://i.example.com/2.jpg\n"
    )
    found = checked(written(tmp_path, text))
    assert found["sample"][0]["images"] == [f"https://i.example.com/{n}.jpg" for n in range(3)]
