"""What organisers see of prizes: every board, its list with names, who was passed over, what was done by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cchc_app.contest.access import Permission
from cchc_app.contest.boards import OVERALL
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.prize_states import ListState
from cchc_app.data import official as results
from cchc_app.data import prize_lists as rows
from cchc_app.data import slogan_desk
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import PrizeList
from cchc_app.services.prize_lists import is_open, state_of
from cchc_app.services.prize_proposals import board_scopes
from cchc_app.services.prize_views import ScopeView, SkippedLine, names_in, scope_views
from cchc_app.services.short_tables import Arranged, arrange
from cchc_app.services.skipped_entrants import SKIPPED, skipped_lines
from cchc_app.services.staff_sessions import reading


@dataclass(frozen=True, slots=True)
class PrizeBoard:
    """A board that has prizes, and how far its newest list has come; None before the first."""

    board: int
    state: ListState | None


@dataclass(frozen=True, slots=True)
class ListLine:
    """One version of a list and who did what."""

    version: int
    state: ListState
    withdrawn: bool
    reason: str
    proposed_by: str
    proposed_at: datetime
    confirmed_by: str | None
    confirmed_at: datetime | None
    published_by: str | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class PrizeDesk:
    """The page.

    Attributes:
        boards: That have prizes.
        board: The one shown.
        revision: Of the newest list; 0 before the first.
        versions: Of the list, the newest first.
        scopes: Of the newest list.
        skipped: Who was passed over in it, as the address asks for them.
        open: Whether the committee has something to decide.
        outdated: Whether a newer result or publication is there than the list was made from.
        own: Whether who looks had the last hand on it, and so cannot confirm it.
    """

    boards: tuple[PrizeBoard, ...]
    board: int
    revision: int
    versions: tuple[ListLine, ...]
    scopes: tuple[ScopeView, ...]
    skipped: Arranged[SkippedLine]
    open: bool
    outdated: bool
    own: bool


def prize_desk(db: Database, *, actor: str, wanted: int | None, asked: Mapping[str, object]) -> PrizeDesk:
    """The page of a board, of the first with prizes if the wanted one has none, as an address asks for it.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING; PRIZES_NONE when the rules have no prizes at all.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        contest = contest_in_force(session)
        numbers = [period.number for period in contest.rule_set.periods] + [OVERALL]
        boards = [board for board in numbers if board_scopes(contest, board)]
        if not boards:
            raise ContestError(ErrorCode.PRIZES_NONE)
        board = wanted if wanted in boards else boards[0]
        found = rows.lists(session, contest.contest_id)
        mine = [one for one in found if one.board == board]
        newest = {one.board: one for one in reversed(found)}
        row = mine[0] if mine else None
        names = names_in(session, contest.contest_id, [row.body] if row else [], winners_only=False)
        result = results.newest(session, contest_id=contest.contest_id, board=board)
        publication = slogan_desk.newest_publication(session, contest.contest_id) if board == OVERALL else None
    scopes = scope_views(row.body, names) if row else ()
    made_from = (result.version if result else 0, publication.version if publication else 0)
    return PrizeDesk(
        boards=tuple(PrizeBoard(one, state_of(newest[one]) if one in newest else None) for one in boards),
        board=board,
        revision=row.revision if row else 0,
        versions=tuple(_line(one) for one in mine),
        scopes=scopes,
        skipped=arrange(SKIPPED, skipped_lines(scopes), asked),
        open=row is not None and is_open(row.body),
        outdated=row is not None and not row.body["withdrawn"] and _made_from(row) != made_from,
        own=row is not None and row.proposed_by == actor,
    )


def _made_from(row: PrizeList) -> tuple[int, int]:
    result, slogans = row.body["result"], row.body["slogans"]
    return (result["version"] if result else 0, slogans["version"] if slogans else 0)


def _line(row: PrizeList) -> ListLine:
    return ListLine(
        version=row.version,
        state=state_of(row),
        withdrawn=row.body["withdrawn"],
        reason=row.body["reason"],
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        confirmed_by=row.confirmed_by,
        confirmed_at=row.confirmed_at,
        published_by=row.published_by,
        published_at=row.published_at,
    )
