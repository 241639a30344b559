"""One file that was read: what it would change, to be written whole or dropped."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services import import_units as service
from cchc_app.services.import_units import Change, JobPage
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.services.unit_files import RowProblem
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.units import JobRow, job_row
from cchc_app.states.forms import whole_number
from cchc_app.texts import admin_units as texts

MOST_SHOWN = 200


@dataclass
class ChangeRow:
    """What one row does in words."""

    row: int = 0
    what: str = ""
    code: str = ""
    before: str = ""
    after: str = ""


@dataclass
class ProblemRow:
    """What is wrong with one row in words."""

    key: str = ""
    row: str = ""
    column: str = ""
    what: str = ""


class UnitImportState(Told, rx.State):
    """What the page shows."""

    job: JobRow = JobRow()
    changes: list[ChangeRow] = []
    problems: list[ProblemRow] = []
    more: bool = False
    waiting: bool = False  # for somebody to confirm
    may_run: bool = False
    loaded: bool = False

    @rx.event
    async def load(self):
        """Show the import of the address."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        await self._fill(viewer)
        return None

    @rx.event
    async def confirm(self):
        """Write everything."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        ok, line = await self._work(service.confirm, viewer, number=self._number())
        await self._fill(viewer)
        self.done = texts.confirmed(line.kind, line.counts) if ok else ""
        return None

    @rx.event
    async def drop(self):
        """Write nothing."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        ok, _ = await self._work(service.drop, viewer, number=self._number())
        await self._fill(viewer)
        self.done = texts.DROPPED if ok else ""
        return None

    async def _fill(self, viewer: StaffViewer) -> None:
        wanted: dict[str, Any] = {"actor": viewer.username, "number": self._number()}
        try:
            self._show(await in_thread(service.job_page, get_database(), **wanted))
        except ContestError as error:
            self._refuse(error)
        self.may_run, self.loaded = viewer.may(Permission.RUN_CONTEST), True

    def _show(self, found: JobPage) -> None:
        self.job, self.waiting = job_row(found.line), found.line.state == service.READY
        self.changes = [change_row(change) for change in found.changes[:MOST_SHOWN]]
        self.problems = [problem_row(n, problem) for n, problem in enumerate(found.problems[:MOST_SHOWN])]
        self.more = max(len(found.changes), len(found.problems)) > MOST_SHOWN
        if found.line.trial and found.line.state == service.DROPPED:
            self.done = texts.roster_trial(found.line.counts)

    def _number(self) -> int:
        return whole_number(self.router.url.path.rstrip("/").rsplit("/", 1)[-1])


def change_row(change: Change) -> ChangeRow:
    """What one row does in words: only the values that differ."""
    pairs = [(old, new) for old, new in zip(change.before, change.after, strict=True) if old != new]
    return ChangeRow(
        row=change.row,
        what=texts.ADDED if change.action == "added" else texts.CHANGED,
        code=change.code,
        before=texts.values(old for old, _ in pairs),
        after=texts.values(new for _, new in pairs),
    )


def problem_row(place: int, problem: RowProblem) -> ProblemRow:
    """What is wrong with one row in words."""
    return ProblemRow(
        key=str(place),
        row=str(problem.row) if problem.row else texts.WHOLE_FILE,
        column=problem.column,
        what=texts.problem(problem.code, problem.value),
    )
