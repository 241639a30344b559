"""Whoever runs, judges or checks the contest is not ranked in it (Article 3.3 of the regulations)."""

from datetime import datetime

from sqlmodel import Session

from cchc_app.contest.staffing import Action, participant_name
from cchc_app.data import audit, people
from cchc_app.data.quiz import lock_participant
from cchc_app.data.standings import take_off_boards


def unrank_number(session: Session, *, citizen_id_index: str, actor: str, now: datetime) -> None:
    """Take the participants with a number off every board, in the caller's transaction.

    Whoever registers with the number later is not ranked from the start (`data.people.add_participant`).

    Args:
        citizen_id_index: The blind index of the number of a member of staff.
        actor: Who set it off, for the audit log.
        now: When (aware).
    """
    people.lock_number(session, citizen_id_index)
    found = [lock_participant(session, one) for one in people.ranked_with_number(session, citizen_id_index)]
    for participant in found:
        participant.ranked = False
        session.add(participant)
        session.flush()
        take_off_boards(session, participant_id=participant.id or 0, contest_id=participant.contest_id, now=now)
    for participant in found:
        log_unranked(session, participant_id=participant.id or 0, actor=actor, now=now)


def unrank_if_staff(session: Session, *, citizen_id_index: str, actor: str, now: datetime) -> None:
    """The same when somebody on the staff has the number: for an account that has just been given it."""
    people.lock_number(session, citizen_id_index)
    if people.is_staff_number(session, citizen_id_index):
        unrank_number(session, citizen_id_index=citizen_id_index, actor=actor, now=now)


def note_registered(session: Session, *, participant_id: int, now: datetime) -> None:
    """Write into the log that somebody on the staff has registered, and so is not ranked."""
    if not people.is_ranked(session, participant_id):
        log_unranked(session, participant_id=participant_id, actor=participant_name(participant_id), now=now)


def log_unranked(session: Session, *, participant_id: int, actor: str, now: datetime) -> None:
    """Write into the log that a participant is not ranked any more."""
    audit.append(
        session,
        at=now,
        actor=actor,
        action=Action.UNRANKED,
        subject=participant_name(participant_id),
        before={"ranked": True},
        after={"ranked": False},
    )
