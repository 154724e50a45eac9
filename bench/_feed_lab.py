"""A database of its own, a feed server on loopback, and a worker process whose time and memory are measured."""

import asyncio
import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Measured:
    """What one run took: seconds from being asked for to its end, and the most memory its worker had."""

    seconds: float
    peak_mb: float
    state: str
    detail: dict[str, Any]


class Lab:
    """`with lab() as it`: an embedded PostgreSQL as it ships, migrated, and a web server of a folder."""

    def __init__(self, folder: Path, port: int, app_url: str, owner_url: str) -> None:
        self.files, self.port, self.app_url, self.owner_url = folder, port, app_url, owner_url

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/{name}"

    def owner(self, sql: str, *args: Any) -> list[Any]:
        """Rows of a query as the owner of the tables."""
        import asyncpg

        async def ask() -> list[Any]:
            connection = await asyncpg.connect(self.owner_url)
            try:
                return await connection.fetch(sql, *args)
            finally:
                await connection.close()

        return asyncio.run(ask())

    def supplier(self, name: str) -> int:
        return int(
            self.owner(
                "INSERT INTO tenant (kind, slug, name) VALUES ('supplier', $1, $1) RETURNING id", name
            )[0]["id"]
        )

    def feed(self, supplier: int, name: str, **more: Any) -> int:
        values = {
            "supplier": supplier,
            "name": name,
            "transport": "http",
            "url": self.url(name),
            "limits": "{}",
            **more,
        }
        names = ", ".join(values)
        places = ", ".join(f"${n}" for n in range(1, len(values) + 1))
        return int(
            self.owner(f"INSERT INTO feed ({names}) VALUES ({places}) RETURNING id", *values.values())[0][
                "id"
            ]
        )

    def point(self, feed: int, name: str) -> None:
        self.owner("UPDATE feed SET url = $2 WHERE id = $1", feed, self.url(name))

    def sync(self, supplier: int, feed: int) -> Measured:
        """One run in a worker process of its own."""
        worker = subprocess.Popen(
            [sys.executable, "-m", "bench._feed_worker", str(supplier), str(feed)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        peak = [0.0]
        watch = threading.Thread(target=_watch, args=(worker, peak), daemon=True)
        watch.start()
        out, _ = worker.communicate()
        watch.join()
        if worker.returncode:
            raise SystemExit(f"the worker failed: {out}")
        said = json.loads(out.splitlines()[-1])
        return Measured(said.pop("seconds"), peak[0], said.pop("state"), said)


def _watch(worker: subprocess.Popen[str], peak: list[float]) -> None:
    while worker.poll() is None:
        peak[0] = max(peak[0], sum(_pss(pid) for pid in _tree(worker.pid)))
        time.sleep(0.05)


def _tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _tree(int(child))


def _pss(pid: int) -> float:
    """Megabytes of memory that are this process's share."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: Any) -> None:
        pass

    def send_head(self) -> Any:
        """With an ETag of the file's size and time, honoured."""
        path = Path(self.translate_path(self.path))
        tag = f'"{path.stat().st_size}-{path.stat().st_mtime_ns}"' if path.exists() else ""
        if tag and self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
            return None
        self._tag = tag
        del self.headers["If-Modified-Since"]
        return super().send_head()

    def end_headers(self) -> None:
        if getattr(self, "_tag", ""):
            self.send_header("ETag", self._tag)
        super().end_headers()


@contextmanager
def lab() -> Iterator[Lab]:
    folder = Path(tempfile.mkdtemp(prefix="comptoir-bench-", dir="/var/tmp"))
    folder.chmod(0o755)
    files = folder / "files"
    files.mkdir()
    os.environ.update(
        DATA_DIR=str(folder / "data"),
        SECRET_KEY="a key for the benchmark, which is long enough".replace(",", ""),
        PICCOLO_CONF="piccolo_conf",
    )
    from marketplace.kernel import embedded
    from marketplace.migrate import migrate
    from marketplace.provision import provision

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Quiet, directory=str(files))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        app_url, owner_url = asyncio.run(provision(embedded.start(folder / "data"), "bench"))
        migrate(owner_url)
        port = server.server_address[1]
        os.environ.update(DATABASE_URL=app_url, OWNER_DATABASE_URL=owner_url, FETCH_ALLOW=f"127.0.0.1:{port}",
                          RATES_URL=f"http://127.0.0.1:{port}/none.xml")  # fmt: skip  # nobody outside is asked
        yield Lab(files, port, app_url, owner_url)
    finally:
        server.shutdown()
        embedded.stop(folder / "data")
        shutil.rmtree(folder, ignore_errors=True)
