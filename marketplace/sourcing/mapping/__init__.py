"""The Mapping: how a file's columns become our fields, and what its numbers mean."""

from marketplace.sourcing.mapping.model import (
    Mapping,
    Parents,
    RowFilter,
    Word,
    fingerprint,
    from_json,
    to_json,
)

__all__ = ["Mapping", "Parents", "RowFilter", "Word", "fingerprint", "from_json", "to_json"]
