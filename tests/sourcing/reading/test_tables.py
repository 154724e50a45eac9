"""A CSV is read whatever it calls itself, however it is parted, encoded, decorated or broken."""

import contextlib
import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from marketplace.sourcing.reading import source
from marketplace.sourcing.reading.errors import FeedRefused
from tests.sourcing.support import checked, read_all, written

PLAIN = "sku,title,price,currency,stock\nA1,Red mug,9.90,EUR,5\nA2,Blue mug,10.50,EUR,0\n"


def test_a_plain_file_is_read(tmp_path: Path) -> None:
    found = checked(written(tmp_path, PLAIN))
    assert (found["format"], found["encoding"], found["delimiter"], found["header_row"]) == (
        "csv",
        "utf-8",
        ",",
        1,
    )
    assert (found["rows"], found["accepted"], found["sellable"]) == (2, 2, 1)
    assert found["sample"][0]["price"] == {"amount_minor": 990, "currency": "EUR"}
    assert found["mapping"]["quantity"] == "stock"


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_delimiter_is_found_whatever_the_name_says(tmp_path: Path, delimiter: str) -> None:
    found = checked(written(tmp_path, PLAIN.replace(",", delimiter)))
    assert (found["delimiter"], found["accepted"]) == (delimiter, 2)


@pytest.mark.parametrize(
    ("title", "encoding"),
    [("Théière à pois, prix réduit", "cp1252"), ("Żółty kubek, ściąga długości", "cp1250"), ("Кружка красная для чая", "cp1251"),
     ("Κόκκινη κούπα τσαγιού", "cp1253"), ("Tasse à thé", "utf-8-sig"), ("Tasse à thé", "utf-16"), ("Tasse à thé", "utf-16-le")],
)  # fmt: skip
def test_the_encoding_is_found(tmp_path: Path, title: str, encoding: str) -> None:
    text = "sku;title;price;currency;stock\n" + "".join(f"A{n};{title};9,90;EUR;5\n" for n in range(8))
    found = checked(written(tmp_path, text, encoding=encoding))
    assert found["sample"][0]["title"] == title
    assert found["sample"][0]["price"]["amount_minor"] == 990


def test_an_accent_in_the_last_row_of_a_long_file_decides(tmp_path: Path) -> None:
    rows = "".join(f"A{n},Plain mug number {n},9.90,EUR,5\n" for n in range(40_000))
    path = written(
        tmp_path, ("sku,title,price,currency,stock\n" + rows + "Z9,Théière,9.90,EUR,5\n").encode("cp1252")
    )
    _, offers, _ = read_all(path)
    assert offers[-1].title == "Théière"


def test_a_stray_byte_does_not_cost_the_row(tmp_path: Path) -> None:
    rows = "".join(f"A{n},Théière {n},9.90,EUR,5\n" for n in range(50)).encode()
    path = written(tmp_path, b"sku,title,price,currency,stock\n" + rows + b"B1,Caf\xe9,1.00,EUR,1\n")
    found = checked(path)
    assert (found["encoding"], found["accepted"]) == ("utf-8", 51)
    assert any("not UTF-8" in warning for warning in found["warnings"])
    assert read_all(path)[1][-1].title == "Café"


def test_nul_characters_are_left_out(tmp_path: Path) -> None:
    found = checked(written(tmp_path, PLAIN.replace("Red mug", "Red\0 mug").encode()))
    assert found["sample"][0]["title"] == "Red mug"
    assert any("NUL" in warning for warning in found["warnings"])


def test_titles_and_comments_above_the_header_are_passed_over(tmp_path: Path) -> None:
    found = checked(written(tmp_path, "Price list March 2026\nValid until further notice\n\n" + PLAIN))
    assert (found["header_row"], found["rows"], found["sample"][0]["line"]) == (4, 2, 5)
    assert any("above the header" in warning for warning in found["warnings"])


def test_a_file_without_a_header_is_read_by_its_values(tmp_path: Path) -> None:
    rows = "".join(f"X{n:04d},Enamel mug number {n} with a handle,{n}.50,{n % 7}\n" for n in range(1, 40))
    found = checked(written(tmp_path, rows))
    assert (found["header_row"], found["rows"], found["accepted"]) == (0, 39, 39)
    assert found["mapping"]["sku"] == "#1"
    assert found["mapping"]["title"] == "#2"


def test_records_are_counted_not_lines(tmp_path: Path) -> None:
    text = 'sku,title,description,price\r\nA1,Mug,"Line one\r\nline two\n\nline four",9.90\nA2,Cup,short,8.00\r\n'
    found = checked(written(tmp_path, text))
    assert (found["rows"], [row["line"] for row in found["sample"]]) == (2, [2, 6])


def test_a_trailing_separator_on_every_row_does_no_harm(tmp_path: Path) -> None:
    found = checked(written(tmp_path, "sku;title;price\nA1;Mug;9,90;\nA2;Cup;8,00;\n"))
    assert (found["accepted"], found["sample"][1]["price"]["amount_minor"]) == (2, 800)


def test_spaces_around_cells_and_quotes_do_no_harm(tmp_path: Path) -> None:
    found = checked(
        written(
            tmp_path, '"sku"  , "title"       , "price"\nA1     , "Mug, red"   , 9.90  \n   ,           ,\n'
        )
    )
    assert (found["rows"], found["sample"][0]["sku"], found["sample"][0]["title"]) == (1, "A1", "Mug, red")


def test_a_separator_inside_an_unquoted_text_is_said(tmp_path: Path) -> None:
    found = checked(written(tmp_path, PLAIN + "A3,Mug, red,9.90,EUR,5\n"))
    assert found["accepted"] == 2
    assert found["rejected"][0]["line"] == 4
    assert "6 cells" in found["rejected"][0]["reason"]


def test_a_row_without_a_number_or_a_title_is_rejected_with_its_line(tmp_path: Path) -> None:
    found = checked(written(tmp_path, PLAIN + ",Nameless,1.00,EUR,1\nA4,,1.00,EUR,1\n"))
    assert found["rejected"] == [
        {"line": 4, "reason": "It has no article number"},
        {"line": 5, "reason": "It has no title"},
    ]


def test_the_last_of_two_rows_with_one_number_wins_and_both_are_named(tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN + "A1,Green mug,7.00,EUR,2\n")
    found = checked(path)
    assert (found["rows"], found["accepted"], found["merged"]) == (3, 2, 1)
    assert any("lines 2 and 4" in warning for warning in found["warnings"])
    assert [offer.title for offer in read_all(path)[1] if offer.sku == "A1"][-1] == "Green mug"


def test_without_its_own_count_the_reader_leaves_duplicates_to_the_database(tmp_path: Path) -> None:
    reader, offers, _ = read_all(written(tmp_path, PLAIN + "A1,Green mug,7.00,EUR,2\n"), dedup=False)
    assert (reader.accepted, reader.merged, len(offers)) == (3, 0, 3)


def test_columns_that_are_not_sent_are_not_spoken_of(tmp_path: Path) -> None:
    reader, offers, _ = read_all(written(tmp_path, "SKU,QTY\nA1,3\nA2,0\n"))
    assert reader.stock_only
    assert {"quantity", "sells_up_to"} <= reader.sent
    assert not {"title", "price_e4", "images"} & reader.sent
    assert [offer.sells_up_to for offer in offers] == [3, 0]


def test_a_file_that_quotes_nothing_keeps_its_inches_and_nicknames(tmp_path: Path) -> None:
    rows = "".join(f'P{n}\t"Big" pipe {n}, 5"\t"{n} inch\t{n}.50\n' for n in range(1, 9))
    found = checked(written(tmp_path, "sku\ttitle\tbrand\tprice\n" + rows, "feed.tsv"))
    assert (found["accepted"], found["sample"][0]["title"]) == (8, '"Big" pipe 1, 5"')


def test_half_a_file_says_where_it_stops(tmp_path: Path) -> None:
    with pytest.raises(FeedRefused) as refused:
        checked(written(tmp_path, PLAIN + 'A3,Cup,8.00,EUR,"half a\ntext'))
    assert (refused.value.code, refused.value.line) == ("cut", 4)
    found = checked(written(tmp_path, PLAIN + "A3,Cup,8"))
    assert found["rejected"] == [{"line": 4, "reason": "The file ends in the middle of it"}]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty"), (b" \n\r\n\t", "empty"), (b"<!DOCTYPE html><html><body>Sign in</body></html>", "html"), (b"<html><head><title>404", "html"),
     (b"%PDF-1.7 binary", "container"), (bytes(range(256)) * 40, "binary"), (b"PK\x03\x04broken", "archive"), (b"\x1f\x8bbroken", "cut"),
     (b"BZh91AY&SY", "container")],
)  # fmt: skip
def test_what_is_no_feed_is_refused_with_its_reason(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(FeedRefused) as refused:
        checked(written(tmp_path, content))
    assert refused.value.code == code
    assert refused.value.as_json()["error"]


def test_an_unclosed_quote_is_found_where_it_begins(tmp_path: Path) -> None:
    with pytest.raises(FeedRefused) as refused:
        checked(written(tmp_path, PLAIN + 'A3,"Cup,8.00,EUR,5\n' + "A4,Mug,9.90,EUR,5\n" * 70_000))
    assert (refused.value.code, refused.value.line) == ("long_cell", 4)


def test_a_hundred_thousand_columns_are_refused(tmp_path: Path) -> None:
    wide = ",".join(f"column{n}" for n in range(100_000))
    with pytest.raises(FeedRefused) as refused:
        checked(written(tmp_path, f"sku,title,{wide}\nA1,Mug\n"))
    assert refused.value.code == "columns"


@pytest.mark.parametrize(("rows", "filling"), [(1, ","), (100_000, "x,")])
def test_a_line_that_does_not_end_is_refused_before_it_fills_the_memory(
    tmp_path: Path, rows: int, filling: str
) -> None:
    above = "sku,title,price\n" + "A1,Mug,9.90\n" * rows
    with pytest.raises(FeedRefused) as refused:
        checked(written(tmp_path, above + "A2," + filling * 10_000_000))
    assert (refused.value.code, refused.value.line) == ("long_line", rows + 2)


def zipped(*files: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()


def test_gzip_and_zip_are_unpacked(tmp_path: Path) -> None:
    assert checked(written(tmp_path, gzip.compress(PLAIN.encode())))["accepted"] == 2
    assert (
        checked(written(tmp_path, zipped(("a/feed.csv", PLAIN.encode()), ("__MACOSX/._feed.csv", b"x"))))[
            "accepted"
        ]
        == 2
    )


def test_notes_and_pictures_beside_the_feed_are_passed_over(tmp_path: Path) -> None:
    beside = (("README.txt", b"Hello"), ("logo.jpg", b"\xff\xd8"), ("export/feed.csv", PLAIN.encode()))
    assert checked(written(tmp_path, zipped(*beside)))["accepted"] == 2
    assert checked(written(tmp_path, zipped(("feed.txt", PLAIN.encode()))))["accepted"] == 2


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_that_cannot_be_read_piece_by_piece_is_refused_by_the_name_of_its_method(
    tmp_path: Path, method: int
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        archive.writestr("feed.csv", PLAIN)
    with pytest.raises(FeedRefused, match=r"bzip2|LZMA"):
        checked(written(tmp_path, packed.getvalue()))


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_a_tar_is_not_read_as_a_table(tmp_path: Path, mode: str) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:  # type: ignore[call-overload]
        entry = tarfile.TarInfo("feed.csv")
        entry.size = len(PLAIN)
        archive.addfile(entry, io.BytesIO(PLAIN.encode()))
    with pytest.raises(FeedRefused) as refused:
        checked(written(tmp_path, packed.getvalue()))
    assert refused.value.code in ("container", "archive")


def test_a_damaged_archive_is_refused_wherever_it_is_damaged(tmp_path: Path) -> None:
    """Every byte of the headers, one after the other."""
    whole = zipped(("Théière.csv", PLAIN.encode()))
    for at in range(len(whole)):
        with contextlib.suppress(FeedRefused):
            checked(written(tmp_path, whole[:at] + b"\xff" + whole[at + 1 :]))


def test_an_archive_of_several_files_or_of_archives_is_refused(tmp_path: Path) -> None:
    for content in (
        zipped(("a.csv", b"x"), ("b.csv", b"y")),
        zipped(("a.zip", zipped(("b.csv", PLAIN.encode())))),
        zipped(),
    ):
        with pytest.raises(FeedRefused):
            checked(written(tmp_path, content))


def test_what_inflates_beyond_reason_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "FREE_BYTES", 1024 * 1024)
    bomb = b"a,b\n" + b"0" * (5 * 1024 * 1024)
    for content in (gzip.compress(bomb), zipped(("bomb.csv", bomb))):
        with pytest.raises(FeedRefused) as refused:
            checked(written(tmp_path, content))
        assert refused.value.code == "too_big"


def test_a_compressed_file_cut_in_half_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress(PLAIN.encode() * 5_000)
    with pytest.raises(FeedRefused) as refused:
        checked(written(tmp_path, packed[: len(packed) // 2]))
    assert refused.value.code == "cut"


def test_quotes_are_quotes_however_ragged_the_rows_are(tmp_path: Path) -> None:
    text = (
        'sku,"title (long)",description,price,currency,stock,category,image\n'
        'A,"Mug, red","Soft, warm","19,90",EUR,3,"Home, Kitchen"\nB,"Bowl, blue","Deep","29,90",EUR,0,"Home"\n'
    )
    found = checked(written(tmp_path, text))
    assert [offer["title"] for offer in found["sample"]] == ["Mug, red", "Bowl, blue"]
    assert found["sample"][0]["price"]["amount_minor"] == 1990


def test_texts_that_a_spreadsheet_marked_are_themselves(tmp_path: Path) -> None:
    rows = "".join(f'="00{n}","=""4006381333931""",Ball {n},{n}.99,EUR,{n}\n' for n in range(1, 4))
    marked = "".join(f"'00{n},'4006381333931,Ball {n},{n}.99,EUR,{n}\n" for n in range(1, 4))
    for content in (rows, marked):
        _, offers, _ = read_all(written(tmp_path, '="sku",ean,name,price,currency,stock\n' + content))
        assert [(o.sku, o.gtin, o.gtin_valid) for o in offers] == [
            (f"00{n}", "4006381333931", "4006381333931") for n in range(1, 4)
        ]


def test_names_of_columns_between_the_rows_are_no_offer(tmp_path: Path) -> None:
    part = "sku;name;price;qty\n" + "".join(f"S{n};Cup {n};{n},50;{n}\n" for n in range(1, 5))
    more = part.replace("S", "T")
    reader, offers, rejected = read_all(written(tmp_path, part + "\ufeff" + more))
    assert (reader.rows, len(offers), [(r.line, r.code) for r in rejected]) == (9, 8, [(6, "header_again")])


def test_columns_of_one_name_are_all_pictures(tmp_path: Path) -> None:
    rows = "".join(
        f"D{n},Pen {n},{n}.50,EUR,{n},https://a.example.com/{n}.jpg,https://a.example.com/{n}b.jpg\n"
        for n in range(1, 4)
    )
    found = checked(written(tmp_path, "SKU,Name,Price,Currency,Stock,Image,Image\n" + rows))
    assert found["mapping"]["images"] == ["Image", "Image #7"]
    assert len(found["sample"][0]["images"]) == 2


def test_characters_by_htmls_names_are_themselves_in_names(tmp_path: Path) -> None:
    text = PLAIN.replace("sku,", "sku,brand,category,").replace("A1,", "A1,B&amp;O,Home &gt; Caf&eacute;,")
    text = text.replace("Red mug", "Red &amp; blue R&D &copy mug").replace("A2,", "A2,,,")
    _, offers, _ = read_all(written(tmp_path, text))
    assert (offers[0].title, offers[0].brand, offers[0].category) == (
        "Red & blue R&D &copy mug",
        "B&O",
        "Home > Café",
    )


def test_a_column_called_stock_is_read_whatever_its_words(tmp_path: Path) -> None:
    text = "sku;title;price;Bestand\nA1;Mug;9,90;Ampel grün\nA2;Cup;9,90;Ampel rot\n"
    found = checked(written(tmp_path, text))
    assert found["mapping"]["availability"] == "Bestand"
    assert any("Ampel grün" in warning for warning in found["warnings"])


def test_the_mark_at_the_end_of_a_record_is_no_part_of_its_last_cell(tmp_path: Path) -> None:
    text = "sku|title|price|stock|ean\nA1|Mug|9,90|5|4006381333931<endrecord>\nA2|Cup|9,90|5|5449000000996<endrecord>\n"
    _, offers, _ = read_all(written(tmp_path, text, "feed.txt"))
    assert [o.gtin for o in offers] == ["4006381333931", "5449000000996"]


def test_of_two_rows_of_names_the_lower_one_counts(tmp_path: Path) -> None:
    for upper in ("Product;;Price;;Stock", "Artikelnummer;Bezeichnung;Preis;UVP;Bestand"):
        found = checked(
            written(
                tmp_path, f"{upper}\nCode;Name;Net;RRP;Qty\nA1;Lamp;9,90;19,90;3\nA2;Table;19,90;29,90;0\n"
            )
        )
        assert (found["header_row"], found["rows"], found["accepted"]) == (2, 2, 2)
        assert found["mapping"] == {
            "sku": "Code",
            "title": "Name",
            "price": "Net",
            "msrp": "RRP",
            "quantity": "Qty",
        }


def test_tildes_part_cells_too(tmp_path: Path) -> None:
    found = checked(written(tmp_path, "SKU~NAME~PRICE~QTY\nA1~Lamp red~9.90~3\nA2~Table~19.90~0\n"))
    assert (found["delimiter"], found["rows"], found["sample"][0]["price"]["amount_minor"]) == ("~", 2, 990)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "<table><tr><th>SKU</th><th>Name</th></tr><tr><td>A1</td><td>Lamp</td></tr></table>",
            "a table saved as a web page",
        ),
        (
            "<html><body><table><tr><td>SKU</td></tr><tr><td>A1</td></tr></table></body></html>",
            "a table saved as a web page",
        ),
        (
            "<html><form><table><tr><td>Name</td></tr><tr><td><input></td></tr></table></form></html>",
            "may need a login",
        ),
        (
            "<br />\n<b>Warning</b>:  Access denied in <b>/srv/feed.php</b> on line <b>3</b><br />\n",
            "a web page, not a feed",
        ),
    ],
)
def test_pages_are_refused_as_what_they_are(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(FeedRefused, match=said):
        checked(written(tmp_path, content))


def test_what_programs_write_into_empty_cells_says_nothing(tmp_path: Path) -> None:
    found = checked(written(tmp_path, "sku,name,price,stock,ean\nA,Lamp,9.90,NULL,NULL\nB,Desk,19.90,3,-\n"))
    assert "gtin" not in found["sample"][0]
    assert not any("NULL" in warning for warning in found["warnings"])
