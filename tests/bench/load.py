"""Whole participants over the real protocol, in numbers: answer, reconnect at random, hand in, watch the board.

Run as `make load N=15000 THINK=20 WATCHERS=2000`. A site of its own is started, loaded from several processes and
loopback addresses, and its database is then held against everything the clients were told.
"""

import argparse
import asyncio
import gc
import math
import multiprocessing
import random
import re
import statistics
import sys
import tempfile
import time
import uuid
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import accumulate, chain
from operator import neg
from pathlib import Path

import aiohttp
import psutil
from reflex.state import State, _resolve_delta, state_snapshot_hashes
from sqlmodel import select

import cchc_app.cchc_app  # noqa: F401 - every state is defined
from cchc_app import frontend, routes
from cchc_app.contest.regulations import BlueprintLine, digest, to_json
from cchc_app.data.contests import contest_in_force
from cchc_app.data.crypto import load_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.data.tables import Answer, Attempt, BoardVersion, RuleSetVersion, Standing
from cchc_app.settings import Settings
from tests.bench.run import cpu_seconds, memory_bytes
from tests.crowd import add_people
from tests.faults.kill import DIALECTS, database_url
from tests.live_site import LiveSite
from tests.participant import QUIZ, ConnectionEndedError, Participant

PER_PROCESS = 6_000  # clients of one generator process
CONNECTING_AT_ONCE = 40
RECONNECTS = 0.02  # chance after an answer
HAND_INS = 1.0  # a second, long before the last question, so that the board changes however long the papers are
RETRY_SECONDS = 1.0
SETTLING_SECONDS = 15.0  # after the last have come: those who still wait in line are let in
SHOWN_SECONDS = 5.0  # a paper handed in so long before the end is seen by every watcher, or counts as never seen
SAMPLE_SECONDS = 5.0
MINUTE_MS = 60_000
# One watcher in so many reads, without parsing: two thousand would cost the generator more than the site.
READS = 20
SIZE = re.compile(r'\\?"size\\?":\s*(\d+)')
PATHS = {"counted": routes.QUIZ, "practice": routes.PRACTICE}
Stretch = tuple[float, float]
_first_hashes: list[str] = []


async def first_hashes() -> list[str]:
    """Hashes of the states as built, which a browser shows when it arrives."""
    if not _first_hashes:
        snapshot = await _resolve_delta(State(_reflex_internal_init=True).dict(initial=True))
        _first_hashes.extend(state_snapshot_hashes(snapshot))
    return _first_hashes


@dataclass
class Share:
    """What one generator process has to do."""

    url: str
    address: str  # where its connections come from
    tokens: list[str]
    watchers: int
    think: float
    hands_in: float  # chance after an answer
    connect_until: float  # seconds since the epoch, as all instants here
    measured_from: float
    until: float
    seed: int


@dataclass
class Report:
    """What the clients of one process saw."""

    early: list[float] = field(default_factory=list)  # answer to feedback while people came in, seconds
    waits: list[float] = field(default_factory=list)  # the same when all were there
    saved: dict[tuple[str, int], int] = field(default_factory=dict)  # (receipt, position) → option on the screen
    handed_in: dict[str, float] = field(default_factory=dict)  # receipt → when it was acknowledged
    scores: dict[str, str] = field(default_factory=dict)
    # For each watcher whose messages are read: people on the board → when it first said so many.
    sizes: list[dict[int, float]] = field(default_factory=list)
    board_messages: int = 0
    counts: Counter[str] = field(default_factory=Counter)


def run(
    *,
    people: int,
    watchers: int,
    think: float,
    seconds: float,
    ramp: float,
    dialect: str,
    questions: int,
    environment: dict[str, str],
) -> bool:
    """Load a fresh site, print what was found; whether every promise was kept."""
    frontend.main()
    with tempfile.TemporaryDirectory() as name, database_url(dialect, Path(name)) as url:
        folder = Path(name)
        site = LiveSite(folder, database_url=url, environment=environment)
        site.run("init", "--preset", "demo")
        use_keyring(load_keyring(Settings(data_dir=folder)))
        db = Database(url)
        tokens = add_people(db, people, now=datetime.now(UTC))
        if questions:
            _lengthen_papers(db, questions)
        version, ranked = _version(db), len(_ranked(db))
        site.start()
        try:
            reports, stretch = _load(site, tokens, watchers=watchers, think=think, seconds=seconds, ramp=ramp)
        finally:
            site.stop()
        whole = _together(reports)
        _print_clients(whole, stretch=stretch, before=ranked)
        kept = _print_promises(db, whole, board_changed=_version(db) - version)
        db.dispose()
        return kept and not site.traceback()


def _lengthen_papers(db: Database, questions: int) -> None:
    """Papers of so many questions with a minute for each, so that people answer for as long as is measured."""
    with db.write() as session:
        contest = contest_in_force(session)
        quiz = replace(
            contest.rule_set.quiz, blueprint=(BlueprintLine(count=questions),), duration_ms=questions * MINUTE_MS
        )
        rules = replace(contest.rule_set, version=contest.rule_set.version + 1, quiz=quiz)
        session.add(
            RuleSetVersion(
                contest_id=contest.contest_id,
                version=rules.version,
                digest=digest(rules),
                body=to_json(rules),
                published_at=datetime.now(UTC),
            )
        )


def _load(
    site: LiveSite, tokens: list[str], *, watchers: int, think: float, seconds: float, ramp: float
) -> tuple[list[Report], Stretch]:
    # Watchers have a process of their own: two thousand messages at once would hold up those who time their answers.
    takers, began = max(1, -(-len(tokens) // PER_PROCESS)), time.time()
    count = takers + (watchers > 0)
    shares = [
        Share(
            url=f"http://127.0.0.1:{site.port}",
            address=f"127.0.0.{2 + n}",
            tokens=tokens[n::takers] if n < takers else [],
            watchers=0 if n < takers else watchers,
            think=think,
            hands_in=min(1.0, HAND_INS * think / len(tokens)),
            connect_until=began + ramp,
            measured_from=began + ramp + SETTLING_SECONDS,
            until=began + ramp + SETTLING_SECONDS + seconds,
            seed=n,
        )
        for n in range(count)
    ]
    print(f"{len(tokens)} people, {watchers} watchers from {count} processes; connecting for {ramp:.0f} s", flush=True)
    with ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn")) as pool:
        working = [pool.submit(_generate, share) for share in shares]
        _watch_server(site, shares[0].measured_from, shares[0].until)
        return [work.result() for work in working], (shares[0].measured_from, shares[0].until)


def _watch_server(site: LiveSite, start: float, end: float) -> None:
    """Print the server's processor time and memory over the loaded stretch."""
    assert site.process is not None
    time.sleep(max(0.0, start - time.time()))
    cpu, memory = cpu_seconds(site.process.pid), [memory_bytes(site.process.pid)]
    psutil.cpu_percent()
    while time.time() < end:
        time.sleep(min(SAMPLE_SECONDS, max(0.05, end - time.time())))
        memory.append(memory_bytes(site.process.pid))
    used = cpu_seconds(site.process.pid) - cpu
    print(
        f"server: {100 * used / (end - start):.0f} % of one core; machine {psutil.cpu_percent():.0f} % of its cores; "
        f"memory {memory[0] >> 20} MB when all had connected, {memory[len(memory) // 2] >> 20} halfway, "
        f"{memory[-1] >> 20} at the end"
    )


def _generate(share: Share) -> Report:
    """One generator process."""
    gc.disable()  # it would stop the clients that time the site
    return asyncio.run(_crowd(share))


async def _crowd(share: Share) -> Report:
    report, chance = Report(), random.Random(share.seed)
    gate = asyncio.Semaphore(CONNECTING_AT_ONCE)
    connector = aiohttp.TCPConnector(limit=0, local_addr=(share.address, 0))
    async with aiohttp.ClientSession(connector=connector) as http:
        clients = [Taker(share, token, http, gate, report, chance).work() for token in share.tokens]
        clients += [_watch(share, http, gate, report, chance, number % READS == 0) for number in range(share.watchers)]
        await asyncio.gather(*clients)
    return report


class Taker:
    """One person: the week's paper, then practice papers until the time is over."""

    def __init__(
        self,
        share: Share,
        token: str,
        http: aiohttp.ClientSession,
        gate: asyncio.Semaphore,
        report: Report,
        chance: random.Random,
    ) -> None:
        self.share, self.cookie, self.http, self.gate = share, f"cchc={token}", http, gate
        self.report, self.chance = report, chance
        self.kind, self.tab = "counted", str(uuid.uuid4())

    async def work(self) -> None:
        """Arrive some time while everybody connects, then go on after every interruption."""
        await asyncio.sleep(self.chance.uniform(0, max(0.0, self.share.connect_until - time.time())))
        while time.time() < self.share.until:
            try:
                await self._session()
            except ConnectionEndedError:
                self.report.counts["connections lost"] += 1
                await asyncio.sleep(self.chance.uniform(0, RETRY_SECONDS))

    async def _session(self) -> None:
        person = Participant(self.share.url, cookie=self.cookie, path=PATHS[self.kind], tab=self.tab)
        async with self.gate:
            if time.time() >= self.share.until:
                return  # the line was too long
            await person.open_page(self.http, hashes=await first_hashes())
            if person.quiz["screen"] == "door" and person.quiz["door"]["button"]:
                await person.event(f"{QUIZ}.begin")
        try:
            await self._take(person)
        finally:
            self.tab = person.tab
            await person.close()

    async def _take(self, person: Participant) -> None:
        if person.quiz["screen"] == "door":
            self.kind = "practice"
            return
        while "" in person.quiz["marks"] and time.time() < self.share.until:
            await asyncio.sleep(self.chance.uniform(0.5, 1.5) * self.share.think)
            await self._answer(person)
            if self.chance.random() < RECONNECTS:
                self.report.counts["reconnected"] += 1
                return
            if self.chance.random() < self.share.hands_in:
                await self._hand_in(person)
                return
        if "" not in person.quiz["marks"]:
            await self._hand_in(person)

    async def _answer(self, person: Participant) -> None:
        question, paper = person.quiz["question"], person.quiz["paper"]
        choice, position = self.chance.randrange(len(question["options"])), question["position"]
        sent = time.perf_counter()
        await person.event(f"{QUIZ}.answer", form={"paper": paper, "position": str(position), "choice": str(choice)})
        if time.time() < self.share.measured_from:
            self.report.early.append(time.perf_counter() - sent)
        elif time.time() < self.share.until:  # afterwards everybody leaves at once
            self.report.waits.append(time.perf_counter() - sent)
        quiz = person.quiz
        if quiz.get("question", {}).get("position") != position or not quiz["feedback"]["shown"]:
            self.report.counts["refused"] += 1
            return
        self.report.saved[paper, position] = quiz["choice"]
        if "" in quiz["marks"]:
            person.next_question()

    async def _hand_in(self, person: Participant) -> None:
        receipt = person.quiz["paper"]
        await person.hand_in()
        if self.kind == "counted":
            self.report.handed_in[receipt] = time.time()
        self.report.counts[f"{self.kind} papers handed in"] += 1
        self.kind = "practice"


async def _watch(
    share: Share,
    http: aiohttp.ClientSession,
    gate: asyncio.Semaphore,
    report: Report,
    chance: random.Random,
    reads: bool,
) -> None:
    """Look at the open week's board until the time is over."""
    sizes: dict[int, float] = {}
    if reads:
        report.sizes.append(sizes)
    await asyncio.sleep(chance.uniform(0, max(0.0, share.connect_until - time.time())))
    while (left := share.until - time.time()) > 0:
        watcher = Participant(share.url, path=routes.STANDINGS)
        try:
            async with gate:
                await watcher.open_page(http, hashes=await first_hashes())
            async with asyncio.timeout(left):
                await _look(watcher, report, sizes if reads else None)
        except TimeoutError:
            pass
        except ConnectionEndedError:
            report.counts["watchers cut off"] += 1
            await asyncio.sleep(RETRY_SECONDS)
        finally:
            await watcher.close()


async def _look(watcher: Participant, report: Report, sizes: dict[int, float] | None) -> None:
    while True:
        message = await watcher.raw()
        report.board_messages += 1
        if sizes is not None and (found := SIZE.search(message)):
            sizes.setdefault(int(found[1]), time.time())


def _together(reports: Iterable[Report]) -> Report:
    whole = Report()
    for report in reports:
        whole.early += report.early
        whole.waits += report.waits
        whole.saved |= report.saved
        whole.handed_in |= report.handed_in
        whole.counts += report.counts
        whole.board_messages += report.board_messages
        whole.sizes += report.sizes
    return whole


def freshness(handed_in: Iterable[float], sizes: dict[int, float], *, before: int, stretch: Stretch) -> list[float]:
    """Seconds from each hand-in of a stretch to a watcher's message that counts it; endless for one never seen.

    Args:
        handed_in: When each was acknowledged, of the stretch or not.
        sizes: People on the board, and when the watcher first saw so many.
        before: People on the board before the first hand-in: the n-th is on it when the board has n more.
        stretch: When measuring began and ended.
    """
    ordered = sorted(sizes.items(), reverse=True)
    known = [size for size, _ in ordered]
    earliest = list(accumulate((at for _, at in ordered), min))  # to see so many people or more
    delays = []
    for needed, finished in enumerate(sorted(handed_in), before + 1):
        if stretch[0] <= finished < stretch[1]:
            enough = bisect_right(known, -needed, key=neg)
            delays.append(max(0.0, earliest[enough - 1] - finished) if enough else math.inf)
    return delays


def _print_clients(whole: Report, *, stretch: Stretch, before: int) -> None:
    seconds = stretch[1] - stretch[0]
    told = ", ".join(f"{count} {what}" for what, count in sorted(whole.counts.items()))
    print(f"clients: {len(whole.waits)} answers ({len(whole.waits) / seconds:.0f}/s); {told}")
    print(f"answer to feedback: {_percentiles(whole.waits, 1000)} ms; before, {_percentiles(whole.early, 1000)} ms")
    shown = stretch[0], stretch[1] - SHOWN_SECONDS
    fresh = [
        delay
        for seen in whole.sizes
        for delay in freshness(whole.handed_in.values(), seen, before=before, stretch=shown)
    ]
    print(
        f"board: {whole.board_messages} messages to watchers; hand-in to {len(whole.sizes)} of them: "
        f"{_percentiles([delay for delay in fresh if delay < math.inf], 1)} s, {fresh.count(math.inf)} never seen"
    )


def _percentiles(values: list[float], scale: float) -> str:
    if len(values) < 2:
        return "too few"
    cuts = statistics.quantiles(values, n=100)
    return ", ".join(f"p{p} {scale * cuts[p - 1]:.2f}" for p in (50, 95, 99)) + f", most {scale * max(values):.2f}"


def _print_promises(db: Database, whole: Report, *, board_changed: int) -> bool:
    """Hold the database against what clients were told."""
    with db.read() as session:
        attempts = {row.receipt: (row.id, row.paper, row.status) for row in session.exec(select(Attempt))}
        session.expunge_all()
        answers = {
            (attempt_id, position): option
            for attempt_id, position, option in session.exec(select(Answer.attempt_id, Answer.position, Answer.option))
        }
    ranked = _ranked(db)
    missing = different = 0
    for (receipt, position), choice in whole.saved.items():
        attempt_id, paper, _ = attempts[receipt]
        stored = answers.get((attempt_id or 0, position))
        missing += stored is None
        different += stored is not None and stored != paper[position][1][choice]
    unranked = sum(attempts[receipt][0] not in ranked for receipt in whole.handed_in)
    still_open = sum(attempts[receipt][2] == "open" for receipt in whole.handed_in)
    print(
        f"promises: {len(whole.saved)} answers acknowledged, {missing} missing, {different} changed; "
        f"{len(whole.handed_in)} counted papers acknowledged, {still_open} still open, {unranked} not on the board; "
        f"{board_changed} changes of the boards"
    )
    return not (missing or different or still_open or unranked)


def _ranked(db: Database) -> set[int]:
    """Attempts on the board of the open week."""
    now = datetime.now(UTC)
    with db.read() as session:
        periods = contest_in_force(session).rule_set.periods
        week = next(one.number for one in periods if one.opens_at <= now < one.closes_at)
        return set(session.exec(select(Standing.attempt_id).where(Standing.period_number == week)))


def _version(db: Database) -> int:
    with db.read() as session:
        return sum(session.exec(select(BoardVersion.version)))


def main() -> int:
    """Load a site and report; 1 when a promise was broken."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=200)
    arguments.add_argument("--watchers", type=int, default=0)
    arguments.add_argument("--think", type=float, default=5, help="mean seconds between a person's answers")
    arguments.add_argument("--seconds", type=float, default=60, help="after everybody has connected")
    arguments.add_argument("--ramp", type=float, default=0, help="seconds to connect in; by default 150 a second")
    arguments.add_argument("--questions", type=int, default=0, help="on a paper, a minute for each; else the contest's")
    arguments.add_argument("--database", choices=DIALECTS, default=DIALECTS[0])
    arguments.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a setting of the site")
    given = arguments.parse_args()
    kept = run(
        people=given.people,
        watchers=given.watchers,
        think=given.think,
        seconds=given.seconds,
        ramp=given.ramp or (given.people + given.watchers) / 150,
        dialect=given.database,
        questions=given.questions,
        environment=dict(chain.from_iterable([setting.split("=", 1)] for setting in given.set)),
    )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
