"""The boards of units and blocs in words."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from cchc_app import routes
from cchc_app.services.unit_standings import BlocEntry, UnitBoard, UnitEntry
from cchc_app.states.board_tabs import slug
from cchc_app.texts import standings as common
from cchc_app.texts import unit_standings as texts
from cchc_app.texts.register import bloc_name

PAGE_ROWS = 50


@dataclass
class UnitRowView:
    """A unit's line in words."""

    key: str = ""
    rank: str = ""
    name: str = ""
    taking_part: str = ""
    result: str = ""
    score: str = ""
    reason: str = ""
    href: str = ""  # the same page with this unit's numbers open
    fresh: bool = False


@dataclass
class BlocView:
    """A bloc's figures in words."""

    name: str = ""
    units: str = ""
    taking_part: str = ""
    score: str = ""
    href: str = ""


@dataclass
class UnitLive:
    """The first page of a board as everybody who looks at it has it: what one message holds."""

    rows: list[UnitRowView] = field(default_factory=list)
    blocs: list[BlocView] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    anybody: bool = False
    ranked: bool = False  # somebody of them
    size: str = ""
    withheld: str = ""
    frozen: str = ""
    stamp: str = ""
    at_ms: int = 0


@dataclass
class StepView:
    """A step of the formula."""

    what: str = ""
    how: str = ""
    result: str = ""


@dataclass
class FormulaView:
    """One unit's numbers in the formula."""

    key: str = ""
    place: str = ""
    steps: list[StepView] = field(default_factory=list)
    gate: str = ""


def row_view(row: UnitEntry, href: str, *, in_bloc: bool = False, fresh: bool = False) -> UnitRowView:
    """A unit's line in words; the rank is the one in its bloc where only one bloc is shown."""
    rank = row.bloc_rank if in_bloc else row.rank
    return UnitRowView(
        key=row.key,
        rank=texts.NO_RANK if rank is None else str(rank),
        name=row.name,
        taking_part=texts.taking_part(row.formula),
        result=texts.result(row.formula) if rank is not None else texts.NO_RANK,
        score=texts.mean_score(row.formula),
        reason=texts.reason(row.formula) if row.formula.totals.participants else "",
        href=href,
        fresh=fresh,
    )


def formula_view(row: UnitEntry) -> FormulaView:
    """One unit's numbers in the formula, in words."""
    steps = [StepView(*step) for step in texts.steps(row.formula)]
    return FormulaView(row.key, texts.bloc_place(row.bloc, row.bloc_rank), steps, texts.gate(row.formula))


def live_view(board: UnitBoard, now: datetime) -> UnitLive:
    """A board in words. Tabs that open at the same version share one view: it is never changed."""
    return _shared_view(board, is_over(board, now))


def is_over(board: UnitBoard, now: datetime) -> bool:
    return board.withheld_until is not None and board.withheld_until <= now


@lru_cache(maxsize=32)
def _shared_view(board: UnitBoard, over: bool) -> UnitLive:
    return board_view(board, over, frozenset(), 0)


def board_view(board: UnitBoard, over: bool, fresh: frozenset[str], at_ms: int) -> UnitLive:
    if board.withheld_until is not None:
        return UnitLive(withheld=common.withheld(board.number, board.withheld_until, over=over), stamp="withheld")
    name, freeze = slug(board.number), board.freeze
    rows: Sequence[UnitRowView] = [
        row_view(row, routes.unit_standings(name, opened=row.key), fresh=row.key in fresh)
        for row in board.rows[:PAGE_ROWS]
    ]
    return UnitLive(
        rows=list(rows),
        blocs=[bloc_view(bloc, name) for bloc in board.blocs],
        shown=[row.key for row in rows],
        anybody=any(row.formula.totals.participants for row in board.rows),
        ranked=any(row.rank is not None for row in board.rows),
        size=texts.size(board.size or 0),
        frozen="" if freeze is None else common.frozen(freeze.since, freeze.until, freeze.note),
        stamp=hashlib.sha256(repr(board).encode()).hexdigest()[:16],
        at_ms=at_ms,
    )


def bloc_view(bloc: BlocEntry, board: str) -> BlocView:
    """A bloc's figures in words."""
    return BlocView(
        name=bloc_name(bloc.code),
        units=texts.units_of(bloc.units, bloc.ranked),
        taking_part=texts.taking_part(bloc.formula),
        score=texts.mean_score(bloc.formula),
        href=routes.unit_standings(board, bloc=bloc.code),
    )
