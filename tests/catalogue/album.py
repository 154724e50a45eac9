"""A supplier's web server with pictures on it."""

import io
from collections.abc import AsyncIterator
from typing import Any

import pytest
from PIL import Image, ImageDraw

from tests.support.loopback import Asked, Server, answer, serving


def jpeg(colour: str) -> bytes:
    image = Image.new("RGB", (640, 480), "#ffffff")
    ImageDraw.Draw(image).ellipse((60, 60, 400, 400), fill=colour)
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


class Album:
    """A supplier's web server. What is not in it is a 404."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.files: dict[str, tuple[int, bytes]] = {}

    def put(self, path: str, body: bytes, status: int = 200) -> str:
        self.files[path] = (status, body)
        return self.server.url(path)

    def asked(self, path: str) -> int:
        return sum(asked.target == path for asked in self.server.asked)


@pytest.fixture
async def album(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Album]:
    found: list[Album] = []

    async def handle(asked: Asked, writer: Any) -> None:
        status, body = found[0].files.get(asked.target, (404, b"none"))
        if asked.headers.get("if-none-match") == str(len(body)):
            writer.write(answer(304, etag=str(len(body))))
        else:
            writer.write(answer(status, body, etag=str(len(body))))

    async with serving(handle) as server:
        monkeypatch.setenv("FETCH_ALLOW", f"127.0.0.1:{server.port}")
        found.append(Album(server))
        yield found[0]
