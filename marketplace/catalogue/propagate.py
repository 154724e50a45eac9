"""What a supplier's run, an agreement or the clock changed, carried to the merchant's own prices and availability."""

from marketplace.catalogue.bulk import lock_catalogue
from marketplace.catalogue.doubt_matches import doubt_matches
from marketplace.catalogue.price_listings import Reckoned, price_listings
from marketplace.catalogue.reckoning import ALL, FEW, OF_VARIANTS
from marketplace.kernel.database import fetch
from tenants.scope import acting_as

SLICE = 20_000  # variants in one transaction: meanwhile what a run changed waits for the catalogue's lock

_MINE = "m.merchant = current_setting('app.tenant_id')::bigint"
_MATCHES = f"{_MINE} AND m.state = 'confirmed'"
_OF_SUPPLIER = f"SELECT DISTINCT m.variant FROM match m WHERE {_MATCHES} AND m.supplier = $1"

#: offers that run $2 of supplier $1 wrote: changed, vanished or undone, and prices of this one merchant, that serve a variant here
#: or may. Each match is looked up: a merchant sells a small part of what a supplier has
_BY_RUN = f"""
SELECT m.offer, m.variant, m.state FROM match m
 CROSS JOIN LATERAL (SELECT 1 FROM offer o WHERE o.id = m.offer AND o.last_run = $2 OFFSET 0) o
 WHERE {_MINE} AND m.supplier = $1
UNION SELECT m.offer, m.variant, m.state FROM offer_change c JOIN match m ON m.offer = c.offer WHERE c.run = $2 AND {_MINE}
UNION SELECT m.offer, m.variant, m.state FROM agreement_offer_change c JOIN match m ON m.offer = c.offer WHERE c.run = $2 AND {_MINE}"""
RUN_TOUCHED = f"SELECT offer, variant FROM ({_BY_RUN}) b WHERE state = 'confirmed'"
#: beside what it wrote, a run confirms what it found unchanged: stock that was getting old, and sales it has counted by now
_CONFIRMED = f"""
SELECT m.variant FROM match m JOIN stock s ON s.offer = m.offer WHERE {_MATCHES} AND m.supplier = $1 AND s.supplier = $1
UNION
SELECT m.variant FROM match m JOIN variant v ON v.id = m.variant
 WHERE {_MATCHES} AND m.supplier = $1 AND (v.reasons @> '["stock_too_old"]' OR v.stock_time <= now() - make_interval(hours =>
       (SELECT least(12, min(p.stale_after_hours)) FROM feed_pulse p WHERE p.supplier = $1)::int))"""
#: sets with a part whose stock it wrote, whether it wrote the set or not
_OF_SETS = f"""
SELECT DISTINCT m.variant FROM offer_part op JOIN offer po ON po.id = op.part_offer AND po.last_run = $2
  JOIN match m ON m.offer = op.offer WHERE {_MATCHES} AND op.supplier = $1 AND m.supplier = $1"""
_AGED = f"""
SELECT DISTINCT m.variant FROM match m JOIN offer_lease l ON l.offer = m.offer JOIN variant v ON v.id = m.variant
 WHERE {_MATCHES} AND l.stock_time < now() - make_interval(hours => l.stale_after_hours::int)
   AND NOT (v.available = 0 AND v.reasons @> '["stock_too_old"]')"""
_FOREIGN = f"""
SELECT DISTINCT m.variant FROM match m JOIN offer o ON o.id = m.offer
  LEFT JOIN agreement_offer ao ON ao.offer = o.id AND ao.merchant = m.merchant
 WHERE {_MATCHES} AND coalesce(ao.currency, o.currency) <>
       (SELECT currency FROM tenant WHERE id = current_setting('app.tenant_id')::bigint)"""


async def propagate(merchant: int, supplier: int | None = None, run: int | None = None) -> Reckoned:
    """Reckon what `run` of `supplier` touched; without a run all that supplier serves; without a supplier everything.

    What the run wrote goes first, in one transaction; what it only confirmed follows in slices.
    """
    if supplier is None:
        return await _in_slices(merchant, ALL)
    if run is None:
        return await _in_slices(merchant, _OF_SUPPLIER, supplier)
    written = await _written_by(merchant, supplier, run)
    sets = await _in_slices(merchant, _OF_SETS, supplier, run)
    return written + sets + await _in_slices(merchant, _CONFIRMED, supplier)


async def _written_by(merchant: int, supplier: int, run: int) -> Reckoned:
    async with acting_as(merchant):
        rows = await fetch(_BY_RUN, supplier, run)
        if not rows:
            return Reckoned(0, 0, [])
        await lock_catalogue(merchant)
        doubted = await doubt_matches(offers=sorted({int(row["offer"]) for row in rows}))
        touched = {int(row["variant"]) for row in rows if row["state"] == "confirmed"}
        return await _reckon(merchant, sorted(touched.union(doubted)))


async def _reckon(merchant: int, variants: list[int]) -> Reckoned:
    """A thousand of a million offers are sooner looked up a few at a time than sought in all of them at once."""
    at_once = FEW if len(variants) <= 10 * FEW else SLICE
    done = Reckoned(0, 0, [])
    for begin in range(0, len(variants), at_once):
        done += await price_listings(merchant, OF_VARIANTS, variants[begin : begin + at_once])
    return done


async def _in_slices(merchant: int, touched: str, *args: object) -> Reckoned:
    """A transaction each: stopped half way, what was reckoned stands, and whoever waits for the lock waits for one slice."""
    async with acting_as(merchant):
        variants = sorted({int(row["variant"]) for row in await fetch(touched, *args)})
    return await _reckon(merchant, variants)


async def age_listings(merchant: int) -> Reckoned:
    """Stock is a lease: widen the buffer of what was not confirmed for long, and stop its sale in time."""
    return await _in_slices(merchant, _AGED)


async def reprice_foreign(merchant: int) -> Reckoned:
    """The rates of a new day for what is bought in other currencies."""
    return await _in_slices(merchant, _FOREIGN)
