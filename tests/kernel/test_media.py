"""The media store: a folder, a bucket, and what each does when something is missing or wrong."""

import hashlib

import pytest

from marketplace.kernel import media
from marketplace.kernel.media import MediaDamaged, MediaMissing, MediaStore, MediaUnavailable, media_store
from marketplace.kernel.settings import settings
from tests.support.loopback import answer, serving

PICTURE = b"\x89picture" * 100
SHA = hashlib.sha256(PICTURE).hexdigest()


class Bucket:
    """An S3-compatible server as small as can be: whole objects by path, no check of who asks."""

    def __init__(self):
        self.objects = {}
        self.types = {}
        self.puts = 0

    async def __call__(self, asked, writer):
        assert asked.headers["authorization"].startswith("AWS4-HMAC-SHA256 Credential=AKIATEST/")
        path = asked.target.split("?")[0]
        said = {"etag": '"e"', "last_modified": "Mon, 23 Nov 2026 08:00:00 GMT"}
        if asked.method == "PUT":
            self.puts += 1
            self.objects[path], self.types[path] = asked.body, asked.headers.get("content-type")
            writer.write(answer(200, b"", **said))
        elif asked.method == "DELETE":
            self.objects.pop(path, None)
            writer.write(answer(204))
        elif path not in self.objects:
            writer.write(answer(404))
        elif asked.method == "HEAD":
            whole = answer(200, self.objects[path], **said)
            writer.write(whole[: whole.index(b"\r\n\r\n") + 4])
        else:
            writer.write(answer(200, self.objects[path], **said))


@pytest.fixture
def keys(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIATEST")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")


async def the_life_of_a_file(store):
    assert not await store.exists(SHA)
    with pytest.raises(MediaMissing):
        await store.get(SHA)
    assert await store.put(PICTURE, "image/avif") == SHA
    assert await store.put(PICTURE, "image/avif") == SHA
    assert await store.exists(SHA)
    assert await store.get(SHA) == PICTURE
    await store.delete(SHA)
    await store.delete(SHA)
    assert not await store.exists(SHA)


async def test_a_folder_keeps_files(tmp_path):
    await the_life_of_a_file(MediaStore.at("", tmp_path / "a" / "media"))
    await the_life_of_a_file(MediaStore.at(f"file://{tmp_path}/b%20c", tmp_path))
    assert (tmp_path / "b c").is_dir()
    await the_life_of_a_file(MediaStore.at(str(tmp_path / "d"), tmp_path))


async def test_memory_keeps_files(tmp_path):
    await the_life_of_a_file(MediaStore.at("memory://", tmp_path))


async def test_a_bucket_keeps_files_with_their_type_and_writes_each_once(tmp_path, keys):
    bucket = Bucket()
    async with serving(bucket) as server:
        store = MediaStore.at(f"s3://shop/photos/?endpoint={server.url('')}&region=eu-west-3", tmp_path)
        await the_life_of_a_file(store)
        await store.put(PICTURE, "image/avif")
    (path,) = bucket.objects
    assert path == f"/shop/photos/pictures/{SHA[:2]}/{SHA[2:4]}/{SHA}"
    assert bucket.types[path] == "image/avif"
    assert bucket.puts == 2  # once before the deletion, once after


async def test_a_bucket_that_refuses_us_is_told(tmp_path, keys):
    async def refuse(asked, writer):
        writer.write(answer(403))

    async with serving(refuse) as server:
        store = MediaStore.at(f"s3://shop?endpoint={server.url('')}&region=x", tmp_path)
        for call in (store.get(SHA), store.exists(SHA), store.put(PICTURE)):
            with pytest.raises(MediaUnavailable):
                await call


async def test_a_file_larger_than_a_piece_comes_and_goes_in_pieces(tmp_path):
    big = tmp_path / "feed.csv"
    big.write_bytes(b"sku;title\n1;Mug\n" * 200_000)
    store = MediaStore.at("", tmp_path / "media", "feeds")
    sha = await store.put_file(big)
    pieces = [piece async for piece in store.stream(sha)]
    assert len(pieces) > 1
    assert b"".join(pieces) == big.read_bytes()
    assert sha == hashlib.sha256(big.read_bytes()).hexdigest()


async def test_a_hash_of_one_area_names_nothing_in_another(tmp_path):
    sha = await MediaStore.at("", tmp_path, "feeds").put(b"sku;cost")
    with pytest.raises(MediaMissing):
        await MediaStore.at("", tmp_path, "pictures").get(sha)


async def test_a_damaged_file_is_never_given_out(tmp_path):
    store = MediaStore.at("", tmp_path)
    await store.put(PICTURE)
    (tmp_path / "pictures" / SHA[:2] / SHA[2:4] / SHA).write_bytes(b"other")
    with pytest.raises(MediaDamaged):
        await store.get(SHA)
    with pytest.raises(MediaDamaged):
        assert [piece async for piece in store.stream(SHA)]


@pytest.mark.parametrize(
    "sha", ["", "..", "../../etc/passwd", SHA.upper(), SHA + "0", SHA[:-1] + "/", SHA + "\n"]
)
async def test_only_a_hash_is_a_name(tmp_path, sha):
    store = MediaStore.at("", tmp_path)
    for call in (store.get(sha), store.exists(sha), store.delete(sha)):
        with pytest.raises(ValueError):
            await call


@pytest.mark.parametrize("url", ["ftp://x/y", "gs://bucket", "s3://bucket?endpiont=http://x"])
def test_a_url_we_do_not_know_is_told(tmp_path, url):
    with pytest.raises(ValueError, match="MEDIA_URL"):
        MediaStore.at(url, tmp_path)


async def test_by_default_files_are_kept_under_the_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("MEDIA_URL", raising=False)
    settings.cache_clear()
    try:
        await media_store().put(PICTURE)
        assert media_store() is media_store()
    finally:
        monkeypatch.undo()
        settings.cache_clear()
        media._store_at.cache_clear()
    assert (tmp_path / "media" / "pictures" / SHA[:2] / SHA[2:4] / SHA).read_bytes() == PICTURE
