"""Pictures and links: lists in one cell split where a URL begins, names given a host, private hosts left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import quote, urljoin, urlsplit

MAX_IMAGES = 50
MAX_URL = 2_000
_BEGINS = re.compile(r"(?:\s*[,;|\n\r\t]+\s*|\s+)(?=(?:https?:)?//)", re.IGNORECASE)
_SOURCES = re.compile(r"""<img\b[^>]{0,500}?\bsrc\s*=\s*["']([^"'<>]{1,2000})""", re.IGNORECASE)
_NAMES = re.compile(r"\s*[,;|\n\r\t]+\s*")
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|bmp|tiff?|svg)(?:$|\?)", re.IGNORECASE)
_OTHER = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|mp4|mov|avi|webm|mp3|dwg|dxf|step|stp|igs|txt|xml|csv|html?)(?:$|[?#])",
    re.I,
)
_GAP = re.compile(r"\s{20,}")  # what parts a cell looks for space before a mark, from each space on
_SAFE = "%/:=&?~#+!$,;'@()*[]"
_LOCAL = (".local", ".localhost", ".internal", ".lan", ".home", ".test", ".invalid", ".intranet")


def _narrow(gap: re.Match[str]) -> str:
    return "\n" if "\n" in gap[0] else " "


def split_images(cell: str | Sequence[str], splitter: str = "auto") -> list[str]:
    """The separate URLs or file names of a cell. A comma inside a URL is not a separator; before `http` it is."""
    if not isinstance(cell, str):
        return [part for item in cell for part in split_images(item, splitter)]
    cell = _GAP.sub(_narrow, cell.strip())
    if not cell:
        return []
    if cell[0] == "<" and "<img" in cell:
        return _SOURCES.findall(cell)
    if splitter not in ("auto", ""):
        return [part for part in (p.strip() for p in cell.split(splitter)) if part]
    if cell[0] == "[" and cell[-1] == "]":  # a list as JSON or Python write it
        return [
            part
            for part in (
                p.strip(" \t\r\n\"'") for p in re.split(r"""["']\s*,\s*["']|,\s*(?=https?:)""", cell[1:-1])
            )
            if part
        ]
    if cell[:5].lower() == "data:":
        return [cell]
    if "//" in cell[:8]:
        return [part for part in (p.strip(" \t\r\n,;|") for p in _BEGINS.split(cell)) if part]
    return [part for part in _NAMES.split(cell) if part]


def is_public(host: str) -> bool:
    """Whether a host could be on the public network, judged by its name alone; addresses are judged again on fetching."""
    host = host.rstrip(".").lower()
    if not host or host == "localhost" or host.endswith(_LOCAL):
        return False
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return "." in host and not host.replace(".", "").isdecimal()
    return address.is_global and not address.is_multicast


NOBODY: frozenset[str] = frozenset()


def absolute(url: str, base: str = "", allowed: frozenset[str] = NOBODY) -> str | None:
    """An absolute http(s) URL on a public host, its odd characters escaped; None when there is none to be made.

    `allowed` are the `host:port` pairs that the operator lets the fetcher reach beside public addresses.
    """
    if len(url) > MAX_URL:
        return None
    if url.startswith("//"):
        url = "https:" + url
    elif not url[:8].lower().startswith(("http://", "https://")):
        if not base or ":" in url.split("/", 1)[0]:
            return None
        url = urljoin(base if base.endswith("/") else base + "/", url.lstrip("/"))
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or parts.username is not None:
        return None
    if not is_public(host) and f"{host}:{port or 80}" not in allowed:
        return None
    if url.isascii() and url.isprintable() and " " not in url and "<" not in url and '"' not in url:
        return url
    return quote(url, safe=_SAFE)


def read_images(
    cell: str | Sequence[str], base: str = "", splitter: str = "auto", allowed: frozenset[str] = NOBODY
) -> tuple[tuple[str, ...], int]:
    """(absolute URLs in order, without doubles and at most fifty; how many names could not be used)."""
    found: dict[str, None] = {}
    unusable = 0
    for name in split_images(cell, splitter):
        if _OTHER.search(name):
            continue  # a data sheet, a drawing, a film
        url = absolute(name, base, allowed)
        if url is None:
            unusable += 1
        else:
            found[url] = None
    return tuple(found)[:MAX_IMAGES], unusable


def looks_like_picture(text: str) -> bool:
    """A URL or file name that ends like a picture."""
    return bool(_PICTURE.search(text)) and len(text) < MAX_URL


class ImageCells:
    """Image cells, quickly: a lone plain URL on a host already judged goes through without being taken apart."""

    def __init__(self, base: str = "", splitter: str = "auto", allowed: frozenset[str] = NOBODY) -> None:
        self.base = base
        self.allowed = allowed
        self.splitter = splitter
        self._hosts: set[str] = set()
        self._last = "https://"  # of the pictures that were plain before: nearly always the next one's too

    def read(self, cell: str | Sequence[str]) -> tuple[tuple[str, ...], int]:
        """As `read_images`."""
        if isinstance(cell, str):
            if self._plain(cell):
                return (cell,), 0
            images, unusable = read_images(cell, self.base, self.splitter, self.allowed)
            self._learn(cell, images)
            return images, unusable
        if all(map(self._plain, cell)):
            return tuple(dict.fromkeys(cell))[:MAX_IMAGES], 0
        images, unusable = read_images(cell, self.base, self.splitter, self.allowed)
        for name in cell:
            self._learn(name, images)
        return images, unusable

    def _plain(self, name: str) -> bool:
        """A lone https URL of harmless characters on a host that was judged before."""
        if len(name) > MAX_PLAIN:
            return False
        start = self._last
        if start == "https://" or not name.startswith(start):
            host, slash, _ = name[8:].partition("/")
            if name[:8] != "https://" or host not in self._hosts:
                return False
            start = name[: 8 + len(host) + len(slash)]
            if slash:
                self._last = start
        return _PLAIN(name, len(start)) is not None

    def _learn(self, name: str, images: tuple[str, ...]) -> None:
        if (
            name in images
            and name[:8] == "https://"
            and len(self._hosts) < 10_000
            and self.splitter in ("auto", "")
        ):
            self._hosts.add(name[8:].partition("/")[0])


MAX_PLAIN = 1_500
_PLAIN = re.compile(r"[A-Za-z0-9/._~%?=&+-]*\Z").match
