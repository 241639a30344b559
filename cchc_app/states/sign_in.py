"""The sign-in page's state."""

from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.engine import get_database
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.sign_in import sign_in
from cchc_app.services.vneid.profiles import is_open
from cchc_app.settings import get_settings
from cchc_app.states.clock import server_now
from cchc_app.states.forms import field_messages, next_path, typed
from cchc_app.states.session import SessionState
from cchc_app.texts import message

# What other pages may send people back with.
SENT_BACK = (
    ErrorCode.TICKET_INVALID,
    ErrorCode.SESSION_EXPIRED,
    ErrorCode.SESSION_ENDED,
    ErrorCode.SIGN_IN_REQUIRED,
    ErrorCode.TOO_MANY_REQUESTS,
    ErrorCode.ACCOUNT_BLOCKED,
    ErrorCode.CONTEST_MISSING,
    ErrorCode.VNEID_OFF,
    ErrorCode.VNEID_UNAVAILABLE,
    ErrorCode.VNEID_CANCELLED,
    ErrorCode.VNEID_EXPIRED,
    ErrorCode.VNEID_UNTRUSTED,
    ErrorCode.VNEID_INCOMPLETE,
    ErrorCode.VNEID_LEVEL_LOW,
)


class SignInState(rx.State):
    """What the sign-in page says; what is typed stays in the browser."""

    citizen_id_error: str = ""
    pin_error: str = ""
    notice: str = ""
    notice_code: str = ""
    refusals: int = 0  # moves the focus to the first wrong field (assets/app.js)
    busy: bool = False
    register_path: str = routes.register(routes.QUIZ)
    # Where the VNeID door leads; empty when it is closed.
    vneid_path: str = ""

    @rx.event
    async def load(self):
        """Open the page; whoever is signed in goes on. Public."""
        self.reset()
        self.register_path = routes.register(next_path(self.router.url))
        self.vneid_path = routes.vneid(next_path(self.router.url)) if is_open(get_settings()) else ""
        code = self.router.url.query_parameters.get("loi", "")
        self._say(next((known for known in SENT_BACK if known == code), None))
        if await (await self.get_state(SessionState))._signed_in() is not None:
            return rx.redirect(next_path(self.router.url))
        return None

    @rx.event
    async def submit(self, form: dict[str, Any]):
        """Try a number and a PIN. Public: this is the door."""
        session = await self.get_state(SessionState)
        if session.go:
            return  # let in already: the browser is on its way
        self.busy = True
        yield
        ticket = await self._try(form, session._address())
        self.busy = False
        if ticket:
            session.go = routes.session_ticket(ticket, next_path(self.router.url))

    async def _try(self, form: object, address: str) -> str:
        """A ticket; empty after a refusal, which is on the page then."""
        self.citizen_id_error, self.pin_error = "", ""
        self._say(None)
        number, pin = typed(form, "citizen_id"), typed(form, "pin")
        try:
            return await sign_in(get_database(), citizen_id=number, pin=pin, address=address, now=server_now())
        except FieldErrors as refused:
            said = field_messages(refused)
            self.citizen_id_error, self.pin_error = said.get("citizen_id", ""), said.get("pin", "")
        except ContestError as error:
            self._say(error.code, error.details)
        self.refusals += 1
        return ""

    def _say(self, code: ErrorCode | None, details: dict[str, object] | None = None) -> None:
        self.notice, self.notice_code = (message(code, details), code.value) if code else ("", "")
