"""Where each field of an OfferRow is, for filling one by place."""

from __future__ import annotations

from typing import Any

import msgspec

from marketplace.sourcing.reading.offer_row import OfferRow

SLOT: dict[str, int] = {name: place for place, name in enumerate(OfferRow.__struct_fields__)}
BLANK: list[Any] = list(msgspec.structs.astuple(OfferRow("")))
"""The values of a row that says nothing."""
