"""Whether a person is on the list of the unit they name."""

from datetime import date

from sqlmodel import Session

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.text import fold
from cchc_app.data import roster
from cchc_app.data.crypto import keyring
from cchc_app.data.tables import Participant
from cchc_app.data.vneid import lock_by_number


def require_on_roster(
    session: Session, *, contest_id: int, unit_id: int, number: str, full_name: str, birth_date: date
) -> None:
    """Refuse with NOT_ON_ROSTER unless number, name and birth date are together on the unit's roster.

    A unit without a roster admits everybody, unless the contest is for people on rosters only. Names are compared
    without case and accents.
    """
    if not roster.is_roster_only(session, contest_id) and not roster.has_roster(session, unit_id):
        return
    entries = roster.entries_of_unit(session, unit_id=unit_id, number_index=keyring().blind_index(number))
    name = fold(full_name)
    if not any(fold(entry.full_name) == name and entry.birth_date == birth_date for entry in entries):
        raise ContestError(ErrorCode.NOT_ON_ROSTER)


def account_by_former_number(
    session: Session, *, contest_id: int, number: str, full_name: str, birth_date: date
) -> Participant | None:
    """The account made with the CMND that the roster gives for this 12-digit number, locked.

    The name and the birth date must be the same in all three places: a CMND number alone was sometimes issued twice.
    """
    entry = roster.entry_by_number(session, contest_id=contest_id, number_index=keyring().blind_index(number))
    if entry is None or entry.former_number_index is None:
        return None
    account = lock_by_number(session, contest_id=contest_id, number_index=entry.former_number_index)
    if account is None:
        return None
    people = {(fold(one.full_name), one.birth_date) for one in (entry, account)} | {(fold(full_name), birth_date)}
    return account if len(people) == 1 else None
