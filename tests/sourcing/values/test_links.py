"""Pictures are found in lists of every kind, and never on a host inside the house."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.sourcing.values.links import ImageCells, absolute, is_public, read_images


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (
            "https://a.example.com/x,y.jpg,https://a.example.com/z.jpg",
            ("https://a.example.com/x,y.jpg", "https://a.example.com/z.jpg"),
        ),
        (
            "https://a.example.com/1.jpg; https://a.example.com/2.jpg",
            ("https://a.example.com/1.jpg", "https://a.example.com/2.jpg"),
        ),
        ("https://a.example.com/1.jpg|https://a.example.com/1.jpg", ("https://a.example.com/1.jpg",)),
        ("//cdn.example.com/a.png", ("https://cdn.example.com/a.png",)),
        ("https://a.example.com/été 1.jpg", ("https://a.example.com/%C3%A9t%C3%A9%201.jpg",)),
        ("", ()),
    ],
)
def test_a_cell_of_pictures_is_taken_apart(cell: str, found: tuple[str, ...]) -> None:
    assert read_images(cell)[0] == found


def test_names_without_a_host_need_a_base() -> None:
    assert read_images("a.jpg|b.jpg") == ((), 2)
    assert read_images("a.jpg|b.jpg", "https://img.example.com/p")[0] == (
        "https://img.example.com/p/a.jpg",
        "https://img.example.com/p/b.jpg",
    )


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/a.jpg", "http://10.0.0.1/a.jpg", "http://127.0.0.1/a.jpg", "http://[::1]/a.jpg", "http://shop.local/a.jpg",
        "ftp://a.example.com/a.jpg", "javascript:alert(1)", "data:image/png;base64,xx", "http://user:pw@a.example.com/a.jpg",
        "http://2130706433/a.jpg", "https://a.example.com:99999/a.jpg", "http://a.example.com/" + "x" * 3_000,
    ],
)  # fmt: skip
def test_what_must_not_be_fetched_is_left_out(url: str) -> None:
    assert absolute(url) is None


def test_what_the_operator_allows_is_kept() -> None:
    allowed = frozenset({"127.0.0.1:8101"})
    assert absolute("http://127.0.0.1:8101/a.png", allowed=allowed) == "http://127.0.0.1:8101/a.png"
    assert absolute("http://127.0.0.1:8102/a.png", allowed=allowed) is None


def test_public_names_are_told_from_private_ones() -> None:
    assert is_public("cdn.example.com")
    assert not is_public("intranet")
    assert not is_public("printer.lan")


@given(st.lists(st.text(alphabet="abc/.:,;| é?&%h tps", max_size=30), max_size=4))
def test_the_quick_way_finds_what_the_long_way_finds(parts: list[str]) -> None:
    cells = ImageCells()
    cell = "https://a.example.com/" + ",".join(parts)
    cells.read("https://a.example.com/warm.jpg")
    assert cells.read(cell) == read_images(cell)
