"""Prizes before organisers: the list of a board, ties to decide, who was passed over, confirmation, publication."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError
from cchc_app.contest.prize_rules import PrizeKind
from cchc_app.contest.prizes import SkipReason
from cchc_app.data.engine import get_database
from cchc_app.services import prize_approval, prize_lists, skipped_entrants
from cchc_app.services.prize_desk import PrizeDesk, prize_desk
from cchc_app.services.prize_lists import Decision
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.admin.prize_words import (
    KindView,
    SkippedView,
    VersionView,
    field_name,
    kind_view,
    skipped_view,
    step_of,
    version_view,
)
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.tables import Listed
from cchc_app.states.board_tabs import TabView
from cchc_app.states.clock import server_now
from cchc_app.states.forms import ticked, typed
from cchc_app.texts import admin_prizes as texts

SKIPPED_HEADINGS = (
    (skipped_entrants.BY_PRIZE, texts.COLUMN_PRIZE, False),
    (skipped_entrants.BY_NAME, texts.COLUMN_WHO, False),
    (skipped_entrants.BY_PLACE, texts.COLUMN_PLACE, True),
    (skipped_entrants.BY_REASON, texts.COLUMN_REASON, False),
)


class PrizesState(Told, Listed, rx.State):
    """What the page shows. `step` is what can be done: none, proposed, confirmed, published or withdrawn."""

    boards: list[TabView] = []
    views: list[TabView] = []
    of_skipped: bool = False
    kinds: list[KindView] = []
    skipped: list[SkippedView] = []
    versions: list[VersionView] = []
    step: str = "none"
    withdrawal: bool = False
    replaces: bool = False
    open_ties: bool = False
    outdated: bool = False
    own: bool = False
    file: str = ""
    commendation: bool = False
    may_run: bool = False
    loaded: bool = False

    _board: int = -1
    _revision: int = 0
    _tied: dict[str, list[int]] = {}

    @rx.event
    async def load(self):
        """Show the list of the board the address asks for."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        await self._fill(viewer)
        return None

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Go to those passed over that the search form asks for."""
        staff = await self.get_state(StaffState)
        if await staff._require(Permission.READ_CONTEST) is None:
            return staff._turn_away()
        return self._to_question(routes.prize_tables(self._board, routes.SKIPPED_VIEW), form)

    @rx.event
    async def propose(self, form: dict[str, Any]):
        """Make the list from the newest official result."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        said = self._said(texts.proposed)
        await self._do(prize_lists.propose, viewer, said, reason=typed(form, "reason"))
        return None

    @rx.event
    async def decide(self, form: dict[str, Any]):
        """Say who wins of those who tie."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        quota = typed(form, "quota")
        chosen = [entry for entry in self._tied.get(quota, []) if ticked(form, field_name(entry))]
        decision = Decision(quota=quota, entries=chosen, reason=typed(form, "reason"))
        await self._do(prize_lists.decide, viewer, lambda _: texts.CHOSEN, decision=decision)
        return None

    @rx.event
    async def withdraw(self, form: dict[str, Any]):
        """Begin a version that takes the published list back."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        said = self._said(texts.proposed)
        await self._do(prize_lists.withdraw, viewer, said, reason=typed(form, "reason"))
        return None

    @rx.event
    async def confirm(self, form: dict[str, Any]):
        """Say, as a second person, that the list is right."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        code = typed(form, "code")
        await self._do(prize_approval.confirm, viewer, lambda _: texts.CONFIRMED, code=code)
        return None

    @rx.event
    async def publish(self, form: dict[str, Any]):
        """Show the confirmed list to everybody."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        await self._do(prize_approval.publish, viewer, self._said(texts.published), code=typed(form, "code"))
        return None

    def _said(self, words: Callable[[int, int], str]) -> Callable[[int], str]:
        return lambda version: words(self._board, version)

    async def _do(
        self, work: Callable[..., Any], viewer: StaffViewer, said: Callable[[Any], str], **wanted: Any
    ) -> None:
        self._hush()
        known = {"actor": viewer.username, "board": self._board, "revision": self._revision, "now": server_now()}
        try:
            made = await in_thread(work, get_database(), **known, **wanted)
        except ContestError as error:
            # What somebody else changed stands on the page next to what was typed here.
            await self._fill(viewer)
            self._refuse(error)
            return
        await self._fill(viewer)
        self.done = said(made)

    async def _fill(self, viewer: StaffViewer) -> None:
        asked = self._asked()
        board = asked.get(routes.OFFICIAL_BOARD_QUERY, "")
        wanted = int(board) if board.isascii() and board.isdigit() and len(board) < 4 else None
        self.of_skipped = asked.get(skipped_entrants.VIEW) == skipped_entrants.OF_SKIPPED
        try:
            self._show(await in_thread(prize_desk, get_database(), actor=viewer.username, wanted=wanted, asked=asked))
        except ContestError as error:
            self._refuse(error)
        self.may_run, self.loaded = viewer.may(Permission.RUN_CONTEST), True

    def _show(self, desk: PrizeDesk) -> None:
        self._board, self._revision = desk.board, desk.revision
        self._tied = {
            prize.code: [entrant.entry for entrant in prize.tie.entrants]
            for scope in desk.scopes
            for prize in scope.prizes
            if prize.tie
        }
        view = routes.SKIPPED_VIEW if self.of_skipped else ""
        self.boards = [
            TabView(
                texts.board_tab(one.board, one.state), routes.staff_prizes(one.board, view), one.board == desk.board
            )
            for one in desk.boards
        ]
        self._show_view(desk, view)
        self.versions = [version_view(one) for one in desk.versions]
        newest = desk.versions[0] if desk.versions else None
        self.withdrawal = newest is not None and newest.withdrawn
        self.step = step_of(newest)
        self.replaces = len(desk.versions) > 1
        self.open_ties, self.outdated, self.own = desk.open, desk.outdated, desk.own
        self.file = routes.prizes_file(desk.board) if newest else ""
        self.commendation = newest is not None and desk.board == 0

    def _show_view(self, desk: PrizeDesk, view: str) -> None:
        prizes = sum(prize.count for scope in desk.scopes for prize in scope.prizes)
        self.views = [
            TabView(texts.counted(name, count), routes.prize_tables(desk.board, one), one == view)
            for name, count, one in (
                (texts.PRIZES_VIEW, prizes, ""),
                (texts.SKIPPED, desk.skipped.count, routes.SKIPPED_VIEW),
            )
        ]
        self.kinds = [] if self.of_skipped else [kind_view(scope) for scope in desk.scopes]
        self.skipped = [skipped_view(line) for line in desk.skipped.lines] if self.of_skipped else []
        self._arranged(
            desk.skipped,
            path=routes.prize_tables(desk.board, routes.SKIPPED_VIEW),
            file=routes.prizes_file(desk.board, routes.SKIPPED_VIEW),
            headings=SKIPPED_HEADINGS,
            things=texts.SKIPPED_THINGS,
            words={
                skipped_entrants.KIND: lambda kind: texts.KINDS[PrizeKind(kind)],
                skipped_entrants.REASON: lambda reason: texts.REASONS[SkipReason(reason)],
            },
        )
