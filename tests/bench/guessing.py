"""What guessing PINs is worth: 10,000 guesses in one hour against 1,000 known numbers, from 1, 10 and 100 addresses.

Run as `python -m tests.bench.guessing`; docs/security.md has the figures. The real services on a real database, with a
clock that is moved by hand. Only the cost of the PIN hash is lowered: how long a comparison takes is not the question.
"""

import asyncio
import random
import statistics
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import time_machine
from argon2 import PasswordHasher
from sqlmodel import select

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.crypto import keyring, new_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.data.migrations import upgrade
from cchc_app.data.tables import Participant, SignInGuard
from cchc_app.services import pin_hash
from cchc_app.services.sign_in import sign_in
from cchc_app.services.throttle import get_throttle
from tests.factories import NOW, make_contest

ACCOUNTS, GUESSES, HOUR = 1_000, 10_000, timedelta(hours=1)
ADDRESSES = (1, 10, 100)
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass(frozen=True)
class Attack:
    """What became of it."""

    judged: int  # guesses that were compared with a PIN
    hits: int
    refused: Counter[str]
    locked: list[float]  # minutes each right owner still waits when it is over
    owner_waits: float  # minutes, the mean over accounts of all locks in the hour


def number(n: int) -> str:
    """The n-th citizen ID."""
    return f"0310850{n:05}"


def accounts(db: Database, chance: random.Random) -> None:
    """People with PINs drawn by chance."""
    contest = make_contest(db)
    with db.write() as session:
        for n in range(ACCOUNTS):
            pin = f"{chance.randrange(10**6):06}"
            session.add(
                Participant(
                    contest_id=contest.contest_id,
                    unit_id=contest.unit_ids[0],
                    full_name="Nguyễn Văn A",
                    search_key="a",
                    sort_key="a",
                    birth_date=date(1985, 1, 1),
                    citizen_id=number(n),
                    citizen_id_index=keyring().blind_index(number(n)),
                    citizen_id_masked="",
                    pin_hash=CHEAP.hash(keyring().peppered(pin)),
                    created_at=NOW,
                )
            )


async def attack(db: Database, addresses: int, chance: random.Random) -> Attack:
    """Guesses at even distances, account after account, each with the next PIN of a list without repetition."""
    get_throttle.cache_clear()
    pins = [f"{pin:06}" for pin in chance.sample(range(10**6), GUESSES // ACCOUNTS)]
    said: Counter[str] = Counter()
    waits: Counter[int] = Counter()
    with time_machine.travel(NOW, tick=False) as clock:
        for guess in range(GUESSES):
            now: datetime = NOW + HOUR * guess / GUESSES
            now -= timedelta(microseconds=now.microsecond % 1000)
            clock.move_to(now)
            account, address = guess % ACCOUNTS, f"198.51.100.{guess % addresses}"
            try:
                await sign_in(db, citizen_id=number(account), pin=pins[guess // ACCOUNTS], address=address, now=now)
                said["in"] += 1
            except ContestError as error:
                locked_now = error.code is ErrorCode.SIGN_IN_LOCKED and _was_judged(error, db, account, now)
                said["judged, then locked" if locked_now else error.code.name] += 1
                if locked_now:
                    until: datetime = error.details["until"]  # type: ignore[assignment]
                    waits[account] += round((until - now).total_seconds())
    end = NOW + HOUR
    with db.read() as session:
        guards = [one.locked_until for one in session.exec(select(SignInGuard))]
    locked = [(until - end).total_seconds() / 60 for until in guards if until is not None and until > end]
    judged = said["in"] + said["SIGN_IN_FAILED"] + said["judged, then locked"]
    refused = Counter({name: said[name] for name in ("TOO_MANY_REQUESTS", "SIGN_IN_LOCKED")})
    return Attack(judged, said["in"], refused, locked, sum(waits.values()) / 60 / ACCOUNTS)


def _was_judged(error: ContestError, db: Database, account: int, now: datetime) -> bool:
    """Whether this very guess set the lock, so was compared, instead of meeting one."""
    with db.read() as session:
        guard = session.get(SignInGuard, keyring().blind_index(number(account)))
    return guard is not None and guard.updated_at == now


def main() -> None:
    """Attack three times, each on a fresh database, and print."""
    pin_hash._HASHER = CHEAP
    pin_hash._nobodys_hash.cache_clear()
    use_keyring(new_keyring())
    print(f"{GUESSES} guesses in one hour against {ACCOUNTS} accounts")
    for addresses in ADDRESSES:
        chance = random.Random(addresses)
        with tempfile.TemporaryDirectory() as folder:
            db = Database(f"sqlite:///{Path(folder) / 'guessing.sqlite3'}")
            upgrade(db)
            accounts(db, chance)
            found = asyncio.run(attack(db, addresses, chance))
            db.dispose()
        longest = max(found.locked, default=0.0)
        median = statistics.median(found.locked) if found.locked else 0.0
        print(
            f"  {addresses:3} addresses: {found.judged} compared with a PIN, {found.hits} got in "
            f"(expected {found.judged / 10**6:.4f}); refused: {found.refused['TOO_MANY_REQUESTS']} by address, "
            f"{found.refused['SIGN_IN_LOCKED']} by account; owners locked out at the end: {len(found.locked)}, "
            f"median {median:.0f} min, longest {longest:.0f} min; locked in all {found.owner_waits:.1f} min an account"
        )


if __name__ == "__main__":
    main()
