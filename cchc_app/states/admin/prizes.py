"""Prizes before organisers: the list of a board, ties to decide, confirmation by a second person, publication."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services import prize_approval, prize_lists
from cchc_app.services.prize_desk import PrizeDesk, prize_desk
from cchc_app.services.prize_lists import Decision
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.admin.prize_words import (
    BoardView,
    KindView,
    VersionView,
    field_name,
    kind_view,
    step_of,
    version_view,
)
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.session import StaffState
from cchc_app.states.clock import server_now
from cchc_app.states.forms import ticked, typed
from cchc_app.texts import admin_prizes as texts


class PrizesState(Told, rx.State):
    """What the page shows. `step` is what can be done: none, proposed, confirmed, published or withdrawn."""

    boards: list[BoardView] = []
    kinds: list[KindView] = []
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
        asked = self.router.url.query_parameters.get(routes.OFFICIAL_BOARD_QUERY, "")
        wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else None
        try:
            self._show(await in_thread(prize_desk, get_database(), actor=viewer.username, wanted=wanted))
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
        self.boards = [
            BoardView(texts.board_tab(one.board, one.state), routes.staff_prizes(one.board), one.board == desk.board)
            for one in desk.boards
        ]
        self.kinds = [kind_view(scope) for scope in desk.scopes]
        self.versions = [version_view(one) for one in desk.versions]
        newest = desk.versions[0] if desk.versions else None
        self.withdrawal = newest is not None and newest.withdrawn
        self.step = step_of(newest)
        self.replaces = len(desk.versions) > 1
        self.open_ties, self.outdated, self.own = desk.open, desk.outdated, desk.own
        self.file = routes.prizes_file(desk.board) if newest else ""
        self.commendation = newest is not None and desk.board == 0
