"""What the rows of a file of units would change, and changing it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from cchc_app.contest.errors import ErrorCode
from cchc_app.contest.text import fold
from cchc_app.data import organised_units as rows
from cchc_app.data.tables import Unit, UnitHeadcount
from cchc_app.services.change_units import UnitForm, put_unit, stored_form
from cchc_app.services.unit_files import HEADCOUNTS, RowProblem, UnitRow
from cchc_app.texts.admin_units import SOURCE_DEFAULT

ADDED, CHANGED, SAME = "added", "changed", "same"


@dataclass(frozen=True, slots=True)
class Change:
    """What one row does: added or changed, the unit, and both sides as lists of values in words of the file."""

    row: int
    action: str
    code: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def unknown_codes(units: Mapping[str, Unit], read: Sequence[UnitRow], kind: str) -> list[RowProblem]:
    """Codes that no unit has: all of them in a file of headcounts, those that lost a zero in a file of units."""
    found = []
    for row in read:
        if row.code in units:
            continue
        padded = next((code for code in units if code.isdigit() and code.lstrip("0") == row.code), None)
        if padded is not None:
            found.append(RowProblem(row.row, "", ErrorCode.UNIT_CODE_LOST_ZERO, padded))
        elif kind == HEADCOUNTS:
            found.append(RowProblem(row.row, "", ErrorCode.UNIT_UNKNOWN, row.code))
    return found


def plan(session: Session, units: Mapping[str, Unit], read: Sequence[UnitRow]) -> tuple[tuple[Change, ...], int]:
    """What the rows would change, and how many change nothing."""
    headcounts = rows.headcounts_by_day(session, [unit.id or 0 for unit in units.values()])
    changes = []
    for row in read:
        unit = units.get(row.code)
        before, after = _sides(row, unit, headcounts)
        if before != after:
            changes.append(Change(row.row, CHANGED if unit else ADDED, row.code, before, after))
    return tuple(changes), len(read) - len(changes)


def _sides(
    row: UnitRow, unit: Unit | None, headcounts: Mapping[tuple[int, date], UnitHeadcount]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    before: list[str] = []
    after: list[str] = []
    if row.name is not None and row.bloc is not None:
        stored = stored_form(unit) if unit else UnitForm()
        aliases = stored.aliases if row.aliases is None else fold(row.aliases)
        before += [stored.name, stored.bloc, stored.aliases]
        after += [row.name, row.bloc, aliases]
    if row.headcount is not None and row.day is not None:
        known = headcounts.get((unit.id or 0, row.day)) if unit else None
        source = row.source or (known.source if known else SOURCE_DEFAULT)
        before += [str(known.headcount), row.day.isoformat(), known.source] if known else ["", "", ""]
        after += [str(row.headcount), row.day.isoformat(), source]
    return tuple(before), tuple(after)


def write_row(
    session: Session, *, contest_id: int, actor: str, units: dict[str, Unit], row: UnitRow, now: datetime
) -> None:
    """Write what a row says. All units must be locked."""
    if row.name is not None and row.bloc is not None:
        known = units.get(row.code)
        kept = stored_form(known).aliases if known else ""
        form = UnitForm(row.name, row.bloc, kept if row.aliases is None else row.aliases)
        put_unit(session, contest_id, units, row.code, form)
    if row.headcount is not None and row.day is not None:
        rows.set_headcount(
            session,
            UnitHeadcount(
                unit_id=units[row.code].id or 0,
                effective_from=row.day,
                headcount=row.headcount,
                source=row.source or SOURCE_DEFAULT,
                set_by=actor,
                set_at=now,
            ),
        )


def counts_of(changes: Sequence[Change], same: int, wrong: int) -> dict[str, int]:
    """How many rows do what."""
    actions = Counter(change.action for change in changes)
    return {ADDED: actions[ADDED], CHANGED: actions[CHANGED], SAME: same, "wrong": wrong}
