"""The page where a participant chooses a new PIN by a link."""

from typing import Any

import reflex as rx

from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.reset_pin import NewPin, reset_pin
from cchc_app.states.clock import server_now
from cchc_app.states.forms import field_messages, typed
from cchc_app.states.session import SessionState
from cchc_app.texts import message

FIELDS = ("pin", "pin_again")


class PinResetState(rx.State):
    """What the page shows; the link's token stays in the browser until the form is sent."""

    errors: dict[str, str] = dict.fromkeys(FIELDS, "")
    notice: str = ""
    notice_code: str = ""
    refusals: int = 0
    busy: bool = False
    saved: bool = False

    @rx.event
    def load(self):
        """Start with an empty page. Public: the link's token is the key."""
        self.reset()

    @rx.event
    async def submit(self, form: dict[str, Any]):
        """Set the PIN. Public: the link's token is the key."""
        self.busy = True
        yield
        await self._set(form)
        self.busy = False

    async def _set(self, form: object) -> None:
        self.errors, self.notice, self.notice_code = dict.fromkeys(FIELDS, ""), "", ""
        asked = NewPin(*(typed(form, name) for name in FIELDS))
        address = (await self.get_state(SessionState))._address()
        try:
            await reset_pin(get_database(), asked, token=typed(form, "token"), address=address, now=server_now())
        except FieldErrors as refused:
            self.errors = {**self.errors, **field_messages(refused)}
            self.refusals += 1
        except ContestError as error:
            self.notice, self.notice_code = message(error.code, error.details), error.code.value
        else:
            self.saved = True
