"""The registration page's state: three steps of one form, whose typed values stay in the browser.

Every press sends the whole form, so neither a reconnection nor a restarted server loses anything. The step is in the
page's address: the phone's own back button goes one step back.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services import register as service
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.register import STEP_OF_FIELD, Application, Step
from cchc_app.services.runner import in_thread
from cchc_app.services.units import UnitGroup, unit_groups
from cchc_app.states.clock import server_now
from cchc_app.states.forms import field_messages, next_path, ticked, typed
from cchc_app.states.session import SessionState
from cchc_app.texts import message
from cchc_app.texts import register as texts

TEXT_FIELDS = ("citizen_id", "full_name", "birth_date", "unit", "phone", "pin", "pin_again")
STEP_VALUES = {str(step.value): step for step in Step}


@dataclass
class UnitView:
    """One unit of the picker; `key` is what it is found by."""

    code: str = ""
    name: str = ""
    key: str = ""


@dataclass
class UnitGroupView:
    """The units of one bloc."""

    name: str = ""
    units: list[UnitView] = field(default_factory=list)


class RegisterState(rx.State):
    """What the registration page says."""

    step: int = Step.IDENTITY.value
    errors: dict[str, str] = dict.fromkeys(STEP_OF_FIELD, "")
    warnings: list[str] = []
    notice: str = ""
    notice_code: str = ""
    refusals: int = 0  # moves the focus to the first wrong field (assets/app.js)
    busy: bool = False
    units: list[UnitGroupView] = []
    sign_in_path: str = routes.sign_in(routes.QUIZ)

    @rx.event
    async def load(self):
        """Open a step of the page; whoever is signed in goes on. Public."""
        self.step = STEP_VALUES.get(self.router.url.query_parameters.get("buoc", ""), Step.IDENTITY).value
        self.busy = False
        self.sign_in_path = routes.sign_in(next_path(self.router.url))
        if await (await self.get_state(SessionState))._signed_in() is not None:
            return rx.redirect(next_path(self.router.url))
        await self._load_units()
        return None

    @rx.event
    def opened(self):
        """The form was drawn anew, so it is empty: it starts at the first step. Public."""
        self.errors, self.warnings, self.notice, self.notice_code = dict.fromkeys(STEP_OF_FIELD, ""), [], "", ""
        if self.router.url.query_parameters.get("buoc", "1") == "1":
            return None
        self.notice = texts.STARTED_OVER
        return self._show(Step.IDENTITY, replace=True)

    @rx.event
    def back(self):
        """Show the step before. Public."""
        return self._show(Step(max(Step.IDENTITY, self.step - 1)))

    @rx.event
    async def submit(self, form: dict[str, Any]):
        """Take what was typed up to the step that was on the screen. Public."""
        session = await self.get_state(SessionState)
        if session.go:
            return  # registered already: the browser is on its way
        self.busy = True
        yield
        onward = await self._take(form, session)
        self.busy = False
        yield onward

    async def _take(self, form: object, session: SessionState):
        step = STEP_VALUES.get(typed(form, "step"), Step.IDENTITY)
        application = read_application(form)
        self.errors, self.notice, self.notice_code = dict.fromkeys(STEP_OF_FIELD, ""), "", ""
        try:
            if step is not Step.PROMISE:
                return await self._go_on(application, step, session._address())
            ticket = await service.register(get_database(), application, address=session._address(), now=server_now())
        except FieldErrors as refused:
            return self._refuse(refused)
        except ContestError as error:
            self.notice, self.notice_code = message(error.code, error.details), error.code.value
            return None
        session.go = routes.session_ticket(ticket, next_path(self.router.url))
        return None

    async def _go_on(self, application: Application, step: Step, address: str):
        found = await in_thread(
            service.check, get_database(), application, step=step, address=address, now=server_now()
        )
        said = [texts.WARNINGS[warning] for warning in found]
        if step is Step.IDENTITY and said != self.warnings:
            self.warnings = said
            if said:
                return None  # once shown, the same press goes on
        return self._show(Step(step + 1))

    def _refuse(self, refused: FieldErrors):
        self.errors = {**self.errors, **field_messages(refused)}
        self.refusals += 1
        first = min(STEP_OF_FIELD[name] for name in refused.errors)
        return None if first == self.step else self._show(first)

    def _show(self, step: Step, *, replace: bool = False):
        self.step = step.value
        return rx.redirect(routes.register(next_path(self.router.url), step.value), replace=replace)

    async def _load_units(self) -> None:
        if self.units:
            return  # sent already
        try:
            self.units = unit_views(await in_thread(unit_groups, get_database()))
        except ContestError as error:
            self.notice, self.notice_code = message(error.code, error.details), error.code.value


def read_application(form: object) -> Application:
    """The form as it was sent; what is not text counts as not typed."""
    return Application(**{name: typed(form, name) for name in TEXT_FIELDS}, consent=ticked(form, "consent"))


@lru_cache(maxsize=4)
def unit_views(groups: tuple[UnitGroup, ...]) -> list[UnitGroupView]:
    """The picker's groups. The same list for everybody: thousands of people registering at once share it."""
    return [
        UnitGroupView(
            texts.bloc_name(group.bloc), [UnitView(unit.code, unit.name, unit.search_key) for unit in group.units]
        )
        for group in groups
    ]
