"""The page where a unit's code is entered."""

from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services import representatives
from cchc_app.services.runner import in_thread
from cchc_app.services.unit_desk import code_page
from cchc_app.states.clock import server_now
from cchc_app.states.forms import typed
from cchc_app.states.session import SessionState
from cchc_app.texts import message


class UnitCodeState(rx.State):
    """What the page says; the code stays in the browser until it is sent."""

    screen: str = "loading"  # loading, visitor, form, writer
    unit_name: str = ""
    error: str = ""
    refusals: int = 0

    @rx.event
    async def load(self):
        """Open the page; public: whoever scanned a code is asked to sign in first."""
        self.reset()
        viewer = await (await self.get_state(SessionState))._viewer()
        if viewer is None:
            self.screen = "visitor"
            return
        found = await in_thread(code_page, get_database(), participant_id=viewer.participant_id)
        self.unit_name, self.screen = found.unit_name, "writer" if found.is_writer else "form"

    @rx.event
    async def redeem(self, form: dict[str, Any]):
        """Become the representative of one's own unit."""
        session = await self.get_state(SessionState)
        viewer = await session._viewer()
        if viewer is None:
            return rx.redirect(routes.sign_in(routes.UNIT_CODE))
        self.error = await self._redeem(viewer.participant_id, typed(form, "code"), session._address())
        self.refusals += 1
        return None if self.error else rx.redirect(routes.SLOGAN)

    async def _redeem(self, person: int, code: str, address: str) -> str:
        """What was refused, empty when nothing was."""
        try:
            await in_thread(
                representatives.redeem,
                get_database(),
                participant_id=person,
                code=code,
                address=address,
                now=server_now(),
            )
        except ContestError as error:
            return message(error.code, error.details)
        return ""
