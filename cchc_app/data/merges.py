"""Queries of putting two accounts of one person together."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from cchc_app.contest.regulations import RuleSet
from cchc_app.data.quiz import COUNTED
from cchc_app.data.standings import write_rows
from cchc_app.data.tables import Attempt, Participant, PersonMerge, Standing
from cchc_app.data.unit_totals import changing
from cchc_app.data.vneid import end_sessions

_CARD, _OLD = aliased(Participant), aliased(Participant)


def pairs(session: Session, contest_id: int) -> Sequence[tuple[Participant, Participant]]:
    """Accounts with a CCCD and a CMND that have one name and one birth date, and are not merged yet."""
    rows = session.execute(
        select(_CARD, _OLD)
        .join(
            _OLD,
            (col(_OLD.search_key) == col(_CARD.search_key)) & (col(_OLD.birth_date) == col(_CARD.birth_date)),
        )
        .where(
            col(_CARD.contest_id) == contest_id,
            col(_OLD.contest_id) == contest_id,
            col(_CARD.identity_normalised),
            col(_OLD.identity_normalised).is_(False),
            col(_CARD.anonymised_at).is_(None),
            col(_OLD.anonymised_at).is_(None),
            col(_OLD.id).not_in(select(col(PersonMerge.merged_id))),
        )
        .order_by(col(_CARD.id), col(_OLD.id))
    )
    return [(card, old) for card, old in rows]


def lock_two(session: Session, first: int, second: int) -> dict[int, Participant]:
    """Two people's rows by id, locked in the order that everybody locks them in."""
    rows = session.exec(
        select(Participant)
        .where(col(Participant.id).in_((first, second)))
        .order_by(col(Participant.id))
        .with_for_update(key_share=True)
    ).all()
    return {row.id or 0: row for row in rows}


def is_merged(session: Session, participant_id: int) -> bool:
    """Whether an account was put into another one already."""
    return session.get(PersonMerge, participant_id) is not None


def counted_attempts(session: Session, participant_ids: tuple[int, int]) -> Sequence[Attempt]:
    """Counted attempts of two people, locked, in the order they were begun."""
    return session.exec(
        select(Attempt)
        .where(col(Attempt.participant_id).in_(participant_ids), Attempt.kind == COUNTED)
        .order_by(col(Attempt.started_at), col(Attempt.id))
        .with_for_update(key_share=True)
    ).all()


def give(session: Session, attempt: Attempt, participant_id: int) -> None:
    """Make an attempt another account's, under the next free number of its period."""
    highest = session.exec(
        select(func.max(Attempt.number)).where(
            Attempt.participant_id == participant_id, Attempt.period_id == attempt.period_id
        )
    ).one()
    attempt.participant_id, attempt.number = participant_id, (highest or 0) + 1
    session.add(attempt)
    session.flush()


def close_account(session: Session, account: Participant, *, now: datetime) -> None:
    """Nobody signs in with an account any more, and no board shows it."""
    account.blocked, account.ranked = True, False
    session.add(account)
    end_sessions(session, account.id or 0, now=now)


def rank_anew(
    session: Session,
    people: Sequence[Participant],
    *,
    contest_id: int,
    period_numbers: dict[int, int],
    rules: RuleSet,
    now: datetime,
) -> None:
    """Write the board rows of people again from the attempts they have now.

    Args:
        people: Locked rows; who is not ranked gets no row.
        period_numbers: Numbers of the periods by row id.
        rules: The regulations in force.
        now: When (aware).
    """
    ids = [person.id or 0 for person in people]
    with changing(session, contest_id=contest_id, people=ids, now=now):
        _write_anew(session, people, contest_id=contest_id, period_numbers=period_numbers, rules=rules)


def _write_anew(
    session: Session, people: Sequence[Participant], *, contest_id: int, period_numbers: dict[int, int], rules: RuleSet
) -> None:
    ids = [person.id for person in people]
    session.execute(delete(Standing).where(col(Standing.participant_id).in_(ids)))
    session.flush()
    session.expire_all()
    for person in people:
        if not person.ranked or person.disqualified:
            continue
        finished = session.exec(
            select(Attempt).where(
                Attempt.participant_id == person.id, Attempt.kind == COUNTED, col(Attempt.finished_at).is_not(None)
            )
        ).all()
        for attempt in {attempt.period_id: attempt for attempt in finished}.values():
            write_rows(
                session,
                attempt=attempt,
                participant=person,
                contest_id=contest_id,
                period_number=period_numbers[attempt.period_id or 0],
                rule_set=rules,
            )


def merged_into(session: Session, kept_id: int) -> Sequence[int]:
    """Ids of the accounts that were put into one."""
    return session.exec(select(PersonMerge.merged_id).where(PersonMerge.kept_id == kept_id)).all()


def keep(session: Session, merge: PersonMerge) -> None:
    """Store what was done."""
    session.add(merge)
