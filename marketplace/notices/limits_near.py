"""To the merchant's people: answers and refunds that cannot wait much longer."""

from collections.abc import Sequence

from marketplace.kernel.database import fetch
from marketplace.kernel.i18n import format_moment, translator
from marketplace.notices.addresses import dashboard_url
from marketplace.notices.sender import tenant_as_reader
from marketplace.notices.tell_people import tell_people
from tenants.scope import acting_as


async def limits_near(merchant: int, claims: Sequence[int], withdrawals: Sequence[int]) -> None:
    """One mail for all of them; what was settled meanwhile is left out. Written once a set. Raises NotFound."""
    async with acting_as(merchant):
        reader = await tenant_as_reader(merchant)
        _ = translator(reader.locale)
        answers = await fetch(
            'SELECT c.number, c.answer_by AS due, o.name FROM claim c JOIN orders o ON o.id = c."order"'
            " WHERE c.id = ANY($1) AND c.answer_by IS NOT NULL ORDER BY c.answer_by, c.id",
            list(claims),
        )
        refunds = await fetch(
            "SELECT w.number, w.refund_by AS due, w.name FROM withdrawal w WHERE w.id = ANY($1) AND w.refund IS NULL"
            " AND w.state NOT IN ('refunded', 'refused') ORDER BY w.refund_by, w.id",
            list(withdrawals),
        )
        rows = [
            (
                f"{r['number']} · {r['name']}",
                _(said, moment=format_moment(r["due"], reader.locale, reader.zone, "long")),
            )
            for said, found in (("answer by {moment}", answers), ("refund by {moment}", refunds))
            for r in found
        ]
        if not rows:
            return
        await tell_people(
            merchant,
            "limits_near",
            permission="claims",
            once=f"{sorted(claims)}.{sorted(withdrawals)}",
            about="claims",
            rows=rows,
            url=dashboard_url(reader.slug, "/claims"),
        )
