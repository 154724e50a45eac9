"""What sourcing does by message and by the clock."""

from marketplace.kernel.broker import job
from marketplace.kernel.periodic import every
from marketplace.sourcing.clean_runs import clean_runs
from marketplace.sourcing.kept_files import sweep_files
from marketplace.sourcing.probe_feed import probe_feed
from marketplace.sourcing.reseal_credentials import reseal_credentials
from marketplace.sourcing.schedule_feeds import schedule_feeds
from marketplace.sourcing.sync_feed import sync_feed
from marketplace.sourcing.tell_silence import tell_silence
from marketplace.sourcing.try_mapping import try_mapping
from marketplace.sourcing.undo_soon import undo_wanted
from tenants.jobs import job_tenant


@job("feeds", lease_seconds=3600)
async def sync(*, run: int, attempt: int) -> None:
    await sync_feed(job_tenant(), run, attempt=attempt)


@job("feeds", lease_seconds=3600)
async def undo(*, run: int, by: str) -> None:
    await undo_wanted(job_tenant(), run, by=by)


@job("looks", lease_seconds=600)
async def probe(*, feed: int, asked: int) -> None:
    await probe_feed(job_tenant(), feed, asked)


@job("looks", lease_seconds=1800)
async def try_out(*, feed: int, asked: int) -> None:
    await try_mapping(job_tenant(), feed, asked)


@every(5)
async def start_due_feeds() -> None:
    await schedule_feeds()


@every(60)
async def leases_end() -> None:
    await tell_silence()


@every(3600)
async def forget_old_runs() -> None:
    await clean_runs()


@every(6 * 3600)
async def seal_with_the_newest_key() -> None:
    await reseal_credentials()


@every(6 * 3600)
async def sweep_feed_files() -> None:
    await sweep_files()
