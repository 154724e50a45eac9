"""Content-Encoding undone in small pieces, so that a bomb meets the cap before it fills the memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

PIECE = 64 * 1024
ACCEPT_ENCODING = "gzip, deflate"
NO_PACKING = frozenset(
    {"", "identity", "none", "binary", "7bit", "8bit", "utf-8", "utf8", "us-ascii", "iso-8859-1", "windows-1252", "aws-chunked"}
)  # fmt: skip
"""What servers write there that is no packing: charsets most of all, which browsers pass over."""


class UnpackFailed(Exception):
    """The bytes are not what the header says."""


class UnpackCutShort(UnpackFailed):
    """The packed bytes stopped in the middle."""


class Plain:
    """No encoding: bytes pass through."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data

    def finish(self) -> None:
        """Nothing can be missing that the connection did not already tell."""


class Inflating:
    """gzip (several members too) or deflate (with or without zlib's wrapper).

    A server that claims an encoding it did not use, which is common for ready-made .gz files served as they are, is
    believed by its first bytes, not by its header.
    """

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self._head = b""
        self._left = b""
        self._inflater: zlib._Decompress | None = None
        self._plain = False
        self._ended = False  # at the end of a member; another may follow
        self._padding = False  # after the last one

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Pieces of at most 64 KB. Raises UnpackFailed on damaged data."""
        if self._plain:
            yield data
            return
        data, self._head = self._head + data, b""
        pending = False  # a full piece may leave more inside zlib, with no input left to show for it
        while (data or pending) and not self._padding:
            if not pending and (self._inflater is None or self._ended) and len(data) < 2:
                self._head = data  # two bytes tell what begins here
                return
            if self._inflater is None:
                self._start(data)
            elif self._ended:
                self._next_member(data)
            if self._plain:
                yield data
                return
            piece = self._inflate(data)
            if piece:
                yield piece
            data, pending = self._left, len(piece) == PIECE and not self._ended

    def finish(self) -> None:
        """Raises UnpackCutShort when the packed data stopped in the middle."""
        if (self._head and self._inflater is None) or (self._inflater is not None and not self._ended):
            raise UnpackCutShort("the packed data is cut short")

    def _start(self, data: bytes) -> None:
        gzipped = data[:2] == b"\x1f\x8b"
        if gzipped:
            self._inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        elif self.encoding == "gzip":
            self._plain = True
        else:
            # RFC 1950's check of its two bytes
            wrapped = data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
            self._inflater = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)

    def _next_member(self, data: bytes) -> None:
        if self.encoding == "gzip" and data[:2] == b"\x1f\x8b":
            self._inflater, self._ended = zlib.decompressobj(zlib.MAX_WBITS | 16), False
        else:
            self._padding = True  # which gzip itself ignores

    def _inflate(self, data: bytes) -> bytes:
        """One piece; what is not yet unpacked is in `_left`."""
        if self._padding:
            self._left = b""
            return b""
        assert self._inflater is not None
        try:
            piece = self._inflater.decompress(data, PIECE)
        except zlib.error as error:
            raise UnpackFailed(str(error)) from error
        self._ended = self._inflater.eof
        self._left = self._inflater.unused_data if self._ended else self._inflater.unconsumed_tail
        return piece


def unpacker(content_encoding: str) -> Plain | Inflating:
    """The unpacker for a Content-Encoding header. Raises UnpackFailed for one that was not asked for, or a stack of them."""
    names = [name.strip().lower() for name in content_encoding.split(",")]
    names = [name for name in names if name not in NO_PACKING]
    if not names:
        return Plain()
    if len(names) == 1 and names[0] in ("gzip", "x-gzip", "deflate"):
        return Inflating(names[0].removeprefix("x-"))
    raise UnpackFailed(", ".join(names)[:60])
