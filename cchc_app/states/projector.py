"""The boards for a hall: one after the other, by themselves, live."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import reflex as rx

from cchc_app import routes
from cchc_app.contest.boards import OVERALL
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.data.types import to_millis
from cchc_app.services import standings
from cchc_app.services.clock import server_now
from cchc_app.services.runner import in_thread
from cchc_app.states.board_tabs import NO_BOARD, wanted_board
from cchc_app.states.standings import StandingsState
from cchc_app.states.unit_standings import UnitStandingsState
from cchc_app.texts import message
from cchc_app.texts import projector as texts

PEOPLE, UNITS = "ca-nhan", "don-vi"
EVERY, SHORTEST, LONGEST = 20, 5, 600  # seconds
MOST_SLIDES = 12
# A browser may be a moment ahead of its turn.
EARLY = timedelta(seconds=1)


@dataclass
class Slide:
    """One board of the round."""

    kind: str = PEOPLE
    board: int = NO_BOARD
    title: str = ""


class ProjectorState(rx.State):
    """Which board is on the screen and until when. Public; the boards themselves are those of their pages."""

    screen: str = "loading"  # loading, people, units, none or missing
    notice: str = ""
    slides: list[Slide] = []
    turn: int = 0
    title: str = ""
    now_ms: int = 0
    turn_at_ms: int = 0
    seconds: int = EVERY

    @rx.event
    async def load(self):
        """Begin the round that the address asks for, or the usual one. Public."""
        now, asked = server_now(), self.router.url.query_parameters
        self.reset()
        self.seconds = _seconds(asked.get(routes.SECONDS_QUERY))
        try:
            menu = await in_thread(standings.menu, get_database(), wanted=None, now=now)
        except ContestError as error:
            self.screen, self.notice = "missing", message(error.code, error.details)
            return
        if menu.current is None:
            self.screen, self.notice = "none", texts.not_open(menu.opens_at)
            return
        self.slides = _slides(asked.get(routes.SLIDES_QUERY, ""), menu.numbers, menu.current)
        await self._show(0, now)

    @rx.event
    async def go_on(self):
        """Show the next board, when its turn has come. Public."""
        now = server_now()
        if self.slides and to_millis(now + EARLY) >= self.turn_at_ms:
            await self._show((self.turn + 1) % len(self.slides), now)

    async def _show(self, turn: int, now: datetime) -> None:
        slide = self.slides[turn]
        boards = await self.get_state(StandingsState if slide.kind == PEOPLE else UnitStandingsState)
        await boards._watch(slide.board, now)
        self.turn, self.title = turn, slide.title
        self.screen = "people" if slide.kind == PEOPLE else "units"
        self.now_ms = to_millis(now)
        self.turn_at_ms = self.now_ms + self.seconds * 1000


def _slides(asked: str, numbers: tuple[int, ...], current: int) -> list[Slide]:
    """The boards named in the address, `2,chung-cuoc,don-vi,don-vi:2`, in its order; else the usual round."""
    named = [_slide(part, numbers) for part in asked.split(",")[:MOST_SLIDES]]
    usual = [(PEOPLE, current), (PEOPLE, OVERALL), (UNITS, current), (UNITS, OVERALL)]
    chosen = [one for one in named if one is not None] or list(dict.fromkeys(usual))
    return [Slide(kind, board, texts.slide(board, units=kind == UNITS)) for kind, board in chosen]


def _slide(part: str, numbers: tuple[int, ...]) -> tuple[str, int] | None:
    kind, _, name = part.partition(":")
    board = wanted_board(name or routes.OVERALL_BOARD) if kind == UNITS else wanted_board(part)
    return (UNITS if kind == UNITS else PEOPLE, board) if board in numbers and board is not None else None


def _seconds(asked: object) -> int:
    if not isinstance(asked, str) or not (asked.isascii() and asked.isdigit() and len(asked) <= 4):
        return EVERY
    return min(max(int(asked), SHORTEST), LONGEST)
