"""`comptoir migrate`: brings the database to this release, as the owner.

Piccolo runs the migrations in a process of its own whose engine is the owner's: the runtime role cannot alter anything,
and a second engine in one process is a trap (a query without `.run(node=…)` silently takes the first one's connection).
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class MigrationFailed(RuntimeError):
    """A migration raised; the output is in the message."""


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
