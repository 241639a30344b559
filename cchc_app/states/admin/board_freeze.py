"""The contest page's section about the boards: how long before a period's close they stand still."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services import freeze_boards as service
from cchc_app.services.freeze_boards import FreezeLine
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.sections import typed_values, whole_number
from cchc_app.states.admin.session import StaffState
from cchc_app.states.clock import server_now
from cchc_app.texts import admin_contest as texts


@dataclass
class FreezeView:
    """One period in words."""

    number: int = 0
    name: str = ""
    closes: str = ""
    minutes: str = "0"
    note: str = ""
    over: bool = False


class BoardFreezeState(Told, rx.State):
    """What the section shows."""

    may_edit: bool = False
    periods: list[FreezeView] = []

    @rx.event
    async def load(self):
        """Fill the section."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        await self._fill(viewer)
        return None

    @rx.event
    async def save(self, form: dict[str, Any]):
        """Keep the freeze of one period."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        typed = typed_values(form)
        wanted = {"period_number": whole_number(typed.get("period")), "minutes": whole_number(typed.get("minutes"))}
        done, _ = await self._work(service.set_freeze, viewer, **wanted, note=typed.get("note", ""))
        self.done = texts.SAVED if done else ""
        await self._fill(viewer)
        return None

    async def _fill(self, viewer: StaffViewer) -> None:
        self.may_edit = viewer.may(Permission.RUN_CONTEST)
        try:
            lines = await in_thread(service.freezes, get_database(), actor=viewer.username, now=server_now())
        except ContestError:
            lines = ()  # the page itself says that there is no contest
        self.periods = [freeze_view(line) for line in lines]


def freeze_view(line: FreezeLine) -> FreezeView:
    """A period in words."""
    name, closes = texts.freeze_of(line.number), texts.freeze_closes(line.closes_at)
    return FreezeView(line.number, name, closes, str(line.minutes), line.note, line.over)
