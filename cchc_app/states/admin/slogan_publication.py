"""The judges' result before organisers, and its publication."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services import publish_slogans as service
from cchc_app.services.judging_results import SloganResult
from cchc_app.services.publish_slogans import AwardLine, PublicationDesk
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.session import StaffState
from cchc_app.states.clock import server_now
from cchc_app.states.forms import typed
from cchc_app.texts import message
from cchc_app.texts import slogan_desk as texts
from cchc_app.texts.formats import points_text
from cchc_app.texts.judging import code_name


@dataclass
class AwardView:
    """A prize and a slogan that gets it, or may get it."""

    key: str = ""
    prize: str = ""
    settled: bool = True
    code: str = ""
    text: str = ""
    unit: str = ""
    score: str = ""


@dataclass
class ResultView:
    """One judged slogan in words."""

    rank: str = ""
    code: str = ""
    text: str = ""
    unit: str = ""
    score: str = ""
    judges: list[str] = field(default_factory=list)
    spread: str = ""
    talk: bool = False
    notes: list[str] = field(default_factory=list)


@dataclass
class PastView:
    """One publication in words."""

    version: int = 0
    said: str = ""
    note: str = ""


class SloganPublicationState(Told, rx.State):
    """What the page shows."""

    awards: list[AwardView] = []
    results: list[ResultView] = []
    history: list[PastView] = []
    has_prizes: bool = False
    obstacle: str = ""
    obstacle_code: str = ""
    may_run: bool = False
    loaded: bool = False

    @rx.event
    async def load(self):
        """Show the result as it is now."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        await self._fill(viewer)
        return None

    @rx.event
    async def publish(self, form: dict[str, Any]):
        """Freeze the result and show it to everybody."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self._hush()
        wanted = {"note": typed(form, "note"), "code": typed(form, "code")}
        try:
            version = await in_thread(
                service.publish, get_database(), actor=viewer.username, now=server_now(), **wanted
            )
        except ContestError as error:
            self._refuse(error)
            return None
        await self._fill(viewer)
        self.done = texts.published(version)
        return None

    async def _fill(self, viewer: StaffViewer) -> None:
        try:
            self._show(await in_thread(service.publication_desk, get_database(), actor=viewer.username))
        except ContestError as error:
            self._refuse(error)
        self.may_run, self.loaded = viewer.may(Permission.RUN_CONTEST), True

    def _show(self, desk: PublicationDesk) -> None:
        self.awards = [view for line in desk.awards for view in award_views(line)]
        self.results = [result_view(slogan) for slogan in desk.result.slogans] if desk.result else []
        self.has_prizes = bool(desk.prizes)
        self.history = [
            PastView(one.version, texts.publication_line(one.version, one.published_by, one.published_at), one.note)
            for one in desk.history
        ]
        self.obstacle = message(desk.obstacle.code, desk.obstacle.details) if desk.obstacle else ""
        self.obstacle_code = desk.obstacle.code.value if desk.obstacle else ""


def award_views(line: AwardLine) -> list[AwardView]:
    """A rank's prizes in words, a line for each slogan."""
    settled = len(line.prizes) == 1
    prize = line.prizes[0] if settled else texts.prizes_in_question(line.prizes)
    return [
        AwardView(
            key=code_name(slogan.code_number),
            prize=prize,
            settled=settled,
            code=code_name(slogan.code_number),
            text=slogan.text,
            unit=slogan.unit_name,
            score="" if slogan.score is None else points_text(slogan.score),
        )
        for slogan in line.slogans
    ]


def result_view(slogan: SloganResult) -> ResultView:
    """A judged slogan in words."""
    return ResultView(
        rank="" if slogan.rank is None else str(slogan.rank),
        code=code_name(slogan.code_number),
        text=slogan.text,
        unit=slogan.unit_name,
        score="" if slogan.score is None else points_text(slogan.score),
        judges=[f"{one.display_name}: {points_text(one.total)}" for one in slogan.scores],
        spread=points_text(slogan.spread),
        talk=slogan.needs_talk,
        notes=[f"{name}: {text}" for name, text in slogan.notes],
    )
