"""The whole product as `make run` starts it, on a port and in a folder of its own, and a real Chromium in front of it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from e2e.browser import ensure

ROOT = Path(__file__).resolve().parents[1]
READY_SECONDS = 240


def _free_port() -> int:
    """A port whose neighbours for the demo's feed servers are free too."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port if port < 60_000 else port - 8_000


@pytest.fixture(scope="session")
def platform() -> Iterator[str]:
    """The platform's address once /health says that everything is up. E2E_URL points at one that runs already."""
    if said := os.environ.get("E2E_URL"):
        yield said
        return
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="comptoir-e2e-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        log = Path(folder) / "run.log"
        env = {
            **os.environ,
            "PORT": str(port),
            "DATA_DIR": str(Path(folder) / "data"),
            "PYTHONPATH": str(ROOT),
        }
        for name in ("DATABASE_URL", "OWNER_DATABASE_URL", "SECRET_KEY"):
            env.pop(name, None)
        with log.open("w") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "marketplace.cli", "run"], cwd=ROOT, env=env, stdout=out, stderr=out
            )
        try:
            _wait_until_up(f"http://127.0.0.1:{port}/health", process, log)
            yield f"http://localhost:{port}"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def _wait_until_up(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"comptoir run ended with {process.returncode}:\n{log.read_text()[-5000:]}")
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if json.load(answer)["status"] == "up":
                    return
        except (OSError, ValueError):
            pass
        time.sleep(0.5)
    pytest.fail(f"not up after {READY_SECONDS} s:\n{log.read_text()[-5000:]}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = ensure()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """`open_browser(locale="fr-FR", width=390)`: a browser of somebody's own, with nobody else's cookies.

    A page that logs an error, or breaks the content security policy, fails the test."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def make(locale: str = "en-GB", width: int = 1280, **more: object) -> BrowserContext:
        context = chromium.new_context(locale=locale, viewport={"width": width, "height": 900}, **more)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        context.on("weberror", lambda e: troubles.append(str(e.error)))
        context.on(
            "console",
            lambda m: (
                troubles.append(m.text)
                if m.type == "error" and not re.search(r"status of 4\d\d", m.text)
                else None
            ),
        )
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert troubles == []


def shop_url(platform: str, slug: str) -> str:
    return platform.replace("localhost", f"{slug}.localhost")


def sign_in(page: Page, platform: str, email: str, password: str) -> None:
    page.goto(f"{platform}/sign-in")
    page.get_by_label(re.compile("e-mail", re.IGNORECASE)).fill(email)
    page.get_by_label(re.compile("Password|Mot de passe")).fill(password)
    page.get_by_role("button", name=re.compile("Sign in|Se connecter")).click()
    page.wait_for_url(re.compile(r"/(desks|dashboard|portal)"))
