"""Queries of the question bank as its editors see it: newest versions, history, locks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, collate, func, or_
from sqlmodel import Session, col, select

from cchc_app.contest.question_states import QuestionState
from cchc_app.data.tables import Contest, Question, QuestionEvent, QuestionVersion

IN_FORCE, TO_COME, OVER = "in_force", "to_come", "over"
BY_CODE, BY_TOPIC, BY_DIFFICULTY, BY_STATE, BY_CHANGE = "code", "topic", "difficulty", "state", "changed"
WAITING = "waiting"  # a filter beside the states: the newest version waits for its second person
_NEWEST = (
    select(col(QuestionVersion.question_id), func.max(QuestionVersion.version).label("version"))
    .group_by(col(QuestionVersion.question_id))
    .subquery()
)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which questions are wanted; empty and None for all.

    Args:
        pool: "main" or "practice".
        topic: Its name.
        difficulty: 1 to 3.
        state: A `QuestionState` value or `WAITING`.
        validity: `IN_FORCE`, `TO_COME` or `OVER`.
        on: The day validity is asked about.
        ids: Only these.
    """

    on: date
    pool: str = ""
    topic: str = ""
    difficulty: int | None = None
    state: str = ""
    validity: str = ""
    ids: Collection[int] | None = None


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question with its newest version."""

    question: Question
    version: QuestionVersion


def lines(
    session: Session,
    contest_id: int,
    filters: Filters,
    *,
    sort: str = BY_CODE,
    topics: Sequence[str] = (),
    descending: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> list[QuestionLine]:
    """Questions in order.

    Args:
        session: Where to read.
        contest_id: Whose bank.
        filters: Which ones.
        sort: One of the `BY_` names.
        topics: Every topic in the order of the language, for `BY_TOPIC`.
        descending: From the last to the first.
        limit: How many at most.
        offset: How many to leave out first.
    """
    code = _bytewise(session, col(Question.code))
    keys: dict[str, Any] = {
        BY_CODE: code,
        BY_TOPIC: case({topic: place for place, topic in enumerate(topics)}, value=col(Question.topic), else_=-1)
        if topics
        else code,
        BY_DIFFICULTY: col(Question.difficulty),
        BY_STATE: case(_state_order(), value=col(Question.status), else_=3),
        BY_CHANGE: col(QuestionVersion.created_at),
    }
    key = keys[sort]
    query = _chosen(select(Question, QuestionVersion), contest_id, filters)
    query = query.order_by(key.desc() if descending else key, code).limit(limit).offset(offset)
    return [QuestionLine(question, version) for question, version in session.execute(query)]


def _state_order() -> dict[str, int]:
    return {state.value: place for place, state in enumerate(QuestionState)}


def count(session: Session, contest_id: int, filters: Filters) -> int:
    """How many questions there are."""
    query = _chosen(select(func.count()).select_from(Question), contest_id, filters)
    return session.execute(query).scalar_one()


def wordings(session: Session, contest_id: int, filters: Filters) -> list[tuple[int, int, str]]:
    """Question id, id of the newest version, code: what is needed to search wordings that are known already."""
    columns = select(col(Question.id), col(QuestionVersion.id), col(Question.code))
    return [tuple(row) for row in session.execute(_chosen(columns, contest_id, filters))]


def versions_by_id(session: Session, ids: Collection[int]) -> Sequence[QuestionVersion]:
    """Versions by their ids."""
    return session.exec(select(QuestionVersion).where(col(QuestionVersion.id).in_(list(ids)))).all()


def counts_by_state(session: Session, contest_id: int) -> Mapping[str, int]:
    """How many questions are in each state, and how many wait for their second person."""
    waiting = case((_waits(), 1), else_=0)
    query = select(col(Question.status), func.count(), func.sum(waiting))
    rows = session.execute(_newest(query.select_from(Question)).where(col(Question.contest_id) == contest_id).group_by(
        col(Question.status)
    )).all()  # fmt: skip
    return {**{status: number for status, number, _ in rows}, WAITING: sum(waits or 0 for *_, waits in rows)}


def topics(session: Session, contest_id: int) -> list[str]:
    """Every topic of the bank."""
    return list(session.exec(select(Question.topic).where(Question.contest_id == contest_id).distinct()))


def codes(session: Session, contest_id: int) -> list[str]:
    """Every code of the bank."""
    return list(session.exec(select(Question.code).where(Question.contest_id == contest_id)))


def stems(session: Session, contest_id: int) -> list[tuple[str, str]]:
    """Code and newest stem of every question."""
    query = _newest(select(col(Question.code), col(QuestionVersion.stem)))
    return [tuple(row) for row in session.execute(query.where(col(Question.contest_id) == contest_id))]


def by_code(session: Session, contest_id: int, code: str) -> Question | None:
    """A question by its code."""
    return session.exec(select(Question).where(Question.contest_id == contest_id, Question.code == code)).first()


def lock(session: Session, contest_id: int, wanted: Collection[str]) -> Sequence[Question]:
    """Questions by code as they are now, locked until the transaction ends, in one order."""
    return session.exec(
        select(Question)
        .where(Question.contest_id == contest_id, col(Question.code).in_(list(wanted)))
        .order_by(col(Question.id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).all()


def lock_bank(session: Session, contest_id: int) -> None:
    """Until the transaction ends nobody else adds questions to this bank."""
    session.exec(select(Contest.id).where(Contest.id == contest_id).with_for_update(key_share=True)).one()


def versions(session: Session, question_id: int) -> Sequence[QuestionVersion]:
    """Every version of a question, newest first."""
    return session.exec(
        select(QuestionVersion)
        .where(QuestionVersion.question_id == question_id)
        .order_by(col(QuestionVersion.version).desc())
    ).all()


def newest_versions(session: Session, question_ids: Collection[int]) -> Mapping[int, QuestionVersion]:
    """The newest version by question id."""
    query = select(QuestionVersion).join(
        _NEWEST,
        and_(
            _NEWEST.c.question_id == col(QuestionVersion.question_id),
            _NEWEST.c.version == col(QuestionVersion.version),
        ),
    )
    rows = session.exec(query.where(col(QuestionVersion.question_id).in_(list(question_ids))))
    return {version.question_id: version for version in rows}


def events(session: Session, question_id: int) -> Sequence[QuestionEvent]:
    """What happened to a question, newest first."""
    return session.exec(
        select(QuestionEvent).where(QuestionEvent.question_id == question_id).order_by(col(QuestionEvent.id).desc())
    ).all()


def note(
    session: Session, question: Question, *, version: int, action: str, by: str, at: datetime, text: str = ""
) -> None:
    """Add to a question's history."""
    event = QuestionEvent(question_id=question.id or 0, version=version, action=action, by=by, at=at, note=text)
    session.add(event)


def _chosen(query: Select, contest_id: int, wanted: Filters) -> Select:
    """The rows of a query that filters let through."""
    begins, ends = col(Question.valid_from), col(Question.valid_until)
    conditions: list[ColumnElement[bool]] = [col(Question.contest_id) == contest_id]
    if wanted.pool:
        conditions.append(col(Question.pool) == wanted.pool)
    if wanted.topic:
        conditions.append(col(Question.topic) == wanted.topic)
    if wanted.difficulty is not None:
        conditions.append(col(Question.difficulty) == wanted.difficulty)
    if wanted.state:
        conditions.append(_waits() if wanted.state == WAITING else col(Question.status) == wanted.state)
    if wanted.validity:
        conditions.append(
            {
                TO_COME: begins > wanted.on,
                OVER: ends < wanted.on,
                IN_FORCE: and_(
                    or_(begins.is_(None), begins <= wanted.on), or_(ends.is_(None), ends >= wanted.on)
                ),
            }[wanted.validity]
        )  # fmt: skip
    if wanted.ids is not None:
        conditions.append(col(Question.id).in_(list(wanted.ids)))
    return _newest(query).where(*conditions)


def _newest(query: Select) -> Select:
    return query.join(_NEWEST, _NEWEST.c.question_id == col(Question.id)).join(
        QuestionVersion,
        and_(
            col(QuestionVersion.question_id) == col(Question.id),
            col(QuestionVersion.version) == _NEWEST.c.version,
        ),
    )


def _waits() -> ColumnElement[bool]:
    return and_(
        col(Question.status) != QuestionState.RETIRED.value,
        func.coalesce(col(Question.approved_version), 0) != col(QuestionVersion.version),
    )


def _bytewise(session: Session, column: Any) -> Any:
    """Compared by code points on both databases."""
    return collate(column, "C") if session.get_bind().dialect.name == "postgresql" else column
