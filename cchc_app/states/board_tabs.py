"""What every boards' page shares: the board an address names, the tabs, the pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cchc_app import routes
from cchc_app.contest.boards import OVERALL
from cchc_app.texts import standings as texts

NO_BOARD = -1
PAGE_DIGITS = 6


@dataclass
class TabView:
    """Something one may choose."""

    name: str = ""
    href: str = ""
    current: bool = False


@dataclass
class PagerView:
    """The pages of a board; an empty address for one that is not there."""

    said: str = ""
    first: str = ""
    before: str = ""
    after: str = ""
    last: str = ""


def slug(number: int) -> str:
    """How addresses name a board."""
    return routes.OVERALL_BOARD if number == OVERALL else str(number)


def wanted_board(name: object) -> int | None:
    """The board an address names, or None."""
    if name == routes.OVERALL_BOARD:
        return OVERALL
    if not isinstance(name, str) or not (name.isascii() and name.isdigit() and len(name) <= 3):
        return None
    return int(name) or None


def wanted_page(name: object) -> int:
    """The page an address names; the first one for anything else."""
    if not isinstance(name, str) or not (name.isascii() and name.isdigit() and len(name) <= PAGE_DIGITS):
        return 1
    return max(1, int(name))


def kinds(numbers: Sequence[int], board: int, active: str) -> list[TabView]:
    """The kinds of boards: people of a week, of all of them; units; blocs. Each keeps the period one looks at."""
    week = board if board != OVERALL else max(numbers)
    return [
        TabView(texts.WEEKS, routes.standings(slug(week)), active == "people" and board != OVERALL),
        TabView(texts.OVERALL_NAME, routes.standings(slug(OVERALL)), active == "people" and board == OVERALL),
        TabView(texts.UNITS, routes.unit_standings(slug(board)), active == "units"),
        TabView(texts.BLOCS, routes.bloc_standings(slug(board)), active == "blocs"),
    ]


def periods(numbers: Sequence[int], board: int, address: Callable[[str], str], *, overall: bool) -> list[TabView]:
    """The periods to choose from, the whole contest as well for boards of units; nothing where there is no choice."""
    shown = [number for number in numbers if overall or number != OVERALL]
    if len(shown) < 2 or board not in shown:
        return []
    return [TabView(texts.period_name(number), address(slug(number)), number == board) for number in shown]


def pager(page: int, pages: int, address: Callable[[int], str]) -> PagerView:
    """Where one can go from a page; empty for a board of one page."""
    if pages < 2:
        return PagerView()
    near: dict[str, Any] = {}
    if page > 1:
        near |= {"first": address(1), "before": address(page - 1)}
    if page < pages:
        near |= {"after": address(page + 1), "last": address(pages)}
    return PagerView(said=texts.page_of(page, pages), **near)
