"""A small real contest for tests: one call, real rows, no mocks."""

import itertools
import random
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import Row, func
from sqlmodel import SQLModel, col, select

from cchc_app.contest.collective import CollectiveRules
from cchc_app.contest.judging import Aggregation, Criterion, JudgingRules
from cchc_app.contest.prize_rules import PrizeKind, PrizeQuota, PrizeRules
from cchc_app.contest.ranking import Entry, rank_key
from cchc_app.contest.regulations import (
    BlueprintLine,
    CountedAttempt,
    FeedbackMode,
    PeriodRules,
    QuizRules,
    RuleSet,
    SloganRules,
    TieBreak,
    digest,
    to_json,
)
from cchc_app.contest.text import fold
from cchc_app.data.crypto import keyring, new_token, token_hash
from cchc_app.data.engine import Database
from cchc_app.data.privacy import PARTICIPATION
from cchc_app.data.quiz import COUNTED, SUBMITTED, lock_participant
from cchc_app.data.standings import record_finish
from cchc_app.data.tables import (
    OVERALL,
    Attempt,
    AuthSession,
    BoardVersion,
    Consent,
    Contest,
    Participant,
    Period,
    Question,
    QuestionVersion,
    RuleSetVersion,
    Standing,
    Unit,
    UnitHeadcount,
)
from cchc_app.data.unit_totals import recount
from cchc_app.data.units import ALWAYS
from cchc_app.texts.privacy import VERSION

# A Wednesday noon in Hải Phòng, inside week 2 of the contest that `make_contest` lays around it.
NOW = datetime(2026, 3, 11, 5, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
MINUTE_MS = 60_000
DEFAULT_CHAIN = (TieBreak.SCORE, TieBreak.TIME_USED, TieBreak.FINISHED_AT, TieBreak.ATTEMPT_ID)
JUDGING = JudgingRules(
    criteria=(Criterion("spirit", "Spirit", 3, ("off", "near", "on")), Criterion("form", "Form", 1, ("bad", "good"))),
    lowest=0,
    highest=10,
    judges_per_slogan=2,
    aggregation=Aggregation.MEAN,
    spread_alert=3,
)
COLLECTIVE = CollectiveRules(weight_participation=1, weight_score=1, minimum_participants=1, minimum_rate=0)
PRIZES = PrizeRules(
    quotas=(
        *(
            PrizeQuota(code=f"week_{n}", title=f"Week {n}", kind=PrizeKind.INDIVIDUAL, period=n, bloc=None, count=1)
            for n in range(1, 5)
        ),
        PrizeQuota(code="unit", title="Unit", kind=PrizeKind.UNIT, period=None, bloc="cap_xa", count=1),
        PrizeQuota(code="slogan", title="Slogan", kind=PrizeKind.SLOGAN, period=None, bloc=None, count=1),
    ),
    one_per_person=True,
    normalised_identity_only=True,
    minimum_periods=1,
)
_serial = itertools.count(1)


@dataclass(frozen=True)
class MadeContest:
    """What a test needs to know of the contest it asked for."""

    contest_id: int
    rule_set: RuleSet
    unit_ids: tuple[int, ...]
    period_ids: dict[int, int]


@dataclass(frozen=True)
class Person:
    """A participant with a signed-in browser."""

    id: int
    unit_id: int
    name: str
    token: str

    @property
    def token_hash(self) -> str:
        """What the database stores of the session token."""
        return token_hash(self.token)


def rules(**quiz_changes: object) -> RuleSet:
    """Four weeks around NOW, four questions in ten minutes, one attempt; any QuizRules field can be changed."""
    monday = datetime(2026, 3, 1, 17, 0, tzinfo=UTC)  # Monday 2 March, 00:00 in Hải Phòng
    quiz = QuizRules(
        blueprint=(BlueprintLine(count=2, topic="A"), BlueprintLine(count=2)),
        duration_ms=10 * MINUTE_MS,
        grace_ms=3_000,
        attempts_allowed=1,
        counted_attempt=CountedAttempt.BEST,
        points_per_question=1,
        tie_break=DEFAULT_CHAIN,
    )
    periods = tuple(
        PeriodRules(number=n, opens_at=monday + (n - 1) * WEEK, closes_at=monday + n * WEEK) for n in range(1, 5)
    )
    return RuleSet(
        version=1,
        note="",
        quiz=replace(quiz, **quiz_changes),
        periods=periods,
        slogan=SloganRules(min_words=10, max_words=20, explanation_max_words=300, closes_at=monday + 2 * WEEK),
        judging=JUDGING,
        collective=COLLECTIVE,
        prizes=PRIZES,
    )


def rules_around(now: datetime, **quiz_changes: object) -> RuleSet:
    """The same rules with week 2 open since two days at `now`: for what reads the server's own clock."""
    opening = now.replace(microsecond=0) - WEEK - timedelta(days=2)
    rule_set = rules(**quiz_changes)
    periods = tuple(
        replace(period, opens_at=opening + n * WEEK, closes_at=opening + (n + 1) * WEEK)
        for n, period in enumerate(rule_set.periods)
    )
    return replace(rule_set, periods=periods)


def with_feedback(rule_set: RuleSet, feedback: FeedbackMode) -> RuleSet:
    """The same rules with another feedback mode in every week."""
    return replace(rule_set, periods=tuple(replace(period, feedback=feedback) for period in rule_set.periods))


def make_contest(db: Database, rule_set: RuleSet | None = None) -> MadeContest:
    """A contest with two units, twelve questions and six practice questions."""
    rule_set = rule_set or rules()
    with db.write() as session:
        contest = Contest(slug="test", code="T26", title="Test", short_title="Test", content={}, created_at=NOW)
        session.add(contest)
        session.flush()
        contest_id = contest.id or 0
        session.add(
            RuleSetVersion(
                contest_id=contest_id,
                version=rule_set.version,
                digest=digest(rule_set),
                body=to_json(rule_set),
                published_at=NOW - 4 * WEEK,
            )
        )
        session.add(BoardVersion(contest_id=contest_id))
        periods = [
            Period(contest_id=contest_id, number=p.number, opens_at=p.opens_at, closes_at=p.closes_at)
            for p in rule_set.periods
        ]
        units = [
            Unit(
                contest_id=contest_id,
                code=f"U{n}",
                name=name,
                bloc="cap_xa",
                search_key=key,
                position=n,
            )
            for n, (name, key) in enumerate([("UBND phường Lê Chân", "ubnd phuong le chan"), ("Sở Y tế", "so y te")])
        ]
        session.add_all([*periods, *units])
        session.flush()
        session.add_all(
            UnitHeadcount(
                unit_id=unit.id or 0,
                effective_from=ALWAYS,
                headcount=50,
                source="synthetic",
                set_by="preset",
                set_at=NOW,
            )
            for unit in units
        )
        for n in range(12):
            _add_question(session, contest_id, f"Q{n:03}", "main", "AB"[n % 2], n)
        for n in range(6):
            _add_question(session, contest_id, f"P{n:03}", "practice", "A", n)
        session.flush()
        return MadeContest(
            contest_id=contest_id,
            rule_set=rule_set,
            unit_ids=tuple(unit.id or 0 for unit in units),
            period_ids={period.number: period.id or 0 for period in periods},
        )


def _add_question(session, contest_id: int, code: str, pool: str, topic: str, n: int) -> None:
    question = Question(
        contest_id=contest_id, code=code, pool=pool, topic=topic, difficulty=1 + n % 3, approved_version=1
    )
    session.add(question)
    session.flush()
    session.add(
        QuestionVersion(
            question_id=question.id,
            version=1,
            stem=f"{code} stem",
            options=[f"{code} option {letter}" for letter in "abcd"],
            key=[n % 4],
            explanation=f"{code} explanation",
            legal_basis=f"{code} law",
            confidence="high",
            created_at=NOW,
        )
    )


def make_person(
    db: Database,
    contest: MadeContest,
    *,
    name: str = "",
    unit: int = 0,
    now: datetime = NOW,
    agrees: bool = True,
    **fields: object,
) -> Person:
    """A registered participant with a live session, who agrees to the privacy notice."""
    n = next(_serial)
    number = f"0310850{n:05}"
    full_name = name or f"Nguyễn Văn {n}"
    token = new_token()
    with db.write() as session:
        values: dict[str, Any] = {
            "contest_id": contest.contest_id,
            "unit_id": contest.unit_ids[unit],
            "full_name": full_name,
            "search_key": fold(full_name),
            "sort_key": full_name.lower(),
            "birth_date": date(1985, 1, 1),
            "citizen_id": number,
            "citizen_id_index": keyring().blind_index(number),
            "citizen_id_masked": "031•••••••00",
            "created_at": now,
        }
        participant = Participant(**(values | fields))
        session.add(participant)
        session.flush()
        person_id = participant.id or 0
        if agrees:
            session.add(Consent(participant_id=person_id, purpose=PARTICIPATION, version=VERSION, given_at=now))
        session.add(
            AuthSession(
                token_hash=token_hash(token),
                participant_id=person_id,
                created_at=now,
                last_seen_at=now,
                idle_expires_at=now + timedelta(days=90),
                expires_at=now + timedelta(days=90),
            )
        )
    return Person(id=person_id, unit_id=contest.unit_ids[unit], name=full_name, token=token)


def every_row(db: Database, *, without: str = "") -> dict[str, list[Row]]:
    """The whole database, table by table, to be compared with itself later."""
    with db.engine.connect() as connection:
        return {
            name: sorted(connection.execute(table.select()).all(), key=repr)
            for name, table in SQLModel.metadata.tables.items()
            if name != without
        }


def finish_paper(
    db: Database,
    contest: MadeContest,
    person: Person,
    *,
    week: int = 2,
    correct: int = 0,
    used_ms: int = MINUTE_MS,
    started_at: datetime | None = None,
    prediction: int | None = None,
    number: int = 1,
) -> str:
    """A closed paper with a chosen result, on the boards the way a real one gets there; returns its receipt."""
    period = contest.rule_set.periods[week - 1]
    began = started_at or period.opens_at
    with db.write() as session:
        participant = lock_participant(session, person.id)
        attempt = Attempt(
            participant_id=person.id,
            period_id=contest.period_ids[week],
            rule_set_id=session.exec(select(RuleSetVersion.id)).one() or 0,
            kind=COUNTED,
            number=number,
            receipt=f"T26-W{week}-{next(_serial):06}",
            seed="",
            paper=[[0, [0, 1, 2, 3]]] * 4,
            feedback=period.feedback,
            status=SUBMITTED,
            started_at=began,
            deadline_at=began + timedelta(minutes=10),
            grace_ms=0,
            finished_at=began + timedelta(milliseconds=used_ms),
            time_used_ms=used_ms,
            correct=correct,
            points=correct,
            prediction=prediction,
        )
        session.add(attempt)
        session.flush()
        record_finish(
            session,
            attempt=attempt,
            participant=participant,
            contest_id=contest.contest_id,
            period_number=week,
            rule_set=contest.rule_set,
            now=attempt.finished_at or began,
        )
        return attempt.receipt


def fill_boards(db: Database, contest: MadeContest, *, people: int, seed: int = 1) -> None:
    """People with results on the boards of week 2 and overall, written in bulk; the planner knows how many.

    Half of them have everything right, as in the contests this one has to compare with. All rows refer to one attempt.
    """
    rng = random.Random(seed)
    attempt_of = finish_paper(db, contest, make_person(db, contest), correct=0, used_ms=9 * MINUTE_MS)
    with db.connection() as connection:
        attempt_id = connection.execute(
            sqlalchemy.select(Attempt.id).where(col(Attempt.receipt) == attempt_of)
        ).scalar_one()
        first = 1 + (connection.execute(sqlalchemy.select(func.max(Participant.id))).scalar_one() or 0)
        ids = range(first, first + people - 1)
        for start in range(0, len(ids), 5000):
            chunk = ids[start : start + 5000]
            connection.execute(sqlalchemy.insert(Participant), [_bulk_person(contest, n) for n in chunk])
            rows = [_bulk_standing(contest, n, attempt_id, rng) for n in chunk]
            for number in (2, OVERALL):
                connection.execute(sqlalchemy.insert(Standing), [{**row, "period_number": number} for row in rows])
    with db.write() as session:
        recount(session, contest.contest_id)
    with db.engine.connect() as connection:
        statement = "VACUUM ANALYZE" if db.dialect == "postgresql" else "ANALYZE"
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(sqlalchemy.text(statement))


def _bulk_person(contest: MadeContest, n: int) -> dict[str, object]:
    name = f"Nguyễn Văn {n}"
    return {
        "id": n,
        "contest_id": contest.contest_id,
        "unit_id": contest.unit_ids[n % len(contest.unit_ids)],
        "full_name": name,
        "search_key": fold(name),
        "sort_key": fold(name),
        "birth_date": date(1985, 1, 1),
        "citizen_id": "0",
        "citizen_id_index": str(n),
        "citizen_id_masked": "",
        "identity_normalised": True,
        "blocked": False,
        "ranked": True,
        "synthetic": True,
        "extra_time_ms": 0,
        "created_at": NOW,
    }


def _bulk_standing(contest: MadeContest, n: int, attempt_id: int, rng: random.Random) -> dict[str, object]:
    correct, used_ms = rng.choice((4, 4, 4, 3, 2, 1)), rng.randrange(60_000, 600_000)
    finished_at = NOW + timedelta(milliseconds=rng.randrange(10**8))
    entry = Entry(attempt_id=n, points=correct, time_used_ms=used_ms, finished_at=finished_at)
    return {
        "contest_id": contest.contest_id,
        "participant_id": n,
        "unit_id": contest.unit_ids[n % len(contest.unit_ids)],
        "attempt_id": attempt_id,
        "attempts": 1,
        "points": correct,
        "correct": correct,
        "total": 4,
        "time_used_ms": used_ms,
        "finished_at": finished_at,
        "rank_key": rank_key(entry=entry, chain=contest.rule_set.quiz.tie_break),
    }
