"""Hashes of PINs and passwords: Argon2id over the peppered secret, in a few threads of their own."""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from cchc_app.data.crypto import keyring
from cchc_app.services.own_core import work_anywhere

# 19 MiB, two passes, one lane: the second choice of the OWASP password storage sheet, 17 ms of one core here. A PIN has
# a million values, so no cost would save a stolen table: the pepper outside the database does. The cost makes a stolen
# table with the pepper expensive and keeps a whole unit that signs in at once waiting for seconds, not minutes.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


@lru_cache
def _threads() -> ThreadPoolExecutor:
    # As many as cores: more would only take memory, and queries keep their own threads.
    cores = max(1, (os.cpu_count() or 1) - 1)
    return ThreadPoolExecutor(cores, thread_name_prefix="pin-hash", initializer=work_anywhere)


@lru_cache
def _nobodys_hash() -> str:
    """A hash of the same cost that no secret fits, for names and numbers nobody has."""
    return _HASHER.hash(os.urandom(32))


async def make(secret: str) -> str:
    """What is stored of a PIN or a password."""
    return await _run(_HASHER.hash, keyring().peppered(secret))


async def verify(stored: str | None, secret: str) -> bool:
    """Whether a secret fits a stored hash; for None the same work is done in vain, so that time tells nothing."""
    return await _run(_fits, stored, keyring().peppered(secret))


async def _run(work, *args):
    return await asyncio.get_running_loop().run_in_executor(_threads(), work, *args)


def _fits(stored: str | None, peppered: bytes) -> bool:
    nobodys = _nobodys_hash()  # made before either branch is taken
    try:
        return _HASHER.verify(stored or nobodys, peppered) and stored is not None
    except VerifyMismatchError:
        return False
