"""One question of the bank with its versions and its history."""

from dataclasses import dataclass
from datetime import date, datetime

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.question_states import QuestionDeed, QuestionState, waits
from cchc_app.data import question_bank as rows
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import QuestionVersion
from cchc_app.services.question_bank import sorted_topics
from cchc_app.services.staff_sessions import reading


@dataclass(frozen=True, slots=True)
class VersionDetail:
    """One wording."""

    number: int
    stem: str
    options: tuple[str, ...]
    key: tuple[int, ...]
    explanation: str
    legal_basis: str
    written_by: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class EventDetail:
    """Something that happened to a question."""

    deed: QuestionDeed
    version: int
    by: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class QuestionDetail:
    """Everything about a question.

    Attributes:
        versions: Newest first.
        events: Newest first; what a preset brought has none.
        topics: Those of the whole bank, to choose from.
    """

    code: str
    revision: int
    pool: str
    topic: str
    difficulty: int
    state: QuestionState
    waits: bool
    approved_version: int | None
    valid_from: date | None
    valid_until: date | None
    versions: tuple[VersionDetail, ...]
    events: tuple[EventDetail, ...]
    topics: tuple[str, ...]


def question_detail(db: Database, *, actor: str, code: str) -> QuestionDetail:
    """A question with its versions and its history.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, QUESTION_UNKNOWN.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_QUESTIONS)
        contest_id = contest_in_force(session).contest_id
        question = rows.by_code(session, contest_id, code)
        if question is None:
            raise ContestError(ErrorCode.QUESTION_UNKNOWN)
        versions = rows.versions(session, question.id or 0)
        events = rows.events(session, question.id or 0)
        topics = sorted_topics(session, contest_id)
    state = QuestionState(question.status)
    return QuestionDetail(
        code=question.code,
        revision=question.revision,
        pool=question.pool,
        topic=question.topic,
        difficulty=question.difficulty,
        state=state,
        waits=waits(state=state, newest=versions[0].version, approved=question.approved_version),
        approved_version=question.approved_version,
        valid_from=question.valid_from,
        valid_until=question.valid_until,
        versions=tuple(_version(version) for version in versions),
        events=tuple(EventDetail(QuestionDeed(one.action), one.version, one.by, one.at, one.note) for one in events),
        topics=tuple(topics),
    )


def bank_topics(db: Database, *, actor: str) -> tuple[str, ...]:
    """The topics to choose from for a new question.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.EDIT_QUESTIONS)
        return tuple(sorted_topics(session, contest_in_force(session).contest_id))


def _version(version: QuestionVersion) -> VersionDetail:
    return VersionDetail(
        number=version.version,
        stem=version.stem,
        options=tuple(version.options),
        key=tuple(sorted(version.key)),
        explanation=version.explanation,
        legal_basis=version.legal_basis,
        written_by=version.written_by,
        written_at=version.created_at,
    )
