"""Routing decisions as they are kept: the problem and the answer, replayable."""

from typing import Any

import msgspec

from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch_one, fetch_value
from marketplace.ordering.routing import Decision, Problem


class Kept(msgspec.Struct, frozen=True):
    number: int
    why: str
    problem: Problem
    decision: Decision


async def keep_decision(merchant: int, order: int, problem: Problem, decision: Decision, why: str) -> int:
    """One more decision about the order, in the open scope; the first is number 1. Answers its number."""
    number = await fetch_value(
        'SELECT coalesce(max(number), 0) + 1 FROM routing_decision WHERE "order" = $1', order
    )
    await execute(
        'INSERT INTO routing_decision (merchant, "order", number, why, at, problem, decision, total)'
        " VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8)",
        merchant,
        order,
        number,
        why,
        now(),
        json.dumps(msgspec.to_builtins(problem)),
        json.dumps(msgspec.to_builtins(decision)),
        decision.total,
    )
    return int(number)


async def last_decision(order: int) -> Kept | None:
    """The newest one, in the open scope."""
    row = await fetch_one(
        'SELECT number, why, problem, decision FROM routing_decision WHERE "order" = $1 ORDER BY number DESC LIMIT 1',
        order,
    )
    return _kept(row) if row else None


async def read_decision(order: int, number: int) -> Kept | None:
    row = await fetch_one(
        'SELECT number, why, problem, decision FROM routing_decision WHERE "order" = $1 AND number = $2',
        order,
        number,
    )
    return _kept(row) if row else None


def relabelled(problem: Problem, decision: Decision, lines: dict[int, int]) -> tuple[Problem, Decision]:
    """The same, about other line ids: a cart's lines are variants, an order's are its own."""
    swap = msgspec.structs.replace
    return (
        swap(
            problem,
            lines=[swap(line, line_id=lines[line.line_id]) for line in problem.lines],
            candidates=[swap(c, line_id=lines[c.line_id]) for c in problem.candidates],
        ),
        swap(
            decision,
            assignments=[swap(a, line_id=lines[a.line_id]) for a in decision.assignments],
            candidates=[swap(v, line_id=lines[v.line_id]) for v in decision.candidates],
            unserved=[swap(u, line_id=lines[u.line_id]) for u in decision.unserved],
        ),
    )


def _kept(row: dict[str, Any]) -> Kept:
    return Kept(
        row["number"],
        row["why"],
        msgspec.convert(json.loads(row["problem"]), Problem, strict=False),
        msgspec.convert(json.loads(row["decision"]), Decision, strict=False),
    )
