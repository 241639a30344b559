"""One participant for organisers: what is known, what was decided, what may be decided."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services import sanction_people
from cchc_app.services.extra_time import give_extra_time
from cchc_app.services.move_person import move_person
from cchc_app.services.person_page import PaperLine, PersonPage, person_page
from cchc_app.services.reset_pin import offer_pin_reset
from cchc_app.services.reveal_citizen_id import reveal_with_code
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.settings import get_settings
from cchc_app.states.admin.participants import PersonView, StateMark, person_view, unit_choices
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.tables import ChoiceView
from cchc_app.states.clock import server_now
from cchc_app.states.forms import ticked, typed, whole_number
from cchc_app.texts import admin_papers as paper_texts
from cchc_app.texts import admin_people as texts


@dataclass
class PaperView:
    """One paper in words."""

    receipt: str = ""
    week: str = ""
    started: str = ""
    state: StateMark = field(default_factory=StateMark)
    score: str = ""
    time: str = ""
    href: str = ""


@dataclass
class DecisionView:
    """One decision in words."""

    said: str = ""
    reason: str = ""
    ended: str = ""


@dataclass
class PersonDetails:
    """Everything about a person in words; flags say which deeds make sense."""

    line: PersonView = field(default_factory=PersonView)
    born: str = ""
    phone: str = ""
    pin: str = ""
    extra: str = ""
    registered: str = ""
    sessions: str = ""
    kept_href: str = ""
    closed: bool = False
    blocked: bool = False
    disqualified: bool = False
    open_paper: bool = False
    papers: list[PaperView] = field(default_factory=list)
    decisions: list[DecisionView] = field(default_factory=list)
    consents: list[str] = field(default_factory=list)


class ParticipantState(Told, rx.State):
    """What the page shows. The revealed number and the link are shown once and put away with the next thing done."""

    person: PersonDetails = PersonDetails()
    units: list[ChoiceView] = []
    revealed: str = ""
    link: str = ""
    link_until: str = ""
    may_run: bool = False
    may_reveal: bool = False
    loaded: bool = False

    @rx.event
    async def load(self):
        """Show the participant of the address."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        await self._fill(viewer)
        return None

    @rx.event
    async def block(self, form: dict[str, Any]):
        """Shut the person out."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        await self._do(sanction_people.block, viewer, form, texts.blocked)
        return None

    @rx.event
    async def unblock(self, form: dict[str, Any]):
        """Let the person in again."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        await self._do(sanction_people.unblock, viewer, form, texts.unblocked)
        return None

    @rx.event
    async def disqualify(self, form: dict[str, Any]):
        """Take the person off the boards."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        await self._do(sanction_people.disqualify, viewer, form, texts.disqualified, code=typed(form, "code"))
        return None

    @rx.event
    async def reinstate(self, form: dict[str, Any]):
        """Put the person back on the boards."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        await self._do(sanction_people.reinstate, viewer, form, texts.reinstated, code=typed(form, "code"))
        return None

    @rx.event
    async def move(self, form: dict[str, Any]):
        """Give the person another unit."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        wanted = {"code": typed(form, "code"), "unit_code": typed(form, "unit")}
        moved = await self._do(move_person, viewer, form, None, **wanted)
        if moved is not None:
            self.done = texts.moved(self.person.line.name, moved.left, moved.joined)
        return None

    @rx.event
    async def extra_time(self, form: dict[str, Any]):
        """Set how much longer the person's papers last."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        wanted = {"minutes": typed(form, "minutes"), "open_paper": ticked(form, "open_paper")}
        given = await self._do(give_extra_time, viewer, form, None, **wanted)
        if given is not None:
            self.done = texts.extra_given(given.minutes, given.deadline_at)
        return None

    @rx.event
    async def offer_pin(self, form: dict[str, Any]):
        """Make a link with which the person chooses a new PIN."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        made = await self._do(offer_pin_reset, viewer, form, None, code=typed(form, "code"))
        if made is not None:
            self.link = get_settings().resolved_public_url + routes.pin_reset(made.token)
            self.link_until = texts.link_until(made.expires_at)
        return None

    @rx.event
    async def reveal(self, form: dict[str, Any]):
        """Show the whole number, once."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.REVEAL_CITIZEN_ID)
        if viewer is None:
            return staff._turn_away()
        number = await self._do(reveal_with_code, viewer, form, None, code=typed(form, "code"))
        self.revealed = number or ""
        return None

    @rx.event
    async def put_away(self):
        """Forget what is shown once."""
        staff = await self.get_state(StaffState)
        if await staff._require(Permission.READ_CONTEST) is None:
            return staff._turn_away()
        self._clear()
        return None

    async def _do(
        self,
        work: Callable[..., Any],
        viewer: StaffViewer,
        form: object,
        said: Callable[[str], str] | None,
        **wanted: Any,
    ) -> Any:
        """What came of a deed about the person of the address; None when it was refused, or nothing comes of it."""
        self._clear()
        deed = {"participant_id": self._number(), "reason": typed(form, "reason")}
        ok, result = await self._work(work, viewer, **deed, **wanted)
        await self._fill(viewer)
        self.done = said(self.person.line.name) if ok and said else ""
        return result

    async def _fill(self, viewer: StaffViewer) -> None:
        wanted = {"actor": viewer.username, "participant_id": self._number(), "now": server_now()}
        try:
            found = await in_thread(person_page, get_database(), **wanted)
            self.person, self.units = details(found), unit_choices(found.units)
        except ContestError as error:
            self._refuse(error)
        self.may_run, self.loaded = viewer.may(Permission.RUN_CONTEST), True
        self.may_reveal = viewer.may(Permission.REVEAL_CITIZEN_ID)

    def _clear(self) -> None:
        self._hush()
        self.revealed = self.link = self.link_until = ""

    def _number(self) -> int:
        return whole_number(self.router.url.path.rstrip("/").rsplit("/", 1)[-1])


def details(found: PersonPage) -> PersonDetails:
    """A person in words."""
    line = found.line
    moves = [DecisionView(*texts.moved_line(one)) for one in found.moves]
    return PersonDetails(
        line=person_view(line),
        born=texts.born(found.birth_date),
        phone=found.phone_masked or texts.NO_PHONE,
        pin=texts.pin_state(found.has_pin, found.pin_link_until),
        extra=texts.minutes(found.extra_minutes),
        registered=texts.registered(line.created_at),
        sessions=str(found.sessions),
        kept_href=routes.participant(found.kept_id) if found.kept_id else "",
        closed=line.merged or line.anonymised_at is not None,
        blocked=line.blocked,
        disqualified=line.disqualified,
        open_paper=found.open_paper,
        papers=[paper_view(paper) for paper in found.papers],
        decisions=[DecisionView(*texts.sanction(one)) for one in found.sanctions] + moves,
        consents=[texts.consent(one) for one in found.consents],
    )


def paper_view(paper: PaperLine) -> PaperView:
    """One paper in words."""
    return PaperView(
        receipt=paper.receipt,
        week=paper_texts.week(paper.period_number, paper.number),
        started=paper_texts.started(paper.started_at),
        state=StateMark(paper_texts.STATES[paper.status], paper_texts.TONES[paper.status]),
        score=paper_texts.score(paper.correct, paper.total),
        time=paper_texts.seconds(paper.time_used_ms),
        href=routes.staff_paper(paper.receipt),
    )
