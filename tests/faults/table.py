"""The fault table: one part of a fleet broken after the other under people who keep answering, and what they saw.

Run as `python -m tests.faults.table`, or with names of faults. Two nodes (the second with two workers) behind a proxy,
real PostgreSQL on a small disk of its own, real Redis. Needs root (a mount) and Debian's package `faketime`.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp

from cchc_app.states.frame import FrameState
from tests.crowd import add_people
from tests.faults import breakage
from tests.faults.breakage import Broken
from tests.faults.kill import Promises, Taker, Verdict, check
from tests.fleet import Fleet, fleet
from tests.participant import QUIZ, ConnectionEndedError, Participant, in_own_loop

PEOPLE = 20
DISK_MEGABYTES = 320
BEFORE_SECONDS, AFTER_SECONDS = 3.0, 6.0
BOUND_SECONDS = 60.0
QUIET_SECONDS = 0.3
FRAME = FrameState.get_full_name()

FAULTS: dict[str, tuple[str, Callable[[Broken], Awaitable[None]]]] = {
    "worker": ("kill one worker of two", breakage.kill_one_worker),
    "redis": ("kill Redis for 5 s", breakage.kill_redis),
    "restart": ("restart PostgreSQL", breakage.restart_postgres),
    "pause": ("pause PostgreSQL for 20 s", breakage.pause_postgres),
    "disk": ("fill PostgreSQL's disk for 6 s", breakage.fill_the_disk),
    "proxy": ("cut the proxy for 5 s", breakage.cut_the_proxy),
    "clock": ("step one node's clock by +5 and -5 min", breakage.step_a_clock),
    "holder": ("kill the holder of the periodic lease", breakage.kill_the_holder),
}


@dataclass
class Seen:
    """What clients saw during one fault."""

    waits: list[float] = field(default_factory=list)  # from the first tap of an answer to its feedback, seconds
    sentences: Counter[str] = field(default_factory=Counter)
    interruptions: int = 0


class ToldTab(Participant):
    """A tab whose person notices the sentence that something failed, and tries again."""

    seen: Seen

    async def connect(self, http: aiohttp.ClientSession) -> None:
        """As a browser does; a sentence in place of the page ends the attempt."""
        self.boots = True
        await super().connect(http)
        await self._heed(self.vars)

    async def event(self, name: str, **payload: Any) -> dict[str, Any]:
        """As ever, but a sentence ends the attempt."""
        changed = await super().event(name, **payload)
        await self._heed(changed)
        return changed

    async def hand_in(self) -> dict[str, Any]:
        """As ever, and what follows it is read too: handing in brings several updates."""
        changed = await super().hand_in()
        with suppress(TimeoutError):
            while True:
                self._merge(await asyncio.wait_for(self.receive(), QUIET_SECONDS))
        return changed

    async def _heed(self, changed: dict[str, Any]) -> None:
        sentence = changed.get(FRAME, {}).get("trouble") or self._refusal(changed)
        if sentence:
            self.seen.sentences[sentence] += 1
            await self.close()
            raise ConnectionEndedError

    def _refusal(self, changed: dict[str, Any]) -> str:
        """A notice of the quiz that stands where an answer or a screen was expected."""
        quiz = changed.get(QUIZ, {})
        shown = quiz.get("feedback", {}).get("shown") or quiz.get("screen") in ("question", "door")
        return "" if shown else quiz.get("notice", "")


class Patient(Taker):
    """A person who taps again until the answer is saved; how long that took is noted."""

    seen: Seen
    began: tuple[tuple[str, str], float] = (("", ""), 0.0)

    def tab(self) -> Participant:
        """A tab that notices sentences."""
        tab = ToldTab(self.url, cookie=self.cookie)
        tab.seen = self.seen
        return tab

    async def work(self) -> None:
        """Go on after every interruption."""
        while True:
            try:
                await self._session()
                return
            except ConnectionEndedError:
                self.seen.interruptions += 1
                await asyncio.sleep(self.chance.uniform(0.1, 1.0))

    async def _send(self, person: Participant, form: dict[str, str]) -> None:
        place = (form["paper"], form["position"])
        if self.began[0] != place:
            self.began = (place, time.monotonic())
        await super()._send(person, form)
        self.seen.waits.append(time.monotonic() - self.began[1])


@dataclass
class Row:
    """One line of the table."""

    name: str
    seen: Seen
    verdict: Verdict
    notes: list[str]


def run(running: Fleet, name: str) -> Row:
    """Break one thing under new people and hold the database against what they were told."""
    title, fault = FAULTS[name]
    tokens = add_people(running.db, PEOPLE, now=datetime.now(UTC))
    promises, seen, notes = Promises(), Seen(), list[str]()

    async def storm() -> None:
        over, proxy, chance = asyncio.Event(), running.proxy(), random.Random(name)
        await proxy.start()
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
            takers = [Patient(proxy.url, one, http, promises, over, random.Random(chance.random())) for one in tokens]
            for taker in takers:
                taker.seen = seen
            working = [asyncio.create_task(taker.work()) for taker in takers]
            async with asyncio.timeout(BOUND_SECONDS):
                await asyncio.sleep(BEFORE_SECONDS)
                await fault(Broken(running, proxy, notes))
                await asyncio.sleep(AFTER_SECONDS)
                over.set()
                await asyncio.gather(*working)
        await proxy.stop()

    in_own_loop(storm())
    return Row(title, seen, check(running.db, promises), notes)


def line(row: Row) -> str:
    """A row in words."""
    verdict, seen = row.verdict, row.seen
    waits = sorted(seen.waits)
    said = "; ".join(f"“{sentence}” × {times}" for sentence, times in seen.sentences.most_common()) or "none"
    lost = verdict.missing + verdict.different + verdict.wrong_scores + verdict.wrong_standings
    lost += len(verdict.promises.broken)
    cells = (
        row.name,
        str(verdict.promised),
        str(lost),
        f"{waits[len(waits) // 2] * 1000:.0f} ms",
        f"{waits[-1]:.1f} s",
        str(seen.interruptions),
        said,
        "; ".join(row.notes),
    )
    return "| " + " | ".join(cells) + " |"


def main() -> int:
    """Break what was named, or everything; 1 when anything acknowledged was lost."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("faults", nargs="*", help=f"of {', '.join(FAULTS)}; all of them when none is named")
    names = arguments.parse_args().faults or list(FAULTS)
    print("| fault | acknowledged | lost | p50 | longest wait | interruptions | sentences | beside that |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as name, breakage.small_disk(Path(name), megabytes=DISK_MEGABYTES):
        folder = Path(name)
        second = {"CCHC_WORKERS": "2", **breakage.settable_clock(folder)}
        with fleet(folder, people=0, environments=({}, second)) as running:
            kept = [_shown(running, fault) for fault in names]
    return 0 if all(kept) else 1


def _shown(running: Fleet, fault: str) -> bool:
    """Break one thing and print what was seen; whether nothing acknowledged was lost."""
    began = time.monotonic()
    row = run(running, fault)
    print(line(row), flush=True)
    print(f"{fault}: {time.monotonic() - began:.0f} s {row.verdict.promises.broken[:3]}", file=sys.stderr)
    return row.verdict.kept


if __name__ == "__main__":
    sys.exit(main())
