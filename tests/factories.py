"""A small real contest for tests: one call, real rows, no mocks."""

import itertools
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Row
from sqlmodel import SQLModel

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
from cchc_app.data.crypto import keyring, new_token, token_hash
from cchc_app.data.engine import Database
from cchc_app.data.tables import (
    AuthSession,
    BoardVersion,
    Contest,
    Participant,
    Period,
    Question,
    QuestionVersion,
    RuleSetVersion,
    Unit,
)

# A Wednesday noon in Hải Phòng, inside week 2 of the contest that `make_contest` lays around it.
NOW = datetime(2026, 3, 11, 5, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
MINUTE_MS = 60_000
DEFAULT_CHAIN = (TieBreak.SCORE, TieBreak.TIME_USED, TieBreak.FINISHED_AT, TieBreak.ATTEMPT_ID)
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
    )


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
                headcount=50,
                headcount_source="synthetic",
            )
            for n, (name, key) in enumerate([("UBND phường Lê Chân", "ubnd phuong le chan"), ("Sở Y tế", "so y te")])
        ]
        session.add_all([*periods, *units])
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
    question = Question(contest_id=contest_id, code=code, pool=pool, topic=topic, difficulty=1 + n % 3)
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
    db: Database, contest: MadeContest, *, name: str = "", unit: int = 0, now: datetime = NOW, **fields: object
) -> Person:
    """A registered participant with a live session."""
    n = next(_serial)
    number = f"0310850{n:05}"
    full_name = name or f"Nguyễn Văn {n}"
    token = new_token()
    with db.write() as session:
        participant = Participant(
            contest_id=contest.contest_id,
            unit_id=contest.unit_ids[unit],
            full_name=full_name,
            search_key=full_name.lower(),
            sort_key=full_name.lower(),
            birth_date=date(1985, 1, 1),
            citizen_id=number,
            citizen_id_index=keyring().blind_index(number),
            citizen_id_masked="031•••••••00",
            created_at=now,
            **fields,
        )
        session.add(participant)
        session.flush()
        person_id = participant.id or 0
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
