"""Taking in the list of its people that a unit hands in."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import COMMAND_LINE, Action
from cchc_app.data import audit, people, roster
from cchc_app.data.contests import contest_in_force
from cchc_app.data.crypto import keyring
from cchc_app.data.engine import Database
from cchc_app.data.roster import RosterPerson
from cchc_app.services.roster_files import Flaw, Problem, RosterError, read_roster, roster_of
from cchc_app.services.staff_sessions import acting, reading


@dataclass(frozen=True, slots=True)
class Imported:
    """What a unit's roster is now, and how many lines the one before had."""

    people: int
    before: int


def import_roster(db: Database, *, unit: str, path: Path, restore_zeros: bool, now: datetime) -> Imported:
    """Put a file of this machine in the place of a unit's roster; as `import_roster_file`, by the command line."""
    with db.write() as session:
        place = _place(session, unit)
        return _put(session, place, read_roster(path, restore_zeros=restore_zeros, now=now), COMMAND_LINE, now)


def import_roster_file(
    db: Database,
    *,
    actor: str,
    unit: str,
    body: bytes,
    name: str,
    restore_zeros: bool,
    trial: bool,
    now: datetime,
) -> Imported:
    """Put an uploaded file in the place of a unit's roster: all of it, or nothing.

    Args:
        actor: Username of who does it.
        unit: The unit's code.
        body: The file.
        name: Its name.
        restore_zeros: As `roster_of`.
        trial: Only say what it would do.
        now: The present.

    Raises:
        RosterError: with every problem, by row; a person on another unit's roster is one of them.
        ContestError: NOT_ALLOWED, UNIT_UNKNOWN, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.RUN_CONTEST)
    people_of_file = roster_of(body, name, restore_zeros=restore_zeros, now=now)
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        done = _put(session, _place(session, unit), people_of_file, actor, now)
        if trial:
            session.rollback()
        return done


@dataclass(frozen=True, slots=True)
class _Place:
    contest_id: int
    unit_id: int
    unit: str


def _place(session: Session, unit: str) -> _Place:
    contest_id = contest_in_force(session).contest_id
    unit_id = people.unit_id_by_code(session, contest_id=contest_id, code=unit)
    if unit_id is None:
        raise ContestError(ErrorCode.UNIT_UNKNOWN)
    return _Place(contest_id, unit_id, unit)


def _put(session: Session, place: _Place, entries: dict[int, RosterPerson], actor: str, now: datetime) -> Imported:
    before = roster.clear_roster(session, unit_id=place.unit_id)
    indexes = {row: keyring().blind_index(entry.number) for row, entry in entries.items()}
    elsewhere = roster.units_of_numbers(session, contest_id=place.contest_id, number_indexes=set(indexes.values()))
    if elsewhere:
        raise RosterError(
            *(
                Problem(row, Flaw.ON_ANOTHER_ROSTER, elsewhere[index])
                for row, index in indexes.items()
                if index in elsewhere
            )
        )
    roster.add_roster(session, contest_id=place.contest_id, unit_id=place.unit_id, people=entries.values())
    audit.append(
        session,
        at=now,
        actor=actor,
        action=Action.ROSTER_IMPORTED,
        subject=f"unit:{place.unit}",
        before={"people": before},
        after={"people": len(entries)},
    )
    return Imported(people=len(entries), before=before)
