"""Three-way merge of one field: what the feed says, what was last taken over, what the merchant wrote. Pure.

A field without an own value follows the feed. When the feed changes under an own value, somebody decides: the field
waits in the decision queue and the merchant's value stays on the storefront meanwhile. A lock answers in advance.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from marketplace.catalogue.tables import Lock


@dataclass(frozen=True)
class Field:
    """`feed` and `taken` are the feed's own words, `taken` those the field followed last: an own value leaves it where it was.
    `own` is the merchant's value ("" = deliberately empty, None = none)."""

    feed: str | None = None
    taken: str | None = None
    own: str | None = None
    lock: Lock = Lock.NONE
    pending: bool = False

    @property
    def follows(self) -> bool:
        """True when the storefront shows the feed's value, made of `taken`."""
        return self.own is None


class Choice(StrEnum):
    """What a person may answer."""

    THEIRS = "theirs"  # take the feed's value, and follow it again
    MINE = "mine"  # keep my value; ask again when the feed changes again
    ALWAYS_MINE = "always_mine"
    ALWAYS_THEIRS = "always_theirs"
    UNLOCK = "unlock"


def feed_said(field: Field, value: str | None, *, equals_own: bool = False) -> Field:
    """The feed's new value. `equals_own`: it now says what the merchant wrote, so there is nothing to decide."""
    seen = replace(field, feed=value)
    if field.lock is Lock.THEIRS or field.follows or (equals_own and field.lock is not Lock.MINE):
        return replace(seen, taken=value, own=None, pending=False)
    if field.lock is Lock.MINE:
        return replace(seen, pending=False)
    if value == field.feed:
        return field
    return replace(seen, pending=value != field.taken)  # back to what was taken over: nothing to ask any more


class Locked(Exception):
    """The field always follows the supplier; unlock it before writing."""


def merchant_wrote(field: Field, value: str | None, *, equals_feed: bool = False) -> Field:
    """The merchant's edit. None takes the edit back; so does writing what the feed says. Raises Locked."""
    if field.lock is Lock.THEIRS:
        raise Locked
    own = None if equals_feed and field.lock is Lock.NONE else value
    return replace(field, own=own, taken=field.feed if own is None else _base(field), pending=False)


def decided(field: Field, choice: Choice, *, shown: str | None) -> Field:
    """A person's answer. `shown` is the value on the storefront now: "always mine" freezes it where there is no own value."""
    match choice:
        case Choice.THEIRS:
            lock = Lock.NONE if field.lock is Lock.MINE else field.lock
            return replace(field, own=None, taken=field.feed, lock=lock, pending=False)
        case Choice.MINE:
            return replace(field, own=_own(field, shown), taken=_base(field), lock=Lock.NONE, pending=False)
        case Choice.ALWAYS_MINE:
            return replace(field, own=_own(field, shown), taken=_base(field), lock=Lock.MINE, pending=False)
        case Choice.ALWAYS_THEIRS:
            return replace(field, own=None, taken=field.feed, lock=Lock.THEIRS, pending=False)
        case Choice.UNLOCK:
            return replace(field, lock=Lock.NONE)


def _base(field: Field) -> str | None:
    """What the merchant's value parts from: a feed that goes back to it (an undone run, a corrected file) asks nobody again."""
    return field.feed if field.follows else field.taken


def _own(field: Field, shown: str | None) -> str:
    return field.own if field.own is not None else shown or ""
