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
