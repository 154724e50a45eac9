"""Who links whom: agreements by both sides, and the suppliers' feeds, synced for the first time."""

from marketplace.demo.mappings import mapping_of
from marketplace.demo.nouns import Agreement
from marketplace.demo.ports import feed_url
from marketplace.demo.world import WORLD
from marketplace.kernel import json
from marketplace.kernel.clock import now
from marketplace.kernel.database import execute, fetch, fetch_value
from marketplace.kernel.settings import settings
from marketplace.sourcing.agree import agree
from marketplace.sourcing.mapping import to_json
from marketplace.sourcing.propose_agreement import propose_agreement
from marketplace.sourcing.start_run import start_run
from marketplace.sourcing.sync_feed import sync_feed
from tenants.scope import acting_as, platform_scope

BY = "demo"


async def link(tenants: dict[str, int]) -> None:
    for agreement in WORLD.agreements:
        await _agreement(agreement, tenants)
    for supplier in WORLD.suppliers:
        for first, last in supplier.closed:
            async with acting_as(tenants[supplier.slug]):
                await execute(
                    "INSERT INTO holiday (supplier, first_day, last_day) VALUES ($1, $2, $3)",
                    tenants[supplier.slug],
                    first,
                    last,
                )


async def _agreement(agreement: Agreement, tenants: dict[str, int]) -> None:
    merchant, supplier = tenants[agreement.merchant], tenants[agreement.supplier]
    asks, answers = (merchant, supplier) if agreement.proposed_by == "merchant" else (supplier, merchant)
    terms = {**vars(agreement.terms), "ships_to": list(agreement.terms.ships_to)}
    made = await propose_agreement(asks, answers, terms, by=BY)
    if agreement.state == "active":
        await agree(answers, made, by=BY)


async def sync_feeds(tenants: dict[str, int]) -> None:
    """Each supplier's feed, with the mapping its owner decided on; fails loudly when one cannot be read."""
    for supplier in WORLD.suppliers:
        tenant = tenants[supplier.slug]
        async with acting_as(tenant):
            feed = await fetch_value(
                "INSERT INTO feed (supplier, name, url, every_minutes, mapping, mapping_version, due_at)"
                " VALUES ($1, $2, $3, $4, $5::jsonb, 1, $6) RETURNING id",
                tenant,
                supplier.feed.name,
                feed_url(supplier.slug, settings().port),
                supplier.feed.every_minutes,
                json.dumps(to_json(mapping_of(supplier.slug))),
                now(),
            )
        run = await start_run(tenant, feed, by=BY)
        await sync_feed(tenant, run)
        async with platform_scope("did the demo's feed read?"):
            [row] = await fetch("SELECT state, message FROM feed_run WHERE id = $1", run)
        if row["state"] != "applied":
            raise RuntimeError(f"the feed of {supplier.name} ended as {row['state']}: {row['message']}")
