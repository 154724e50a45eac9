"""`comptoir run`: every process of the product under one, embedded database included. Ctrl+C leaves none behind."""

import asyncio
import contextlib
import json
import logging
import os
import secrets
import signal
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from marketplace.kernel import embedded
from marketplace.kernel.broker import QUEUES
from marketplace.kernel.settings import settings
from marketplace.migrate import is_up_to_date, migrate
from marketplace.provision import provision

logger = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parent.parent
GRACE_SECONDS = 25
STEADY_SECONDS = 60  # alive for that long, earlier deaths are forgotten
DATABASE_SECONDS = 1.0  # between looks whether the embedded database is there
FEED_PORT_OFFSET = 1_100  # the demo suppliers' servers: PORT + 1100 …


@dataclass
class Child:
    """A process we keep alive."""

    name: str
    command: list[str]
    process: asyncio.subprocess.Process | None = None
    deaths: int = 0


@dataclass
class Supervisor:
    children: list[Child] = field(default_factory=list)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Prepare, start, print where to click, keep alive, stop. Raises when the database cannot be prepared."""
        loop = asyncio.get_running_loop()
        for one in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(one, self.stopping.set)
        owns_database = not settings().database_url
        try:
            await prepare()
            await self._start_all()
        except BaseException:
            await self._stop_all()
            if owns_database:
                await asyncio.to_thread(embedded.stop, settings().data_dir)
            raise
        watchers = [asyncio.create_task(self._keep(child)) for child in self.children]
        if owns_database:
            watchers.append(asyncio.create_task(self._keep_database()))
        greeter = asyncio.create_task(self._greet())
        await self.stopping.wait()
        say("Stopping…")
        greeter.cancel()
        for watcher in watchers:
            watcher.cancel()
        await asyncio.gather(*watchers, return_exceptions=True)
        await self._stop_all()
        if owns_database:
            await asyncio.to_thread(embedded.stop, settings().data_dir)
        say("Stopped.")

    async def _start_all(self) -> None:
        self.children = [
            Child("web", _comptoir("serve")),
            Child("scheduler", _comptoir("scheduler")),
            *(Child(f"worker {kind}", _comptoir("worker", kind)) for kind in QUEUES),
        ]
        if settings().demo:
            self.children += _feed_servers()
        for child in self.children:
            await _start(child)

    async def _keep(self, child: Child) -> None:
        while not self.stopping.is_set():
            assert child.process is not None
            began = time.monotonic()
            code = await child.process.wait()
            if self.stopping.is_set():
                return
            child.deaths = 1 if time.monotonic() - began > STEADY_SECONDS else child.deaths + 1
            pause = min(30, 2 ** min(child.deaths, 5))
            say(f"{child.name} ended with {code}; starting it again in {pause} s")
            await asyncio.sleep(pause)
            await _start(child)

    async def _keep_database(self) -> None:
        """Killed, or out of memory, the server comes back by itself; everybody else connects to it again."""
        data = settings().data_dir
        while True:
            await asyncio.sleep(DATABASE_SECONDS)
            if await asyncio.to_thread(embedded.is_running, data):
                continue
            say("The embedded PostgreSQL ended; starting it again")
            try:
                await asyncio.to_thread(embedded.start, data)
            except Exception:
                logger.exception("the embedded PostgreSQL could not be started; trying again")

    async def _greet(self) -> None:
        url = f"http://127.0.0.1:{settings().port}/health"
        for _ in range(600):
            if await asyncio.to_thread(_healthy, url):
                from marketplace.greeting import greeting

                say(greeting())
                return
            await asyncio.sleep(0.3)
        say(f"Not everything is up yet: see {url}")

    async def _stop_all(self) -> None:
        alive = [c.process for c in self.children if c.process is not None and c.process.returncode is None]
        for process in alive:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
        if not alive:
            return
        _, late = await asyncio.wait([asyncio.create_task(p.wait()) for p in alive], timeout=GRACE_SECONDS)
        for process in alive:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
        if late:
            await asyncio.wait(late, timeout=5)


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _comptoir(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "marketplace.cli", *arguments]


def _feed_servers() -> list[Child]:
    from marketplace.demo.ports import feed_ports

    return [
        Child(
            f"feed server {supplier}",
            [
                sys.executable,
                "-m",
                "marketplace.demo.feed_server",
                "--supplier",
                supplier,
                "--port",
                str(port),
                "--data-dir",
                str(settings().data_dir),
            ],
        )
        for supplier, port in feed_ports(settings().port).items()
    ]


async def _start(child: Child) -> None:
    child.process = await asyncio.create_subprocess_exec(
        *child.command,
        cwd=ROOT,
        start_new_session=True,
        preexec_fn=_die_with_parent,
        stdin=asyncio.subprocess.DEVNULL,
    )


def _die_with_parent() -> None:
    """On Linux a killed supervisor takes its children along."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # our own loopback address
            return bool(json.load(answer)["status"] == "up")
    except (OSError, ValueError, KeyError):
        return False


async def prepare() -> None:
    """Secret key, database, migrations, and the demo the first time. Sets the environment children inherit."""
    data = settings().data_dir
    data.mkdir(parents=True, exist_ok=True)
    _keep_secret_key(data)
    if not settings().database_url:
        say("Starting the embedded PostgreSQL…")
        admin_url = await asyncio.to_thread(embedded.start, data)
        app_url, owner_url = await provision(admin_url)
        os.environ["DATABASE_URL"], os.environ["OWNER_DATABASE_URL"] = app_url, owner_url
    if settings().demo:
        _allow_demo_feeds()
    settings.cache_clear()
    if not await is_up_to_date(settings().owner_database_url):
        say("Bringing the database up to date…")
        await asyncio.to_thread(migrate, settings().owner_database_url)
    if settings().demo:
        await _seed_once(data)


async def _seed_once(data: Path) -> None:
    if (data / "seeded").exists():
        return
    say("Setting up the demo: three merchants, four suppliers, 400 products…")
    process = await asyncio.create_subprocess_exec(*_comptoir("seed"), cwd=ROOT)
    if await process.wait():
        raise RuntimeError("the demo could not be set up; what went wrong is printed above")
    (data / "seeded").write_text("1")


def _allow_demo_feeds() -> None:
    from marketplace.demo.ports import feed_ports
    from marketplace.demo.rates import RATES_PATH

    pairs = [f"localhost:{port}" for port in feed_ports(settings().port).values()]
    said = [p for p in os.environ.get("FETCH_ALLOW", "").split(",") if p]
    os.environ["FETCH_ALLOW"] = ",".join(dict.fromkeys([*said, *pairs]))
    os.environ.setdefault("RATES_URL", f"http://{pairs[0]}{RATES_PATH}")  # the demo asks nobody outside


def _keep_secret_key(data: Path) -> None:
    path = data / "secret_key"
    if not path.exists() and not os.environ.get("SECRET_KEY"):
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
