"""What signing in costs, and what it costs the others: sign-ins a second, and answers while 50 people sign in at once.

Run as `python -m tests.bench.sign_in`; docs/performance.md explains the figures. Nothing here passes or fails.
"""

import argparse
import asyncio
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
from sqlalchemy import update
from sqlmodel import col, select

from cchc_app import frontend, routes
from cchc_app.data.crypto import keyring
from cchc_app.data.engine import Database
from cchc_app.data.tables import Participant as Person
from cchc_app.services.pin_hash import _HASHER
from cchc_app.states.session import SessionState
from cchc_app.states.sign_in import SignInState
from tests.bench.run import AT_ONCE, app_site, at_human_pace, cpu_seconds
from tests.live_site import LiveSite
from tests.participant import SUFFIX, Participant, connect_all

PIN = "407193"
AT_THE_DOOR = 50
PROXY = "127.0.0.1/32"
SIGN_IN, SESSION = SignInState.get_full_name(), SessionState.get_full_name()


@contextmanager
def site_with_pins(people: int) -> Iterator[tuple[LiveSite, list[str], list[str]]]:
    """The app with `people` registered: their cookies and their numbers. All have the same PIN."""
    with app_site(people, CCHC_TRUSTED_PROXIES=PROXY) as (site, cookies):
        db = Database(site.environment["CCHC_DATABASE_URL"])
        with db.write() as session:
            session.execute(update(Person).values(pin_hash=_HASHER.hash(keyring().peppered(PIN))))
            real = select(Person.citizen_id).where(col(Person.synthetic).is_(False)).order_by(col(Person.id))
            numbers = list(session.exec(real))
        db.dispose()
        yield site, cookies, numbers


def visitors(site: LiveSite, count: int) -> list[Participant]:
    """Browsers without a session, each from an address of its own, so that no throttle is measured."""
    return [
        Participant(site.url, path=routes.SIGN_IN, forwarded_for=f"10.1.{n // 250}.{n % 250}") for n in range(count)
    ]


async def sign_in(visitor: Participant, number: str) -> None:
    """Send the form and wait for the ticket."""
    await visitor.send(f"{SIGN_IN}.submit", {"form": {"citizen_id": number, "pin": PIN}})
    while True:
        delta = (await visitor.receive()).get("delta") or {}
        if delta.get(SESSION, {}).get(f"go{SUFFIX}"):
            return
        refused = delta.get(SIGN_IN, {}).get(f"notice{SUFFIX}")
        if refused:
            raise RuntimeError(refused)


async def rate(count: int) -> tuple[float, float]:
    """Sign-ins a second with AT_THE_DOOR people always at the door, and milliseconds of processor time each."""
    with site_with_pins(count) as (site, _, numbers):
        assert site.process is not None
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
            waiting = list(zip(visitors(site, count), numbers, strict=True))
            await connect_all([visitor for visitor, _ in waiting], http)
            cpu, clock = cpu_seconds(site.process.pid), time.perf_counter()

            async def door() -> None:
                while waiting:
                    await sign_in(*waiting.pop())

            await asyncio.gather(*(door() for _ in range(AT_THE_DOOR)))
            seconds = time.perf_counter() - clock
            return count / seconds, 1000 * (cpu_seconds(site.process.pid) - cpu) / count


async def answers(people: int, *, seconds: float, crowded: bool) -> tuple[int, dict[int, float], list[float]]:
    """Answers at a human pace; when crowded, AT_THE_DOOR people sign in at once, again and again.

    Returns:
        How many answers, their percentiles in milliseconds, and how long each crowd took to get in, in seconds.
    """
    with site_with_pins(people + AT_THE_DOOR) as (site, cookies, numbers):
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
            takers = [Participant(site.url, cookie=cookie) for cookie in cookies[:people]]
            await connect_all(takers, http)
            for start in range(0, people, AT_ONCE):
                await asyncio.gather(*(taker.open_paper() for taker in takers[start : start + AT_ONCE]))
            waits: list[float] = []
            until = time.perf_counter() + seconds
            crowds: list[float] = []

            async def crowd() -> None:
                while crowded and time.perf_counter() < until - 5:
                    newcomers = visitors(site, AT_THE_DOOR)
                    await connect_all(newcomers, http)
                    began = time.perf_counter()
                    await asyncio.gather(*map(sign_in, newcomers, numbers[people:]))
                    crowds.append(time.perf_counter() - began)
                    await asyncio.gather(*(newcomer.close() for newcomer in newcomers))
                    await asyncio.sleep(2)

            await asyncio.gather(crowd(), *(at_human_pace(taker, until, waits) for taker in takers))
    cuts = statistics.quantiles(waits, n=100)
    return len(waits), {p: 1000 * cuts[p - 1] for p in (50, 95, 99)}, crowds


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=200, help="answering at a human pace")
    arguments.add_argument("--signing-in", type=int, default=400)
    arguments.add_argument("--seconds", type=float, default=40)
    given = arguments.parse_args()
    frontend.main()
    a_second, cpu = asyncio.run(rate(given.signing_in))
    print(f"sign-ins: {a_second:.0f} a second with {AT_THE_DOOR} at the door, {cpu:.1f} CPU ms each")
    for crowded in (False, True):
        count, percentiles, crowds = asyncio.run(answers(given.people, seconds=given.seconds, crowded=crowded))
        shown = ", ".join(f"p{p} {value:.1f} ms" for p, value in percentiles.items())
        told = f"{AT_THE_DOOR} signing in at once, {len(crowds)} times" if crowded else "nobody at the door"
        print(f"  {given.people} people answering, {told}: {count} answers, {shown}")
        if crowds:
            print(f"  a crowd of {AT_THE_DOOR} was in after {statistics.median(crowds):.1f} s (median)")


if __name__ == "__main__":
    main()
