"""Comparing a closed period's predictions with the truth and ranking everybody anew: once, in one transaction."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update
from sqlmodel import Session, col

from cchc_app.contest.ranking import rank_key
from cchc_app.contest.regulations import PeriodRules, PredictionSubject, RuleSet, TieBreak
from cchc_app.data.quiz import OPEN
from cchc_app.data.standings import board_entry, counted_paper, settled_actuals
from cchc_app.data.tables import OVERALL, Attempt, Participant, Period, Standing
from cchc_app.data.unit_totals import recount

_PAPER = (
    col(Attempt.participant_id),
    col(Attempt.id),
    col(Attempt.period_id),
    col(Attempt.number),
    col(Attempt.points),
    col(Attempt.time_used_ms),
    col(Attempt.finished_at),
    col(Attempt.prediction),
)


def settle(session: Session, *, contest_id: int, period: PeriodRules, rule_set: RuleSet, now: datetime) -> bool:
    """Settle one closed period, unless it is settled already or one of its papers is still open.

    The row of the period is locked first: of several processes one settles, and a paper being handed out is waited
    for. Then the people on its board, in order: whoever finishes another paper meanwhile waits, and sees the result.
    """
    row = session.execute(
        select(Period)
        .where(
            col(Period.contest_id) == contest_id,
            col(Period.number) == period.number,
            col(Period.settled_at).is_(None),
        )
        .with_for_update()
    ).scalar_one_or_none()
    if row is None or period.prediction is None or _has_open_papers(session, row.id or 0):
        return False
    _lock_people(session, contest_id, period.number)
    row.prediction_actual = _actual(session, contest_id, period.number, period.prediction)
    row.settled_at = now
    session.flush()
    if TieBreak.PREDICTION in rule_set.quiz.tie_break:
        actuals = settled_actuals(session, contest_id, rule_set)
        _rank_week(session, contest_id, row, rule_set, actuals)
        _rank_overall(session, contest_id, period.number, rule_set, actuals)
    # Another paper may count for somebody now: its time is in the totals.
    recount(session, contest_id)
    return True


def _has_open_papers(session: Session, period_id: int) -> bool:
    query = select(col(Attempt.id)).where(col(Attempt.period_id) == period_id, col(Attempt.status) == OPEN).limit(1)
    return session.execute(query).first() is not None


def _lock_people(session: Session, contest_id: int, number: int) -> None:
    session.execute(
        select(col(Participant.id))
        .join(Standing, col(Standing.participant_id) == col(Participant.id))
        .where(*_on(contest_id, number))
        .order_by(col(Participant.id))
        .with_for_update(key_share=True, of=Participant)
    ).all()


def _actual(session: Session, contest_id: int, number: int, subject: PredictionSubject) -> int:
    """The count asked for, of ranked people: everybody can recount it on the published board."""
    query = select(func.count()).select_from(Standing).where(*_on(contest_id, number))
    if subject is PredictionSubject.PERFECT_SCORES:
        query = query.where(col(Standing.correct) == col(Standing.total))
    return session.execute(query).scalar_one()


def _rank_week(
    session: Session, contest_id: int, period: Period, rule_set: RuleSet, actuals: Mapping[int, int]
) -> None:
    """Rewrite the week's rows. Of papers with equal points another one may count now: points and marks stay."""
    papers = _by_person(
        session.execute(
            select(*_PAPER)
            .join(Standing, col(Standing.participant_id) == col(Attempt.participant_id))
            .where(
                *_on(contest_id, period.number),
                col(Attempt.period_id) == period.id,
                col(Attempt.finished_at).is_not(None),
            )
        ).all()
    )
    counted = {person: [counted_paper(finished, rule_set, actuals)] for person, finished in papers.items()}
    _rewrite(session, contest_id, period.number, counted, rule_set, actuals)


def _rank_overall(
    session: Session, contest_id: int, number: int, rule_set: RuleSet, actuals: Mapping[int, int]
) -> None:
    """Rewrite the overall rows of the people on the week's board from the papers that count in every week."""
    people = select(col(Standing.participant_id)).where(*_on(contest_id, number))
    papers = session.execute(
        select(*_PAPER)
        .join(Standing, col(Standing.attempt_id) == col(Attempt.id))
        .where(
            col(Standing.contest_id) == contest_id,
            col(Standing.period_number) != OVERALL,
            col(Standing.participant_id).in_(people),
        )
    ).all()
    _rewrite(session, contest_id, OVERALL, _by_person(papers), rule_set, actuals)


def _by_person(rows: Sequence[Row[Any]]) -> dict[int, list[Any]]:
    people: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        people[row.participant_id].append(row)
    return people


def _rewrite(
    session: Session,
    contest_id: int,
    board: int,
    papers: Mapping[int, Sequence[Any]],
    rule_set: RuleSet,
    actuals: Mapping[int, int],
) -> None:
    rows = []
    for person, counted in papers.items():
        entry = board_entry(counted, actuals)
        rows.append(
            {
                "of": person,
                "attempt_id": entry.attempt_id,
                "time_used_ms": entry.time_used_ms,
                "finished_at": entry.finished_at,
                "rank_key": rank_key(entry=entry, chain=rule_set.quiz.tie_break),
            }
        )
    if rows:
        statement = update(Standing).where(*_on(contest_id, board), col(Standing.participant_id) == bindparam("of"))
        session.connection().execute(statement, rows)


def _on(contest_id: int, board: int) -> tuple[Any, ...]:
    return col(Standing.contest_id) == contest_id, col(Standing.period_number) == board
