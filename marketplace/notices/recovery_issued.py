"""To the supplier: a debit note, with the terms that make it owed."""

import msgspec

from marketplace.claims.cause import Reason
from marketplace.claims.find_recovery import find_recovery
from marketplace.claims.sentences import sentences
from marketplace.claims.words import cause_word
from marketplace.kernel import json
from marketplace.kernel.i18n import format_money, translator
from marketplace.notices.addresses import portal_url
from marketplace.notices.order_facts import Item
from marketplace.notices.sender import tenant_as_reader
from marketplace.notices.supplier_order_facts import counterparty, read_supplier_order
from marketplace.notices.tell_people import tell_people
from tenants.scope import acting_as


async def recovery_issued(supplier: int, recovery: int) -> None:
    """Written once a debit note. Raises NotFound."""
    async with acting_as(supplier):
        row = await find_recovery(recovery, supplier=supplier)
        reader = await tenant_as_reader(supplier)
        merchant = await counterparty(row["merchant"])
        _ = translator(reader.locale)
        items = [
            Item(
                line["title"],
                line["sku"],
                line["quantity"],
                format_money(line["amount"], row["currency"], reader.locale),
            )
            for line in json.loads(row["lines"])
        ]

        def written(amount: int) -> str:
            return format_money(amount, row["currency"], reader.locale)

        freight = ((_("Freight"), written(row["freight"]), False),) if row["freight"] else ()
        await tell_people(
            supplier,
            "recovery_issued",
            permission="money",
            once=recovery,
            about=f"recovery:{recovery}",
            sender_name=merchant.name,
            reply_to=merchant.email,
            recovery=row,
            merchant=merchant,
            supplier_order=await read_supplier_order(row["supplier_order"]),
            items=items,
            totals=(*freight, (_("Total, without VAT"), written(row["amount"]), True)),
            cause=cause_word(row["reason"], reader.locale),
            why=sentences(msgspec.convert(json.loads(row["why"]), list[Reason]), reader.locale),
            url=portal_url(reader.slug, f"/recoveries/{recovery}"),
        )
