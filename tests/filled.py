"""Many people, papers and answers at once: rows as the services write them, drawn by chance, the same for a seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import Connection
from sqlmodel import col, select

from cchc_app.contest.ranking import Entry, rank_key
from cchc_app.contest.text import fold
from cchc_app.contest.timing import to_millis
from cchc_app.data.engine import Database
from cchc_app.data.tables import (
    OVERALL,
    Answer,
    Attempt,
    Participant,
    Question,
    QuestionVersion,
    RuleSetVersion,
    Standing,
    Unit,
    UnitHeadcount,
)
from cchc_app.data.units import ALWAYS
from tests.factories import NOW, MadeContest

CHUNK = 2_000  # people
BLOCS = ("cap_xa", "so_nganh", "su_nghiep")


@dataclass(frozen=True)
class Filling:
    """How much there is to be: every person takes a paper in each of the weeks."""

    people: int
    weeks: tuple[int, ...] = (1, 2)
    size: int = 4  # questions of a paper
    seed: int = 1
    unanswered: float = 0.05
    expired: float = 0.1


def more_units(db: Database, contest: MadeContest, count: int) -> MadeContest:
    """The same contest with so many units in three blocs, each with its headcount."""
    first = len(contest.unit_ids)
    with db.write() as session:
        units = [
            Unit(
                contest_id=contest.contest_id,
                code=f"U{n}",
                name=f"UBND xã Đồng Bằng {n:03}",
                bloc=BLOCS[n * len(BLOCS) // count],
                search_key=f"ubnd xa dong bang {n:03}",
                position=n,
            )
            for n in range(first, count)
        ]
        session.add_all(units)
        session.flush()
        session.add_all(
            UnitHeadcount(
                unit_id=unit.id or 0,
                effective_from=ALWAYS,
                headcount=800,
                source="synthetic",
                set_by="preset",
                set_at=NOW,
            )
            for unit in units
        )
        ids = tuple(unit.id or 0 for unit in units)
    return MadeContest(contest.contest_id, contest.rule_set, contest.unit_ids + ids, contest.period_ids)


def more_questions(db: Database, contest: MadeContest, count: int) -> None:
    """So many questions in the main pool."""
    with db.write() as session:
        for n in range(12, count):
            question = Question(
                contest_id=contest.contest_id,
                code=f"Q{n:03}",
                pool="main",
                topic="AB"[n % 2],
                difficulty=1 + n % 3,
                approved_version=1,
            )
            session.add(question)
            session.flush()
            session.add(
                QuestionVersion(
                    question_id=question.id or 0,
                    version=1,
                    stem=f"Câu hỏi {n}",
                    options=[f"Phương án {letter}" for letter in "abcd"],
                    key=[n % 4],
                    explanation="",
                    legal_basis="",
                    confidence="high",
                    created_at=NOW,
                )
            )


def fill(db: Database, contest: MadeContest, filling: Filling) -> None:
    """Write it, a chunk of people in each transaction, then let the planner know."""
    with db.read() as session:
        rule_set_id = session.exec(select(RuleSetVersion.id)).one() or 0
        rows = session.exec(
            select(QuestionVersion.id, QuestionVersion.key)
            .join(Question, col(Question.id) == QuestionVersion.question_id)
            .where(Question.pool == "main")
            .order_by(col(QuestionVersion.id))
        )
        keys = {version_id or 0: key[0] for version_id, key in rows}
        first = 1 + (session.exec(select(sqlalchemy.func.max(Participant.id))).one() or 0)
        first_paper = 1 + (session.exec(select(sqlalchemy.func.max(Attempt.id))).one() or 0)
    maker = _Maker(contest, filling, keys, rule_set_id, random.Random(filling.seed), first_paper)
    for start in range(first, first + filling.people, CHUNK):
        people = range(start, min(start + CHUNK, first + filling.people))
        with db.connection() as connection:
            for table, made in maker.rows(people).items():
                write(connection, table, made)
    tidy(db)


def write(connection: Connection, table: type[Any], rows: Sequence[dict[str, Any]]) -> None:
    """Insert in bulk: COPY on PostgreSQL, one prepared statement on SQLite."""
    if not rows:
        return
    names = list(rows[0])
    types = {name: table.__table__.c[name].type for name in names}
    binders = [types[name].dialect_impl(connection.dialect).bind_processor(connection.dialect) for name in names]
    values = (
        tuple(bind(row[name]) if bind else row[name] for name, bind in zip(names, binders, strict=True)) for row in rows
    )
    raw = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        with raw.cursor().copy(f"COPY {table.__tablename__} ({', '.join(names)}) FROM STDIN") as copy:
            for value in values:
                copy.write_row(value)
        return
    marks = ", ".join("?" * len(names))
    raw.executemany(f"INSERT INTO {table.__tablename__} ({', '.join(names)}) VALUES ({marks})", list(values))


def tidy(db: Database) -> None:
    """Statistics for the planner; sequences after the ids that were given."""
    with db.engine.connect() as connection:
        free = connection.execution_options(isolation_level="AUTOCOMMIT")
        if db.dialect == "postgresql":
            for name in ("participant", "attempt"):
                free.execute(
                    sqlalchemy.text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}")
                )
        free.execute(sqlalchemy.text("VACUUM ANALYZE" if db.dialect == "postgresql" else "ANALYZE"))


class _Maker:
    def __init__(
        self,
        contest: MadeContest,
        filling: Filling,
        keys: dict[int, int],
        rule_set_id: int,
        chance: random.Random,
        first_paper: int,
    ) -> None:
        self.contest, self.filling, self.keys, self.rule_set_id = contest, filling, keys, rule_set_id
        self.chance, self.paper_id = chance, first_paper
        self.versions = list(keys)
        # How easy each question is, and which wrong option people fall for.
        self.ease = {version: chance.uniform(-1.5, 1.5) for version in self.versions}

    def rows(self, people: Sequence[int]) -> dict[type[Any], list[dict[str, Any]]]:
        made: dict[type[Any], list[dict[str, Any]]] = {Participant: [], Attempt: [], Answer: [], Standing: []}
        for n in people:
            made[Participant].append(self._person(n))
            skill = self.chance.gauss(0.5, 1)
            papers = [self._paper(n, week, skill, made[Answer]) for week in self.filling.weeks]
            made[Attempt] += papers
            made[Standing] += self._standings(n, papers)
        return made

    def _unit(self, n: int) -> int:
        # Half of the people are in a few large units, and the last unit stays empty.
        units = self.contest.unit_ids
        return units[(n * n + n // 3) % max(1, len(units) - 1)]

    def _person(self, n: int) -> dict[str, Any]:
        name = f"Nguyễn Văn {n}"
        return {
            "id": n,
            "contest_id": self.contest.contest_id,
            "unit_id": self._unit(n),
            "full_name": name,
            "search_key": fold(name),
            "sort_key": fold(name),
            "birth_date": date(1985, 1, 1),
            "citizen_id": "0",
            "citizen_id_index": f"filled-{n}",
            "citizen_id_masked": f"031•••••{n % 10_000:04}",
            "identity_normalised": True,
            "blocked": False,
            "ranked": True,
            "disqualified": False,
            "synthetic": True,
            "extra_time_ms": 0,
            "created_at": NOW - timedelta(hours=n % 400),
        }

    def _paper(self, n: int, week: int, skill: float, answers: list[dict[str, Any]]) -> dict[str, Any]:
        chance, filling = self.chance, self.filling
        began = self._beginning(week)
        drawn = chance.sample(self.versions, filling.size)
        self.paper_id += 1
        at, correct = began, 0
        for position, version in enumerate(drawn):
            if chance.random() < filling.unanswered:
                continue
            at += timedelta(milliseconds=int(1_000 + chance.expovariate(1 / 14_000)))
            right = chance.gauss(skill + self.ease[version], 1) > 0
            key = self.keys[version]
            option = key if right else (key + chance.choice((1, 1, 2, 3))) % 4
            correct += right
            answers.append(
                {
                    "attempt_id": self.paper_id,
                    "position": position,
                    "option": option,
                    "correct": right,
                    "final": True,
                    "answered_at": at,
                }
            )
        ended = at + timedelta(seconds=2)
        return {
            "id": self.paper_id,
            "participant_id": n,
            "period_id": self.contest.period_ids[week],
            "rule_set_id": self.rule_set_id,
            "kind": "counted",
            "number": 1,
            "receipt": f"F-{week}-{self.paper_id}",
            "seed": "",
            "paper": [[version, [2, 0, 3, 1]] for version in drawn],
            "feedback": "immediate",
            "status": "expired" if chance.random() < filling.expired else "submitted",
            "started_at": began,
            "deadline_at": began + timedelta(minutes=20),
            "grace_ms": 3_000,
            "extra_time_ms": 0,
            "finished_at": ended,
            "time_used_ms": to_millis(ended) - to_millis(began),
            "correct": correct,
            "points": correct,
        }

    def _beginning(self, week: int) -> datetime:
        period = self.contest.rule_set.periods[week - 1]
        latest = min(period.closes_at, max(NOW, period.opens_at + timedelta(days=3))) - timedelta(minutes=30)
        return period.opens_at + timedelta(
            milliseconds=self.chance.randrange((latest - period.opens_at) // timedelta(milliseconds=1))
        )

    def _standings(self, n: int, papers: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        chain = self.contest.rule_set.quiz.tie_break
        numbers = [*self.filling.weeks, OVERALL]
        for number, counted in zip(numbers, [*([paper] for paper in papers), list(papers)], strict=True):
            points = sum(paper["points"] for paper in counted)
            used = sum(paper["time_used_ms"] for paper in counted)
            last = max(counted, key=lambda paper: paper["finished_at"])
            entry = Entry(attempt_id=last["id"], points=points, time_used_ms=used, finished_at=last["finished_at"])
            yield {
                "contest_id": self.contest.contest_id,
                "period_number": number,
                "participant_id": n,
                "unit_id": self._unit(n),
                "attempt_id": last["id"],
                "attempts": len(counted),
                "points": points,
                "correct": points,
                "total": self.filling.size * len(counted),
                "time_used_ms": used,
                "finished_at": last["finished_at"],
                "rank_key": rank_key(entry=entry, chain=chain),
            }
