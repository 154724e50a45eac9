"""What a row says of its stock is never more than it says, and an unknown word is never zero."""

from datetime import date

import pytest

from marketplace.sourcing.mapping.model import Mapping, Word
from marketplace.sourcing.values.quantity import read_count, read_quantity
from marketplace.sourcing.values.stock import StockCells
from marketplace.sourcing.values.stock_words import COMMON_WORDS
from marketplace.sourcing.values.text import truth

TODAY = date(2026, 3, 1)


def cells(**settings: object) -> StockCells:
    return StockCells(Mapping(**settings), TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "number", "kind"),
    [
        ("10", 10, "exact"), ("10.0", 10, "exact"), ("10,00", 10, "exact"), (">10", 10, "at_least"), ("10+", 10, "at_least"),
        ("> 100", 100, "at_least"), ("<5", 1, "at_least"), ("5 new", 5, "exact"), ("-3", -3, "exact"), ("10 pcs", 10, "exact"),
        ("10-50", 10, "at_least"), ("more than 20", 20, "at_least"), ("mehr als 10", 10, "at_least"), ("больше 5", 5, "at_least"),
        ("1,000", 1000, "exact"), ("0.5", 0, "exact"), ("ab 3 Stück", 3, "at_least"), ("od 5 szt.", 5, "at_least"), ("Skladem více než 5 ks", 5, "at_least"),
        ("więcej niż 20", 20, "at_least"),
    ],
)  # fmt: skip
def test_a_quantity_is_read_as_written(written: str, number: int, kind: str) -> None:
    assert read_quantity(written) == (number, kind)


@pytest.mark.parametrize(
    "written",
    [
        "in stock",
        "3 days",
        "99999999999",
        "yes",
        "",
        "1e5",
        "12 kg of it all",
        "Lager: -3",
        "In stock −3",
        "Stock - 3",
        "ab 12.03.2026",
        "ab 3 Tagen",
        "mehr als 3 Tage",
    ],
)
def test_what_is_no_quantity_is_none(written: str) -> None:
    assert read_quantity(written) is None


def test_a_word_that_is_plainly_a_yes_or_a_no_is_one_of_stock_too() -> None:
    assert cells().read("", "x").availability == "in_stock"  # a cross in a column of ticks
    said = {word: (truth(word), meaning.state) for word, meaning in COMMON_WORDS.items()}
    assert {
        word for word, (yes, state) in said.items() if yes is not None and yes != (state == "in_stock")
    } == set()


def test_a_number_sells_that_many() -> None:
    stock = cells().read("12")
    assert (stock.quantity, stock.kind, stock.sells_up_to, stock.not_sellable) == (12, "exact", 12, None)


def test_a_cap_means_at_least() -> None:
    stock = cells().read(">10")
    assert (stock.quantity, stock.kind, stock.sells_up_to) == (10, "at_least", 10)


def test_a_quantity_below_zero_sells_none_and_is_kept_raw() -> None:
    stock = cells().read("-4")
    assert (stock.quantity, stock.raw, stock.not_sellable) == (0, "-4", "out_of_stock")


@pytest.mark.parametrize(
    "word",
    [
        "in stock",
        "in_stock",
        "InStock",
        "En stock",
        "auf Lager",
        "disponibile",
        "skladem",
        "в наличии",
        "ﻢﺗﻮﻓّﺭ",
        "Άμεσα διαθέσιμο",
    ],
)
def test_in_stock_is_known_in_many_languages_and_sells_what_is_assumed(word: str) -> None:
    stock = cells(assumed_quantity=2).read("", word)
    assert (stock.quantity, stock.kind, stock.sells_up_to, stock.not_sellable) == (None, "unknown", 2, None)


@pytest.mark.parametrize(
    "word",
    [
        "out of stock",
        "Épuisé",
        "ausverkauft",
        "non disponibile",
        "vyprodáno",
        "нет в наличии",
        "غير متوفر",
        "N",
    ],
)
def test_out_of_stock_is_known_too(word: str) -> None:
    assert cells().read("", word).not_sellable == "out_of_stock"


def test_out_of_stock_wins_over_a_number_and_zero_over_in_stock() -> None:
    assert cells().read("5", "out of stock").sells_up_to == 0
    assert cells().read("0", "in stock").not_sellable == "out_of_stock"


def test_an_unknown_word_keeps_what_we_hold_and_is_told() -> None:
    stock = cells().read("perhaps")
    assert stock.keep
    assert stock.not_sellable == "stock_unreadable"
    assert stock.quantity is None
    assert "perhaps" in (stock.trouble or "")


def test_an_unknown_word_beside_a_number_does_no_harm_but_is_told() -> None:
    stock = cells().read("3", "perhaps")
    assert (stock.quantity, stock.sells_up_to, stock.keep) == (3, 3, False)
    assert stock.trouble is not None


def test_a_feeds_own_words_go_before_the_common_ones() -> None:
    words = {
        "a few": Word("in_stock", quantity=2),
        "1": Word("in_stock", lead_days=1),
        "yes": Word("out_of_stock", quantity=0),
    }
    own = cells(words=words)
    assert own.read("A few").sells_up_to == 2
    assert own.read("", "yes").not_sellable == "out_of_stock"
    assert own.read("", "", "1").lead_days == 1


def test_codes_of_one_column_are_not_numbers_of_another() -> None:
    stock = cells(
        words={"3": Word("in_stock", lead_days=3), "brak": Word("out_of_stock")}, words_for="lead_days"
    )
    assert (stock.read("3", "", "3").quantity, stock.read("3", "", "3").lead_days) == (3, 3)
    assert stock.read("brak", "", "3").availability == "out_of_stock"


def test_an_empty_cell_means_what_the_feed_says_it_means() -> None:
    assert cells().read("").not_sellable == "no_stock"
    assert cells(words={"": Word("in_stock")}).read("").sells_up_to == 1


def test_a_delivery_time_is_a_stock_of_unknown_size() -> None:
    stock = cells().read("", "1-3")
    assert (stock.availability, stock.lead_days, stock.sells_up_to) == ("in_stock", 3, 1)
    assert cells().read("", "", "48h").lead_days == 2
    assert cells().read("", "", "2026-03-11").lead_days == 10


def test_on_order_sells_only_with_a_delivery_time() -> None:
    assert cells().read("", "backorder").not_sellable == "out_of_stock"
    assert cells().read("", "backorder", "14").sells_up_to == 1


def test_placeholder_stock_sells_what_is_assumed() -> None:
    stock = cells(quantity_kind="unknown", assumed_quantity=1).read("999")
    assert (stock.quantity, stock.sells_up_to) == (999, 1)


def test_a_stock_that_never_changes_is_noticed() -> None:
    same, various = cells(), cells()
    for number in ("100", "0", "100"):
        same.read(number)
    for number in ("100", "3"):
        various.read(number)
    assert same.constant() == 100
    assert various.constant() is None


def test_no_common_word_means_two_things() -> None:
    assert COMMON_WORDS["not in stock"].state == "out_of_stock"
    assert all(word.quantity == 0 for word in COMMON_WORDS.values() if word.state == "out_of_stock")


def test_a_minimum_is_at_least_one() -> None:
    assert [read_count(text) for text in ("6", "0", "", "-2", "many", "12 pcs")] == [6, 1, 1, 1, 1, 12]


@pytest.mark.parametrize(
    ("written", "number", "kind"),
    [
        ("Only 3 left", 3, "exact"), ("nur noch 2", 2, "exact"), ("In stock (12)", 12, "exact"), ("Skladem >5 ks", 5, "at_least"),
        ("Auf Lager: 7", 7, "exact"), ("残り3点", 3, "exact"), ("库存12件", 12, "exact"), ("재고 5개", 5, "exact"), ("stock: 0", 0, "exact"),
    ],
)  # fmt: skip
def test_a_number_beside_words_of_stock_is_the_number(written: str, number: int, kind: str) -> None:
    assert read_quantity(written) == (number, kind)


@pytest.mark.parametrize("written", ["500 gm", "1 ltr", "250 ml", "Delivery 3", "out of 10"])
def test_what_a_pack_holds_is_no_stock(written: str) -> None:
    assert read_quantity(written) is None


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("在庫あり", "in_stock"), ("取り寄せ", "backorder"), ("판매중", "in_stock"), ("일시품절", "out_of_stock"), ("下架", "out_of_stock"),
        ("наличен", "in_stock"), ("изчерпан", "out_of_stock"), ("ir noliktavā", "in_stock"), ("Low", "in_stock"), ("Unlimited", "in_stock"),
        ("×", "out_of_stock"), ("+", "in_stock"), ("Lieferbar ab 12.12.2026", "backorder"), ("Fåtal kvar", "in_stock"), ("Tillfälligt slut", "out_of_stock"), ("Laatste stuks", "in_stock"),
        ("nicht lagernd", "out_of_stock"), ("ruim voorradig", "in_stock"), ("Skladom u dodávateľa", "in_stock"), ("Εκτός αποθέματος", "out_of_stock"), ("в пути", "backorder"),
    ],
)  # fmt: skip
def test_further_words_and_signs_are_known(word: str, state: str) -> None:
    assert cells().read("", word).availability == state
