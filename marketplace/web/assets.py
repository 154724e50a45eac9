"""Style sheets and scripts without a build: the files of a folder, joined at start-up, named by their digest.

A bundle's URL changes with its content, so it is cached for a year; it is compressed once.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"

#: bundle -> files under static/, in order ("folder/*" takes the rest of a folder by name)
BUNDLES: dict[str, tuple[str, ...]] = {
    "ops.css": ("css/ops/*.css",),
    "ops.js": ("vendor/htmx-4.0.1/htmx.min.js", "vendor/htmx-4.0.1/hx-preload.min.js", "js/ops/*.js"),
    "sse.js": ("vendor/htmx-4.0.1/hx-sse.min.js", "js/sse/*.js"),
    "chart.css": ("vendor/uplot-1.6.32/uPlot.min.css",),
    "chart.js": ("vendor/uplot-1.6.32/uPlot.iife.min.js", "js/chart/*.js"),
    **{
        f"shop-{theme}.css": ("css/shop/*.css", f"css/shop/themes/{theme}.css")
        for theme in ("rivage", "northpeak", "fabrique")
    },
    "shop.js": ("js/shop/*.js",),
}


@dataclass(frozen=True)
class Bundle:
    name: str
    digest: str
    body: bytes
    zipped: bytes
    content_type: str


@cache
def bundle(name: str) -> Bundle:
    """Raises KeyError for a name that is no bundle."""
    parts = [path.read_bytes() for pattern in BUNDLES[name] for path in sorted(STATIC.glob(pattern))]
    body = b"\n".join(parts)
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    return Bundle(name, hashlib.sha256(body).hexdigest()[:12], body, gzip.compress(body, 9), kind)


def asset(name: str) -> str:
    """The URL a template links to."""
    return f"/assets/{bundle(name).digest}/{name}"
