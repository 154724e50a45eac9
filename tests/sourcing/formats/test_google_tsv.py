"""Google feeds as tab-separated text."""

from pathlib import Path

from tests.sourcing.support import checked, written


def test_a_tsv_feed_is_read_whatever_its_name(tmp_path: Path) -> None:
    text = (
        "id\ttitle\tdescription\tlink\timage_link\tavailability\tprice\tcondition\tbrand\n"
        "G1\tMug\tBlue, big\thttps://shop.example.com/1\thttps://i.example.com/1.jpg\tin stock\t11995 GBP\tnew\tAcme\n"
    )
    found = checked(written(tmp_path, text, "feed.csv"))
    assert (found["format"], found["delimiter"], found["accepted"], found["sellable"]) == (
        "google-tsv",
        "\t",
        1,
        1,
    )
    assert found["sample"][0]["price"] == {"amount_minor": 1_199_500, "currency": "GBP"}


def test_bars_part_googles_columns_as_well_as_tabs(tmp_path: Path) -> None:
    text = (
        "id|title|link|image_link|availability|price|brand|gtin|condition\n"
        "A-1|Mug|https://g.example.com/1|https://g.example.com/1.jpg|in stock|9.90 EUR|Acme|4006381333931|new\n"
    )
    found = checked(written(tmp_path, text, "feed.txt"))
    assert (found["format"], found["delimiter"], found["sample"][0]["price_means"]) == (
        "google-tsv",
        "|",
        "public",
    )
