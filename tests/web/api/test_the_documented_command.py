"""What docs/API.md tells people to type works as it is written, with curl, at a real server."""

import asyncio
import json
import re
import shutil
from pathlib import Path

import pytest

from marketplace.relay import drain
from tenants.api_keys import make_api_key
from tests.support import feeds
from tests.support.web import serving

pytestmark = [
    pytest.mark.usefixtures("database"),
    pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine"),
]
PAGE = Path(__file__).resolve().parents[3] / "docs/API.md"


async def _sh(script: str, folder: Path) -> str:
    shell = await asyncio.create_subprocess_exec(
        "sh", "-euc", script, cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await shell.communicate()
    assert shell.returncode == 0, err.decode()
    return out.decode()


async def test_the_lines_of_the_page_send_a_file_and_ask_how_it_was_read(tmp_path):
    feed = await feeds.feed(transport="api")
    key = await make_api_key(feed.supplier, "curl", by="Vera")
    (tmp_path / "feed.csv").write_text(feeds.rows(*feeds.lamps(3)))
    send, ask = re.findall(r"```sh\n(.*?)```", PAGE.read_text(), re.DOTALL)
    async with serving(processes=1) as port:
        known = f"KEY={key}\nHOST=http://localhost:{port}\n"
        lines = re.sub(r"^(KEY|HOST)=.*\n", "", send, flags=re.MULTILINE)
        sent = json.loads(await _sh(known + lines.replace("/feeds/1/", f"/feeds/{feed.id}/"), tmp_path))
        assert sent["state"] == "pending"
        await drain()
        run = json.loads(await _sh(known + ask.replace("/runs/1", f"/runs/{sent['id']}"), tmp_path))
    assert (run["state"], run["counts"]["new"]) == ("applied", 3)
