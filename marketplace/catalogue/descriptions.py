"""Descriptions as they come from feeds, made safe to show. Pure, and bounded in time whatever comes in.

The cleaner is quadratic in nesting (100,000 nested tags take 25 s), so size and depth are capped before it sees the text.
"""

import html
import re
from functools import lru_cache

import nh3

MAX_BYTES = 64 * 1024
MAX_DEPTH = 40
_TAGS = {
    "p", "br", "hr", "ul", "ol", "li", "b", "strong", "i", "em", "u", "s", "sub", "sup", "small", "h3", "h4", "h5",
    "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "caption", "blockquote", "pre", "code", "span", "div",
}  # fmt: skip
_HEADINGS = re.compile(r"<(/?)h[12](?=[\s>/])", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")
_ANY_TAG = re.compile(r"<[^<>]*>")
_ESCAPED = re.compile(r"&lt;/?(?:p|br|ul|ol|li|b|strong|i|em|div|span|h[1-6]|table|tr|td)\b", re.IGNORECASE)
_EMPTY = re.compile(r"<(p|div|span|li|b|strong|em|i)>(?:\s|&nbsp;|\u00a0|<br>)*</\1>")
_VOID = {"br", "hr", "img", "input", "meta", "link", "col", "wbr", "source", "area", "base", "embed"}


@lru_cache(maxsize=1)
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        attributes={"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}},
        clean_content_tags={"script", "style", "iframe", "object", "noscript", "template", "svg", "math"},
        url_schemes=set(),
        link_rel=None,
    )


def sanitised(raw: str | None) -> str | None:
    """HTML of a few harmless tags, without links, pictures, scripts or styles; None when nothing is left to read.

    Takes plain text (line breaks become paragraphs), HTML, and HTML that was escaped twice. What is over 64 KB is cut, what
    is nested deeper than 40 loses its tags.
    """
    text = _cut(raw or "").replace("\x00", "")
    if not _TAG.search(text) and _ESCAPED.search(text):
        text = html.unescape(text)
    if not _TAG.search(text):
        return _paragraphs(text)
    if _depth(text) > MAX_DEPTH:
        return _paragraphs(_ANY_TAG.sub(" ", text))
    clean = _cleaner().clean(_HEADINGS.sub(r"<\1h3", text))
    while clean != (emptied := _EMPTY.sub("", clean)):
        clean = emptied
    clean = clean.strip()
    if not plain_text(clean):
        return None
    return clean if _TAG.search(clean) else _paragraphs(clean)


def plain_text(markup: str | None, at_most: int | None = None) -> str:
    """The words of a sanitised description, for search results, meta descriptions and mails; cut at a word with "…"."""
    words = " ".join(html.unescape(_ANY_TAG.sub(" ", markup or "")).split())
    if at_most is None or len(words) <= at_most:
        return words
    return words[: at_most - 1].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def _cut(text: str) -> str:
    if len(text) * 4 <= MAX_BYTES:
        return text
    encoded = text.encode("utf-8", "ignore")
    if len(encoded) <= MAX_BYTES:
        return text
    kept = encoded[:MAX_BYTES].decode("utf-8", "ignore")
    return kept[: kept.rfind("<")] if kept.rfind("<") > kept.rfind(">") else kept


def _depth(text: str) -> int:
    """How deep unclosed tags pile up: an upper bound of what the cleaner will build."""
    deepest = open_tags = 0
    for closing, name, self_closing in _TAG.findall(text):
        if closing:
            open_tags = max(0, open_tags - 1)
        elif not self_closing and name.lower() not in _VOID:
            open_tags += 1
            deepest = max(deepest, open_tags)
    return deepest


def _paragraphs(text: str) -> str | None:
    blocks = [
        " ".join(block.split("\n")).strip() for block in re.split(r"\n\s*\n", html.unescape(text).strip())
    ]
    written = [f"<p>{html.escape(' '.join(block.split()), quote=False)}</p>" for block in blocks if block]
    return "".join(written) or None
