"""Everything a person may read is in French too."""

from tests.support.messages import untranslated


def test_no_text_is_left_in_english_for_a_french_reader():
    missing = [line for line in untranslated("fr") if not line.endswith(": '.'")]
    assert missing == []
