"""What a board's message costs the server by how many watch: `python -m tests.bench.watchers [watchers …]`.

So many tabs look at the demonstration's open week; every three seconds all its lines change, and every tab gets one
message. Printed is the server's processor time a message in milliseconds, less what it uses in the same time without
messages, and how long it took until the last tab had it.
"""

import asyncio
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from sqlalchemy import update
from sqlmodel import col

from cchc_app import frontend, routes
from cchc_app.data.boards import raise_version
from cchc_app.data.contests import contest_in_force
from cchc_app.data.crypto import load_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.data.tables import Standing
from cchc_app.settings import Settings
from tests.bench.load import first_hashes
from tests.bench.run import cpu_seconds
from tests.live_site import LiveSite
from tests.participant import Participant

WATCHERS = (0, 500, 1_000, 2_000)
MESSAGES = 10
PAUSE_SECONDS = 3.0
CONNECTING_AT_ONCE = 50


def change(db: Database) -> None:
    """Let every line of every board show another time, as another process would: the largest message there is."""
    with db.write() as session:
        session.execute(update(Standing).values(time_used_ms=col(Standing.time_used_ms) + 1))
        raise_version(session, contest_in_force(session).contest_id)


async def measure(site: LiveSite, db: Database, count: int) -> tuple[float, float, float]:
    """Processor milliseconds a message, seconds until the last tab has it (median), kilobytes a message."""
    assert site.process is not None
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        tabs = [Participant(site.url, path=routes.STANDINGS) for _ in range(count)]
        gate, hashes = asyncio.Semaphore(CONNECTING_AT_ONCE), await first_hashes()

        async def arrive(tab: Participant) -> None:
            async with gate:
                await tab.open_page(http, hashes=hashes)

        await asyncio.gather(*map(arrive, tabs))
        await asyncio.sleep(PAUSE_SECONDS)
        quiet = await _processor(site, asyncio.sleep(MESSAGES * PAUSE_SECONDS))
        delays, sizes = [], [0]

        async def told(tab: Participant) -> None:
            while "standings_state" not in (packet := await tab.raw()):
                pass
            sizes[0] = len(packet)

        async def rounds() -> None:
            for _ in range(MESSAGES):
                began = time.perf_counter()
                change(db)
                await asyncio.gather(*map(told, tabs))
                delays.append(time.perf_counter() - began)
                await asyncio.sleep(max(0.0, PAUSE_SECONDS - delays[-1]))

        busy = await _processor(site, rounds())
        for tab in tabs:
            await tab.close()
    return 1000 * (busy - quiet) / MESSAGES, sorted(delays)[len(delays) // 2], sizes[0] / 1024


async def _processor(site: LiveSite, work) -> float:
    assert site.process is not None
    before = cpu_seconds(site.process.pid)
    await work
    return cpu_seconds(site.process.pid) - before


def main(watchers: tuple[int, ...]) -> None:
    """Print the table."""
    frontend.main()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = LiveSite(folder)
        site.run("init", "--preset", "demo")
        use_keyring(load_keyring(Settings(data_dir=folder)))
        db = Database(site.environment["CCHC_DATABASE_URL"])
        site.start()
        print(f"{datetime.now(UTC):%Y-%m-%d}  watchers   CPU ms a message   s to the last tab   KB a message")
        try:
            for count in watchers:
                cpu, delay, size = asyncio.run(measure(site, db, count))
                print(f"{count:>20,}{cpu:>19.1f}{delay:>20.2f}{size:>15.1f}", flush=True)
        finally:
            site.stop()
            db.dispose()


if __name__ == "__main__":
    main(tuple(int(argument) for argument in sys.argv[1:]) or WATCHERS)
