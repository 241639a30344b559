"""The boards' read model: written when a paper is closed, read by index."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from cchc_app.contest.ranking import Entry, overall_entry, rank_key
from cchc_app.contest.regulations import CountedAttempt, RuleSet
from cchc_app.data.tables import OVERALL, Attempt, Participant, Standing


def record_finish(
    session: Session,
    *,
    attempt: Attempt,
    participant: Participant,
    contest_id: int,
    period_number: int,
    rule_set: RuleSet,
) -> None:
    """Bring one person's rows of the week's and the overall board up to date, in the transaction that closed a paper.

    Args:
        attempt: the paper just closed, already flushed.
        participant: its owner, whose row the caller has locked: nobody else writes these two rows meanwhile.
        period_number: the week of the attempt.
        rule_set: the regulations in force.
    """
    if not participant.ranked:
        return
    finished = session.exec(
        select(Attempt).where(
            Attempt.participant_id == participant.id,
            Attempt.period_id == attempt.period_id,
            col(Attempt.finished_at).is_not(None),
        )
    ).all()
    counted = _counted(finished, rule_set)
    week = _row(session, contest_id, period_number, participant)
    _fill(week, [counted], attempts=len(finished), rule_set=rule_set)
    session.add(week)
    session.flush()
    weeks = session.exec(
        select(Standing).where(
            Standing.contest_id == contest_id,
            Standing.participant_id == participant.id,
            Standing.period_number != OVERALL,
        )
    ).all()
    overall = _row(session, contest_id, OVERALL, participant)
    papers = session.exec(select(Attempt).where(col(Attempt.id).in_([row.attempt_id for row in weeks]))).all()
    _fill(overall, papers, attempts=sum(row.attempts for row in weeks), rule_set=rule_set)
    session.add(overall)


def _counted(finished: Sequence[Attempt], rule_set: RuleSet) -> Attempt:
    """Which of a person's finished papers of a week stands for the person."""
    in_order = sorted(finished, key=lambda attempt: attempt.number)
    match rule_set.quiz.counted_attempt:
        case CountedAttempt.FIRST:
            return in_order[0]
        case CountedAttempt.LAST:
            return in_order[-1]
        case CountedAttempt.BEST:
            return min(in_order, key=lambda attempt: rank_key(entry=_entry(attempt), chain=rule_set.quiz.tie_break))


def _entry(attempt: Attempt) -> Entry:
    if attempt.id is None or attempt.points is None or attempt.time_used_ms is None or attempt.finished_at is None:
        raise ValueError("an open paper has no place")
    return Entry(
        attempt_id=attempt.id,
        points=attempt.points,
        time_used_ms=attempt.time_used_ms,
        finished_at=attempt.finished_at,
    )


def _row(session: Session, contest_id: int, period_number: int, participant: Participant) -> Standing:
    found = session.get(Standing, (contest_id, period_number, participant.id))
    row = found or Standing(contest_id=contest_id, period_number=period_number, participant_id=participant.id or 0)
    row.unit_id = participant.unit_id
    return row


def _fill(row: Standing, papers: Sequence[Attempt], *, attempts: int, rule_set: RuleSet) -> None:
    entries = [_entry(paper) for paper in papers]
    whole = entries[0] if len(entries) == 1 else overall_entry(entries)
    row.attempt_id = whole.attempt_id
    row.attempts = attempts
    row.points = whole.points
    row.correct = sum(paper.correct or 0 for paper in papers)
    row.total = sum(len(paper.paper) for paper in papers)
    row.time_used_ms = whole.time_used_ms
    row.finished_at = whole.finished_at
    row.rank_key = rank_key(entry=whole, chain=rule_set.quiz.tie_break)
