"""A Chromium to test with: one that is installed, else Debian's package, else Playwright's own download."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class NoBrowser(RuntimeError):
    """There is no Chromium and none could be installed."""


def installed() -> str | None:
    """Path of a Chromium on this machine, or None. CHROMIUM names another one."""
    if said := os.environ.get("CHROMIUM"):
        return said
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def ensure() -> str | None:
    """Install one when there is none. Answers its path, or None when Playwright's own is to be used.

    Raises NoBrowser.
    """
    if path := installed():
        return path
    if shutil.which("apt-get") and os.geteuid() == 0:
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=env, check=False)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "chromium"], env=env, check=False, stdout=subprocess.DEVNULL
        )
        if path := installed():
            return path
    done = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if done.returncode:
        raise NoBrowser("install Chromium, or set CHROMIUM to its path")
    return None


if __name__ == "__main__":
    sys.stdout.write(f"browser: {ensure() or 'playwright'}\n")
