"""Writing a whole new contest: its row, rules, periods, units and questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select

from cchc_app.contest.regulations import RuleSet, digest, to_json
from cchc_app.contest.text import fold
from cchc_app.data.tables import (
    Announcement,
    BoardVersion,
    Contest,
    Period,
    Question,
    QuestionVersion,
    RuleSetVersion,
    Unit,
    UnitHeadcount,
)
from cchc_app.data.units import ALWAYS

PRESET = "preset"  # who set what a preset brings


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be; `also_known_as` is found by search and never shown."""

    code: str
    name: str
    also_known_as: str
    bloc: str
    headcount: int
    headcount_source: str


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question to be, with its first wording; `key` counts options from 0."""

    code: str
    pool: str
    topic: str
    difficulty: int
    stem: str
    options: tuple[str, ...]
    key: int
    explanation: str
    legal_basis: str
    confidence: str


@dataclass(frozen=True, slots=True)
class NewContest:
    """A whole contest to be; units and questions in their official order."""

    slug: str
    code: str
    title: str
    short_title: str
    content: Mapping[str, Any]
    rule_set: RuleSet
    units: Sequence[NewUnit]
    questions: Sequence[NewQuestion]


@dataclass(frozen=True, slots=True)
class KnownContest:
    """The contest a database already holds."""

    slug: str
    title: str


def lock_contests(session: Session) -> KnownContest | None:
    """The newest contest, if any; until the transaction ends nobody else sets one up.

    SQLite's write transactions exclude each other already.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("LOCK TABLE contest IN SHARE ROW EXCLUSIVE MODE"))
    row = session.exec(select(Contest).order_by(col(Contest.id).desc()).limit(1)).first()
    return None if row is None else KnownContest(row.slug, row.title)


def add_contest(session: Session, new: NewContest, *, now: datetime) -> None:
    """Insert everything a contest needs before its first visitor."""
    contest = Contest(
        slug=new.slug,
        code=new.code,
        title=new.title,
        short_title=new.short_title,
        content={name: value for name, value in new.content.items() if name != "news"},
        created_at=now,
    )
    session.add(contest)
    session.flush()
    contest_id = contest.id or 0
    session.add(BoardVersion(contest_id=contest_id))
    _add_rules(session, contest_id, new.rule_set, now=now)
    _add_news(session, contest_id, new.content.get("news", []), now=now)
    _add_units(session, contest_id, new.units, now=now)
    _add_questions(session, contest_id, new.questions, now=now)


def _add_rules(session: Session, contest_id: int, rule_set: RuleSet, *, now: datetime) -> None:
    session.add(
        RuleSetVersion(
            contest_id=contest_id,
            version=rule_set.version,
            digest=digest(rule_set),
            body=to_json(rule_set),
            published_at=now,
        )
    )
    session.add_all(
        Period(contest_id=contest_id, number=period.number, opens_at=period.opens_at, closes_at=period.closes_at)
        for period in rule_set.periods
    )


def _add_news(session: Session, contest_id: int, news: Sequence[Mapping[str, str]], *, now: datetime) -> None:
    """News a preset brings, shown at once, the first on top."""
    for entry in reversed(news):
        session.add(
            Announcement(
                contest_id=contest_id,
                title=entry["title"],
                body=entry["detail"],
                pinned=False,
                starts_at=now,
                revision=1,
                written_by=PRESET,
                written_at=now,
            )
        )
        session.flush()


def _add_units(session: Session, contest_id: int, units: Sequence[NewUnit], *, now: datetime) -> None:
    rows = [
        Unit(
            contest_id=contest_id,
            code=unit.code,
            name=unit.name,
            bloc=unit.bloc,
            search_key=fold(f"{unit.name} {unit.also_known_as}"),
            position=position,
        )
        for position, unit in enumerate(units, 1)
    ]
    session.add_all(rows)
    session.flush()
    session.add_all(
        UnitHeadcount(
            unit_id=row.id or 0,
            effective_from=ALWAYS,
            headcount=unit.headcount,
            source=unit.headcount_source,
            set_by=PRESET,
            set_at=now,
        )
        for row, unit in zip(rows, units, strict=True)
    )


def _add_questions(session: Session, contest_id: int, questions: Sequence[NewQuestion], *, now: datetime) -> None:
    rows = [
        Question(
            contest_id=contest_id,
            code=new.code,
            pool=new.pool,
            topic=new.topic,
            difficulty=new.difficulty,
            approved_version=1,
        )
        for new in questions
    ]
    session.add_all(rows)
    session.flush()
    session.add_all(
        QuestionVersion(
            question_id=row.id or 0,
            version=1,
            stem=new.stem,
            options=list(new.options),
            key=[new.key],
            explanation=new.explanation,
            legal_basis=new.legal_basis,
            confidence=new.confidence,
            created_at=now,
        )
        for row, new in zip(rows, questions, strict=True)
    )
