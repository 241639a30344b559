"""Whoever runs, judges or checks the contest is not ranked in it (Article 3.3 of the regulations)."""

from datetime import datetime

from sqlmodel import Session

from cchc_app.contest.staffing import Action
from cchc_app.data import audit, people
from cchc_app.data.quiz import lock_participant
from cchc_app.data.standings import take_off_boards


def unrank_number(session: Session, *, citizen_id_index: str, actor: str, now: datetime) -> None:
    """Take the participants with a number off every board, in the caller's transaction.

    Whoever registers with the number later is not ranked from the start (`data.people.add_participant`).

    Args:
        citizen_id_index: The blind index of the number of a member of staff.
        actor: Who joined the staff, for the audit log.
        now: When (aware).
    """
    people.lock_number(session, citizen_id_index)
    for participant_id in people.ranked_with_number(session, citizen_id_index):
        participant = lock_participant(session, participant_id)
        participant.ranked = False
        session.add(participant)
        session.flush()
        audit.append(
            session,
            at=now,
            actor=actor,
            action=Action.UNRANKED,
            subject=f"participant:{participant_id}",
            before={"ranked": True},
            after={"ranked": False},
        )
        take_off_boards(session, participant_id=participant_id, contest_id=participant.contest_id)
