"""The organisers' page of judging: rounds, judges, who judges what, results. Auditors read it."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services import desk_lists, judge_conflicts
from cchc_app.services import run_judging as service
from cchc_app.services.judging_overview import Overview, overview
from cchc_app.services.runner import in_thread
from cchc_app.services.short_tables import arrange
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.admin.judging_rounds_views import (
    JudgeView,
    PanelView,
    ResultView,
    RoundView,
    TieView,
    headline,
    judge_view,
    lift_choices,
    panel_view,
    result_view,
    round_view,
    tie_views,
    tied_numbers,
)
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.tables import ChoiceView, Listed
from cchc_app.states.clock import server_now
from cchc_app.states.forms import typed, whole_number
from cchc_app.texts import desk_lists as list_texts
from cchc_app.texts import judging as texts

QUESTIONS = ("open", "close")
HEADINGS = (
    (desk_lists.BY_RANK, list_texts.BY_DEFAULT, False),
    (desk_lists.BY_CODE, texts.COLUMN_CODE, False),
    (desk_lists.BY_UNIT, texts.COLUMN_UNIT, False),
    (desk_lists.BY_SCORE, texts.COLUMN_SCORE, True),
    (desk_lists.BY_SPREAD, texts.COLUMN_SPREAD, True),
)
WORDS = {desk_lists.LEFT: list_texts.JUDGED_LEFTS.__getitem__, desk_lists.TALK: list_texts.JUDGED_TALKS.__getitem__}


class JudgingRoundsState(Told, Listed, rx.State):
    """What the page shows. Scores come here when all judges have handed in."""

    phase: str = "loading"  # loading, before, open, closed
    may_run: bool = False
    facts: list[str] = []
    ready: bool = False  # what comes next may be done now
    asking: str = ""  # open, close
    rounds: list[RoundView] = []
    judges: list[JudgeView] = []
    panels: list[PanelView] = []
    chosen: PanelView = PanelView()
    results: list[ResultView] = []
    order: str = ""
    ties: list[TieView] = []
    units: list[ChoiceView] = []
    lifts: list[ChoiceView] = []  # noted conflicts, to take one back

    @rx.event
    async def load(self):
        """Fill the page."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        await self._fill(viewer)
        return None

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Go to the slogans that the search form asks for."""
        staff = await self.get_state(StaffState)
        if await staff._require(Permission.READ_CONTEST) is None:
            return staff._turn_away()
        return self._to_question(routes.JUDGING_ROUNDS, form)

    @rx.event
    async def ask(self, what: str):
        """Ask before a round is opened or closed; anything else asks nothing."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self._hush()
        self.asking = what if isinstance(what, str) and what in QUESTIONS else ""
        return None

    @rx.event
    async def open_main(self):
        """Open the main round."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        await self._do(viewer, service.open_main, texts.ROUND_OPENED)
        return None

    @rx.event
    async def close_round(self):
        """Close the open round."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        await self._do(viewer, service.close_round, texts.ROUND_CLOSED)
        return None

    @rx.event
    async def open_tie(self, form: dict[str, Any]):
        """Open a round for the ticked groups of tied slogans."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        await self._do(viewer, service.open_tie, texts.ROUND_OPENED, code_numbers=tied_numbers(form))
        return None

    @rx.event
    async def choose(self, code: int):
        """Open the panel of a slogan's judges; an unknown one closes it."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self._hush()
        self.chosen = next((panel for panel in self.panels if panel.code == whole_number(code)), PanelView())
        return None

    @rx.event
    async def reassign(self, form: dict[str, Any]):
        """Give a task of the chosen slogan to another judge."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        wanted = {"code_number": whole_number(typed(form, "code")), "judge": typed(form, "judge")}
        await self._do(viewer, service.reassign, texts.CHANGED, to=typed(form, "to"), **wanted)
        return None

    @rx.event
    async def note_conflict(self, form: dict[str, Any]):
        """Note that a judge must not judge a unit's slogan."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        wanted = {name: typed(form, name) for name in ("judge", "unit", "reason")}
        await self._do(viewer, judge_conflicts.declare_conflict, texts.CONFLICT_NOTED, **wanted)
        return None

    @rx.event
    async def lift_conflict(self, form: dict[str, Any]):
        """Take back a conflict that was noted by mistake."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        judge, _, unit = typed(form, "conflict").partition("/")
        wanted = {"judge": judge, "unit": unit, "reason": typed(form, "reason")}
        await self._do(viewer, judge_conflicts.lift_conflict, texts.CONFLICT_LIFTED, **wanted)
        return None

    async def _do(self, viewer: StaffViewer, work: Callable[..., None], said: str, **wanted) -> None:
        self._hush()
        try:
            await in_thread(work, get_database(), actor=viewer.username, now=server_now(), **wanted)
        except ContestError as error:
            self._refuse(error)
        else:
            self.done = said
            self.deeds += 1
        await self._fill(viewer)

    async def _fill(self, viewer: StaffViewer) -> None:
        try:
            found = await in_thread(overview, get_database(), actor=viewer.username)
        except ContestError as error:  # the role was taken away a moment ago
            self.reset()
            self._refuse(error)
            return
        self._show(found)

    def _show(self, found: Overview) -> None:
        self.phase, self.facts = headline(found, now=server_now())
        self.may_run, self.ready = found.may_run, found.left == 0 and server_now() >= found.deadline
        self.rounds = [round_view(one) for one in found.rounds]
        self.judges = [judge_view(one) for one in found.judges]
        page = arrange(desk_lists.JUDGED, desk_lists.judged_lines(found), self._asked())
        self._arranged(
            page,
            path=routes.JUDGING_ROUNDS,
            file=routes.JUDGED_FILE,
            headings=HEADINGS,
            things=list_texts.JUDGED_THINGS,
            words=WORDS,
        )
        self.panels = [panel_view(one.panel) for one in page.lines if one.panel]
        self.chosen = next((panel for panel in self.panels if panel.code == self.chosen.code), PanelView())
        shown = any(one.scores for one in found.results.slogans)
        ranked = [one.result for one in page.lines if one.result] if shown else []
        self.results = [result_view(one, found.results.rules) for one in ranked]
        self.order = texts.criteria_order([one.name for one in found.results.rules.criteria])
        self.ties = tie_views(found) if self.phase == "closed" else []
        self.units = [ChoiceView(code, name) for code, name in found.units.items()]
        self.lifts = lift_choices(found)

    def _hush(self) -> None:
        super()._hush()
        self.asking = ""
