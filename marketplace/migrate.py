"""`comptoir migrate`: brings the database to this release, as the owner.

Piccolo runs the migrations in a process of its own whose engine is the owner's: the runtime role cannot alter anything,
and a second engine in one process is a trap (a query without `.run(node=…)` silently takes the first one's connection).
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import asyncpg

ROOT = Path(__file__).resolve().parent.parent


class MigrationFailed(RuntimeError):
    """A migration raised; the output is in the message."""


async def is_up_to_date(owner_url: str) -> bool:
    """Whether every migration of this release has run: spares a start the process that would find so."""
    owner = await asyncpg.connect(owner_url)
    try:
        if not await owner.fetchval("SELECT to_regclass('public.migration')"):
            return False
        known = {row["name"] for row in await owner.fetch("SELECT name FROM migration")}
    finally:
        await owner.close()
    return known >= {found[1] for path in _files() if (found := _ID.search(path.read_text()))}


_ID = re.compile(r'^ID = "([^"]+)"', re.MULTILINE)


def _files() -> list[Path]:
    return [
        path for app in ("tenants", "marketplace") for path in (ROOT / app / "migrations").glob(f"{app}_*.py")
    ]


def migrate(owner_url: str) -> str:
    """Run every pending migration. Answers what was printed; raises MigrationFailed."""
    env = {
        **os.environ,
        "COMPTOIR_MIGRATING": "1",
        "OWNER_DATABASE_URL": owner_url,
        "PICCOLO_CONF": "piccolo_conf",
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    done = subprocess.run(
        [sys.executable, "-m", "piccolo.main", "migrations", "forwards", "all"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=600,
    )
    output = done.stdout + done.stderr
    if done.returncode or "Traceback" in output:
        raise MigrationFailed(output)
    return output
