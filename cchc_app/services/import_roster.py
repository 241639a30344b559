"""Taking in the list of its people that a unit hands in."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import COMMAND_LINE, Action
from cchc_app.data import audit, people, roster
from cchc_app.data.contests import contest_in_force
from cchc_app.data.crypto import keyring
from cchc_app.data.engine import Database
from cchc_app.services.roster_files import Flaw, Problem, RosterError, read_roster


@dataclass(frozen=True, slots=True)
class Imported:
    """What a unit's roster is now, and how many lines the one before had."""

    people: int
    before: int


def import_roster(db: Database, *, unit: str, path: Path, restore_zeros: bool, now: datetime) -> Imported:
    """Put a file in the place of a unit's roster: all of it, or nothing.

    Args:
        unit: The unit's code.
        path: The file.
        restore_zeros: As `read_roster`.
        now: The present.

    Raises:
        RosterError: with every problem, by row; a person on another unit's roster is one of them.
        ContestError: UNIT_UNKNOWN, CONTEST_MISSING.
    """
    with db.write() as session:
        contest_id = contest_in_force(session).contest_id
        unit_id = people.unit_id_by_code(session, contest_id=contest_id, code=unit)
        if unit_id is None:
            raise ContestError(ErrorCode.UNIT_UNKNOWN)
        entries = read_roster(path, restore_zeros=restore_zeros, now=now)
        before = roster.clear_roster(session, unit_id=unit_id)
        indexes = {row: keyring().blind_index(entry.number) for row, entry in entries.items()}
        elsewhere = roster.units_of_numbers(session, contest_id=contest_id, number_indexes=set(indexes.values()))
        if elsewhere:
            raise RosterError(
                *(
                    Problem(row, Flaw.ON_ANOTHER_ROSTER, elsewhere[index])
                    for row, index in indexes.items()
                    if index in elsewhere
                )
            )
        roster.add_roster(session, contest_id=contest_id, unit_id=unit_id, people=entries.values())
        audit.append(
            session,
            at=now,
            actor=COMMAND_LINE,
            action=Action.ROSTER_IMPORTED,
            subject=f"unit:{unit}",
            before={"people": before},
            after={"people": len(entries)},
        )
    return Imported(people=len(entries), before=before)
