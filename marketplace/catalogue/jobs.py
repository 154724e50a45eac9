"""What the catalogue does when something happened elsewhere, and by the clock."""

from marketplace.catalogue.follow_feed import follow_feed
from marketplace.catalogue.price_listings import refresh_availability
from marketplace.catalogue.propagate import age_listings, propagate, reprice_foreign
from marketplace.catalogue.tell_merchants import tell_every_merchant, tell_merchants
from marketplace.kernel.broker import job
from marketplace.kernel.periodic import every
from tenants.jobs import job_tenant


@job("catalogue")
async def reckon_run(*, supplier: int, run: int | None) -> None:
    await propagate(job_tenant(), supplier, run)


@job("catalogue", lease_seconds=900)
async def follow_run(*, supplier: int, run: int | None) -> None:
    await follow_feed(job_tenant(), supplier, run)


@job("catalogue")
async def reckon_supplier(*, supplier: int) -> None:
    await propagate(job_tenant(), supplier)


@job("catalogue")
async def tell_of_stock(*, offers: list[int]) -> None:
    await tell_merchants(job_tenant(), offers)


@job("catalogue")
async def reckon_stock(*, offers: list[int]) -> None:
    await refresh_availability(job_tenant(), offers)


@job("catalogue")
async def age() -> None:
    await age_listings(job_tenant())


@job("catalogue")
async def reprice() -> None:
    await reprice_foreign(job_tenant())


@every(600)
async def stock_ages() -> None:
    await tell_every_merchant("listings.aged")


@every(3600)
async def rates_move() -> None:
    await tell_every_merchant("rates.moved")
