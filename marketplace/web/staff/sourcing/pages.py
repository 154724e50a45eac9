"""Rendering of this part's pages: the words of `labels`, and sentences of runs in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar import Response
from litestar_htmx import HTMXRequest

from marketplace.web.access import Desk
from marketplace.web.rendering import page, render
from marketplace.web.staff.sourcing import labels
from marketplace.web.staff.sourcing.mapping_words import field_label
from marketplace.web.staff.sourcing.resay import resay, resay_fault
from marketplace.web.staff.sourcing.sparkline import sparkline
from marketplace.web.staff.text_diff import excerpt


def words(request: HTMXRequest) -> dict[str, Any]:
    """What the templates of this part call beside the kit."""
    locale = request.state.locale
    return {
        "L": labels,
        "resay": lambda sentence: resay(sentence, locale),
        "resay_fault": lambda fault: resay_fault(fault, locale),
        "sparkline": sparkline,
        "excerpt": excerpt,
        "field_label": field_label,
    }


def show(
    request: HTMXRequest,
    desk: Desk,
    template: str,
    part: str | None = None,
    *,
    current: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> Response[str]:
    """A page of this part."""
    return page(
        request,
        template,
        part,
        status=status,
        headers=headers,
        desk=desk,
        current=current,
        **words(request),
        **context,
    )


def fragment(request: HTMXRequest, desk: Desk, template: str, **context: Any) -> str:
    """A part of a page as text, for an event stream."""
    return render(request, template, desk=desk, **words(request), **context)
