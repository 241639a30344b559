"""The state of the page where a person whom VNeID has named chooses a unit and agrees."""

from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.register import Application
from cchc_app.services.runner import in_thread
from cchc_app.services.units import unit_groups
from cchc_app.services.vneid import round_trip as service
from cchc_app.states.clock import server_now
from cchc_app.states.forms import field_messages, next_path, ticked, typed
from cchc_app.states.register import UnitGroupView, unit_views
from cchc_app.states.session import SessionState, cookie_value
from cchc_app.texts import message

FIELDS = ("unit", "phone", "consent")


class VneidRegisterState(rx.State):
    """What the page says; what VNeID said stays on the server, for the browser that holds the cookie."""

    full_name: str = ""
    masked_citizen_id: str = ""
    errors: dict[str, str] = dict.fromkeys(FIELDS, "")
    notice: str = ""
    notice_code: str = ""
    refusals: int = 0  # moves the focus to the first wrong field (assets/app.js)
    busy: bool = False
    units: list[UnitGroupView] = []

    @rx.event
    async def load(self):
        """Open the page for whom VNeID has just named; others are sent to the door. Public."""
        self.reset()
        try:
            found = await in_thread(service.newcomer, get_database(), browser=self._browser(), now=server_now())
            self.units = unit_views(await in_thread(unit_groups, get_database()))
        except ContestError as error:
            return rx.redirect(routes.sign_in_refused(error.code, next_path(self.router.url)))
        self.full_name, self.masked_citizen_id = found.full_name, found.citizen_id_masked
        return None

    @rx.event
    async def submit(self, form: dict[str, Any]):
        """Register. Public: the cookie of the round trip is what is checked."""
        session = await self.get_state(SessionState)
        if session.go:
            return  # registered already: the browser is on its way
        self.busy = True
        yield
        ticket = await self._try(form, session._address())
        self.busy = False
        if ticket:
            session.go = routes.session_ticket(ticket, next_path(self.router.url))

    async def _try(self, form: object, address: str) -> str:
        """A ticket; empty after a refusal, which is on the page then."""
        self.errors, self.notice, self.notice_code = dict.fromkeys(FIELDS, ""), "", ""
        asked = Application(unit=typed(form, "unit"), phone=typed(form, "phone"), consent=ticked(form, "consent"))
        where = {"browser": self._browser(), "address": address, "now": server_now()}
        try:
            return await in_thread(service.complete, get_database(), asked, **where)
        except FieldErrors as refused:
            self.errors = {**self.errors, **field_messages(refused)}
        except ContestError as error:
            self.notice, self.notice_code = message(error.code, error.details), error.code.value
        self.refusals += 1
        return ""

    def _browser(self) -> str:
        return cookie_value(self.router.headers.cookie, service.cookie_name())
