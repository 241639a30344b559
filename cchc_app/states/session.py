"""Who is looking at the page."""

from functools import lru_cache

import reflex as rx

from cchc_app import routes, states
from cchc_app.data.crypto import token_hash
from cchc_app.data.engine import get_database
from cchc_app.services.runner import in_thread
from cchc_app.services.sessions import Viewer, cookie_name, viewer
from cchc_app.states.clock import server_now
from cchc_app.states.on_demand import forget
from cchc_app.states.rooms import session_rooms


class SessionState(rx.State):
    """The signed-in person, as far as the frame shows it."""

    signed_in: bool = False
    display_name: str = ""
    initials: str = ""
    # Where the browser must go by itself to receive its cookie (assets/app.js); empty when nowhere.
    go: str = ""

    # Whose values are in this tab's states; stays when the session ends, until they are forgotten.
    _person: int = 0

    @rx.event
    async def load(self):
        """Look who it is, on every page; public."""
        self.go = ""
        found = await self._signed_in()
        if found is None and self._person:
            await self._forget_everything()
        await session_rooms.enter(self.router.session.session_id, self._session_token_hash() if found else "")

    async def _viewer(self) -> Viewer | None:
        """The signed-in person who may go on, looked up each time: the first line of everything private.

        None when nobody is signed in, and when the person does not agree to the privacy notice as it is now. After None
        the handler goes where `_way_in` says.
        """
        found = await self._signed_in()
        return found if found is not None and found.agrees else None

    async def _way_in(self, path: str):
        """Where to go after `_viewer` gave None: to the page that asks for agreement or to the door, then to `path`."""
        owes = await self._signed_in() is not None
        return rx.redirect(routes.consent(path) if owes else routes.sign_in(path))

    async def _signed_in(self) -> Viewer | None:
        """The signed-in person by the session's row, agreeing or not: for one's rights and the ways out alone."""
        hashed = self._session_token_hash()
        found = await in_thread(viewer, get_database(), token_hash=hashed, now=server_now()) if hashed else None
        if found is not None and self._person not in (0, found.participant_id):
            await self._forget_everything()
        self.signed_in = found is not None
        self.display_name = found.full_name if found else ""
        self.initials = initials(self.display_name)
        if found is not None:
            self._person = found.participant_id
        return found

    async def _forget_everything(self) -> None:
        """Another person sits behind the same tab: nothing of the one before stays in any state."""
        await forget(self, states.__name__)

    def _session_token_hash(self) -> str:
        """The hash of the token in the cookie the browser sent; empty when it sent none."""
        return session_token_hash(self)

    def _address(self) -> str:
        """Where the browser's connection comes from."""
        return self.router.session.client_ip


def session_token_hash(state: rx.State) -> str:
    """The hash of the token in the cookie the browser sent; empty when it sent none."""
    return _hash_in(state.rx_router_headers.cookie)


@lru_cache(maxsize=20_000)  # asked for with every event of everybody connected
def _hash_in(header: str) -> str:
    token = cookie_value(header, cookie_name())
    return token_hash(token) if token else ""


def cookie_value(header: str, name: str) -> str:
    """One cookie of a Cookie header; empty when it is not there. Others may be malformed without harm."""
    for pair in header.split(";"):
        key, _, value = pair.strip().partition("=")
        if key == name:
            return value.strip('"')
    return ""


def initials(full_name: str) -> str:
    """The first letters of the family name and of the given name."""
    words = full_name.split()
    return "".join(word[0] for word in dict.fromkeys((words[0], words[-1]))).upper() if words else ""
