"""Answering one question: find the paper, record through the ledger, say what may be said."""

from datetime import datetime
from typing import NamedTuple

from cchc_app.contest import scoring
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.regulations import FeedbackMode
from cchc_app.data.answers import NewAnswer, Outcome
from cchc_app.data.engine import Database
from cchc_app.data.quiz import QuestionText, cached_question_texts
from cchc_app.data.types import to_millis
from cchc_app.services.answer_ledger import AnswerLedger
from cchc_app.services.take_quiz import OpenPaper, StoredAnswer, stored_answer


class Feedback(NamedTuple):
    """What the regulations let a person know of an answered question right away."""

    correct: bool
    right_choices: tuple[int, ...]  # on the screen, from 0
    explanation: str
    legal_basis: str


class Recorded(NamedTuple):
    """A durable answer, seen from the screen that sent it."""

    stored: StoredAnswer
    choice: int  # the stored option's place on the screen
    replaced: bool  # the stored answer is an earlier, different and final one
    answered_count: int
    correct_count: int


async def answer(
    ledger: AnswerLedger, db: Database, *, paper: OpenPaper, token_hash: str, position: int, choice: int, now: datetime
) -> Recorded:
    """Record one answer durably.

    Args:
        paper: one's open paper.
        token_hash: hash of the session token that came with the event.
        position: question on the paper, from 0.
        choice: option on the screen, from 0.
        now: when the server received the answer.

    Raises:
        ContestError: ANSWER_UNKNOWN_QUESTION, ANSWER_UNKNOWN_OPTION, SESSION_EXPIRED, ATTEMPT_NOT_FOUND,
            ANSWER_TOO_LATE, ATTEMPT_FINISHED, DATABASE_UNREACHABLE.
    """
    if not 0 <= position < len(paper.items):
        raise ContestError(ErrorCode.ANSWER_UNKNOWN_QUESTION)
    order = paper.items[position].option_order
    if not 0 <= choice < len(order):
        raise ContestError(ErrorCode.ANSWER_UNKNOWN_OPTION)
    text = question_text(db, paper, position)
    outcome = await ledger.record(
        NewAnswer(
            receipt=paper.receipt,
            token_hash=token_hash,
            position=position,
            option=order[choice],
            correct=scoring.is_correct(option=order[choice], key=text.key),
            received_ms=to_millis(now),
        )
    )
    return _recorded(outcome, paper=paper, order=order, option=order[choice])


def _recorded(outcome: Outcome, *, paper: OpenPaper, order: tuple[int, ...], option: int) -> Recorded:
    if not outcome.alive:
        raise ContestError(ErrorCode.SESSION_EXPIRED)
    if not outcome.mine:
        raise ContestError(ErrorCode.ATTEMPT_NOT_FOUND)
    replaced = outcome.option != option
    if outcome.option is None or (replaced and paper.feedback is not FeedbackMode.IMMEDIATE):
        raise ContestError(ErrorCode.ANSWER_TOO_LATE if outcome.late else ErrorCode.ATTEMPT_FINISHED)
    return Recorded(
        stored=stored_answer(outcome.option, outcome.correct),
        choice=order.index(outcome.option),
        replaced=replaced,
        answered_count=outcome.answered_count,
        correct_count=outcome.correct_count,
    )


def question_text(db: Database, paper: OpenPaper, position: int) -> QuestionText:
    """The frozen wording of one question of a paper."""
    version_id = paper.items[position].question_version_id
    known = db.frozen_rows.get(version_id)
    return known or cached_question_texts(db, [item.question_version_id for item in paper.items])[version_id]


def feedback(text: QuestionText, *, order: tuple[int, ...], option: int) -> Feedback:
    """Right or wrong, the right option, why: only for an answered question in immediate mode."""
    return Feedback(
        correct=scoring.is_correct(option=option, key=text.key),
        right_choices=tuple(choice for choice, original in enumerate(order) if original in text.key),
        explanation=text.explanation,
        legal_basis=text.legal_basis,
    )
