"""Everything a person may read is in French too, written as the French write."""

import re

from marketplace.kernel.i18n import translations
from tests.support.messages import untranslated

#: a sign that stands off its word, by a space at which a line may end
LOOSE = re.compile(r"« | [»:;?!](?![/\w])")


def test_no_text_is_left_in_english_for_a_french_reader():
    missing = [line for line in untranslated("fr") if not line.endswith(": '.'")]
    assert missing == []


def test_no_french_line_begins_with_a_colon_or_ends_in_an_opening_quote():
    texts = getattr(translations("fr"), "_catalog", {}).values()
    assert [text for text in texts if LOOSE.search(text)] == []
