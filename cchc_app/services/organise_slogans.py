"""Round 2 for organisers: every unit with its slogan, its versions, what organisers decide about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from cchc_app.contest import table_query
from cchc_app.contest.access import Permission
from cchc_app.contest.characters import canonical
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.slogan_states import SloganState, state_of
from cchc_app.contest.staffing import Action
from cchc_app.contest.table_query import TableQuery, TableShape
from cchc_app.contest.text import collation_key, fold
from cchc_app.data import audit, judges
from cchc_app.data import slogan_desk as rows
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.slogan_desk import UnitSlogan
from cchc_app.data.tables import Slogan, SloganException, Unit
from cchc_app.services.staff_sessions import acting, reading

LONGEST_REASON = 300
# Names in addresses of the filters and the columns.
STATE, BLOC = "trang-thai", "khoi"
BY_UNIT, BY_NAME, BY_STATE, BY_WORDS, BY_VERSIONS, BY_CHANGE = "don-vi", "ten", "trang-thai", "tieng", "ban", "luc"
SORTS = (BY_UNIT, BY_NAME, BY_STATE, BY_WORDS, BY_VERSIONS, BY_CHANGE)


@dataclass(frozen=True, slots=True)
class SloganLine:
    """One unit of the list.

    Attributes:
        text: What was handed in and not taken back; a draft is its writer's own.
        words: Of `text`, counted when it was handed in.
        versions: How often something was handed in or taken back.
        changed_at: When anything changed last, drafts included.
        extended_to: A later deadline this unit was given.
        disqualified_reason: Empty unless disqualified.
    """

    unit_id: int
    unit_code: str
    unit_name: str
    bloc: str
    state: SloganState
    text: str
    words: int
    versions: int
    changed_at: datetime | None
    representatives: tuple[str, ...]
    extended_to: datetime | None
    disqualified_reason: str
    search_key: str


@dataclass(frozen=True, slots=True)
class SloganTable:
    """A page of the list.

    Attributes:
        lines: Of this page.
        found: How many lines the question finds on all pages.
        query: The question as it was answered: a page beyond the last is the last.
        counts: How many units there are in every state, whatever was asked.
        blocs: Those there are, in the official order.
        closes_at: When the round closes for whoever has no exception.
    """

    lines: tuple[SloganLine, ...]
    found: int
    query: TableQuery
    counts: dict[SloganState, int]
    blocs: tuple[str, ...]
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One thing a unit handed in, or its withdrawal."""

    number: int
    submitted: bool
    text: str
    words: int
    explanation: str
    author: str
    author_public: bool
    written_by: str
    written_at: datetime
    receipt: str


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """A late exception."""

    closes_at: datetime
    reason: str
    granted_by: str
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class SloganDetail:
    """Everything organisers see of one unit's slogan."""

    line: SloganLine
    versions: tuple[VersionLine, ...]
    exceptions: tuple[ExceptionLine, ...]


def shape(blocs: Sequence[str]) -> TableShape:
    """What the list can be asked for."""
    return TableShape(SORTS, {STATE: tuple(SloganState), BLOC: tuple(blocs)})


def slogan_table(db: Database, *, actor: str, asked: Mapping[str, object]) -> SloganTable:
    """A page of the list of units with their slogans.

    Args:
        actor: Username of who reads.
        asked: The parameters of the page's address.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        contest = contest_in_force(session)
        lines = every_line(session, contest.contest_id)
    blocs = tuple(dict.fromkeys(line.bloc for line in lines))
    ways = shape(blocs)
    query = table_query.parse(ways, asked)
    found = arranged(lines, query)
    query = query.on_page(min(query.page, table_query.page_count(ways, len(found))))
    first = (query.page - 1) * ways.page_size
    return SloganTable(
        lines=tuple(found[first : first + ways.page_size]),
        found=len(found),
        query=query,
        counts={state: sum(line.state is state for line in lines) for state in SloganState},
        blocs=blocs,
        closes_at=contest.rule_set.slogan.closes_at,
    )


def every_line(session: Session, contest_id: int) -> list[SloganLine]:
    """Every unit in the official order; three queries, however many there are."""
    representatives = rows.representatives(session, contest_id)
    exceptions = rows.newest_exceptions(session, contest_id)
    return [
        _line(found, [name for _, name in representatives.get(found.unit.id or 0, [])], exceptions)
        for found in rows.units_with_slogans(session, contest_id)
    ]


def arranged(lines: Sequence[SloganLine], query: TableQuery) -> list[SloganLine]:
    """The lines a question finds, in its order. Units are a few hundred: their texts are searched here, accent-free."""
    wanted = fold(query.search)
    found = [
        line
        for line in lines
        if query.filters.get(STATE, line.state) == line.state
        and query.filters.get(BLOC, line.bloc) == line.bloc
        and (not wanted or any(wanted in key for key in _searched(line)))
    ]
    if query.sort != BY_UNIT:
        found.sort(key=lambda line: _order(line, query.sort))
    return found[::-1] if query.descending else found


def _searched(line: SloganLine) -> tuple[str, ...]:
    return (line.search_key, line.unit_code.casefold(), fold(line.text), *map(fold, line.representatives))


def _order(line: SloganLine, sort: str) -> tuple[object, ...]:
    keys = {
        BY_NAME: collation_key(line.unit_name),
        BY_STATE: tuple(SloganState).index(line.state),
        BY_WORDS: line.words,
        BY_VERSIONS: line.versions,
        BY_CHANGE: line.changed_at.timestamp() if line.changed_at else 0.0,
    }
    return (keys[sort],)


def _line(found: UnitSlogan, names: Sequence[str], exceptions: dict[int, SloganException]) -> SloganLine:
    unit, slogan, version = found.unit, found.slogan, found.version
    state = state_of(slogan.status if slogan else None, slogan.disqualified_at if slogan else None)
    shown = version if state in (SloganState.SUBMITTED, SloganState.DISQUALIFIED) else None
    extension = exceptions.get(unit.id or 0)
    instants = [slogan.draft_at] if slogan else []
    instants += [version.written_at] if version else []
    return SloganLine(
        unit_id=unit.id or 0,
        unit_code=unit.code,
        unit_name=unit.name,
        bloc=unit.bloc,
        state=state,
        text=shown.text if shown else "",
        words=shown.words if shown else 0,
        versions=slogan.version_number if slogan else 0,
        changed_at=max(instants, default=None),
        representatives=tuple(names),
        extended_to=extension.closes_at if extension else None,
        disqualified_reason=(slogan.disqualified_reason or "") if slogan and slogan.disqualified_at else "",
        search_key=unit.search_key,
    )


def slogan_detail(db: Database, *, actor: str, unit_code: str) -> SloganDetail:
    """Every version of a unit's slogan and every exception it was given.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, UNIT_UNKNOWN.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        lines = every_line(session, contest_in_force(session).contest_id)
        line = next((line for line in lines if line.unit_code == unit_code), None)
        if line is None:
            raise ContestError(ErrorCode.UNIT_UNKNOWN)
        slogan = rows.slogan_of_unit(session, line.unit_id)
        written = rows.versions(session, slogan.id or 0) if slogan else []
        exceptions = rows.exceptions_of(session, line.unit_id)
    return SloganDetail(
        line,
        tuple(
            VersionLine(
                number=version.number,
                submitted=version.action == SloganState.SUBMITTED,
                text=version.text,
                words=version.words,
                explanation=version.explanation,
                author=version.author,
                author_public=version.author_public,
                written_by=name,
                written_at=version.written_at,
                receipt=version.receipt,
            )
            for version, name in written
        ),
        tuple(ExceptionLine(one.closes_at, one.reason, one.granted_by, one.granted_at) for one in exceptions),
    )


def disqualify(db: Database, *, actor: str, unit_code: str, reason: str, now: datetime) -> None:
    """Take a slogan that was handed in out of the round; its text and versions stay.

    Raises:
        ContestError: NOT_ALLOWED, REASON_MISSING, UNIT_UNKNOWN, SLOGAN_MISSING.
    """
    why = one_sentence(reason)
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        unit, slogan = _locked(session, unit_code, why)
        if slogan is None or slogan.status != SloganState.SUBMITTED:
            raise ContestError(ErrorCode.SLOGAN_MISSING)
        if slogan.disqualified_at is not None:
            return
        slogan.disqualified_at, slogan.disqualified_reason = now, why
        slogan.revision += 1
        session.add(slogan)
        _note(session, actor, Action.SLOGAN_DISQUALIFIED, unit, why, now)


def reinstate(db: Database, *, actor: str, unit_code: str, reason: str, now: datetime) -> None:
    """Take a disqualification back.

    Raises:
        ContestError: NOT_ALLOWED, REASON_MISSING, UNIT_UNKNOWN.
    """
    why = one_sentence(reason)
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        unit, slogan = _locked(session, unit_code, why)
        if slogan is None or slogan.disqualified_at is None:
            return
        slogan.disqualified_at = slogan.disqualified_reason = None
        slogan.revision += 1
        session.add(slogan)
        _note(session, actor, Action.SLOGAN_REINSTATED, unit, why, now)


def grant_exception(
    db: Database, *, actor: str, unit_code: str, until: datetime | None, reason: str, now: datetime
) -> None:
    """Let one unit hand in later than the others.

    Args:
        until: From when on nothing is accepted any more (aware); None when no instant could be read.

    Raises:
        ContestError: NOT_ALLOWED, REASON_MISSING, UNIT_UNKNOWN, EXCEPTION_TIME_INVALID, EXCEPTION_TOO_EARLY,
            JUDGING_BEGUN.
    """
    why = one_sentence(reason)
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        contest = contest_in_force(session)
        unit, _ = _locked(session, unit_code, why)
        if until is None:
            raise ContestError(ErrorCode.EXCEPTION_TIME_INVALID)
        if until <= max(now, contest.rule_set.slogan.closes_at):
            raise ContestError(ErrorCode.EXCEPTION_TOO_EARLY, closes_at=contest.rule_set.slogan.closes_at)
        # Whoever opens the main round holds the judges: one of the two comes first and the other sees it.
        judges.lock_judges(session)
        if rows.judging_has_begun(session, contest.contest_id):
            raise ContestError(ErrorCode.JUDGING_BEGUN)
        exception = SloganException(unit_id=unit.id or 0, closes_at=until, reason=why, granted_by=actor, granted_at=now)
        session.add(exception)
        _note(session, actor, Action.SLOGAN_EXCEPTION, unit, why, now, until=until.isoformat(timespec="milliseconds"))


def one_sentence(raw: str) -> str:
    """A reason as the log keeps it: tidy, at most 300 characters."""
    return "".join(char for char in canonical(raw[:LONGEST_REASON]) if char.isprintable())


def _locked(session: Session, unit_code: str, reason: str) -> tuple[Unit, Slogan | None]:
    if not reason:
        raise ContestError(ErrorCode.REASON_MISSING)
    contest_id = contest_in_force(session).contest_id
    unit = rows.lock_unit(session, contest_id=contest_id, code=unit_code)
    if unit is None:
        raise ContestError(ErrorCode.UNIT_UNKNOWN)
    return unit, rows.lock_slogan(session, unit.id or 0)


def _note(
    session: Session, actor: str, action: Action, unit: Unit, reason: str, now: datetime, **after: object
) -> None:
    session.flush()
    audit.append(
        session, at=now, actor=actor, action=action, subject=f"unit:{unit.code}", after={"reason": reason, **after}
    )
