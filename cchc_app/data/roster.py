"""Queries of the units' rosters."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from cchc_app.data.crypto import keyring
from cchc_app.data.tables import Contest, RosterEntry, Unit

# A key of the contest's content: whoever is on no roster cannot register.
ROSTER_ONLY = "roster_only"


@dataclass(frozen=True, slots=True, repr=False)
class RosterPerson:
    """One line of a roster. Without a repr: it is all personal."""

    number: str
    former_number: str | None
    full_name: str
    birth_date: date


def is_roster_only(session: Session, contest_id: int) -> bool:
    """Whether a contest admits only people on a roster."""
    return bool(session.get_one(Contest, contest_id).content.get(ROSTER_ONLY, False))


def has_roster(session: Session, unit_id: int) -> bool:
    """Whether a unit has handed in its list."""
    return session.exec(select(RosterEntry.id).where(RosterEntry.unit_id == unit_id).limit(1)).first() is not None


def entry_by_number(session: Session, *, contest_id: int, number_index: str) -> RosterEntry | None:
    """The line of a 12-digit number."""
    return session.exec(
        select(RosterEntry).where(RosterEntry.contest_id == contest_id, RosterEntry.number_index == number_index)
    ).one_or_none()


def entries_of_unit(session: Session, *, unit_id: int, number_index: str) -> Sequence[RosterEntry]:
    """The lines of a unit with this number, present or former: CMND numbers are not unique."""
    return session.exec(
        select(RosterEntry).where(
            RosterEntry.unit_id == unit_id,
            (col(RosterEntry.number_index) == number_index) | (col(RosterEntry.former_number_index) == number_index),
        )
    ).all()


def units_of_numbers(session: Session, *, contest_id: int, number_indexes: Collection[str]) -> dict[str, str]:
    """Names of the units on whose rosters these numbers are, by number index."""
    rows = session.exec(
        select(RosterEntry.number_index, Unit.name)
        .join(Unit, col(Unit.id) == RosterEntry.unit_id)
        .where(RosterEntry.contest_id == contest_id, col(RosterEntry.number_index).in_(number_indexes))
    )
    return dict(rows.all())


def clear_roster(session: Session, *, unit_id: int) -> int:
    """Delete a unit's roster; how many lines it had."""
    before = session.exec(select(func.count()).select_from(RosterEntry).where(RosterEntry.unit_id == unit_id)).one()
    session.execute(delete(RosterEntry).where(col(RosterEntry.unit_id) == unit_id))
    return before


def add_roster(session: Session, *, contest_id: int, unit_id: int, people: Iterable[RosterPerson]) -> None:
    """Store the lines of a unit's roster."""
    index = keyring().blind_index
    session.add_all(
        RosterEntry(
            contest_id=contest_id,
            unit_id=unit_id,
            number=person.number,
            number_index=index(person.number),
            former_number_index=index(person.former_number) if person.former_number else None,
            full_name=person.full_name,
            birth_date=person.birth_date,
        )
        for person in people
    )
    session.flush()
