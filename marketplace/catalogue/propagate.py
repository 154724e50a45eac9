"""What a supplier's run, an agreement or the clock changed, carried to the merchant's own prices and availability."""

from marketplace.catalogue.price_listings import Reckoned, price_listings
from marketplace.catalogue.reckoning import ALL

_MATCHES = "m.merchant = current_setting('app.tenant_id')::bigint AND m.state = 'confirmed'"
_OF_SUPPLIER = f"SELECT DISTINCT m.variant FROM match m WHERE {_MATCHES} AND m.supplier = $1"

#: matched offers that run $2 of supplier $1 wrote: changed, vanished or undone, and prices of this one merchant. Each match is
#: looked up: a merchant sells a small part of what a supplier has
RUN_TOUCHED = f"""
SELECT m.offer, m.variant FROM match m
 CROSS JOIN LATERAL (SELECT 1 FROM offer o WHERE o.id = m.offer AND o.last_run = $2 OFFSET 0) o
 WHERE {_MATCHES} AND m.supplier = $1
UNION SELECT m.offer, m.variant FROM offer_change c JOIN match m ON m.offer = c.offer WHERE c.run = $2 AND {_MATCHES}
UNION SELECT m.offer, m.variant FROM agreement_offer_change c JOIN match m ON m.offer = c.offer WHERE c.run = $2 AND {_MATCHES}"""
#: beside what it wrote, a run confirms what it found unchanged: stock that was getting old, and sales it has counted by now
_OF_RUN = f"""
SELECT t.variant FROM ({RUN_TOUCHED}) t
UNION
SELECT m.variant FROM match m JOIN stock s ON s.offer = m.offer WHERE {_MATCHES} AND m.supplier = $1 AND s.supplier = $1
UNION
SELECT m.variant FROM match m JOIN variant v ON v.id = m.variant
 WHERE {_MATCHES} AND m.supplier = $1 AND (v.stock_time < now() - interval '12 hours' OR v.reasons @> '["stock_too_old"]')"""
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
    """Reckon what `run` of `supplier` touched; without a run all that supplier serves; without a supplier everything."""
    if supplier is None:
        return await price_listings(merchant, ALL)
    if run is None:
        return await price_listings(merchant, _OF_SUPPLIER, supplier)
    return await price_listings(merchant, _OF_RUN, supplier, run)


async def age_listings(merchant: int) -> Reckoned:
    """Stock is a lease: widen the buffer of what was not confirmed for long, and stop its sale in time."""
    return await price_listings(merchant, _AGED)


async def reprice_foreign(merchant: int) -> Reckoned:
    """The rates of a new day for what is bought in other currencies."""
    return await price_listings(merchant, _FOREIGN)
