"""Who writes for which unit, for organisers: terms, codes that can still be used, people who can be appointed."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from cchc_app.contest import table_query
from cchc_app.contest.access import Permission
from cchc_app.contest.characters import canonical
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.table_query import TableQuery, TableShape
from cchc_app.contest.text import collation_key, fold
from cchc_app.data import people
from cchc_app.data import slogan_desk as rows
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import Unit, UnitRepresentative
from cchc_app.services.representatives import make_codes
from cchc_app.services.staff_sessions import reading

# Names in addresses of the filters and the columns.
WRITER, BLOC = "dai-dien", "khoi"
BY_UNIT, BY_NAME, BY_CODE = "don-vi", "ten", "ma"
CANDIDATES = 20
LONGEST_SEARCH = 60


class Writer(StrEnum):
    """Whether a unit has a representative; the values stand in addresses."""

    THERE = "co"
    CODE_OUT = "da-cap-ma"  # none, but a code that can be used
    MISSING = "chua-co"


@dataclass(frozen=True, slots=True)
class Term:
    """A running term of a representative."""

    term_id: int
    name: str
    appointed_by: str
    appointed_at: datetime


@dataclass(frozen=True, slots=True)
class WriterLine:
    """One unit: its representatives, and when the code that can still be used was made."""

    unit_id: int
    unit_code: str
    unit_name: str
    bloc: str
    search_key: str
    terms: tuple[Term, ...]
    code_made_at: datetime | None

    @property
    def writer(self) -> Writer:
        """Whether somebody writes for it."""
        if self.terms:
            return Writer.THERE
        return Writer.MISSING if self.code_made_at is None else Writer.CODE_OUT


@dataclass(frozen=True, slots=True)
class WriterTable:
    """A page of the list; as `organise_slogans.SloganTable`. `without` counts the units nobody writes for."""

    lines: tuple[WriterLine, ...]
    found: int
    query: TableQuery
    counts: dict[Writer, int]
    blocs: tuple[str, ...]
    without: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A participant of the unit who could be appointed."""

    participant_id: int
    name: str
    citizen_id_masked: str


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """A new code as it goes to its unit; it is stored nowhere and never in a repr."""

    unit_name: str
    code: str

    def __repr__(self) -> str:
        return f"PrintedCode({self.unit_name!r})"


# What the list is ordered by; as it comes, in the official order of units.
SORTS: Mapping[str, Callable[[WriterLine], Any] | None] = {
    BY_UNIT: None,
    BY_NAME: lambda line: collation_key(line.unit_name),
    BY_CODE: lambda line: line.code_made_at.timestamp() if line.code_made_at else 0.0,
}


def shape(blocs: Sequence[str]) -> TableShape:
    """What the list can be asked for."""
    return TableShape(tuple(SORTS), {WRITER: tuple(Writer), BLOC: tuple(blocs)})


def writer_table(db: Database, *, actor: str, asked: Mapping[str, object]) -> WriterTable:
    """A page of the list of units with their representatives.

    Args:
        actor: Username of who reads.
        asked: The parameters of the page's address.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    lines = writer_lines(db, actor=actor)
    blocs = tuple(dict.fromkeys(line.bloc for line in lines))
    ways = shape(blocs)
    query = table_query.parse(ways, asked)
    found = _arranged(lines, query)
    query = query.on_page(min(query.page, table_query.page_count(ways, len(found))))
    first = (query.page - 1) * ways.page_size
    return WriterTable(
        lines=tuple(found[first : first + ways.page_size]),
        found=len(found),
        query=query,
        counts={writer: sum(line.writer is writer for line in lines) for writer in Writer},
        blocs=blocs,
        without=sum(not line.terms for line in lines),
    )


def writer_lines(db: Database, *, actor: str) -> list[WriterLine]:
    """Every unit with its representatives, in the official order.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        contest_id = contest_in_force(session).contest_id
        units = people.units(session, contest_id)
        terms, codes = rows.representatives(session, contest_id), rows.codes_alive(session, contest_id)
    return [_line(unit, terms.get(unit.id or 0, []), codes.get(unit.id or 0)) for unit in units]


def make_sheet(
    db: Database, *, actor: str, unit_codes: Collection[str] | None, now: datetime
) -> tuple[PrintedCode, ...]:
    """New codes to be printed, in the official order of units.

    Args:
        actor: Username of the organiser.
        unit_codes: Codes of units in the list of units; None for all units nobody writes for.
        now: When (aware).

    Raises:
        ContestError: NOT_ALLOWED, UNITS_NOT_CHOSEN.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.RUN_CONTEST)
        contest_id = contest_in_force(session).contest_id
        served = rows.representatives(session, contest_id) if unit_codes is None else {}
        names = {
            unit.id or 0: unit.name
            for unit in people.units(session, contest_id)
            if (unit.code in unit_codes if unit_codes is not None else unit.id not in served)
        }
    if not names:
        raise ContestError(ErrorCode.UNITS_NOT_CHOSEN)
    made = make_codes(db, actor=actor, unit_ids=list(names), now=now)
    return tuple(PrintedCode(names[unit_id], code) for unit_id, code in made)


def candidates(db: Database, *, actor: str, unit_code: str, search: str) -> tuple[WriterLine, tuple[Candidate, ...]]:
    """A unit with its representatives, and its participants whose names hold what was typed.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, UNIT_UNKNOWN.
    """
    wanted = fold(canonical(search[:LONGEST_SEARCH]))
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        contest_id = contest_in_force(session).contest_id
        unit = rows.unit_by_code(session, contest_id=contest_id, code=unit_code)
        if unit is None:
            raise ContestError(ErrorCode.UNIT_UNKNOWN)
        terms = rows.representatives(session, contest_id).get(unit.id or 0, [])
        code = rows.codes_alive(session, contest_id).get(unit.id or 0)
        found = rows.people_of_unit(session, unit_id=unit.id or 0, search=wanted, limit=CANDIDATES)
    serving = {term.participant_id for term, _ in terms}
    return _line(unit, terms, code), tuple(
        Candidate(person.id or 0, person.full_name, person.citizen_id_masked)
        for person in found
        if person.id not in serving
    )


def _line(unit: Unit, terms: Sequence[tuple[UnitRepresentative, str]], code_made_at: datetime | None) -> WriterLine:
    return WriterLine(
        unit_id=unit.id or 0,
        unit_code=unit.code,
        unit_name=unit.name,
        bloc=unit.bloc,
        search_key=unit.search_key,
        terms=tuple(Term(term.id or 0, name, term.appointed_by, term.appointed_at) for term, name in terms),
        code_made_at=code_made_at,
    )


def _arranged(lines: Sequence[WriterLine], query: TableQuery) -> list[WriterLine]:
    wanted = fold(query.search)
    found = [
        line
        for line in lines
        if query.filters.get(WRITER, line.writer) == line.writer
        and query.filters.get(BLOC, line.bloc) == line.bloc
        and (not wanted or any(wanted in key for key in searched(line)))
    ]
    order = SORTS[query.sort]
    if order is not None:
        found.sort(key=order)
    return found[::-1] if query.descending else found


def searched(line: WriterLine) -> Iterable[str]:
    """The texts a search looks into, without accents and capitals."""
    return (line.search_key, line.unit_code.casefold(), *(fold(term.name) for term in line.terms))
