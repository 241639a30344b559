"""The boards' read model: written when a paper is closed, read by index."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from sqlalchemy import bindparam, delete
from sqlmodel import Session, col, select

from cchc_app.contest.ranking import Entry, overall_entry, rank_key
from cchc_app.contest.regulations import CountedAttempt, RuleSet, TieBreak
from cchc_app.contest.scoring import prediction_error
from cchc_app.data.tables import OVERALL, Attempt, Participant, Period, Standing
from cchc_app.data.unit_totals import changing


class FinishedPaper(Protocol):
    """What of a closed paper ranks: an attempt, or a row with these columns."""

    @property
    def id(self) -> int | None: ...

    @property
    def period_id(self) -> int | None: ...

    @property
    def number(self) -> int: ...

    @property
    def points(self) -> int | None: ...

    @property
    def time_used_ms(self) -> int | None: ...

    @property
    def finished_at(self) -> datetime | None: ...

    @property
    def prediction(self) -> int | None: ...


P = TypeVar("P", bound=FinishedPaper)

# Asked whenever a paper is closed: built once.
FINISHED = select(Attempt).where(
    Attempt.participant_id == bindparam("person"),
    Attempt.period_id == bindparam("period"),
    col(Attempt.finished_at).is_not(None),
)
ROWS_OF_PERSON = select(Standing).where(
    Standing.contest_id == bindparam("contest"), Standing.participant_id == bindparam("person")
)
PAPERS = select(Attempt).where(col(Attempt.id).in_(bindparam("attempts", expanding=True)))


def record_finish(
    session: Session,
    *,
    attempt: Attempt,
    participant: Participant,
    contest_id: int,
    period_number: int,
    rule_set: RuleSet,
    now: datetime,
) -> None:
    """Bring one person's rows of the week's and the overall board up to date, in the transaction that closed a paper.

    Args:
        attempt: the paper just closed, already flushed.
        participant: its owner, whose row the caller has locked: nobody else writes these two rows meanwhile.
        period_number: the week of the attempt.
        rule_set: the regulations in force.
        now: when (aware).
    """
    if not participant.ranked or participant.disqualified:
        return
    with changing(session, contest_id=contest_id, people=[participant.id or 0], now=now):
        write_rows(
            session,
            attempt=attempt,
            participant=participant,
            contest_id=contest_id,
            period_number=period_number,
            rule_set=rule_set,
        )


def write_rows(
    session: Session,
    *,
    attempt: Attempt,
    participant: Participant,
    contest_id: int,
    period_number: int,
    rule_set: RuleSet,
) -> None:
    """What `record_finish` does to the rows, for those who are inside `unit_totals.changing` already."""
    actuals = settled_actuals(session, contest_id, rule_set)
    of_person = {"person": participant.id}
    finished = session.exec(FINISHED, params={**of_person, "period": attempt.period_id}).all()
    counted = counted_paper(finished, rule_set, actuals)
    rows = {
        row.period_number: row
        for row in session.exec(ROWS_OF_PERSON, params={**of_person, "contest": contest_id}).all()
    }
    for number in (period_number, OVERALL):
        if number not in rows:
            rows[number] = _new_row(contest_id, number, participant)
        rows[number].unit_id = participant.unit_id
    _fill(rows[period_number], [counted], attempts=len(finished), rule_set=rule_set, actuals=actuals)
    weeks = [row for number, row in rows.items() if number != OVERALL]
    others = [row.attempt_id for row in weeks if row.attempt_id != counted.id]
    papers = [counted, *(session.exec(PAPERS, params={"attempts": others}) if others else ())]
    attempts = sum(row.attempts for row in weeks)
    _fill(rows[OVERALL], papers, attempts=attempts, rule_set=rule_set, actuals=actuals)
    session.add_all((rows[period_number], rows[OVERALL]))
    session.flush()


def take_off_boards(session: Session, *, participant_id: int, contest_id: int, now: datetime) -> None:
    """Remove every row of a person whose row the caller has locked; the boards get a new version."""
    with changing(session, contest_id=contest_id, people=[participant_id], now=now):
        session.execute(
            delete(Standing).where(
                col(Standing.participant_id) == participant_id, col(Standing.contest_id) == contest_id
            )
        )


def settled_actuals(session: Session, contest_id: int, rule_set: RuleSet) -> Mapping[int, int]:
    """The true counts of the settled predictions by period row id; empty when no step of the chain asks for them."""
    if TieBreak.PREDICTION not in rule_set.quiz.tie_break:
        return {}
    rows = session.exec(
        select(Period.id, Period.prediction_actual).where(
            Period.contest_id == contest_id, col(Period.prediction_actual).is_not(None)
        )
    )
    return {period_id or 0: actual or 0 for period_id, actual in rows}


def counted_paper(finished: Sequence[P], rule_set: RuleSet, actuals: Mapping[int, int]) -> P:
    """Which of a person's finished papers of a week stands for the person (Article 3)."""
    in_order = sorted(finished, key=lambda paper: paper.number)
    chain = rule_set.quiz.tie_break
    match rule_set.quiz.counted_attempt:
        case CountedAttempt.FIRST:
            return in_order[0]
        case CountedAttempt.LAST:
            return in_order[-1]
        case CountedAttempt.BEST:
            return min(in_order, key=lambda paper: rank_key(entry=board_entry([paper], actuals), chain=chain))


def board_entry(papers: Sequence[FinishedPaper], actuals: Mapping[int, int]) -> Entry:
    """What a person's counted papers are ranked by; a prediction's error is known once its period is settled."""
    entries = [_entry(paper, actuals) for paper in papers]
    return entries[0] if len(entries) == 1 else overall_entry(entries)


def _entry(paper: FinishedPaper, actuals: Mapping[int, int]) -> Entry:
    if paper.id is None or paper.points is None or paper.time_used_ms is None or paper.finished_at is None:
        raise ValueError("an open paper has no place")
    actual = actuals.get(paper.period_id or 0)
    return Entry(
        attempt_id=paper.id,
        points=paper.points,
        time_used_ms=paper.time_used_ms,
        finished_at=paper.finished_at,
        prediction_error=None if actual is None else prediction_error(guess=paper.prediction, actual=actual),
    )


def _new_row(contest_id: int, period_number: int, participant: Participant) -> Standing:
    return Standing(  # pyright: ignore[reportCallIssue]  (the caller fills in the rest)
        contest_id=contest_id, period_number=period_number, participant_id=participant.id or 0
    )


def _fill(
    row: Standing, papers: Sequence[Attempt], *, attempts: int, rule_set: RuleSet, actuals: Mapping[int, int]
) -> None:
    whole = board_entry(papers, actuals)
    row.attempt_id = whole.attempt_id
    row.attempts = attempts
    row.points = whole.points
    row.correct = sum(paper.correct or 0 for paper in papers)
    row.total = sum(len(paper.paper) for paper in papers)
    row.time_used_ms = whole.time_used_ms
    row.finished_at = whole.finished_at
    row.rank_key = rank_key(entry=whole, chain=rule_set.quiz.tie_break)
