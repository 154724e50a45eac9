"""The words of a complaint: the shopper's thread with the merchant, and the staff's own notes."""

from datetime import timedelta

from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch_value
from marketplace.kernel.errors import Refused

LONGEST = 5_000
#: the same words again within this are the same form sent twice
TWICE = timedelta(minutes=2)


def words(text: str, *, field: str = "text", least: int = 1) -> str:
    """What a person wrote, fit to be kept. Raises Refused for `field`."""
    clean = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(clean) < least:
        raise Refused("Please write a few words.", field=field)
    if len(clean) > LONGEST:
        raise Refused("That is too long: at most {most} characters.", field=field, most=LONGEST)
    return clean


async def say(merchant: int, claim: int, *, audience: str, author: str, author_name: str, body: str) -> int:
    """Add a message; answers its id. `audience` is shopper | staff; `author` shopper | merchant | system."""
    made: int = await fetch_value(
        "INSERT INTO claim_message (merchant, claim, audience, author, author_name, body)"
        " VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        merchant,
        claim,
        audience,
        author,
        author_name,
        body,
    )
    return made


async def said_just_now(claim: int, author: str, body: str) -> int | None:
    """The message with these very words that `author` sent a moment ago, with the complaint locked: a form sent twice."""
    found: int | None = await fetch_value(
        "SELECT id FROM claim_message WHERE claim = $1 AND author = $2 AND body = $3 AND body <> '' AND at > $4"
        " ORDER BY id DESC LIMIT 1",
        claim,
        author,
        body,
        now() - TWICE,
    )
    return found
