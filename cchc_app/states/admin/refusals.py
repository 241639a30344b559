"""What the states of the organisers' pages share: what was said last, and doing what a form asks for."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.clock import server_now
from cchc_app.texts import message


class Told(rx.State, mixin=True):
    """The sentence a page says after something was done or refused. A mixin without handlers."""

    done: str = ""
    notice: str = ""
    notice_code: str = ""
    refusals: int = 0
    deeds: int = 0  # done so far: forms keyed by it are empty again after one, and as typed after a refusal

    def _hush(self) -> None:
        self.done = self.notice = self.notice_code = ""

    def _refuse(self, error: ContestError) -> None:
        self.notice, self.notice_code = message(error.code, error.details), error.code.value
        self.refusals += 1

    async def _work(self, work: Callable[..., Any], viewer: StaffViewer, **wanted: Any) -> tuple[bool, Any]:
        """Whether something was done, and what came of it."""
        self._hush()
        try:
            result = await in_thread(work, get_database(), actor=viewer.username, now=server_now(), **wanted)
        except ContestError as error:
            self._refuse(error)
            return False, None
        self.deeds += 1
        return True, result
