"""The staff's sign-in page: a name and a password, then a code."""

from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.engine import get_database
from cchc_app.services.staff_sign_in import check_staff_code, check_staff_password
from cchc_app.states.admin.session import StaffState
from cchc_app.states.clock import server_now
from cchc_app.states.forms import typed
from cchc_app.texts import message

SENT_BACK = (ErrorCode.TICKET_INVALID, ErrorCode.SESSION_EXPIRED, ErrorCode.SESSION_ENDED)


class StaffSignInState(rx.State):
    """What the page says; what is typed stays in the browser."""

    asks_code: bool = False
    notice: str = ""
    notice_code: str = ""
    refusals: int = 0
    busy: bool = False
    # Where the browser must go by itself to receive its cookie (assets/app.js).
    go: str = ""

    _ticket: str = ""  # of a right password

    @rx.event
    async def load(self):
        """Open the page; whoever is signed in goes on. Public."""
        viewer = await (await self.get_state(StaffState))._viewer()  # first: it may empty this state too
        self.reset()
        code = self.router.url.query_parameters.get("loi", "")
        self._say(next((known for known in SENT_BACK if known == code), None))
        return None if viewer is None else rx.redirect(self._next())

    @rx.event
    async def submit_password(self, form: dict[str, Any]):
        """Try a name and a password. Public: this is the door."""
        if self.go:
            return
        self.busy = True
        yield
        await self._try_password(form)
        self.busy = False

    @rx.event
    async def submit_code(self, form: dict[str, Any]):
        """Try a code after a right password. Public: this is the door."""
        if self.go:
            return
        self.busy = True
        yield
        await self._try_code(form)
        self.busy = False

    @rx.event
    def start_over(self):
        """Back to the name and the password. Public."""
        self.reset()

    async def _try_password(self, form: object) -> None:
        self._say(None)
        try:
            self._ticket = await check_staff_password(
                get_database(),
                username=typed(form, "username"),
                password=typed(form, "password"),
                address=await self._address(),
                now=server_now(),
            )
        except ContestError as error:
            self._refuse(error)
            return
        self.asks_code = True

    async def _try_code(self, form: object) -> None:
        self._say(None)
        try:
            ticket = await check_staff_code(
                get_database(),
                ticket=self._ticket,
                code=typed(form, "code"),
                address=await self._address(),
                now=server_now(),
            )
        except ContestError as error:
            if error.code is not ErrorCode.CODE_WRONG:
                self.asks_code, self._ticket = False, ""
            self._refuse(error)
            return
        self.go, self._ticket = routes.staff_session_ticket(ticket, self._next()), ""

    async def _address(self) -> str:
        return (await self.get_state(StaffState))._address()

    def _next(self) -> str:
        return routes.staff_path(self.router.url.query_parameters.get("tiep"))

    def _refuse(self, error: ContestError) -> None:
        self._say(error.code, error.details)
        self.refusals += 1

    def _say(self, code: ErrorCode | None, details: dict[str, object] | None = None) -> None:
        self.notice, self.notice_code = (message(code, details), code.value) if code else ("", "")
