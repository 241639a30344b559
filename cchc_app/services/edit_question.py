"""Questions written: every wording is a new version, never over an old one."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from sqlmodel import Session

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.question_states import QuestionDeed, QuestionState
from cchc_app.contest.staffing import Action
from cchc_app.data import audit
from cchc_app.data import question_bank as rows
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import Question, QuestionVersion
from cchc_app.routes import IMPORTS, NEW_QUESTION
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.question_files import Column, ParsedQuestion
from cchc_app.services.question_files.single import TypedQuestion, judge
from cchc_app.services.read_question import QuestionDetail, question_detail
from cchc_app.services.staff_sessions import acting

# Codes that pages under the bank's address are called.
RESERVED_CODES = frozenset({NEW_QUESTION, IMPORTS})
CODE_LETTERS = {"main": "Q", "practice": "P"}
CODE_DIGITS = 3


def add_question(db: Database, *, actor: str, typed: TypedQuestion, now: datetime) -> str:
    """Write a new question, a draft; its code.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
        FieldErrors: What is wrong with the form, by `Column`.
    """
    wanted = _sound(typed)
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.EDIT_QUESTIONS)
        contest_id = contest_in_force(session).contest_id
        rows.lock_bank(session, contest_id)
        taken = rows.codes(session, contest_id)
        if is_taken(wanted.code, taken):
            raise FieldErrors({Column.CODE: ContestError(ErrorCode.QUESTION_CODE_TAKEN)})
        code = wanted.code or next(free_codes(wanted.pool, taken))
        question = new_question(contest_id, code, wanted)
        session.add(question)
        session.flush()
        _write(session, question, 1, wanted, actor, now)
        session.flush()
        _log(session, actor, code, {}, {"version": 1}, now)
    return code


def save_question(
    db: Database, *, actor: str, code: str, revision: int, typed: TypedQuestion, now: datetime
) -> QuestionDetail:
    """Keep what was typed into a question's form.

    Another wording is a new version and waits for its second person. Another pool does so as well, and the question is
    no longer drawn until then: a practice question has been seen by everybody. Topic, difficulty and validity count
    at once.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, QUESTION_UNKNOWN, QUESTION_CHANGED.
        FieldErrors: What is wrong with the form, by `Column`.
    """
    wanted = _sound(typed)
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.EDIT_QUESTIONS)
        question = next(iter(rows.lock(session, contest_in_force(session).contest_id, [code])), None)
        if question is None:
            raise ContestError(ErrorCode.QUESTION_UNKNOWN)
        newest = rows.newest_versions(session, [question.id or 0])[question.id or 0]
        if question.revision != revision:
            _refuse_stale(session, question, newest)
        _keep(session, question, newest, wanted, actor, now)
    return question_detail(db, actor=actor, code=code)


def is_taken(code: str, taken: Iterable[str]) -> bool:
    """Whether a code is a question's or a page's already; capital letters make no difference."""
    wanted = code.casefold()
    return wanted in RESERVED_CODES or any(wanted == one.casefold() for one in taken)


def free_codes(pool: str, taken: Iterable[str]) -> Iterator[str]:
    """Codes for questions without one, after the highest of their kind."""
    letter = CODE_LETTERS[pool]
    numbers = [int(code[1:]) for code in taken if code[:1] == letter and code[1:].isascii() and code[1:].isdigit()]
    number = max(numbers, default=0)
    while True:
        number += 1
        yield f"{letter}{number:0{CODE_DIGITS}}"


def new_question(contest_id: int, code: str, wanted: ParsedQuestion) -> Question:
    """The row of a question to be, a draft."""
    return Question(
        contest_id=contest_id,
        code=code,
        pool=wanted.pool,
        topic=wanted.topic,
        difficulty=wanted.difficulty or 1,
        status=QuestionState.DRAFT.value,
        approved_version=None,
        valid_from=wanted.valid_from,
        valid_until=wanted.valid_until,
    )


def new_version(question: Question, number: int, wanted: ParsedQuestion, actor: str, now: datetime) -> QuestionVersion:
    """The row of a wording to be."""
    return QuestionVersion(
        question_id=question.id or 0,
        version=number,
        stem=wanted.stem,
        options=list(wanted.options),
        key=list(wanted.key),
        explanation=wanted.explanation,
        legal_basis=wanted.legal_basis,
        confidence="",
        written_by=actor,
        created_at=now,
    )


def _sound(typed: TypedQuestion) -> ParsedQuestion:
    wanted, errors = judge(typed)
    needed = {
        Column.POOL: (wanted.pool, ErrorCode.POOL_MISSING),
        Column.TOPIC: (wanted.topic, ErrorCode.TOPIC_MISSING),
        Column.DIFFICULTY: (wanted.difficulty, ErrorCode.DIFFICULTY_MISSING),
    }
    for column, (value, code) in needed.items():
        if not value:
            errors.setdefault(column, ContestError(code))
    if errors:
        raise FieldErrors({column.value: error for column, error in errors.items()})
    return wanted


def _keep(
    session: Session, question: Question, newest: QuestionVersion, wanted: ParsedQuestion, actor: str, now: datetime
) -> None:
    places = ("pool", "topic", "difficulty", "valid_from", "valid_until")
    before = {name: getattr(question, name) for name in places}
    moved = {name: getattr(wanted, name) for name in places if getattr(wanted, name) != before[name]}
    reworded = _wording(wanted) != _wording(newest)
    if not moved and not reworded:
        return
    for name, value in moved.items():
        setattr(question, name, value)
    if "pool" in moved and question.approved_version is not None:
        question.approved_version = None
        if question.status == QuestionState.APPROVED:
            question.status = QuestionState.DRAFT.value
    question.revision += 1
    session.add(question)
    number = newest.version
    if reworded or "pool" in moved:
        number += 1
        _write(session, question, number, wanted, actor, now)
    else:
        rows.note(session, question, version=number, action=QuestionDeed.MOVED, by=actor, at=now)
    session.flush()
    old = {"version": newest.version, **{name: _plain(before[name]) for name in moved}}
    new = {"version": number, **{name: _plain(value) for name, value in moved.items()}}
    _log(session, actor, question.code, old, new, now)


def _write(
    session: Session, question: Question, number: int, wanted: ParsedQuestion, actor: str, now: datetime
) -> None:
    session.add(new_version(question, number, wanted, actor, now))
    rows.note(session, question, version=number, action=QuestionDeed.WRITTEN, by=actor, at=now)


def _wording(one: ParsedQuestion | QuestionVersion) -> tuple[object, ...]:
    return (one.stem, tuple(one.options), tuple(sorted(one.key)), one.explanation, one.legal_basis)


def _refuse_stale(session: Session, question: Question, newest: QuestionVersion) -> None:
    last = next(iter(rows.events(session, question.id or 0)), None)
    by, at = (last.by, last.at) if last else (newest.written_by, newest.created_at)
    raise ContestError(ErrorCode.QUESTION_CHANGED, by=by, at=at)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _log(
    session: Session, actor: str, code: str, before: dict[str, object], after: dict[str, object], now: datetime
) -> None:
    audit.append(
        session,
        at=now,
        actor=actor,
        action=Action.QUESTION_WRITTEN,
        subject=f"question:{code}",
        before=before,
        after=after,
    )
