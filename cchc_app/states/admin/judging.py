"""A judge's desk: slogans by blind number, points saved as they are chosen, handed in together, then compared."""

from typing import Any

import reflex as rx

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services import judge_slogans as service
from cchc_app.services.judging_desk import JudgeDesk, desk
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.admin.judging_views import (
    ComparedView,
    CriterionView,
    Progress,
    RoundTab,
    TaskChip,
    TaskView,
    chip,
    compared_view,
    criterion_views,
    progress,
    screen_of,
    task_view,
)
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.session import StaffState
from cchc_app.states.clock import server_now
from cchc_app.states.forms import typed, whole_number
from cchc_app.texts import judging as texts
from cchc_app.texts import message


class JudgeDeskState(Told, rx.State):
    """What the page shows. Units and authors never come here; others' scores only when all are in."""

    screen: str = "loading"  # loading, none, score, waiting, compare
    rounds: list[RoundTab] = []
    number: int = 0
    tasks: list[TaskChip] = []
    task: TaskView = TaskView()
    criteria: list[CriterionView] = []
    scale: list[int] = []
    progress: Progress = Progress()
    saved: str = ""
    confirming: bool = False
    waiting: str = ""
    compared: list[ComparedView] = []

    _chosen: int = 0

    @rx.event
    async def load(self):
        """Fill the page."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.JUDGE_SLOGANS)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        await self._fill(viewer)
        return None

    @rx.event
    async def show_round(self, number: int):
        """Show another round one has judged in."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.JUDGE_SLOGANS)
        if viewer is None:
            return staff._turn_away()
        self._hush()
        await self._fill(viewer, whole_number(number))
        return None

    @rx.event
    async def open_task(self, code: int):
        """Show a slogan of the list; an unknown one shows the next one to judge."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.JUDGE_SLOGANS)
        if viewer is None:
            return staff._turn_away()
        self._hush()
        self._chosen = whole_number(code)
        await self._fill(viewer, self.number)
        return None

    @rx.event
    async def give(self, code: int, criterion: str, points: int):
        """Save the points of one criterion."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.JUDGE_SLOGANS)
        if viewer is None:
            return staff._turn_away()
        await self._save(viewer, service.save_points, code, criterion=criterion, points=points, now=server_now())
        return None

    @rx.event
    async def write_comment(self, code: int, text: str):
        """Save one's own note."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.JUDGE_SLOGANS)
        if viewer is None:
            return staff._turn_away()
        await self._save(viewer, service.save_comment, code, comment=text if isinstance(text, str) else "")
        return None

    @rx.event
    async def put_off(self, code: int, skipped: bool):
        """Judge a slogan later and show the next one, or take it up again."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.JUDGE_SLOGANS)
        if viewer is None:
            return staff._turn_away()
        self._chosen = 0 if skipped is True else whole_number(code)
        await self._save(viewer, service.set_skipped, code, skipped=skipped is True)
        return None

    @rx.event
    async def step_back(self, form: dict[str, Any]):
        """Say that one must not judge a slogan."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.JUDGE_SLOGANS)
        if viewer is None:
            return staff._turn_away()
        code, reason = whole_number(typed(form, "code")), typed(form, "reason")
        if await self._save(viewer, service.declare_conflict, code, reason=reason, now=server_now()):
            self.saved = texts.CONFLICT_DONE
        return None

    @rx.event
    async def ask(self, confirming: bool):
        """Ask before handing in, or not after all."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.JUDGE_SLOGANS)
        if viewer is None:
            return staff._turn_away()
        self._hush()
        self.confirming = confirming is True
        return None

    @rx.event
    async def hand_in(self):
        """Hand everything in."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.JUDGE_SLOGANS)
        if viewer is None:
            return staff._turn_away()
        await self._do(viewer, service.submit, now=server_now())
        return None

    @rx.event
    async def write_note(self, form: dict[str, Any]):
        """Keep what was said about a slogan."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.JUDGE_SLOGANS)
        if viewer is None:
            return staff._turn_away()
        code, number = whole_number(typed(form, "code")), whole_number(typed(form, "number"))
        wanted = {"number": number, "text": typed(form, "text", longest=service.LONGEST_COMMENT), "now": server_now()}
        if await self._do(viewer, service.add_note, code_number=code, **wanted):
            self.saved = texts.NOTE_DONE
        return None

    async def _save(self, viewer: StaffViewer, work, code: object, **wanted) -> bool:
        done = await self._do(viewer, work, code_number=code, **wanted)
        if done:
            self.saved = texts.saved_at(server_now())
        return done

    async def _do(self, viewer: StaffViewer, work, **wanted) -> bool:
        """Whether a service did what was wanted; a refusal is on the page then, and what is stored with it."""
        self._hush()
        try:
            await in_thread(work, get_database(), actor=viewer.username, **wanted)
        except ContestError as error:
            self._refuse(error)
        await self._fill(viewer, self.number)
        return not self.notice

    async def _fill(self, viewer: StaffViewer, number: int = 0) -> None:
        try:
            found = await in_thread(desk, get_database(), actor=viewer.username, number=number)
        except ContestError as error:  # the role was taken away a moment ago
            self.reset()
            self.screen, self.notice, self.notice_code = "none", message(error.code, error.details), error.code.value
            return
        self.screen, self.number = screen_of(found), found.number
        self.rounds = [RoundTab(one, texts.round_name(one)) for one in found.rounds]
        self.tasks = [chip(task, found.rules) for task in found.tasks]
        self.progress, self.waiting = progress(found), texts.waiting_text(found.waiting)
        self.scale = list(range(found.rules.lowest, found.rules.highest + 1))
        self._show(found)
        self.compared = [compared_view(one, found.rules) for one in found.compared]

    def _show(self, found: JudgeDesk) -> None:
        """Put a slogan on the screen: the chosen one, else the next that is not judged, skipped ones last."""
        numbers = [task.code_number for task in found.tasks]
        before = numbers.index(self.task.code) + 1 if self.task.code in numbers else 0
        round_the_list = [*found.tasks[before:], *found.tasks[:before]]
        by_need = sorted(
            round_the_list, key=lambda task: (task.code_number != self._chosen, task.complete, task.skipped)
        )
        self.task = task_view(by_need[0], numbers) if by_need else TaskView()
        self._chosen = self.task.code
        self.criteria = criterion_views(by_need[0].points if by_need else {}, found.rules)

    def _hush(self) -> None:
        super()._hush()
        self.saved, self.confirming = "", False
