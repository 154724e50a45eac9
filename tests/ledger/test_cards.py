import pytest

from marketplace.kernel.errors import Invalid
from marketplace.ledger.gateways.test.cards import hint_of, source_of

GOOD = {"number": "4242 4242 4242 4242", "expiry": "12/39", "cvc": "123"}


def test_a_card_becomes_a_token_that_says_nothing_of_its_number_but_the_end():
    assert source_of(GOOD) == "ok:4242"
    assert hint_of("ok:4242") == "Visa …4242"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("number", ""), ("number", "4242 4242 4242 4241"), ("number", "4111 1111 1111 1111"), ("number", "four"),
        ("number", "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢"),
        ("expiry", ""), ("expiry", "13/39"), ("expiry", "00/39"), ("expiry", "12/20"), ("expiry", "12/3"), ("expiry", "1239"),
        ("cvc", ""), ("cvc", "12"), ("cvc", "abc"), ("cvc", "12345"),
    ],
)  # fmt: skip
def test_each_wrong_field_is_named_alone(field, typed):
    with pytest.raises(Invalid) as refusal:
        source_of({**GOOD, field: typed})
    assert list(refusal.value.problems) == [field]


def test_everything_missing_is_said_at_once():
    with pytest.raises(Invalid) as refusal:
        source_of({})
    assert set(refusal.value.problems) == {"number", "expiry", "cvc"}
