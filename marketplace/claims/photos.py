"""A shopper's photos, made into our own: re-encoded, upright, without place or camera; the bytes as sent are not kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from marketplace.kernel.database import execute
from marketplace.kernel.errors import Refused
from marketplace.kernel.images import BadImage, render

MOST = 6
MAX_BYTES = 12_000_000
WIDTH = 1600


@dataclass(frozen=True)
class SentPhoto:
    """A file as it came from a form."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Photo:
    """Ours: at most `WIDTH` pixels wide."""

    name: str
    content_type: str
    width: int
    height: int
    body: bytes = field(repr=False)


async def make_ours(sent: Sequence[SentPhoto]) -> list[Photo]:
    """Outside any transaction: decoding takes its time. Raises Refused for the field `photos`; its value `file` is the name of
    the one."""
    if len(sent) > MOST:
        raise Refused("At most {most} photos, please.", field="photos", most=MOST)
    return [await _ours(one) for one in sent]


async def _ours(sent: SentPhoto) -> Photo:
    try:
        picture = await render(sent.data, widths=(WIDTH,), max_bytes=MAX_BYTES)
    except BadImage as bad:
        raise Refused(bad.message, field="photos", file=_short(sent.name), **bad.values) from bad
    best = picture.renditions[-1]
    return Photo(_short(sent.name), best.content_type, best.width, best.height, best.data)


async def attach(merchant: int, claim: int, message: int, photos: Sequence[Photo]) -> None:
    """Keep `photos` with a message of the complaint, in the open scope."""
    for photo in photos:
        await execute(
            "INSERT INTO attachment (merchant, claim, message, name, content_type, body, width, height)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            merchant,
            claim,
            message,
            photo.name,
            photo.content_type,
            photo.body,
            photo.width,
            photo.height,
        )


def _short(name: str) -> str:
    plain = "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable())
    return plain.strip()[:80] or "photo"
