"""Results of one's own finished papers: figures, review, history."""

from dataclasses import dataclass, replace
from datetime import datetime

from cchc_app.contest import scoring
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.regulations import FeedbackMode
from cchc_app.contest.schedule import Phase, phase
from cchc_app.data import quiz as rows
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import Attempt
from cchc_app.services.take_quiz import paper_items


@dataclass(frozen=True, slots=True)
class ReviewedQuestion:
    """One question of a finished paper, options in the order they were shown."""

    position: int
    topic: str
    stem: str
    options: tuple[str, ...]
    choice: int | None
    right_choices: tuple[int, ...]
    correct: bool
    explanation: str
    legal_basis: str


@dataclass(frozen=True, slots=True)
class Result:
    """A finished paper as its owner may see it now."""

    receipt: str
    practice: bool
    period_number: int | None
    expired: bool  # closed by the server at its deadline
    correct: int | None  # None while marks are withheld until the period closes
    total: int
    points: int | None
    time_used_ms: int
    started_at: datetime
    finished_at: datetime
    marks_from: datetime | None  # when withheld marks appear
    review: tuple[ReviewedQuestion, ...]


def result(db: Database, *, participant_id: int, receipt: str, now: datetime) -> Result:
    """One's own finished paper.

    Raises:
        ContestError: RESULT_NOT_FOUND for an unknown receipt and for somebody else's alike, or a paper still open.
    """
    with db.read() as session:
        attempt = rows.own_attempt(session, receipt, participant_id)
        if attempt is None or attempt.status == rows.OPEN:
            raise ContestError(ErrorCode.RESULT_NOT_FOUND)
        contest = contest_in_force(session)
        answers = {position: answer.option for position, answer in rows.answers_of(session, attempt.id or 0).items()}
    whole = _result(contest, attempt, now)
    return whole if whole.correct is None else replace(whole, review=_review(db, attempt, answers))


def history(db: Database, *, participant_id: int, now: datetime) -> tuple[Result, ...]:
    """One's finished counted papers, newest first, without their reviews."""
    with db.read() as session:
        contest = contest_in_force(session)
        attempts = rows.attempts_of(session, participant_id)
    return tuple(_result(contest, attempt, now) for attempt in attempts if attempt.status != rows.OPEN)


def _result(contest: ContestInForce, attempt: Attempt, now: datetime) -> Result:
    shown = _marks_shown(contest, attempt, now)
    period = contest.period_by_id(attempt.period_id) if attempt.period_id else None
    return Result(
        receipt=attempt.receipt,
        practice=attempt.kind == rows.PRACTICE,
        period_number=period.number if period else None,
        expired=attempt.status == rows.EXPIRED,
        correct=attempt.correct if shown else None,
        total=len(attempt.paper),
        points=attempt.points if shown else None,
        time_used_ms=attempt.time_used_ms or 0,
        started_at=attempt.started_at,
        finished_at=attempt.finished_at or now,
        marks_from=None if shown or period is None else period.closes_at,
        review=(),
    )


def _marks_shown(contest: ContestInForce, attempt: Attempt, now: datetime) -> bool:
    closed = True
    if attempt.period_id is not None:
        closed = phase(window=contest.period_by_id(attempt.period_id).window, now=now) is Phase.CLOSED
    return scoring.reveal(
        feedback=FeedbackMode(attempt.feedback), answered=True, attempt_finished=True, period_closed=closed
    )


def _review(db: Database, attempt: Attempt, answers: dict[int, int]) -> tuple[ReviewedQuestion, ...]:
    items = paper_items(attempt)
    texts = rows.cached_question_texts(db, [item.question_version_id for item in items])
    reviewed = []
    for position, item in enumerate(items):
        text, option = texts[item.question_version_id], answers.get(position)
        reviewed.append(
            ReviewedQuestion(
                position=position,
                topic=text.topic,
                stem=text.stem,
                options=tuple(text.options[original] for original in item.option_order),
                choice=None if option is None else item.option_order.index(option),
                right_choices=tuple(n for n, original in enumerate(item.option_order) if original in text.key),
                correct=scoring.is_correct(option=option, key=text.key),
                explanation=text.explanation,
                legal_basis=text.legal_basis,
            )
        )
    return tuple(reviewed)
