"""Pictures and other files, kept once under the SHA-256 of their content: in a folder, or in any S3-compatible bucket.

`MEDIA_URL` says where:

- nothing: the folder `media` under `DATA_DIR`
- `/srv/media` or `file:///srv/media`: another folder
- `s3://bucket/prefix?endpoint=https://s3.example&region=eu-west-3`: a bucket, its keys in `AWS_ACCESS_KEY_ID` and
  `AWS_SECRET_ACCESS_KEY`; `endpoint` and `region` may also be said by `AWS_ENDPOINT_URL` and `AWS_REGION`
- `memory://`: nowhere, for tests

What lies under a hash never changes, so it may be cached for ever, and a put that is repeated does nothing.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, MemoryStore, S3Store

from marketplace.kernel.settings import settings

_SHA = re.compile(r"[0-9a-f]{64}")
CALL_TIME = timedelta(seconds=30)
RETRY_TIME = timedelta(seconds=20)


class MediaMissing(Exception):
    """Nothing is kept under this hash."""


class MediaDamaged(Exception):
    """What is kept under this hash is not what was put there."""


class MediaUnavailable(Exception):
    """The store does not answer, or refuses us."""


class MediaStore:
    """Files of one area by their hash.

    Areas keep apart what is served to anybody (pictures) from what is not (feeds, attachments): a hash of one area names
    nothing in another. Every method raises MediaUnavailable when the store fails, ValueError when `sha` is no hash.
    """

    def __init__(self, store: LocalStore | S3Store | MemoryStore, area: str = "pictures") -> None:
        self._store = store
        self.area = area

    @classmethod
    def at(cls, url: str, default: Path, area: str = "pictures") -> MediaStore:
        """The store a `MEDIA_URL` describes; `default` is the folder for an empty one. Raises ValueError."""
        return cls(_open(url, default), area)

    async def put(self, data: bytes, content_type: str = "application/octet-stream") -> str:
        """Keep the bytes and return their SHA-256 in hex. A bucket also keeps the content type."""
        sha = (await asyncio.to_thread(hashlib.sha256, data)).hexdigest()
        return await self._keep(sha, data, content_type)

    async def put_file(self, path: Path, content_type: str = "application/octet-stream") -> str:
        """`put` for a file that may be larger than the memory. Raises OSError when it cannot be read."""
        sha = await asyncio.to_thread(_file_digest, path)
        return await self._keep(sha, path, content_type)

    async def get(self, sha: str) -> bytes:
        """The bytes. Raises MediaMissing, and MediaDamaged rather than give anything else."""
        with _named_failures(sha):
            found = await obstore.get_async(self._store, self._key(sha))
            data = bytes(await found.bytes_async())
        if hashlib.sha256(data).hexdigest() != sha:
            raise MediaDamaged(sha)
        return data

    async def stream(self, sha: str) -> AsyncGenerator[bytes, None]:
        """The bytes piece by piece. Raises MediaMissing at once; MediaDamaged after the last piece, so keep nothing before."""
        digest = hashlib.sha256()
        with _named_failures(sha):
            found = await obstore.get_async(self._store, self._key(sha))
            async for chunk in found.stream(min_chunk_size=1_000_000):
                piece = bytes(chunk)
                digest.update(piece)
                yield piece
        if digest.hexdigest() != sha:
            raise MediaDamaged(sha)

    async def exists(self, sha: str) -> bool:
        """Whether something is kept under this hash."""
        try:
            with _named_failures(sha):
                await obstore.head_async(self._store, self._key(sha))
        except MediaMissing:
            return False
        return True

    async def delete(self, sha: str) -> None:
        """Forget it; nothing happens when it is not there."""
        try:
            with _named_failures(sha):
                await obstore.delete_async(self._store, self._key(sha))
        except MediaMissing:
            return

    async def kept_before(self, moment: datetime) -> AsyncGenerator[list[str], None]:
        """The hashes of what was put here before `moment`, in batches. Raises MediaUnavailable."""
        with _named_failures(self.area):
            async for found in obstore.list(self._store, prefix=self.area, chunk_size=500):
                names = (each["path"].rsplit("/", 1)[-1] for each in found if each["last_modified"] < moment)
                yield [name for name in names if _SHA.fullmatch(name)]

    async def _keep(self, sha: str, content: bytes | Path, content_type: str) -> str:
        if not await self.exists(sha):
            attributes = None if isinstance(self._store, LocalStore) else {"Content-Type": content_type}
            with _named_failures(sha):
                await obstore.put_async(self._store, self._key(sha), content, attributes=attributes)
        return sha

    def _key(self, sha: str) -> str:
        """Two levels of folders, so that none grows large."""
        if not _SHA.fullmatch(sha):
            raise ValueError("not a SHA-256 in lower-case hex")
        return f"{self.area}/{sha[:2]}/{sha[2:4]}/{sha}"


def media_store(area: str = "pictures") -> MediaStore:
    """The store of this installation for one area: "pictures", "feeds", "attachments"…"""
    return _store_at(settings().media_url, settings().data_dir / "media", area)


@lru_cache(maxsize=32)
def _store_at(url: str, default: Path, area: str) -> MediaStore:
    return MediaStore.at(url, default, area)


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _open(url: str, default: Path) -> LocalStore | S3Store | MemoryStore:
    parts = urlsplit(url)
    match parts.scheme:
        case "":
            return _folder(Path(url) if url else default)
        case "file":
            return _folder(Path(unquote(parts.path)))
        case "memory":
            return MemoryStore()
        case "s3":
            return _bucket(parts.netloc, parts.path.strip("/"), parse_qs(parts.query))
    raise ValueError(f"MEDIA_URL begins with {parts.scheme}://, which is none of s3://, file:// or a folder")


def _folder(path: Path) -> LocalStore:
    path.mkdir(parents=True, exist_ok=True)
    return LocalStore(path)


def _bucket(bucket: str, prefix: str, options: dict[str, list[str]]) -> S3Store:
    if unknown := set(options) - {"endpoint", "region"}:
        raise ValueError(f"MEDIA_URL has an option we do not know: {', '.join(sorted(unknown))}")
    said = {name: values[-1] for name, values in options.items()}
    endpoint = said.get("endpoint") or os.environ.get("AWS_ENDPOINT_URL", "")
    return S3Store(
        bucket,
        prefix=prefix or None,
        client_options={
            "allow_http": endpoint.startswith("http://"),  # a bucket on one's own network
            "timeout": CALL_TIME,
        },
        disable_bulk_delete=True,  # not every compatible server has it, and we delete one at a time
        retry_config={"max_retries": 3, "retry_timeout": RETRY_TIME},
        **said,  # type: ignore[arg-type]
    )


@contextmanager
def _named_failures(sha: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:  # what obstore raises for a missing object
        raise MediaMissing(sha) from error
    except (BaseError, OSError) as error:
        raise MediaUnavailable(str(error).split("\n", 1)[0]) from error
