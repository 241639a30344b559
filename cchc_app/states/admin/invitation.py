"""The page of an invitation: the second factor to scan, the account to make, the recovery codes shown once."""

from typing import Any

import reflex as rx
import segno

from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services.accept_invitation import Acceptance, accept_invitation, enrolment
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.runner import in_thread
from cchc_app.states.admin.session import StaffState
from cchc_app.states.clock import server_now
from cchc_app.states.forms import field_messages, typed
from cchc_app.texts import admin as texts
from cchc_app.texts import message

FIELDS = ("username", "display_name", "password", "password_again", "citizen_id", "code")
GROUP = 4


class InvitationState(rx.State):
    """What the page shows to whoever has the link; what is typed stays in the browser."""

    screen: str = "loading"  # loading, form, codes, gone
    role_name: str = ""
    resets: str = ""  # username of the account that gets a new password and second factor; empty when one is made
    qr: str = ""
    secret: str = ""
    errors: dict[str, str] = dict.fromkeys(FIELDS, "")
    notice: str = ""
    notice_code: str = ""
    refusals: int = 0
    busy: bool = False
    codes: list[str] = []

    @rx.event
    async def load(self):
        """Open an invitation. Public: its token is the key."""
        if self.codes:
            return  # the connection came back: they are shown once, but not for a moment only
        self.reset()
        address = (await self.get_state(StaffState))._address()
        try:
            found = await in_thread(enrolment, get_database(), token=self._token(), address=address, now=server_now())
        except ContestError as error:
            self._end(error)
            return
        self.resets = found.username
        self.role_name, self.secret, self.screen = texts.ROLES[found.role], _grouped(found.secret), "form"
        self.qr = segno.make(found.uri, error="m").svg_data_uri(scale=5, border=4, light="white")

    @rx.event
    async def submit(self, form: dict[str, Any]):
        """Make the account. Public: the invitation's token is the key."""
        if self.codes:
            return
        self.busy = True
        yield
        await self._join(form)
        self.busy = False

    async def _join(self, form: object) -> None:
        self.errors, self.notice, self.notice_code = dict.fromkeys(FIELDS, ""), "", ""
        acceptance = Acceptance(**{name: typed(form, name) for name in FIELDS})
        address = (await self.get_state(StaffState))._address()
        try:
            codes = await accept_invitation(
                get_database(), acceptance, token=self._token(), address=address, now=server_now()
            )
        except FieldErrors as refused:
            self.errors = {**self.errors, **field_messages(refused)}
            self.refusals += 1
        except ContestError as error:
            self._end(error)
        else:
            self.qr = self.secret = ""
            self.codes, self.screen = list(codes), "codes"

    def _end(self, error: ContestError) -> None:
        self.qr = self.secret = ""
        self.screen, self.notice, self.notice_code = "gone", message(error.code, error.details), error.code.value

    def _token(self) -> str:
        return self.router.url.path.rstrip("/").rsplit("/", 1)[-1]


def _grouped(secret: str) -> str:
    return " ".join(secret[start : start + GROUP] for start in range(0, len(secret), GROUP))
