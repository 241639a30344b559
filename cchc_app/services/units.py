"""The units a person can belong to."""

from dataclasses import dataclass
from itertools import groupby

from cchc_app.data import people
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """One unit of a picker."""

    code: str
    name: str
    search_key: str


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """The units of one bloc, in the official order."""

    bloc: str
    units: tuple[UnitChoice, ...]


def unit_groups(db: Database) -> tuple[UnitGroup, ...]:
    """Every unit by bloc, in the official order.

    Raises:
        ContestError: CONTEST_MISSING before the contest is set up.
    """
    with db.read() as session:
        found = people.units(session, contest_in_force(session).contest_id)
    return tuple(
        UnitGroup(bloc, tuple(UnitChoice(unit.code, unit.name, unit.search_key) for unit in group))
        for bloc, group in groupby(found, key=lambda unit: unit.bloc)
    )
