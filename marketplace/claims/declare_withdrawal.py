"""The shopper withdraws from the contract, wholly or in part, online and without an account (L221-21, D221-5 code de la
consommation). The declaration is kept word for word with its date and time, and its receipt goes out by mail at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.claims.clocks import refund_by
from marketplace.claims.expect_back import expect_back
from marketplace.claims.follow_cancellation import follow_cancellation, not_asked_back
from marketplace.claims.withdrawable import Withdrawable, WithdrawableLine, read_withdrawable
from marketplace.fulfilment.cancel_order import cancel_order
from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import fetch_one, fetch_value
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.kernel.i18n import translator
from marketplace.kernel.outbox import emit
from marketplace.ordering.timeline import note
from tenants.numbers import next_number
from tenants.scope import acting_as


@dataclass(frozen=True)
class Declared:
    """What the acknowledgement on screen says; the mail says the same."""

    id: int
    number: str
    declaration: str
    declared_at: datetime
    refund_by: datetime


async def declare_withdrawal(
    merchant: int, order: int, *, lines: Mapping[int, int], name: str, email: str, key: str
) -> Declared:
    """`lines` is order line -> units; `email` is where the acknowledgement goes; the same `key` is the same declaration.

    Units that have not left are cancelled, for the others a return is expected. Raises NotFound, Invalid (a field
    `line_<id>`, `name` or `email` each, excluded products with their legal reason), Refused when the period is over.
    """
    async with acting_as(merchant):
        if await fetch_value("SELECT id FROM orders WHERE id = $1 FOR UPDATE", order) is None:
            raise NotFound(f"order {order}")
        if known := await fetch_one('SELECT * FROM withdrawal WHERE key = $1 AND "order" = $2', key, order):
            return _declared(known)
        may = await read_withdrawable(order)
        chosen = _judge(may, lines, name, email)
        row = await _write(merchant, may, chosen, name=name.strip(), email=email.strip(), key=key)
        await _set_off(merchant, order, row["id"], chosen)
        return _declared(row)


def _declared(row: dict[str, Any]) -> Declared:
    return Declared(**{name: row[name] for name in Declared.__dataclass_fields__})


Chosen = list[tuple[WithdrawableLine, int]]


def _judge(may: Withdrawable, lines: Mapping[int, int], name: str, email: str) -> Chosen:
    if not may.open:
        raise Refused("The withdrawal period of this order is over.", field="lines")
    by_id = {line.order_line: line for line in may.lines}
    if stranger := lines.keys() - by_id.keys():
        raise NotFound(f"order line {min(stranger)}")
    problems: dict[str, str] = {}
    for line_id, units in lines.items():
        line = by_id[line_id]
        if units and line.excluded:
            problems[f"line_{line_id}"] = line.excluded
        elif units < 0 or units > line.quantity:
            problems[f"line_{line_id}"] = "You can no longer withdraw from that many."
    if not problems and not any(lines.values()):
        problems["lines"] = "Please choose at least one article."
    if not name.strip():
        problems["name"] = "Please fill this in."
    if "@" not in email:
        problems["email"] = "That does not look like an e-mail address."
    if problems:
        raise Invalid(problems)
    return [(by_id[line], units) for line, units in lines.items() if units]


async def _write(
    merchant: int, may: Withdrawable, chosen: Chosen, *, name: str, email: str, key: str
) -> dict[str, Any]:
    moment = now()
    units_of = {line.order_line: units for line, units in chosen}
    entire = all(units_of.get(line.order_line, 0) == line.quantity and not line.kept for line in may.lines)
    row = await fetch_one(
        'INSERT INTO withdrawal (merchant, "order", number, name, email, declaration, key, lines, entire, declared_at, refund_by)'
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $11) RETURNING *",
        merchant,
        may.order["id"],
        f"W-{moment.year}-{await next_number(merchant, 'withdrawal', year=moment.year):04d}",
        name,
        email,
        declaration_text(may, chosen, name),
        key,
        json.dumps(
            [
                {
                    "order_line": line.order_line,
                    "title": line.title,
                    "quantity": units,
                    "unshipped": min(units, line.unshipped),
                }
                for line, units in chosen
            ]
        ),
        entire,
        moment,
        refund_by(moment),
    )
    assert row is not None
    return row


def declaration_text(may: Withdrawable, chosen: Chosen, name: str) -> str:
    """The declaration in the order's language, as it is shown before it is confirmed and as it is kept."""
    _ = translator(may.order["locale"])
    goods = "\n".join(f"– {units} × {_titled(line)}" for line, units in chosen)
    said = _(
        "I hereby withdraw from my contract of sale of the following goods, ordered under {number}:",
        number=may.order["number"],
    )
    return f"{said}\n{goods}\n{name.strip()}"


def _titled(line: WithdrawableLine) -> str:
    options = " · ".join(str(value) for value in line.options.values() if value)
    return f"{line.title} ({options})" if options else line.title


async def _set_off(merchant: int, order: int, withdrawal: int, chosen: Chosen) -> None:
    """What has not left is cancelled, or asked back of its supplier; what has left is awaited."""
    await note(
        merchant, order, "withdrawal_declared", who="shopper", shopper_sees=True, withdrawal=withdrawal
    )
    unshipped = {line.order_line: min(units, line.unshipped) for line, units in chosen}
    if cancel := await not_asked_back(order, unshipped):
        await cancel_order(merchant, order, cancel, who="shopper", why="withdrawal")
    await follow_cancellation(merchant, order)
    await expect_back(merchant, order, tell=False)  # its receipt tells
    await emit("withdrawal.declared", merchant=merchant, order=order, withdrawal=withdrawal)
