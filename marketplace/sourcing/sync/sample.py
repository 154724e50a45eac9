"""A sample of what a run changes, for its page and for whoever decides about a held one: the first 500 of each kind."""

from __future__ import annotations

from marketplace.kernel.database import execute
from marketplace.sourcing.sync import statements
from marketplace.sourcing.sync.columns import Sent
from marketplace.sourcing.sync.compare import Counts, FeedFacts
from marketplace.sourcing.sync.surge import surged

KEPT = 500


def _kinds(facts: FeedFacts, sent: Sent) -> dict[str, tuple[str, str]]:
    """Condition and order of each kind. The largest moves of prices first: that is what a person must see."""
    judged = statements.judged(sent)
    return {
        "changed": ("d.visible AND NOT d.returned", "o.sku"),
        "returned": ("d.returned", "o.sku"),
        "zeroed": (judged.zeroed, "o.sku"),
        "surged": (surged(judged, facts.surge_times), "d.sells_up_to DESC"),
        "repriced": (
            judged.repriced,
            f"{judged.recurrent} DESC, abs({judged.now}::numeric / NULLIF({judged.was}, 0) - 1) DESC NULLS LAST",
        ),
    }


async def write_sample(facts: FeedFacts, sent: Sent, counts: Counts) -> None:
    """Replace the run's sample, in the open scope, from the comparison's temporary tables."""
    columns = statements.touched(sent)
    before, after = statements.changes("d", columns)
    title = "d.title" if "title" in columns else "o.title"
    await execute("DELETE FROM run_diff WHERE run = $1", facts.run)
    for kind, (condition, order) in _kinds(facts, sent).items():
        if not getattr(counts, kind):
            continue
        await execute(
            "INSERT INTO run_diff (supplier, run, kind, sku, title, before, after)"
            f" SELECT $1, $2, '{kind}', o.sku, {title}, {before}, {after}"
            f" FROM diff d JOIN offer o ON o.id = d.id WHERE {condition}"
            f" ORDER BY {order} LIMIT {KEPT}",
            facts.supplier,
            facts.run,
        )
    if counts.new:
        await write_new(facts)
    if counts.vanished:
        await _write_vanished(facts)


async def write_new(facts: FeedFacts) -> None:
    """The first of the staged rows that are no offer yet."""
    await execute(
        "INSERT INTO run_diff (supplier, run, kind, sku, title, after)"
        " SELECT $1, $2, 'new', s.sku, s.title, jsonb_strip_nulls(jsonb_build_object('price_e4', s.price_e4,"
        " 'currency', s.currency, 'quantity', s.quantity, 'sells_up_to', s.sells_up_to, 'brand', s.brand))"
        " FROM stage s WHERE NOT EXISTS (SELECT 1 FROM offer o WHERE o.supplier = $1 AND o.sku = s.sku)"
        f" LIMIT {KEPT}",
        facts.supplier,
        facts.run,
    )


async def _write_vanished(facts: FeedFacts) -> None:
    await execute(
        "INSERT INTO run_diff (supplier, run, kind, sku, title, before)"
        " SELECT $1, $2, 'vanished', o.sku, o.title, jsonb_strip_nulls(jsonb_build_object('price_e4', o.price_e4,"
        " 'currency', o.currency, 'quantity', o.quantity, 'sells_up_to', o.sells_up_to))"
        f" FROM absent a JOIN offer o ON o.id = a.id WHERE a.gone AND o.missing_runs = 0 ORDER BY o.sku LIMIT {KEPT}",
        facts.supplier,
        facts.run,
    )
