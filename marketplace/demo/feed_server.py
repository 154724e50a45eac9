"""A demo supplier's own web server: `python -m marketplace.demo.feed_server --supplier nordhavn --port 9101 --data-dir …`.

It serves the supplier's feed with ETag and Last-Modified, and the pictures that the feed names. In the committed feed files
picture addresses begin with `http://localhost:{port}` and times of export are fixed; both are filled in here.
"""

import asyncio
import contextlib
import html
import os
import re
import signal
import socket
from http import HTTPStatus
from pathlib import Path

import click

from marketplace.demo.illustrations import NoSuchPicture
from marketplace.demo.nouns import Supplier
from marketplace.demo.rates import RATES_PATH, rates_xml
from marketplace.demo.serving.export import Export
from marketplace.demo.serving.gallery import Gallery
from marketplace.demo.serving.http import HEAD_LIMIT, Answer, Request, conditional, talk
from marketplace.demo.world import WORLD
from marketplace.demo.write_feeds import feed_path

PICTURE = re.compile(r"/pictures/(?P<slug>[a-z0-9-]{1,120})-(?P<view>main|detail|pair|scene)\.png")
NOT_HERE = Answer(HTTPStatus.NOT_FOUND, b"not here\n")


class Site:
    """What one supplier's server answers."""

    def __init__(self, supplier: Supplier, export: Export, gallery: Gallery) -> None:
        self._supplier, self._export, self._gallery = supplier, export, gallery

    async def answer(self, request: Request) -> Answer:
        if request.path == self._supplier.feed.path:
            version = self._export.current()
            return conditional(
                request, version.body, self._supplier.feed.media_type, version.etag, version.modified
            )
        if request.path == RATES_PATH:
            return Answer(HTTPStatus.OK, rates_xml().encode(), "text/xml; charset=utf-8")
        if request.path == "/health":
            return Answer(HTTPStatus.OK, b'{"status": "up"}\n', "application/json")
        if request.path == "/":
            return self._front_page()
        if found := PICTURE.fullmatch(request.path):
            return await self._picture(request, found["slug"], found["view"])
        return NOT_HERE

    async def _picture(self, request: Request, slug: str, view: str) -> Answer:
        try:
            png, etag = await self._gallery.picture(slug, view)
        except NoSuchPicture:
            return NOT_HERE
        headers = {"ETag": etag, "Cache-Control": "public, max-age=86400"}
        if etag in request.headers.get("if-none-match", ""):
            return Answer(HTTPStatus.NOT_MODIFIED, headers=headers)
        return Answer(HTTPStatus.OK, png, "image/png", headers)

    def _front_page(self) -> Answer:
        one = self._supplier
        moving = self._export.moves_every
        stock = f"Stock changes every {moving} seconds." if moving else "Stock stands still."
        page = (
            f"<!doctype html><html lang=en><meta charset=utf-8><title>{html.escape(one.name)}</title>"
            f"<h1>{html.escape(one.name)}</h1><p>{html.escape(one.about)}</p>"
            f'<p><a href="{html.escape(one.feed.path)}">{html.escape(one.feed.name)}</a>. {stock}</p></html>'
        )
        return Answer(HTTPStatus.OK, page.encode(), "text/html; charset=utf-8")


async def serve(supplier: Supplier, port: int, data_dir: Path, *, move_every: int, export_every: int) -> None:
    """Serve until SIGINT or SIGTERM, on IPv4 loopback and, where there is one, IPv6 loopback. OSError when the port is taken."""
    os.nice(5)  # drawing gives way to the product that the demo is about
    listening = socket.create_server(("127.0.0.1", port))
    port = listening.getsockname()[1]
    base_url = f"http://localhost:{port}"
    moves = move_every if supplier.feed.moves else 0
    export = Export(
        supplier.slug, feed_path(supplier.slug), base_url, export_every=export_every, move_every=moves
    )
    site = Site(supplier, export, Gallery(data_dir / "demo-pictures"))

    talks: set[asyncio.Task[None]] = set()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        one = asyncio.create_task(talk(site.answer, reader, writer))
        talks.add(one)
        one.add_done_callback(talks.discard)

    servers = [await asyncio.start_server(connected, sock=listening, limit=HEAD_LIMIT)]
    with contextlib.suppress(OSError):  # a machine without IPv6 is fine
        servers.append(await asyncio.start_server(connected, "::1", port, limit=HEAD_LIMIT))
    click.echo(f"{supplier.name} at {base_url}{supplier.feed.path}")
    await _until_stopped()
    for server in servers:
        server.close()
    for one in talks:  # connections that are kept open for more
        one.cancel()
    await asyncio.gather(*talks, return_exceptions=True)


async def _until_stopped() -> None:
    stop = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, stop.set)
    await stop.wait()


@click.command()
@click.option(
    "--supplier",
    type=click.Choice([s.slug for s in WORLD.suppliers]),
    required=True,
    help="Whose feed to serve.",
)
@click.option(
    "--port", type=click.IntRange(0, 65_535), required=True, help="Where to listen; 0 takes a free port."
)
@click.option(
    "--data-dir",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Where to keep pictures.",
)
@click.option(
    "--move-every",
    type=click.IntRange(0),
    default=30,
    show_default=True,
    help="Seconds; 0 keeps stock still.",
)
@click.option(
    "--export-every", type=click.IntRange(1), default=3600, show_default=True, help="Seconds between exports."
)
def main(supplier: str, port: int, data_dir: Path, move_every: int, export_every: int) -> None:
    """Serve one demo supplier's feed and pictures on loopback."""
    try:
        asyncio.run(
            serve(WORLD.supplier(supplier), port, data_dir, move_every=move_every, export_every=export_every)
        )
    except OSError as taken:
        raise click.ClickException(
            f"{WORLD.supplier(supplier).name} cannot listen on port {port}: {taken.strerror}"
        ) from taken


if __name__ == "__main__":
    main()
