"""What somebody changed in a product's forms: a field left as it was keeps following its feed."""

import hashlib
from collections.abc import Mapping
from typing import Any

from marketplace.web.forms import Form

PARTY = ("name", "address", "email", "country")


def mark_of(value: Any) -> str:
    """Stands in a form for the value it was filled with, so that a feed's change meanwhile is no edit of the person."""
    return hashlib.sha256(_as_typed(value).encode()).hexdigest()[:16]


def typed_changes(form: Form, shown: Mapping[str, Any]) -> dict[str, Any]:
    """Field → what was typed, of those that differ from what the form was filled with."""
    changes: dict[str, Any] = {}
    for name in shown.keys() & form.values.keys():
        typed = _as_typed(form.values[name])
        if mark_of(typed) != form.raw(f"was_{name}"):
            changes[name] = _meant(form, name, typed)
    return changes


def _meant(form: Form, name: str, typed: str) -> Any:
    if name == "category":
        return form.integer(name, least=1, most=2**62)
    return typed


def _as_typed(value: Any) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def party_typed(form: Form, name: str) -> dict[str, str]:
    """Who made it, or answers for it in the EU, without what was left empty."""
    said = {part: " ".join(form.raw(f"{name}_{part}").split()) for part in PARTY}
    if said["country"]:
        said["country"] = said["country"].upper()
    return {part: text for part, text in said.items() if text}
