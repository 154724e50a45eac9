"""Secrets of suppliers and gateways, sealed before they reach the database.

AES-256-GCM under a key derived from `SECRET_KEY`. Several keys, separated by commas, make rotation: the first one seals, all of
them open; when nothing is `stale` any more, the old one can go. A token is `v1.<key id>.<nonce and ciphertext>`; the key id
is a fingerprint that tells which key to take, and nothing about the key.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from marketplace.kernel.settings import settings

VERSION = "v1"
NONCE_BYTES = 12
SHORTEST_KEY = 32  # characters


class NoSecretKey(Exception):
    """SECRET_KEY is missing or too short: nothing can be sealed or opened."""


class SecretUnreadable(Exception):
    """The token was not sealed here, was changed, was sealed for another purpose, or its key is no longer in SECRET_KEY."""


def seal(plaintext: str, *, about: str = "") -> str:
    """A token that only this installation can open.

    `about` binds the token to its place (such as "feed:42"): copied to another row, it does not open. Raises NoSecretKey.
    """
    key_id, key = _keys()[0]
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + AESGCM(key).encrypt(nonce, plaintext.encode(), about.encode())
    return f"{VERSION}.{key_id}.{base64.urlsafe_b64encode(sealed).decode().rstrip('=')}"


def open_sealed(token: str, *, about: str = "") -> str:
    """What was sealed. Raises NoSecretKey, SecretUnreadable."""
    version, _, rest = token.partition(".")
    key_id, _, body = rest.partition(".")
    key = dict(_keys()).get(key_id)
    if version != VERSION or key is None:
        raise SecretUnreadable(
            "this secret was sealed with a key that SECRET_KEY does not hold; please enter it again"
        )
    try:
        sealed = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about.encode()).decode()
    except (InvalidTag, binascii.Error, ValueError) as error:
        raise SecretUnreadable(
            "this secret was changed or belongs elsewhere; please enter it again"
        ) from error


def stale(token: str) -> bool:
    """Whether the token should be opened and sealed again, as another key seals now. Raises NoSecretKey."""
    return not token.startswith(f"{VERSION}.{_keys()[0][0]}.")


def keys_for(purpose: str) -> tuple[bytes, ...]:
    """32-byte keys for another purpose (signing links, say), in SECRET_KEY's order: sign with the first, accept all.

    Keys of different purposes tell nothing about each other. Raises NoSecretKey.
    """
    texts = settings().secret_keys
    if not texts:
        raise NoSecretKey(
            "SECRET_KEY is not set; `comptoir run` writes one into the data folder the first time"
        )
    if any(len(text) < SHORTEST_KEY for text in texts):
        raise NoSecretKey(f"each key of SECRET_KEY needs {SHORTEST_KEY} characters or more")
    return tuple(_derived(text, purpose) for text in texts)


def _keys() -> list[tuple[str, bytes]]:
    return [(hashlib.sha256(b"id" + key).hexdigest()[:8], key) for key in keys_for("vault")]


@lru_cache(maxsize=64)
def _derived(text: str, purpose: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=f"comptoir {purpose}".encode()).derive(text.encode())
