"""Taking a paper: begin or resume, hand in, close what was abandoned."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from sqlmodel import Session

from cchc_app.contest import eligibility, paper, receipts, schedule, scoring, timing
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.regulations import BlueprintLine, FeedbackMode, PeriodRules, PredictionSubject, TieBreak
from cchc_app.data import quiz as rows
from cchc_app.data.contests import ContestInForce, contest_by_id, contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.standings import record_finish
from cchc_app.data.tables import Attempt, Participant
from cchc_app.services.consents import refuse_if_withdrawn
from cchc_app.texts.formats import local

# Answers received in time may still be waiting for their commit when the deadline has passed.
SWEEP_MARGIN = timedelta(seconds=5)
SWEEP_BATCH = 200


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer as the database holds it; `option` counts in the question version."""

    option: int
    correct: bool


@lru_cache(maxsize=100)
def stored_answer(option: int, correct: bool) -> StoredAnswer:
    """An answer as stored: one object for all that are alike, since open papers keep theirs."""
    return StoredAnswer(option, correct)


@dataclass(frozen=True, slots=True)
class OpenPaper:
    """Everything needed to show one's open paper; small, because one is kept per connected person."""

    receipt: str
    kind: str
    period_number: int | None
    feedback: FeedbackMode
    prediction: PredictionSubject | None  # what the paper asks to guess, if anything
    items: tuple[paper.PaperItem, ...]
    answers: Mapping[int, StoredAnswer]
    started_at: datetime
    deadline_at: datetime


@dataclass(frozen=True, slots=True)
class QuizDoor:
    """What the start page says."""

    period_number: int | None
    is_open: bool
    opens_at: datetime | None
    closes_at: datetime | None
    question_count: int
    duration_ms: int
    attempts_allowed: int
    attempts_used: int
    feedback: FeedbackMode
    tie_break: tuple[TieBreak, ...]
    resumable: bool
    last_receipt: str | None


def door(db: Database, *, participant_id: int | None, now: datetime) -> QuizDoor:
    """The open week (else the next one) and what this person may do in it."""
    with db.read() as session:
        contest = contest_in_force(session)
        period = _period_at(contest, now) or _next_period(contest, now)
        quiz = contest.rule_set.quiz
        used, resumable, last = 0, False, None
        if participant_id is not None and period is not None:
            period_id = contest.period_ids[period.number]
            mine = [a for a in rows.attempts_of(session, participant_id) if a.period_id == period_id]
            used = len(mine)
            resumable = any(
                a.status == rows.OPEN
                and timing.accepts(received_at=now, deadline_at=a.deadline_at, grace_ms=a.grace_ms)
                for a in mine
            )
            last = next((a.receipt for a in mine if a.status != rows.OPEN), None)
        return QuizDoor(
            period_number=period.number if period else None,
            is_open=period is not None and period.opens_at <= now,
            opens_at=period.opens_at if period else None,
            closes_at=period.closes_at if period else None,
            question_count=quiz.question_count,
            duration_ms=quiz.duration_ms,
            attempts_allowed=quiz.attempts_allowed,
            attempts_used=used,
            feedback=period.feedback if period else FeedbackMode.IMMEDIATE,
            tie_break=quiz.tie_break,
            resumable=resumable,
            last_receipt=last,
        )


def begin(db: Database, *, participant_id: int, kind: str, now: datetime) -> str:
    """Hand out a paper, or the one already open.

    Args:
        kind: `counted` (the open week's paper) or `practice` (never counted, always open).

    Returns:
        The attempt's receipt.

    Raises:
        ContestError: ACCOUNT_BLOCKED, CONSENT_WITHDRAWN, NO_PERIOD, NO_ATTEMPT_LEFT, BANK_TOO_SMALL.
    """
    with db.write() as session:
        person = rows.lock_participant(session, participant_id)
        contest = contest_in_force(session)
        if person.contest_id != contest.contest_id:
            raise ContestError(ErrorCode.NO_PERIOD)  # another contest has followed theirs
        attempt = rows.open_attempt(session, participant_id=participant_id, kind=kind)
        if attempt is not None and not _in_time(attempt, now):
            _close(db, session, contest, person, attempt, now=now)
            attempt = None
        period = _period_at(contest, now) if kind == rows.COUNTED else None
        used = _attempts_used(session, contest, person, period, kind=kind)
        decision = _may_begin(contest, person, period, kind=kind, used=used, resumable=attempt is not None)
        if attempt is not None and decision is eligibility.StartDecision.RESUME:
            return attempt.receipt
        refuse_if_withdrawn(session, participant_id)
        attempt = _new_attempt(session, contest, person, period, kind=kind, number=used + 1, now=now)
        session.add(attempt)
        return attempt.receipt


def open_paper(db: Database, *, participant_id: int, kind: str, now: datetime) -> OpenPaper | None:
    """One's open paper with the answers stored so far, or None when there is none in time."""
    with db.read() as session:
        attempt = rows.open_attempt(session, participant_id=participant_id, kind=kind)
        if attempt is None or not _in_time(attempt, now):
            return None
        contest = contest_in_force(session)
        period = contest.period_by_id(attempt.period_id) if attempt.period_id else None
        stored = rows.answers_of(session, attempt.id or 0)
        return OpenPaper(
            receipt=attempt.receipt,
            kind=attempt.kind,
            period_number=period.number if period else None,
            feedback=FeedbackMode(attempt.feedback),
            prediction=period.prediction if period else None,
            items=paper_items(attempt),
            answers={position: stored_answer(a.option, a.correct) for position, a in stored.items()},
            started_at=attempt.started_at,
            deadline_at=attempt.deadline_at,
        )


def finish(db: Database, *, participant_id: int, receipt: str, now: datetime, prediction: int | None = None) -> str:
    """Hand in one's paper; doing it twice is doing it once.

    Args:
        receipt: which paper.
        prediction: the guess asked for when the period has a prediction question.

    Returns:
        The receipt.

    Raises:
        ContestError: ATTEMPT_NOT_FOUND when the paper is not this person's.
    """
    with db.write() as session:
        person = rows.lock_participant(session, participant_id)
        attempt = rows.lock_attempt(session, receipt, participant_id)
        if attempt is None:
            raise ContestError(ErrorCode.ATTEMPT_NOT_FOUND)
        if attempt.status == rows.OPEN:
            if prediction is not None and _in_time(attempt, now):
                attempt.prediction = prediction
            _close(db, session, contest_by_id(session, person.contest_id), person, attempt, now=now)
        return attempt.receipt


def sweep(db: Database, *, now: datetime) -> int:
    """Close abandoned papers at their deadline, each in its own transaction, with the answers saved so far.

    Returns:
        How many were closed.
    """
    with db.read() as session:
        waiting = rows.abandoned(session, before=now - SWEEP_MARGIN, limit=SWEEP_BATCH)
    closed = 0
    for receipt, participant_id in waiting:
        with db.write() as session:
            person = rows.lock_participant(session, participant_id)
            attempt = rows.lock_attempt(session, receipt, participant_id)
            if attempt is None or attempt.status != rows.OPEN or _in_time(attempt, now - SWEEP_MARGIN):
                continue
            _close(db, session, contest_by_id(session, person.contest_id), person, attempt, now=now)
            closed += 1
    return closed


def paper_items(attempt: Attempt) -> tuple[paper.PaperItem, ...]:
    """The frozen paper of an attempt."""
    return tuple(
        paper.PaperItem(question_version_id=version_id, option_order=tuple(order))
        for version_id, order in attempt.paper
    )


def _in_time(attempt: Attempt, now: datetime) -> bool:
    return timing.accepts(received_at=now, deadline_at=attempt.deadline_at, grace_ms=attempt.grace_ms)


def _period_at(contest: ContestInForce, now: datetime) -> PeriodRules | None:
    index = schedule.open_index(windows=[period.window for period in contest.rule_set.periods], now=now)
    return None if index is None else contest.rule_set.periods[index]


def _next_period(contest: ContestInForce, now: datetime) -> PeriodRules | None:
    index = schedule.next_index(windows=[period.window for period in contest.rule_set.periods], now=now)
    return None if index is None else contest.rule_set.periods[index]


def _attempts_used(
    session: Session, contest: ContestInForce, person: Participant, period: PeriodRules | None, *, kind: str
) -> int:
    period_id = contest.period_ids[period.number] if period else None
    return rows.attempts_used(session, participant_id=person.id or 0, period_id=period_id, kind=kind)


def _may_begin(
    contest: ContestInForce, person: Participant, period: PeriodRules | None, *, kind: str, used: int, resumable: bool
) -> eligibility.StartDecision:
    if kind == rows.COUNTED and period is None and not resumable:
        raise ContestError(ErrorCode.NO_PERIOD)
    return eligibility.may_start(
        phase=schedule.Phase.OPEN,
        attempts_used=used,
        attempts_allowed=contest.rule_set.quiz.attempts_allowed if kind == rows.COUNTED else used + 1,
        open_attempt=resumable,
        blocked=person.blocked,
    )


def _new_attempt(
    session: Session,
    contest: ContestInForce,
    person: Participant,
    period: PeriodRules | None,
    *,
    kind: str,
    number: int,
    now: datetime,
) -> Attempt:
    quiz = contest.rule_set.quiz
    seed = secrets.token_hex(16)
    bank = rows.bank(session, contest_id=contest.contest_id, pool=rows.POOLS[kind], on=local(now).date())
    blueprint = quiz.blueprint if kind == rows.COUNTED else (BlueprintLine(count=min(quiz.question_count, len(bank))),)
    items = paper.draw(bank=bank, blueprint=blueprint, seed=seed)
    period_id = contest.period_ids[period.number] if period else None
    token = "".join(secrets.choice(receipts.ALPHABET) for _ in range(receipts.TOKEN_LENGTH))
    return Attempt(
        participant_id=person.id or 0,
        period_id=period_id,
        rule_set_id=contest.rule_set_id,
        kind=kind,
        number=number,
        receipt=receipts.make(contest_code=contest.code, period_number=period.number if period else None, token=token),
        seed=seed,
        paper=[[item.question_version_id, list(item.option_order)] for item in items],
        feedback=period.feedback if period else FeedbackMode.IMMEDIATE,
        status=rows.OPEN,
        started_at=now,
        deadline_at=timing.deadline(
            started_at=now,
            duration_ms=quiz.duration_ms,
            period_closes_at=period.closes_at if period else None,
            extra_ms=person.extra_time_ms,
        ),
        grace_ms=quiz.grace_ms,
        extra_time_ms=person.extra_time_ms,
    )


def _close(
    db: Database, session: Session, contest: ContestInForce, person: Participant, attempt: Attempt, *, now: datetime
) -> None:
    """Mark the stored answers against the frozen keys and write the result; the caller holds the locks."""
    items = paper_items(attempt)
    texts = rows.cached_question_texts(db, [item.question_version_id for item in items], session=session)
    answers = rows.answers_of(session, attempt.id or 0)
    mark = scoring.mark(
        answers={position: answer.option for position, answer in answers.items()},
        keys={position: texts[item.question_version_id].key for position, item in enumerate(items)},
        points_per_question=contest.rule_set.quiz.points_per_question,
    )
    attempt.status = rows.SUBMITTED if _in_time(attempt, now) else rows.EXPIRED
    attempt.finished_at = timing.finished_at(submitted_at=now, deadline_at=attempt.deadline_at)
    attempt.time_used_ms = timing.time_used_ms(started_at=attempt.started_at, finished_at=attempt.finished_at)
    attempt.correct = mark.correct
    attempt.points = mark.points
    session.add(attempt)
    session.flush()
    if attempt.period_id is not None:
        record_finish(
            session,
            attempt=attempt,
            participant=person,
            contest_id=contest.contest_id,
            period_number=contest.period_by_id(attempt.period_id).number,
            rule_set=contest.rule_set,
            now=now,
        )
