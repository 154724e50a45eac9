"""What the catalogue does when something happened elsewhere, and by the clock."""

from marketplace.catalogue.change_storefront import open_storefront
from marketplace.catalogue.follow_feed import follow_feed
from marketplace.catalogue.photos.fetch_photos import fetch_photos
from marketplace.catalogue.photos.follow_photos import follow_photos
from marketplace.catalogue.photos.want_photos import want_photos
from marketplace.catalogue.price_listings import refresh_availability
from marketplace.catalogue.propagate import age_listings, propagate, reprice_foreign
from marketplace.catalogue.propose_matches import propose_matches
from marketplace.catalogue.start_curation import carry_on
from marketplace.catalogue.tell_merchants import (
    tell_every_merchant,
    tell_merchants,
    tell_suppliers_of_photos,
)
from marketplace.kernel.broker import job
from marketplace.kernel.periodic import every
from tenants.jobs import job_tenant


@job("catalogue")
async def open_shop(*, kind: str) -> None:
    if kind == "merchant":
        await open_storefront(job_tenant())


@job("catalogue")
async def reckon_run(*, supplier: int, run: int | None) -> None:
    await propagate(job_tenant(), supplier, run)


@job("catalogue", lease_seconds=900)
async def follow_run(*, supplier: int, run: int | None) -> None:
    await follow_feed(job_tenant(), supplier, run)


@job("catalogue")
async def reckon_supplier(*, supplier: int) -> None:
    await propagate(job_tenant(), supplier)


@job("catalogue", lease_seconds=900)
async def reckon_all() -> None:
    await propagate(job_tenant())


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


@job("catalogue", lease_seconds=900)
async def look_for_twins() -> None:
    await propose_matches(job_tenant())


@job("catalogue", lease_seconds=900)
async def go_on_curating(*, curation: int) -> None:
    await carry_on(job_tenant(), curation)


@job("media", lease_seconds=900)
async def want_and_fetch(*, offers: list[int]) -> None:
    if await want_photos(job_tenant(), offers):
        await fetch_photos(job_tenant())


@job("media", lease_seconds=900)
async def fetch_due() -> None:
    await fetch_photos(job_tenant())


@job("catalogue")
async def show_photos(*, offers: list[int]) -> None:
    await follow_photos(job_tenant(), offers)


@every(600)
async def stock_ages() -> None:
    await tell_every_merchant("listings.aged")


@every(3600)
async def rates_move() -> None:
    await tell_every_merchant("rates.moved")


@every(6 * 3600)
async def twins_appear() -> None:
    await tell_every_merchant("twins.due")


@every(300)
async def photos_due() -> None:
    await tell_suppliers_of_photos()
