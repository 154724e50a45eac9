"""A broken XML document as far as it can be read: for a preview only. What is imported is whole, or refused where it is broken."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from marketplace.sourcing.reading.prolog import SAFE, readable
from marketplace.sourcing.reading.sniff import Head

MAX_TEXT = 8 * 1024**2
"""Characters of a mended head; one of a megabyte that grows beyond this is no feed."""


def mended(head: Head) -> Head | None:
    """The head with its document made well-formed: what stands around the fault stays, what cannot be told is left out.

    None where nothing is left of it.
    """
    try:
        root = etree.fromstring(
            readable(head.text.encode("utf-8", errors="replace")), etree.XMLParser(recover=True, **SAFE)
        )
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None or len(root) == 0:
        return None
    text = etree.tostring(root, encoding="utf-8").decode(
        "utf-8", "replace"
    )  # half a pair, such as &#xD800;, is kept
    return replace(head, text=text, complete=True) if len(text) <= MAX_TEXT else None
