"""Content-Encoding undone piece by piece."""

import gzip
import zlib
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.unpacking import PIECE, UnpackCutShort, UnpackFailed, unpacker


def unpack(encoding, chunks):
    unpacking = unpacker(encoding)
    got = [piece for chunk in chunks for piece in unpacking.feed(chunk)]
    unpacking.finish()
    return got


def cut(data, at):
    marks = sorted({0, len(data), *(mark % (len(data) + 1) for mark in at)})
    return [data[a:b] for a, b in pairwise(marks)]


PACKERS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "": bytes,
}


@given(
    st.sampled_from(sorted(PACKERS)), st.binary(max_size=5000), st.lists(st.integers(0, 10_000), max_size=8)
)
def test_it_does_not_matter_how_the_network_cuts_the_bytes(encoding, data, at):
    assert b"".join(unpack(encoding, cut(PACKERS[encoding](data), at))) == data


@given(
    st.lists(st.binary(max_size=300), min_size=1, max_size=5), st.lists(st.integers(0, 10_000), max_size=8)
)
def test_several_members_are_one_file(members, at):
    packed = b"".join(map(gzip.compress, members))
    assert b"".join(unpack("gzip", cut(packed, at))) == b"".join(members)


def test_pieces_stay_small_however_much_is_packed_in_one_chunk():
    pieces = unpack("gzip", [gzip.compress(bytes(10_000_000))])
    assert max(map(len, pieces)) <= PIECE
    assert sum(map(len, pieces)) == 10_000_000


@given(st.binary(min_size=30, max_size=500), st.integers(1, 18))
def test_what_stops_in_the_middle_is_cut_short(data, missing):
    with pytest.raises(UnpackCutShort):
        unpack("gzip", [gzip.compress(data)[:-missing]])


@given(st.binary(max_size=300))
def test_rubbish_fails_by_name_or_passes_as_it_is(data):
    for encoding in ("gzip", "deflate"):
        with suppress(UnpackFailed):
            unpack(encoding, [data])


@pytest.mark.parametrize("size", [PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 258])
def test_nothing_stays_behind_when_the_last_piece_is_a_full_one(size):
    for wbits, encoding in ((-15, "deflate"), (15, "deflate"), (31, "gzip")):
        packed = zlib.compress(bytes(size), wbits=wbits)
        for chunks in ([packed], [packed[:-1], packed[-1:]], [bytes([byte]) for byte in packed]):
            assert sum(map(len, unpack(encoding, chunks))) == size
