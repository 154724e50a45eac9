"""The words of a complaint: the shopper's thread with the merchant, and the staff's own notes."""

from marketplace.kernel.database import fetch_value
from marketplace.kernel.errors import Refused

LONGEST = 5_000


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
