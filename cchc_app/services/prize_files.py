"""Lists of prizes as .xlsx for the staff: winners and who was passed over; the list proposed for Bằng khen."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction

from sqlmodel import Session

from cchc_app.contest.access import Permission
from cchc_app.contest.boards import OVERALL
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.prize_rules import PrizeKind
from cchc_app.contest.staffing import Action
from cchc_app.data import audit
from cchc_app.data import prize_lists as rows
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import PrizeList
from cchc_app.services.prize_lists import state_of
from cchc_app.services.prize_views import Entrant, PrizeLine, ScopeView, names_in, scope_views
from cchc_app.services.short_tables import found_lines, short_sheet
from cchc_app.services.skipped_entrants import OF_SKIPPED, SKIPPED, VIEW, skipped_lines
from cchc_app.services.staff_sessions import acting
from cchc_app.services.workbooks import Cell, Column, Sheet, workbook
from cchc_app.texts import admin_prizes as texts
from cchc_app.texts.register import bloc_name


def prizes_file(db: Database, *, actor: str, board: int, asked: Mapping[str, object], now: datetime) -> bytes:
    """The newest list of a board: a sheet with winners, a sheet with who was passed over and why.

    Of those passed over are written whom the question finds; they alone when the address shows them.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING; RESULT_MISSING without a list.
    """
    with db.write() as session:
        row, scopes = _taken(session, actor, board, "prizes", now)
    note = texts.file_note(board, row.version, state_of(row), now)
    skipped = short_sheet(SKIPPED, found_lines(SKIPPED, skipped_lines(scopes), asked), note)
    if asked.get(VIEW) == OF_SKIPPED:
        return workbook(skipped)
    return workbook(Sheet(texts.WINNERS_SHEET, note, _columns(texts.WINNER_COLUMNS), _winners(scopes)), skipped)


def commendation_file(db: Database, *, actor: str, now: datetime) -> bytes:
    """The collectives, and the individuals if any, of the whole contest's newest list, as proposed for Bằng khen.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING; RESULT_MISSING without a list.
    """
    with db.write() as session:
        row, scopes = _taken(session, actor, OVERALL, "commendation", now)
    note = texts.file_note(OVERALL, row.version, state_of(row), now)
    units = [_unit(number, *one) for number, one in enumerate(_won(scopes, PrizeKind.UNIT), 1)]
    people = [_person(number, *one) for number, one in enumerate(_won(scopes, PrizeKind.INDIVIDUAL), 1)]
    return workbook(
        Sheet(texts.COLLECTIVE_SHEET, note, _columns(texts.COLLECTIVE_COLUMNS), units),
        Sheet(texts.INDIVIDUAL_SHEET, note, _columns(texts.INDIVIDUAL_COLUMNS), people),
    )


def _taken(
    session: Session, actor: str, board: int, name: str, now: datetime
) -> tuple[PrizeList, tuple[ScopeView, ...]]:
    """Nobody takes a file without an entry that says who and when."""
    acting(session, actor=actor, permission=Permission.READ_CONTEST)
    contest_id = contest_in_force(session).contest_id
    row = rows.newest(session, contest_id=contest_id, board=board)
    if row is None:
        raise ContestError(ErrorCode.RESULT_MISSING)
    subject = f"{name}:{board}:{row.version}"
    audit.append(session, at=now, actor=actor, action=Action.PRIZES_FILE_TAKEN, subject=subject)
    return row, scope_views(row.body, names_in(session, contest_id, [row.body], winners_only=False))


def _won(scopes: Sequence[ScopeView], *kinds: PrizeKind) -> list[tuple[PrizeLine, Entrant]]:
    return [
        (prize, entrant)
        for scope in scopes
        if scope.kind in kinds
        for prize in scope.prizes
        for entrant in prize.winners
    ]


def _winners(scopes: Sequence[ScopeView]) -> list[Sequence[Cell]]:
    return [
        (
            number,
            prize.title,
            texts.KINDS[entrant.kind],
            entrant.name,
            entrant.masked,
            entrant.unit,
            bloc_name(entrant.bloc),
            entrant.place or None,
            texts.facts(entrant.kind, entrant.facts),
            prize.decision,
        )
        for number, (prize, entrant) in enumerate(_won(scopes, *PrizeKind), 1)
    ]


def _unit(number: int, prize: PrizeLine, entrant: Entrant) -> Sequence[Cell]:
    facts = entrant.facts
    result = None if facts["result"] is None else Fraction(facts["result"], 100)
    return (
        number,
        entrant.name,
        bloc_name(entrant.bloc),
        prize.title,
        facts["headcount"],
        facts["participants"],
        result,
    )


def _person(number: int, prize: PrizeLine, entrant: Entrant) -> Sequence[Cell]:
    return (number, entrant.name, entrant.masked, entrant.unit, prize.title, texts.facts(entrant.kind, entrant.facts))


def _columns(headings: Sequence[tuple[str, int]]) -> list[Column]:
    return [Column(*heading) for heading in headings]
