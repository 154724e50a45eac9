"""While feeds are read Python's collector looks seldom and its lock changes hands often; afterwards all is as ever."""

import gc
import sys

import pytest

from marketplace.kernel.many_rows import SELDOM, SHORT_TURN, many_rows


def pace() -> tuple[tuple[int, int, int], float]:
    return gc.get_threshold(), sys.getswitchinterval()


def test_what_was_usual_comes_back_with_the_end_of_the_last_reading():
    usual = pace()
    first, second = many_rows(), many_rows()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert pace() == (SELDOM, pytest.approx(SHORT_TURN))
    second.__exit__(None, None, None)
    assert pace() == usual


def test_a_reading_that_fails_leaves_python_as_it_was():
    usual = pace()
    with pytest.raises(ValueError), many_rows():
        raise ValueError
    assert pace() == usual
