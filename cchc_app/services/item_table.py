"""The item analysis as organisers read it: a table of question versions, one of them opened, a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from cchc_app.contest import boards, table_query
from cchc_app.contest.access import Permission
from cchc_app.contest.item_analysis import ItemFlag
from cchc_app.contest.table_query import TableQuery, TableShape
from cchc_app.contest.text import fold
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import OVERALL
from cchc_app.services.item_jobs import AnalysedItem, ItemJobs, analysed, is_notable
from cchc_app.services.participation import BOARD, board_slug
from cchc_app.services.staff_sessions import reading
from cchc_app.services.workbooks import Cell, Column, Sheet, workbook
from cchc_app.texts import admin_items as texts

FLAG, TOPIC, ITEM = "dau-hieu", "chu-de", "mo"
ANY_FLAG = "can-xem"
BY_CODE, BY_PAPERS, BY_FACILITY, BY_DISCRIMINATION, BY_TIME, BY_EXPOSURE = (
    "ma",
    "bai",
    "do-de",
    "phan-biet",
    "thoi-gian",
    "gap",
)
SORTS = (BY_CODE, BY_PAPERS, BY_FACILITY, BY_DISCRIMINATION, BY_TIME, BY_EXPOSURE)


@dataclass(frozen=True, slots=True)
class ItemTable:
    """A page of the table.

    Attributes:
        board: A period's number or `OVERALL` for all of them; None before the first opens.
        boards: Those one may choose.
        topics: Those there are.
        lines: Question versions of this page.
        found: Lines the question finds on all pages.
        count: Question versions that were on a finished paper.
        notable: How many of them an organiser should look at.
        papers: Finished papers these figures are made of.
        at: When the oldest of them was made; None while there is none.
        missing: Whether figures of a period are not there yet.
        query: The question as it was answered.
        chosen: The opened one; None when none is.
        withheld: Whether participants do not see the figures of this board yet.
    """

    board: int | None
    boards: tuple[int, ...]
    topics: tuple[str, ...]
    lines: tuple[AnalysedItem, ...]
    found: int
    count: int
    notable: int
    papers: int
    at: datetime | None
    missing: bool
    query: TableQuery
    chosen: AnalysedItem | None
    withheld: datetime | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an address asks about: the board, those there are, the period rows it is made of."""

    board: int | None
    boards: tuple[int, ...]
    period_ids: tuple[int, ...]
    withheld: datetime | None


def shape(topics: Sequence[str], numbers: Sequence[int]) -> TableShape:
    """What the table can be asked for."""
    flags = (ANY_FLAG, *ItemFlag)
    return TableShape(SORTS, {BOARD: tuple(map(board_slug, numbers)), FLAG: flags, TOPIC: tuple(topics)})


def chosen_board(db: Database, *, actor: str, asked: Mapping[str, object], now: datetime) -> Chosen:
    """Which papers an address asks about; all of them unless it names a period.

    Args:
        actor: Username of who reads.
        asked: The parameters of the page's address.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        contest = contest_in_force(session)
    numbers = boards.opened(rule_set=contest.rule_set, now=now)
    wanted = {board_slug(number): number for number in numbers}.get(str(asked.get(BOARD)))
    board = wanted if wanted is not None else (OVERALL if numbers else None)
    periods = [number for number in numbers if number != OVERALL and board in (number, OVERALL)]
    ids = tuple(contest.period_ids[number] for number in periods)
    hidden = None
    if board is not None:
        hidden = boards.withheld_until(rule_set=contest.rule_set, board=board, settled=contest.settled, now=now)
    return Chosen(board, numbers, ids, hidden)


def item_table(db: Database, jobs: ItemJobs, *, actor: str, asked: Mapping[str, object], now: datetime) -> ItemTable:
    """A page of what has been computed so far; arguments and refusals as `chosen_board`."""
    chosen = chosen_board(db, actor=actor, asked=asked, now=now)
    known = jobs.known(chosen.period_ids)
    items = analysed(db, jobs, known)
    topics = tuple(sorted({item.text.topic for item in items}))
    ways = shape(topics, chosen.boards)
    query = table_query.parse(ways, asked)
    found = arranged(items, query)
    query = query.on_page(min(query.page, table_query.page_count(ways, len(found))))
    first = (query.page - 1) * ways.page_size
    return ItemTable(
        board=chosen.board,
        boards=chosen.boards,
        topics=topics,
        lines=tuple(found[first : first + ways.page_size]),
        found=len(found),
        count=len(items),
        notable=sum(is_notable(item.analysis) for item in items),
        papers=sum(sums.papers for sums in known.values()),
        at=min((sums.at for sums in known.values()), default=None),
        missing=len(known) < len(chosen.period_ids),
        query=query,
        chosen=next((item for item in items if str(item.text.version_id) == asked.get(ITEM)), None),
        withheld=chosen.withheld,
    )


def item_file(db: Database, jobs: ItemJobs, *, actor: str, asked: Mapping[str, object], now: datetime) -> bytes:
    """The same as .xlsx: every question the address finds, and every option of theirs.

    What is not computed yet is computed first. Arguments and refusals as `chosen_board`.
    """
    chosen = chosen_board(db, actor=actor, asked=asked, now=now)
    running = jobs.start(chosen.period_ids, now=now)
    while running is not None:
        running.result()
        known = jobs.known(chosen.period_ids)
        # An earlier computation may have been of other periods.
        running = jobs.start(chosen.period_ids, now=now) if len(known) < len(chosen.period_ids) else None
    items = analysed(db, jobs, jobs.known(chosen.period_ids))
    query = table_query.parse(shape(tuple({item.text.topic for item in items}), chosen.boards), asked)
    found = arranged(items, query)
    note = texts.file_note(chosen.board, now)
    return workbook(
        Sheet(texts.FILE_ITEMS, note, [Column(*one) for one in texts.ITEM_COLUMNS], map(_item_cells, found)),
        Sheet(
            texts.FILE_OPTIONS,
            note,
            [Column(*one) for one in texts.OPTION_COLUMNS],
            [cells for item in found for cells in _option_cells(item)],
        ),
    )


def arranged(items: Sequence[AnalysedItem], query: TableQuery) -> list[AnalysedItem]:
    """The lines a question finds, in its order; what is not defined comes last in either direction."""
    found = [item for item in items if _matches(item, query)]
    if query.sort == BY_CODE:
        return found[::-1] if query.descending else found
    defined = [item for item in found if _figure(item, query.sort) is not None]
    defined.sort(key=lambda item: _figure(item, query.sort) or 0.0, reverse=query.descending)
    return defined + [item for item in found if _figure(item, query.sort) is None]


def _matches(item: AnalysedItem, query: TableQuery) -> bool:
    wanted, flag = fold(query.search), query.filters.get(FLAG)
    return (
        query.filters.get(TOPIC, item.text.topic) == item.text.topic
        and (flag != ANY_FLAG or is_notable(item.analysis))
        and (flag in (None, ANY_FLAG) or flag in item.analysis.flags)
        and (not wanted or wanted in item.text.code.casefold() or wanted in fold(item.text.stem))
    )


def _figure(item: AnalysedItem, sort: str) -> float | None:
    analysis = item.analysis
    return {
        BY_PAPERS: analysis.papers,
        BY_FACILITY: analysis.facility,
        BY_DISCRIMINATION: analysis.discrimination,
        BY_TIME: analysis.median_ms,
        BY_EXPOSURE: analysis.exposure,
    }[sort]


def _item_cells(item: AnalysedItem) -> Sequence[Cell]:
    text, analysis = item.text, item.analysis
    return (
        text.code,
        text.version,
        text.topic,
        text.difficulty,
        text.stem,
        analysis.papers,
        _number(analysis.exposure, 100),
        _number(analysis.facility, 100),
        _number(analysis.discrimination),
        _seconds(analysis.mean_ms),
        _seconds(analysis.median_ms),
        "; ".join(texts.FLAGS[flag] for flag in analysis.flags),
    )


def _option_cells(item: AnalysedItem) -> list[Sequence[Cell]]:
    return [
        (
            item.text.code,
            item.text.version,
            texts.LETTERS[option.option],
            item.text.options[option.option],
            texts.ACCEPTED if option.accepted else "",
            _number(option.share, 100),
            _number(option.discrimination),
            "; ".join(texts.FLAGS[flag] for flag in option.flags),
        )
        for option in item.analysis.options
    ]


def _number(value: float | None, factor: int = 1) -> Fraction | None:
    return None if value is None else Fraction(value) * factor


def _seconds(milliseconds: int | None) -> Fraction | None:
    return None if milliseconds is None else Fraction(milliseconds, 1000)
