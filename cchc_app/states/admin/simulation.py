"""The contest as a participant would see it at a chosen instant; nothing is written."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import reflex as rx

from cchc_app.contest.access import Permission
from cchc_app.contest.boards import OVERALL
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services import typed_fields
from cchc_app.services.home import HomeView
from cchc_app.services.runner import in_thread
from cchc_app.services.simulate import Simulation, simulate
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.admin.session import StaffState
from cchc_app.states.clock import server_now
from cchc_app.states.forms import typed
from cchc_app.states.home import now_card, slogan_card
from cchc_app.texts import admin_contest as texts
from cchc_app.texts import message


@dataclass
class Seen:
    """What the pages say at the instant."""

    heading: str = ""
    pill: str = ""
    until: str = ""
    is_open: bool = False
    visitor_button: str = ""
    newcomer_button: str = ""
    door: str = ""
    slogan: str = ""
    weeks: list[str] = field(default_factory=list)
    boards: list[str] = field(default_factory=list)
    news: list[str] = field(default_factory=list)


@dataclass
class Moment:
    """A shortcut to an instant of the rules."""

    name: str = ""
    at: str = ""


class SimulationState(rx.State):
    """What the page shows."""

    at: str = ""
    seen: Seen = Seen()
    moments: list[Moment] = []
    error: str = ""
    notice: str = ""
    notice_code: str = ""

    @rx.event
    async def load(self):
        """The present moment."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        await self._look(viewer, server_now())
        return None

    @rx.event
    async def look(self, form: dict[str, Any]):
        """The moment typed."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        await self._look_typed(viewer, typed(form, "at"))
        return None

    @rx.event
    async def jump(self, at: str):
        """A moment of the rules."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        await self._look_typed(viewer, at if isinstance(at, str) else "")
        return None

    async def _look_typed(self, viewer: StaffViewer, raw: str) -> None:
        try:
            at = typed_fields.instant(raw)
        except ContestError as error:
            self.error = message(error.code, error.details)
            return
        await self._look(viewer, at)

    async def _look(self, viewer: StaffViewer, at: datetime) -> None:
        self.error = self.notice = self.notice_code = ""
        try:
            found = await in_thread(simulate, get_database(), actor=viewer.username, at=at)
        except ContestError as error:
            self.notice, self.notice_code = message(error.code, error.details), error.code.value
            return
        self.at, self.seen, self.moments = texts.typed_instant(at), seen(found), moments(found.visitor)


def seen(found: Simulation) -> Seen:
    """A simulation in the words of the pages themselves."""
    card, slogan = now_card(found.visitor, found.at), slogan_card(found.visitor)
    return Seen(
        heading=texts.seen_at(found.at),
        pill=card.pill,
        until=card.until,
        is_open=card.is_open,
        visitor_button=card.button,
        newcomer_button=now_card(found.newcomer, found.at).button,
        door=texts.door_then(found.door),
        slogan=f"{slogan.status} · {slogan.deadline}",
        weeks=[texts.week_then(week.number, week.phase) for week in found.visitor.weeks],
        boards=[texts.board_then(one.number, one.withheld_until, overall=OVERALL) for one in found.boards],
        news=[line.title for line in found.visitor.news],
    )


def moments(view: HomeView) -> list[Moment]:
    """The instants at which something changes."""
    found = [
        Moment(texts.moment(week.number, opening), texts.typed_instant(at))
        for week in view.weeks
        for opening, at in ((True, week.opens_at), (False, week.closes_at))
    ]
    return [*found, Moment(texts.SLOGAN_CLOSES, texts.typed_instant(view.slogan_closes_at))]
