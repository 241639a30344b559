"""The page that asks again when the privacy notice has changed."""

import reflex as rx

from cchc_app import routes
from cchc_app.data.engine import get_database
from cchc_app.services import consents
from cchc_app.services.runner import in_thread
from cchc_app.states.clock import server_now
from cchc_app.states.forms import next_path
from cchc_app.states.session import SessionState


class ConsentState(rx.State):
    """Whether the signed-in person has to be asked."""

    asked: bool = False

    @rx.event
    async def load(self):
        """Ask whoever is signed in and does not agree to the notice as it is; others go on."""
        self.asked = False
        viewer = await (await self.get_state(SessionState))._signed_in()
        if viewer is None:
            return rx.redirect(routes.sign_in(next_path(self.router.url)))
        if viewer.agrees:
            return rx.redirect(next_path(self.router.url))
        self.asked = True
        return None

    @rx.event
    async def agree(self):
        """Note that the signed-in person agrees, and go on."""
        viewer = await (await self.get_state(SessionState))._signed_in()
        if viewer is None:
            return rx.redirect(routes.sign_in(next_path(self.router.url)))
        if self.asked:
            await in_thread(consents.agree, get_database(), participant_id=viewer.participant_id, now=server_now())
            self.asked = False
        return rx.redirect(next_path(self.router.url))
