"""The boards of individuals: who stands where, when that may be seen, why somebody has a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from cchc_app.contest import boards, ranking, text
from cchc_app.contest.errors import ContestError
from cchc_app.data import boards as rows
from cchc_app.data import predictions
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.crypto import keyring
from cchc_app.data.engine import Database
from cchc_app.data.quiz import own_attempt
from cchc_app.data.standings import board_entry, settled_actuals
from cchc_app.data.tables import Attempt
from cchc_app.services.board_looks import BoardFreeze, Look, looking

MAX_PAGE = 100
MIN_SEARCH = 2
ROW_KEY_LENGTH = 12
# Papers handed out in the last instant of a period may still be on their way to the database.
SETTLE_MARGIN = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class BoardEntry:
    """One line of a board; `key` lets a browser recognise it and says nothing else about the person."""

    key: str
    rank: int
    full_name: str
    unit_name: str
    points: int
    correct: int
    total: int
    time_used_ms: int
    finished_at: datetime

    @property
    def figures(self) -> tuple[object, ...]:
        """What changes when the person's counted paper does."""
        return (self.points, self.time_used_ms)


@dataclass(frozen=True, slots=True)
class Board:
    """A part of one board, or, while it is withheld, only when it appears.

    Args:
        number: The period, or `contest.boards.OVERALL`.
        rows: The lines asked for; none while withheld.
        size: People on the whole board; None while withheld.
        withheld_until: When it may be seen (the instant may have passed: then it is being settled), or None.
        freeze: Why it does not move; then everything is as it was when that began.
    """

    number: int
    rows: tuple[BoardEntry, ...]
    size: int | None
    withheld_until: datetime | None
    freeze: BoardFreeze | None = None


@dataclass(frozen=True, slots=True)
class BoardStamp:
    """For comparing inside the server, never for showing: the version counts papers while counts are hidden."""

    version: int
    withheld_until: datetime | None
    freeze: BoardFreeze | None


@dataclass(frozen=True, slots=True)
class BoardMenu:
    """The boards that exist, the one to show (None before the first opens), and when the first opens."""

    numbers: tuple[int, ...]
    current: int | None
    opens_at: datetime


@dataclass(frozen=True, slots=True)
class PlaceExplained:
    """One's place on a week's board and the chain that made it."""

    rank: int
    size: int
    unit_rank: int
    steps: tuple[ranking.ExplainedStep, ...]


def menu(db: Database, *, wanted: int | None, now: datetime) -> BoardMenu:
    """Which boards there are, and the wanted one if it is among them, else the open week's, else the last closed one.

    Raises:
        ContestError: CONTEST_MISSING before the contest is set up.
    """
    with db.read() as session:
        rule_set = contest_in_force(session).rule_set
    numbers = boards.opened(rule_set=rule_set, now=now)
    default = boards.default_board(rule_set=rule_set, now=now)
    return BoardMenu(numbers, wanted if wanted in numbers else default, rule_set.periods[0].opens_at)


def board_stamp(db: Database, *, period_number: int, now: datetime) -> BoardStamp:
    """What changes whenever a board may look different.

    Raises:
        ContestError: as `board`.
    """
    with looking(db, number=period_number, now=now) as (session, look):
        return BoardStamp(rows.version(session, look.contest.contest_id), look.withheld_until, look.freeze)


def board(db: Database, *, period_number: int, now: datetime, offset: int = 0, limit: int = MAX_PAGE) -> Board:
    """Lines `offset + 1` to `offset + limit` (at most MAX_PAGE) of a board.

    Args:
        period_number: The period, or `contest.boards.OVERALL`.

    Raises:
        ContestError: CONTEST_MISSING; NO_PERIOD for a board that does not exist or has not opened.
    """
    with looking(db, number=period_number, now=now) as (session, look):
        if look.withheld_until is not None:
            return Board(period_number, (), None, look.withheld_until)
        lines = rows.page(session, **_of(look), offset=max(0, offset), limit=min(max(0, limit), MAX_PAGE))
        size = rows.size(session, **_of(look))
        return Board(period_number, _entries(look.contest, lines), size, None, look.freeze)


def own_place(db: Database, *, participant_id: int, period_number: int, now: datetime) -> BoardEntry | None:
    """One's own line of a board with its rank now; None without a finished paper and while the board is withheld.

    Raises:
        ContestError: as `board`.
    """
    with looking(db, number=period_number, now=now) as (session, look):
        if look.withheld_until is not None:
            return None
        row = rows.own_row(session, **_of(look), participant_id=participant_id)
        if row is None:
            return None
        return _entries(look.contest, [rows.line_of(session, row)])[0]


def search_board(db: Database, *, period_number: int, wanted: str, now: datetime, limit: int) -> tuple[BoardEntry, ...]:
    """The best lines of a board whose name or unit contains `wanted`, accents ignored, each with its true rank.

    Nothing for fewer than MIN_SEARCH characters and while the board is withheld.

    Raises:
        ContestError: as `board`.
    """
    folded = text.fold(wanted)
    with looking(db, number=period_number, now=now) as (session, look):
        if look.withheld_until is not None or len(folded) < MIN_SEARCH:
            return ()
        return _entries(look.contest, rows.search(session, **_of(look), folded=folded, limit=limit))


def place_of_result(db: Database, *, participant_id: int, receipt: str, now: datetime) -> PlaceExplained | None:
    """One's place on the board of a paper's week, explained step by step.

    None for practice, for somebody else's receipt, for people not ranked, and while the board is withheld.
    """
    with db.read() as session:
        attempt = own_attempt(session, receipt, participant_id)
        if attempt is None or attempt.period_id is None:
            return None
        number = contest_in_force(session).period_by_id(attempt.period_id).number
    with looking(db, number=number, now=now) as (session, look):
        if look.withheld_until is not None:
            return None
        row = rows.own_row(session, **_of(look), participant_id=participant_id)
        return None if row is None else _explained(session, look.contest, row)


def row_key(contest_id: int, participant_id: int) -> str:
    """The opaque name of a person's lines: a keyed hash, nobody can compute it or turn it back."""
    return keyring().blind_index(f"standing:{contest_id}:{participant_id}")[:ROW_KEY_LENGTH]


def own_key(db: Database, *, participant_id: int) -> str:
    """The key by which a browser recognises its own person's lines."""
    with db.read() as session:
        return row_key(contest_in_force(session).contest_id, participant_id)


def settle_predictions(db: Database, *, now: datetime) -> tuple[int, ...]:
    """Bring the predictions of closed periods into the boards, each once, whoever else does it at the same time.

    A period is due when it has closed and none of its papers is open any more. Before the contest is set up there is
    nothing to do.

    Returns:
        The periods settled by this call.
    """
    try:
        with db.read() as session:
            contest = contest_in_force(session)
    except ContestError:
        return ()
    settled = []
    for period in contest.rule_set.periods:
        asked = period.prediction is not None and period.number not in contest.settled
        if not asked or now < period.closes_at + SETTLE_MARGIN:
            continue
        with db.write() as session:
            if predictions.settle(
                session, contest_id=contest.contest_id, period=period, rule_set=contest.rule_set, now=now
            ):
                settled.append(period.number)
    return tuple(settled)


def _of(look: Look) -> dict[str, Any]:
    """Which rows a look is at."""
    return {"contest_id": look.contest.contest_id, "board": look.number, "frozen": look.frozen}


def _entries(contest: ContestInForce, lines: Sequence[rows.BoardLine]) -> tuple[BoardEntry, ...]:
    return tuple(
        BoardEntry(
            key=row_key(contest.contest_id, line.participant_id),
            rank=line.rank,
            full_name=line.full_name,
            unit_name=line.unit_name,
            points=line.points,
            correct=line.correct,
            total=line.total,
            time_used_ms=line.time_used_ms,
            finished_at=line.finished_at,
        )
        for line in lines
    )


def _explained(session: Session, contest: ContestInForce, row: rows.BoardRow) -> PlaceExplained:
    chain = contest.rule_set.quiz.tie_break
    counts = rows.around(session, row, ranking.step_ranges(rank_key=row.rank_key, chain=chain))
    paper = session.get_one(Attempt, row.attempt_id)
    mine = board_entry([paper], settled_actuals(session, contest.contest_id, contest.rule_set))
    return PlaceExplained(
        rank=1 + sum(counts.ahead.values()),
        size=counts.size,
        unit_rank=1 + counts.ahead_in_unit,
        steps=ranking.explain(mine=mine, ahead=counts.ahead, chain=chain),
    )
