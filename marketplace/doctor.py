"""`comptoir doctor`: are the invariants true of this installation?"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from marketplace.health import health
from marketplace.kernel.database import connection, fetch, fetch_value
from marketplace.kernel.settings import settings
from marketplace.ledger.post import check_books
from marketplace.policies import POLICIES
from marketplace.stock.sums import check_parts, check_sums
from tenants.scope import platform_scope


@dataclass(frozen=True)
class Finding:
    what: str
    well: bool
    detail: str = ""


async def examine() -> list[Finding]:
    """Every check; one that breaks is a finding too."""
    findings = []
    for what, check in CHECKS.items():
        try:
            trouble = await check()
        except Exception as error:
            trouble = f"could not be checked: {type(error).__name__}: {error}"
        findings.append(Finding(what, not trouble, trouble))
    return findings


async def _role() -> str:
    return ""  # the pool refused to open otherwise, see kernel.database


async def _server() -> str:
    async with platform_scope("doctor: server"):
        version = connection().get_server_version()
    return "" if version.major >= 15 else f"PostgreSQL {version.major} is too old: 15 is the oldest we run on"


async def _row_security() -> str:
    async with platform_scope("doctor: row security"):
        rows = await fetch(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
            " AND relname <> 'migration' AND NOT (relrowsecurity AND relforcerowsecurity)"
        )
        known = await fetch(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        )
    open_tables = [r["relname"] for r in rows]
    strangers = {r["relname"] for r in known} - set(POLICIES) - {"migration"}
    return ", ".join(
        [*(f"{t} is not protected" for t in open_tables), *(f"{t} has no class" for t in strangers)]
    )


async def _stock() -> str:
    wrong = await check_sums()
    return (
        f"{len(wrong)} offers whose counters differ from their holds, e.g. offer {wrong[0].offer}"
        if wrong
        else ""
    )


async def _parts() -> str:
    wrong = await check_parts()
    return (
        f"{len(wrong)} parts of sets whose counters differ from what holds took, e.g. part {wrong[0].sku}"
        if wrong
        else ""
    )


async def _ledger() -> str:
    wrong = await check_books()
    return (
        f"{len(wrong)} charges whose sums are not what was booked, e.g. charge {wrong[0].charge}"
        if wrong
        else ""
    )


async def _queues() -> str:
    async with platform_scope("doctor: queues"):
        failed = await fetch_value("SELECT count(*) FROM delivery WHERE failed_at IS NOT NULL")
        late = await fetch_value(
            "SELECT count(*) FROM outbox WHERE relayed_at IS NULL AND created_at < now() - interval '5 minutes'"
        )
    told = [f"{failed} jobs were given up (see /operations)"] if failed else []
    return ", ".join(told + ([f"{late} events wait for the scheduler"] if late else []))


async def _processes() -> str:
    well, answer = await health()
    return "" if well else str(answer.get("reason", answer.get("database", "")))


async def _secret() -> str:
    return "" if settings().secret_keys else "SECRET_KEY is not set"


CHECKS: dict[str, Callable[[], Awaitable[str]]] = {
    "runtime role": _role,
    "server": _server,
    "row security": _row_security,
    "secret key": _secret,
    "stock is the sum of its holds": _stock,
    "parts of sets are the sum of what holds took": _parts,
    "ledger": _ledger,
    "queues": _queues,
    "processes": _processes,
}
