"""Taking out of the tables what tells who people were; what they did stays and counts."""

from datetime import date, datetime

from sqlalchemy import String, cast, delete, func, or_, update
from sqlmodel import Session, col, select

from cchc_app.data.boards import raise_version
from cchc_app.data.tables import (
    AuthSession,
    DataRequest,
    Participant,
    Period,
    PersonMerge,
    RosterEntry,
    SignInGuard,
    SignInTicket,
)

# Births of nobody who takes part; the column is never empty.
NOBODYS_BIRTHDAY = date(1900, 1, 1)


def closes_at(session: Session, contest_id: int) -> datetime | None:
    """When the last period of a contest closes."""
    return session.exec(select(func.max(Period.closes_at)).where(Period.contest_id == contest_id)).one()


def identified(session: Session, contest_id: int, *, limit: int) -> list[int]:
    """Ids of people of a contest who can still be told by their rows; locked where the database can."""
    found = session.exec(
        select(Participant.id)
        .where(Participant.contest_id == contest_id, col(Participant.anonymised_at).is_(None))
        .order_by(col(Participant.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [participant_id or 0 for participant_id in found]


def anonymise(session: Session, ids: list[int], *, name: str, contest_id: int, now: datetime) -> None:
    """Remove everything that tells who these people are; unit, papers, answers, places and consents stay.

    Args:
        ids: Rows of `participant`.
        name: What stands in place of their names.
        contest_id: Theirs; its boards are read again.
        now: Noted, so that nobody is anonymised twice.
    """
    mine = col(Participant.id).in_(ids)
    numbers = select(Participant.citizen_id_index).where(mine)
    session.execute(delete(SignInGuard).where(col(SignInGuard.citizen_id_index).in_(numbers)))
    for table in (AuthSession, SignInTicket):
        session.execute(delete(table).where(col(table.participant_id).in_(ids)))
    merged = or_(col(PersonMerge.merged_id).in_(ids), col(PersonMerge.kept_id).in_(ids))
    session.execute(update(PersonMerge).where(merged).values(reason=""))
    session.execute(
        update(DataRequest).where(col(DataRequest.participant_id).in_(ids)).values(detail=None, answer=None)
    )
    session.execute(
        delete(RosterEntry).where(
            or_(col(RosterEntry.number_index).in_(numbers), col(RosterEntry.former_number_index).in_(numbers)),
            col(RosterEntry.contest_id) == contest_id,
        )
    )
    session.execute(
        update(Participant)
        .where(mine)
        .values(
            full_name=name,
            search_key="",
            sort_key="",
            birth_date=NOBODYS_BIRTHDAY,
            citizen_id="",
            # Unique, and no number hashes to it.
            citizen_id_index="anonymised:" + cast(col(Participant.id), String),
            citizen_id_masked="",
            phone=None,
            pin_hash=None,
            anonymised_at=now,
        )
        .execution_options(synchronize_session=False)
    )
    raise_version(session, contest_id)


def forget_rosters(session: Session, contest_id: int) -> None:
    """Delete the lists of people that the units of a contest handed in, whoever of them took part."""
    session.execute(delete(RosterEntry).where(col(RosterEntry.contest_id) == contest_id))
