"""Queries of judges and of the units whose slogans they must not see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from cchc_app.contest.access import Role
from cchc_app.data.inserts import insert_into
from cchc_app.data.tables import JudgeConflict, Participant, StaffAccount


@dataclass(frozen=True, slots=True)
class Judge:
    """An account with the role."""

    staff_id: int
    username: str
    display_name: str
    enabled: bool
    says_who: bool  # a citizen ID was given, so that the own unit is known


def judges(session: Session) -> list[Judge]:
    """Every account with the role of a judge, by username."""
    found = session.exec(
        select(StaffAccount).where(StaffAccount.role == Role.JUDGE.value).order_by(col(StaffAccount.username))
    )
    return [_judge(account) for account in found]


def lock_judges(session: Session) -> list[Judge]:
    """The judges who may act, locked in one order."""
    found = session.exec(
        select(StaffAccount)
        .where(StaffAccount.role == Role.JUDGE.value, col(StaffAccount.disabled_at).is_(None))
        .order_by(col(StaffAccount.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return [_judge(account) for account in found]


def _judge(account: StaffAccount) -> Judge:
    enabled, says_who = account.disabled_at is None, account.citizen_id_index is not None
    return Judge(account.id or 0, account.username, account.display_name, enabled, says_who)


def own_units(session: Session, contest_id: int) -> set[tuple[int, int]]:
    """(judge, unit) where the judge takes part for that unit."""
    found = session.exec(
        select(StaffAccount.id, Participant.unit_id)
        .join(Participant, col(Participant.citizen_id_index) == StaffAccount.citizen_id_index)
        .where(Participant.contest_id == contest_id, StaffAccount.role == Role.JUDGE.value)
    )
    return {(staff_id or 0, unit_id) for staff_id, unit_id in found}


def declared_conflicts(session: Session) -> Sequence[JudgeConflict]:
    """What judges and organisers have said, oldest first."""
    return session.exec(select(JudgeConflict).order_by(col(JudgeConflict.noted_at))).all()


def conflicts(session: Session, contest_id: int) -> set[tuple[int, int]]:
    """(judge, unit) for everything a judge must not see: the own unit's, and what was declared."""
    declared = {(conflict.staff_id, conflict.unit_id) for conflict in declared_conflicts(session)}
    return own_units(session, contest_id) | declared


def add_conflict(session: Session, *, staff_id: int, unit_id: int, reason: str, noted_by: str, now: datetime) -> None:
    """Note a conflict; one that is noted already stays as it is."""
    statement = insert_into(session, JudgeConflict).values(
        staff_id=staff_id, unit_id=unit_id, reason=reason, noted_by=noted_by, noted_at=now
    )
    session.execute(statement.on_conflict_do_nothing(index_elements=["staff_id", "unit_id"]))


def remove_conflict(session: Session, *, staff_id: int, unit_id: int) -> JudgeConflict | None:
    """Take a conflict out; what it said, None when there is none."""
    found = session.get(JudgeConflict, (staff_id, unit_id), with_for_update=True)
    if found is not None:
        session.delete(found)
        session.flush()
    return found
