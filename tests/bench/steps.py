"""What each step of a participant costs the server: `python -m tests.bench.steps [sqlite|postgresql] [people]`.

So many people take the same step, some at a time. Some of them then answer with a pause after each: an answer alone
shares no commit and no turn of the loop with others, and finds the processor's caches taken. Printed is the processor
time a step of the site, and beside it of PostgreSQL, in milliseconds, and the memory an open page takes.
docs/capacity.md is worked out from these figures.
"""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import psutil

from cchc_app import frontend, routes
from cchc_app.data.crypto import load_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.settings import Settings
from tests.bench.load import first_hashes
from tests.bench.run import cpu_seconds, memory_bytes
from tests.crowd import add_people
from tests.faults.kill import DIALECTS, database_url
from tests.live_site import LiveSite
from tests.participant import QUIZ, Participant

PEOPLE = 1_000
WARM = 50  # people whose steps are not counted
ALONE = 300  # people who answer one after the other
AT_ONCE = 32
ALONE_SECONDS = 0.02
Step = Callable[[Participant], Awaitable[object]]


def postgres_seconds(folder: Path) -> float:
    """Processor time of the database server so far; 0 with SQLite."""
    pid_file = folder / "pg" / "postmaster.pid"
    return cpu_seconds(int(pid_file.read_text().split()[0])) if pid_file.is_file() else 0.0


async def take(site: LiveSite, folder: Path, tokens: list[str]) -> None:
    """Every step by everybody, one step after the other."""
    assert site.process is not None
    pid, hashes = site.process.pid, await first_hashes()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        people = [Participant(site.url, cookie=f"cchc={token}") for token in tokens]
        watchers = [Participant(site.url, path=routes.STANDINGS) for _ in tokens]

        async def whole_page(person: Participant) -> None:
            async with http.get(f"{site.url}{person.path}") as page:
                await page.read()

        async def answer(person: Participant) -> None:
            await person.answer(0)
            person.next_question()

        turn = asyncio.Lock()

        async def alone(person: Participant) -> None:
            async with turn:
                await answer(person)
                await asyncio.sleep(ALONE_SECONDS)

        steps: dict[str, tuple[list[Participant], Step]] = {
            "page as a file": (people, whole_page),
            "open /thi": (people, lambda person: person.open_page(http, hashes=hashes)),
            "begin": (people, lambda person: person.event(f"{QUIZ}.begin")),
            "answer": (people, answer),
            "answer, alone": (people[: WARM + ALONE], alone),
            "hand in": (people, lambda person: person.hand_in()),
            "open /xep-hang": (watchers, lambda person: person.open_page(http, hashes=hashes)),
        }
        print(f"{'step':<18}{'site ms':>10}{'database ms':>13}{'KB kept':>10}")
        for name, (who, step) in steps.items():
            await _everybody(who[:WARM], step)
            cpu, database, memory = cpu_seconds(pid), postgres_seconds(folder), memory_bytes(pid)
            await _everybody(who[WARM:], step)
            count = len(who) - WARM
            print(
                f"{name:<18}{1000 * (cpu_seconds(pid) - cpu) / count:>10.2f}"
                f"{1000 * (postgres_seconds(folder) - database) / count:>13.2f}"
                f"{(memory_bytes(pid) - memory) / 1024 / count:>10.0f}",
                flush=True,
            )
        for person in (*people, *watchers):
            await person.close()


async def _everybody(people: list[Participant], step: Step) -> None:
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(person: Participant) -> None:
        async with gate:
            await step(person)

    await asyncio.gather(*map(one, people))


def main(dialect: str, count: int) -> None:
    """Print the table."""
    frontend.main()
    with tempfile.TemporaryDirectory() as name, database_url(dialect, Path(name)) as url:
        folder = Path(name)
        site = LiveSite(folder, database_url=url)
        site.run("init", "--preset", "demo")
        use_keyring(load_keyring(Settings(data_dir=folder)))
        db = Database(url)
        tokens = add_people(db, count, now=datetime.now(UTC))
        db.dispose()
        site.start()
        try:
            asyncio.run(take(site, folder, tokens))
        finally:
            site.stop()
        print(site.traceback() or f"{dialect}, {count} people, {psutil.cpu_count()} cores")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else DIALECTS[0], int(sys.argv[2]) if len(sys.argv) > 2 else PEOPLE)
