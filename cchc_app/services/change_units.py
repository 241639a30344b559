"""One unit added, changed, given a headcount: each in the log, nothing written over unseen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from cchc_app.contest import units as rules
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.contest.text import fold
from cchc_app.data import audit
from cchc_app.data import organised_units as rows
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import Unit, UnitHeadcount
from cchc_app.services.organise_units import aliases_of
from cchc_app.services.staff_sessions import acting
from cchc_app.texts.admin_units import SOURCE_DEFAULT
from cchc_app.texts.register import BLOCS


@dataclass(frozen=True, slots=True)
class UnitForm:
    """A unit as typed."""

    name: str = ""
    bloc: str = ""
    aliases: str = ""


def add_unit(db: Database, *, actor: str, code: str, form: UnitForm, now: datetime) -> str:
    """Add a unit at the end of its bloc; its code.

    Raises:
        ContestError: NOT_ALLOWED, UNIT_CODE_INVALID, UNIT_NAME_INVALID, UNIT_BLOC_UNKNOWN, UNIT_CODE_TAKEN.
    """
    wanted, read = rules.parse_code(code), read_form(form)
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        contest_id = contest_in_force(session).contest_id
        units = rows.lock_units(session, contest_id)
        if wanted in units:
            raise ContestError(ErrorCode.UNIT_CODE_TAKEN)
        put_unit(session, contest_id, units, wanted, read)
        _log(session, actor, Action.UNIT_ADDED, wanted, {}, _values(read), now)
    return wanted


def change_unit(db: Database, *, actor: str, code: str, form: UnitForm, seen: UnitForm, now: datetime) -> None:
    """Change a unit's name, bloc and other names.

    Args:
        actor: Username of who changes it.
        code: Which unit.
        form: As typed.
        seen: What the form was filled with: somebody else may have changed the unit since.
        now: When (aware).

    Raises:
        ContestError: NOT_ALLOWED, UNIT_UNKNOWN, UNIT_NAME_INVALID, UNIT_BLOC_UNKNOWN, UNIT_EDITED.
    """
    read = read_form(form)
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        contest_id = contest_in_force(session).contest_id
        units = rows.lock_units(session, contest_id)
        unit = units.get(code)
        if unit is None:
            raise ContestError(ErrorCode.UNIT_UNKNOWN)
        stored = stored_form(unit)
        if (stored.name, stored.bloc, fold(stored.aliases)) != (seen.name, seen.bloc, fold(seen.aliases)):
            last = rows.last_change(session, f"unit:{code}")
            raise ContestError(ErrorCode.UNIT_EDITED, by=last.actor if last else "", at=last.at if last else now)
        put_unit(session, contest_id, units, code, read)
        _log(session, actor, Action.UNIT_CHANGED, code, _values(stored), _values(read), now)


def set_headcount(
    db: Database, *, actor: str, code: str, headcount: str, from_day: str, source: str, now: datetime
) -> tuple[int, date]:
    """Say how many people a unit has from a day on; the number and the day.

    Raises:
        ContestError: NOT_ALLOWED, UNIT_UNKNOWN, HEADCOUNT_INVALID, DAY_INVALID.
    """
    number, day = rules.parse_headcount(headcount), rules.parse_day(from_day)
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        units = rows.lock_units(session, contest_in_force(session).contest_id)
        unit = units.get(code)
        if unit is None:
            raise ContestError(ErrorCode.UNIT_UNKNOWN)
        said = rules.tidy_aliases(source) or SOURCE_DEFAULT
        rows.set_headcount(
            session,
            UnitHeadcount(
                unit_id=unit.id or 0, effective_from=day, headcount=number, source=said, set_by=actor, set_at=now
            ),
        )
        after = {"headcount": number, "from": day.isoformat(), "source": said}
        _log(session, actor, Action.HEADCOUNT_SET, code, {}, after, now)
    return number, day


def read_form(form: UnitForm) -> UnitForm:
    """A form made tidy. Refuses with UNIT_NAME_INVALID, UNIT_BLOC_UNKNOWN."""
    name = rules.parse_name(form.name)
    if form.bloc not in BLOCS:
        raise ContestError(ErrorCode.UNIT_BLOC_UNKNOWN)
    return UnitForm(name, form.bloc, rules.tidy_aliases(form.aliases))


def stored_form(unit: Unit) -> UnitForm:
    """A unit as its form would be filled."""
    return UnitForm(unit.name, unit.bloc, aliases_of(unit.name, unit.search_key))


def put_unit(session: Session, contest_id: int, units: dict[str, Unit], code: str, form: UnitForm) -> Unit:
    """Write a unit, new or not; one that comes into a bloc stands at its end. All units must be locked.

    `units` is kept up to date.
    """
    unit = units.get(code)
    key = fold(f"{form.name} {form.aliases}")
    if unit is None:
        position = rows.place_last_of(session, units, form.bloc)
        unit = Unit(contest_id=contest_id, code=code, name=form.name, bloc=form.bloc, search_key=key, position=position)
    else:
        if unit.bloc != form.bloc:
            unit.position = rows.place_last_of(session, units, form.bloc)
        unit.name, unit.bloc, unit.search_key = form.name, form.bloc, key
    session.add(unit)
    session.flush()
    units[code] = unit
    return unit


def _values(form: UnitForm) -> dict[str, object]:
    return {"name": form.name, "bloc": form.bloc, "aliases": form.aliases}


def _log(
    session: Session,
    actor: str,
    action: Action,
    code: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
    now: datetime,
) -> None:
    audit.append(session, at=now, actor=actor, action=action, subject=f"unit:{code}", before=before, after=after)
