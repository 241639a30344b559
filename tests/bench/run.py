"""What an answer costs: the whole app against the floor, in the same run on the same machine.

Run as `python -m tests.bench.run`; docs/performance.md explains the figures. Nothing here passes or fails.
"""

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import psutil

from cchc_app import frontend
from cchc_app.data.crypto import load_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.settings import Settings
from tests.bench import standings_queries
from tests.crowd import add_people
from tests.live_site import LiveSite
from tests.participant import QUIZ, Participant, connect_all

QUESTIONS = 20
AT_ONCE = 64  # people answering without a pause in the throughput runs
THINK_SECONDS = (3.0, 10.0)
FLOOR = "tests.bench.floor:app"


@dataclass
class Throughput:
    """One run without pauses."""

    answers_per_second: float
    cpu_ms_per_answer: float


@dataclass
class Latency:
    """One run at a human pace."""

    people: int
    answers: int
    lost: int
    percentiles_ms: dict[int, float]
    cpu_share: float
    memory_kb_per_person: float


def _family(pid: int) -> list[psutil.Process]:
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def cpu_seconds(pid: int) -> float:
    """Processor time of a server and its children so far."""
    return sum(times.user + times.system for times in (process.cpu_times() for process in _family(pid)))


def memory_bytes(pid: int) -> int:
    """Resident memory of a server and its children."""
    return sum(process.memory_info().rss for process in _family(pid))


@contextmanager
def app_site(people: int, **environment: str) -> Iterator[tuple[LiveSite, list[str]]]:
    """The app with `people` registered, and their cookies; further settings by name."""
    with tempfile.TemporaryDirectory() as folder:
        site = LiveSite(Path(folder), environment=environment)
        site.run("init", "--preset", "demo")
        use_keyring(load_keyring(Settings(data_dir=Path(folder))))
        db = Database(site.environment["CCHC_DATABASE_URL"])
        cookies = [f"cchc={token}" for token in add_people(db, people, now=datetime.now(UTC))]
        db.dispose()
        site.start()
        try:
            yield site, cookies
        finally:
            site.stop()


@contextmanager
def floor_site() -> Iterator[LiveSite]:
    """The floor."""
    with tempfile.TemporaryDirectory() as folder:
        site = LiveSite(Path(folder))
        site.command = [
            *(sys.executable, "-m", "uvicorn", "--host", "127.0.0.1", "--port", str(site.port), "--backlog", "4096"),
            *("--http", "httptools", "--ws", "websockets-sansio", "--ws-per-message-deflate", "false"),
            *("--ws-ping-interval", "0", "--log-level", "warning", "--no-access-log", FLOOR),
        ]
        site.start()
        try:
            yield site
        finally:
            site.stop()


async def _throughput(site: LiveSite, people: list[Participant], papers: list[str]) -> Throughput:
    """Everybody's answers, `AT_ONCE` people at a time, each waiting only for the feedback."""
    assert site.process is not None
    waiting = list(zip(people, papers, strict=True))
    cpu, clock = cpu_seconds(site.process.pid), time.perf_counter()

    async def driver() -> None:
        while waiting:
            person, paper = waiting.pop()
            for position in range(QUESTIONS):
                form = {"paper": paper, "position": str(position), "choice": str(position % 4)}
                await person.event(f"{QUIZ}.answer", form=form)

    await asyncio.gather(*(driver() for _ in range(AT_ONCE)))
    seconds, cpu = time.perf_counter() - clock, cpu_seconds(site.process.pid) - cpu
    answers = len(people) * QUESTIONS
    return Throughput(answers / seconds, 1000 * cpu / answers)


async def app_throughput(count: int) -> Throughput:
    """The whole app: the feedback brings the next question, so this is all a question costs."""
    with app_site(count) as (site, cookies):
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
            people = [Participant(site.url, cookie=cookie) for cookie in cookies]
            await connect_all(people, http)
            for start in range(0, count, AT_ONCE):
                await asyncio.gather(*(person.open_paper() for person in people[start : start + AT_ONCE]))
            papers = [person.quiz["paper"] for person in people]
            return await _throughput(site, people, papers)


async def floor_throughput(count: int) -> Throughput:
    """The floor under the same people."""
    with floor_site() as site:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
            people = [Participant(site.url) for _ in range(count)]
            await connect_all(people, http)
            papers = [str(number) for number in range(count)]
            return await _throughput(site, people, papers)


async def latency(count: int, *, seconds: float) -> Latency:
    """`count` people connected, each answering every few seconds for `seconds`: answer to feedback."""
    with app_site(count) as (site, cookies):
        assert site.process is not None
        empty = memory_bytes(site.process.pid)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
            people = [Participant(site.url, cookie=cookie) for cookie in cookies]
            await connect_all(people, http)
            for start in range(0, count, AT_ONCE):
                await asyncio.gather(*(person.open_paper() for person in people[start : start + AT_ONCE]))
            memory = memory_bytes(site.process.pid) - empty
            waits: list[float] = []
            cpu, until = cpu_seconds(site.process.pid), time.perf_counter() + seconds
            lost = sum(await asyncio.gather(*(at_human_pace(person, until, waits) for person in people)))
            cpu = cpu_seconds(site.process.pid) - cpu
    cuts = statistics.quantiles(waits, n=100)
    percentiles = {p: 1000 * cuts[p - 1] for p in (50, 95, 99)}
    return Latency(count, len(waits), lost, percentiles, cpu / seconds, memory / count / 1024)


async def at_human_pace(person: Participant, until: float, waits: list[float]) -> int:
    """Answer until the time is over or the paper is done; how many answers got no feedback."""
    lost = 0
    await asyncio.sleep(random.uniform(0, THINK_SECONDS[1]))
    while time.perf_counter() < until and "" in person.quiz["marks"]:
        sent = time.perf_counter()
        await person.answer(random.randrange(4))
        waits.append(time.perf_counter() - sent)
        lost += not person.quiz["feedback"]["shown"]
        person.next_question()
        await asyncio.sleep(random.uniform(*THINK_SECONDS))
    return lost


def _compare(count: int, rounds: int) -> None:
    print(f"throughput: {count} people connected, {AT_ONCE} answering at once, {rounds} rounds in turn")
    kinds = ("floor", "app")
    runs: dict[str, list[Throughput]] = {kind: [] for kind in kinds}
    for _ in range(rounds):
        runs["floor"].append(asyncio.run(floor_throughput(count)))
        runs["app"].append(asyncio.run(app_throughput(count)))
    for kind in kinds:
        rate = statistics.median(run.answers_per_second for run in runs[kind])
        cpu = statistics.median(run.cpu_ms_per_answer for run in runs[kind])
        ratio = statistics.median(
            run.answers_per_second / floor.answers_per_second
            for run, floor in zip(runs[kind], runs["floor"], strict=True)
        )
        cost = statistics.median(
            floor.cpu_ms_per_answer / run.cpu_ms_per_answer
            for run, floor in zip(runs[kind], runs["floor"], strict=True)
        )
        print(f"  {kind:5} {rate:7.0f} answers/s {cpu:6.3f} CPU ms/answer  ÷ floor: {ratio:.2f} rate, {cost:.2f} CPU")


def _paces(counts: list[int], seconds: float) -> None:
    print(f"latency: everybody answers every {THINK_SECONDS[0]:.0f} to {THINK_SECONDS[1]:.0f} s for {seconds:.0f} s")
    for count in counts:
        found = asyncio.run(latency(count, seconds=seconds))
        shown = ", ".join(f"p{p} {value:.1f} ms" for p, value in found.percentiles_ms.items())
        print(
            f"  {found.people:5} people: {found.answers} answers, {found.lost} without feedback, {shown}; "
            f"{100 * found.cpu_share:.0f} % of one core, {found.memory_kb_per_person:.0f} KB a person"
        )


def main() -> None:
    """Measure everything and print it."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=1000, help="connected in the throughput runs")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--paces", type=int, nargs="*", default=[500, 2000])
    arguments.add_argument("--seconds", type=float, default=60)
    given = arguments.parse_args()
    frontend.main()
    _compare(given.people, given.rounds)
    _paces(given.paces, given.seconds)
    standings_queries.main()


if __name__ == "__main__":
    main()
