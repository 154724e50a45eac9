"""The shopper complains, from the order's signed link: which lines, how many, what is wrong, what would put it right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marketplace.claims.cause import Cause
from marketplace.claims.clocks import answer_by
from marketplace.claims.facts import OrderFacts, read_facts
from marketplace.claims.photos import Photo, SentPhoto, attach, make_ours
from marketplace.claims.policy import Complaint, assess
from marketplace.claims.sentences import sentence
from marketplace.claims.thread import say, words
from marketplace.claims.timeline import note_step
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.kernel.outbox import emit
from marketplace.ordering.progress import lock_order
from marketplace.ordering.timeline import note
from tenants.numbers import next_number
from tenants.scope import acting_as

CAUSES = tuple(cause.value for cause in Cause if cause is not Cause.CHANGED_MIND)
WISHES = ("refund", "replacement", "advice")


@dataclass(frozen=True)
class Filed:
    id: int
    number: str


async def file_claim(
    merchant: int,
    order: int,
    *,
    units: Mapping[int, int],
    cause: str,
    wish: str,
    text: str,
    key: str,
    photos: Sequence[SentPhoto] = (),
) -> Filed:
    """`units` is order line -> units complained about; the same `key` is the same complaint.

    The policy judges each line; its reasons are said in the order's language. Raises NotFound, Invalid (fields `lines`,
    `line_<id>`, `cause`, `wish`), Refused (`text`, `photos`).
    """
    if cause not in CAUSES or wish not in WISHES:
        raise Invalid({"cause" if cause not in CAUSES else "wish": "Please choose one of the list."})
    body = words(text, least=0 if photos else 1)
    ours = await make_ours(photos)
    async with acting_as(merchant):
        await lock_order(order)
        facts = await read_facts(order)
        if known := await fetch_one(
            'SELECT id, number FROM claim WHERE key = $1 AND "order" = $2', key, order
        ):
            return Filed(**known)
        complaint = Complaint(
            cause=Cause(cause), units={n: u for n, u in units.items() if u}, wish=wish, photos=len(ours)
        )
        _judge(facts, complaint)
        filed = await _write(merchant, order, complaint, key)
        message = await say(
            merchant,
            filed.id,
            audience="shopper",
            author="shopper",
            author_name=facts.order["name"],
            body=body,
        )
        await _tell(merchant, order, filed, message, ours)
        return filed


def _judge(facts: OrderFacts, complaint: Complaint) -> None:
    locale = facts.order["locale"]
    if facts.order["placed_at"] is None:
        raise NotFound(f"order {facts.order['id']}")
    if stranger := complaint.units.keys() - {line.order_line for line in facts.lines}:
        raise NotFound(f"order line {min(stranger)}")
    if any(units < 0 for units in complaint.units.values()):
        raise Refused("Please choose how many.", field="lines")
    found = assess(complaint, facts.lines, today=facts.today, policy=facts.policy)
    if not found.admissible:
        raise Invalid(
            {
                f"line_{line}" if line else "lines": sentence(reasons[0], locale)
                for line, reasons in found.refused.items()
            }
        )


async def _write(merchant: int, order: int, complaint: Complaint, key: str) -> Filed:
    moment = now()
    number = f"C-{moment.year}-{await next_number(merchant, 'claim', year=moment.year):04d}"
    claim: int = await fetch_value(
        'INSERT INTO claim (merchant, "order", number, cause, wish, key, opened_at, answer_by)'
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
        merchant,
        order,
        number,
        complaint.cause.value,
        complaint.wish,
        key,
        moment,
        answer_by(moment),
    )
    for line, units in sorted(complaint.units.items()):
        await execute(
            "INSERT INTO claim_line (merchant, claim, order_line, quantity) VALUES ($1, $2, $3, $4)",
            merchant,
            claim,
            line,
            units,
        )
    return Filed(claim, number)


async def _tell(merchant: int, order: int, filed: Filed, message: int, photos: Sequence[Photo]) -> None:
    await attach(merchant, filed.id, message, photos)
    await note_step(merchant, filed.id, "filed", who="shopper", now="open", photos=len(photos))
    await note(merchant, order, "claim_filed", who="shopper", shopper_sees=True, claim=filed.id)
    await emit("claim.filed", merchant=merchant, order=order, claim=filed.id, message=message)
