"""Argon2id. A hash takes about a quarter of a second, so it runs in a small pool of threads, behind the throttle."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from marketplace.kernel.errors import Refused

_hasher = PasswordHasher()
_pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")
_DUMMY = _hasher.hash("nobody has this password")
LEAST = 10
MOST = 200


async def hash_password(password: str) -> str:
    """Raises Refused when it is too short, too long, or all one character."""
    check_strength(password)
    return await asyncio.get_running_loop().run_in_executor(_pool, _hasher.hash, password)


async def verify(password_hash: str | None, password: str) -> bool:
    """Takes as long for an account that does not exist."""
    return await asyncio.get_running_loop().run_in_executor(
        _pool, _verify, password_hash or _DUMMY, password
    ) and bool(password_hash)


def check_strength(password: str) -> None:
    if len(password) < LEAST:
        raise Refused("Use at least {least} characters.", field="password", least=LEAST)
    if len(password) > MOST or len(set(password)) < 4:
        raise Refused("Choose another password: this one is too easy to guess.", field="password")


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password[:MOST])
    except (VerificationError, InvalidHashError):
        return False
