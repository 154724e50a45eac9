"""A stock PostgreSQL (Debian's), for the tests that must pass on a real server too.

`python -m tests.support.stock_postgres` starts one in a scratch folder and prints its administrator's URL; `--stop` ends
it. Installs Debian's package when there is none and this is root. Prints nothing and exits 3 when none is to be had.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.gettempdir()) / f"comptoir-stock-{os.getuid()}"
PORT = 54_915
VERSION = "15"


def binaries() -> Path | None:
    """The folder of a stock server's programs: version 15 for choice, else the newest above it."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    exact = [p for p in found if p.parent.parent.name == VERSION]
    newer = [p for p in found if int(p.parent.parent.name) > int(VERSION)]
    return (exact or newer)[0].parent if exact or newer else None


def install() -> None:
    if shutil.which("apt-get") and os.geteuid() == 0:
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=env, check=False, stdout=subprocess.DEVNULL)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "postgresql"], env=env, check=False, stdout=subprocess.DEVNULL
        )


def start() -> str | None:
    """The administrator's URL, or None when there is no server to be had."""
    if binaries() is None:
        install()
    folder = binaries()
    if folder is None:
        return None
    data = FOLDER / "data"
    if not (data / "PG_VERSION").exists():
        FOLDER.mkdir(mode=0o755, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(FOLDER, _user())
        _run(
            folder / "initdb", "-D", str(data), "-U", "admin", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"
        )
    if subprocess.run(
        _as_user([str(folder / "pg_ctl"), "-D", str(data), "status"]), capture_output=True
    ).returncode:
        options = f"-p {PORT} -c listen_addresses=127.0.0.1 -c unix_socket_directories={FOLDER} -c max_connections=200"
        _run(folder / "pg_ctl", "-D", str(data), "-w", "-l", str(FOLDER / "log"), "-o", options, "start")
    return f"postgresql://admin@127.0.0.1:{PORT}/postgres"


def stop() -> None:
    folder = binaries()
    if folder is not None and (FOLDER / "data").exists():
        subprocess.run(
            _as_user([str(folder / "pg_ctl"), "-D", str(FOLDER / "data"), "-m", "fast", "-w", "stop"]),
            capture_output=True,
        )


def _user() -> str:
    """Somebody who is not root: the server refuses to run as root."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise RuntimeError("no system user to run the server as")


def _as_user(command: list[str]) -> list[str]:
    return ["runuser", "-u", _user(), "--", *command] if os.geteuid() == 0 else command


def _run(program: Path, *arguments: str) -> None:
    done = subprocess.run(
        _as_user([str(program), *arguments]), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{program.name} failed: {done.stderr}")


if __name__ == "__main__":
    if "--stop" in sys.argv:
        stop()
    elif url := start():
        sys.stdout.write(url + "\n")
    else:
        sys.exit(3)
