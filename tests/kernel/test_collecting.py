"""Python's collector looks seldom while feeds are read, and as often as ever afterwards."""

import gc

from marketplace.kernel.collecting import SELDOM, seldom_collecting


def test_what_was_usual_comes_back_with_the_end_of_the_last_reading():
    usual = gc.get_threshold()
    first, second = seldom_collecting(), seldom_collecting()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold() == SELDOM
    second.__exit__(None, None, None)
    assert gc.get_threshold() == usual


def test_a_reading_that_fails_leaves_the_collector_as_it_was():
    usual = gc.get_threshold()
    try:
        with seldom_collecting():
            raise ValueError
    except ValueError:
        assert gc.get_threshold() == usual
