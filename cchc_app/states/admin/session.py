"""Which member of staff is looking at the page, and what they may do."""

from dataclasses import dataclass
from functools import lru_cache

import reflex as rx

from cchc_app import routes
from cchc_app.contest.access import Permission
from cchc_app.data.crypto import token_hash
from cchc_app.data.engine import get_database
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer, staff_cookie_name, staff_viewer
from cchc_app.states import admin
from cchc_app.states.clock import server_now
from cchc_app.states.on_demand import forget
from cchc_app.states.rooms import staff_rooms
from cchc_app.states.session import cookie_value, initials
from cchc_app.texts import admin as texts
from cchc_app.texts import admin_items, admin_papers, admin_people, admin_units, data_requests, judging, merges
from cchc_app.texts import admin_prizes as prize_texts
from cchc_app.texts import admin_questions as question_texts
from cchc_app.texts import admin_results as result_texts
from cchc_app.texts import slogan_desk as slogan_texts


@dataclass
class RailItem:
    """One page of the left rail."""

    key: str = ""
    name: str = ""
    href: str = ""


# Every page of the rail with what it takes to open it.
RAIL = (
    (Permission.ENTER_DESK, RailItem("overview", texts.OVERVIEW, routes.STAFF)),
    (Permission.READ_CONTEST, RailItem("contest", texts.CONTEST, routes.CONTEST_DESK)),
    (Permission.READ_CONTEST, RailItem("news", texts.NEWS, routes.NEWS_DESK)),
    (Permission.READ_QUESTIONS, RailItem("questions", question_texts.QUESTIONS, routes.STAFF_QUESTIONS)),
    (Permission.READ_CONTEST, RailItem("items", admin_items.TITLE, routes.ITEM_ANALYSIS)),
    (Permission.READ_CONTEST, RailItem("units", admin_units.TITLE, routes.STAFF_UNITS)),
    (Permission.READ_CONTEST, RailItem("participants", admin_people.TITLE, routes.PARTICIPANTS)),
    (Permission.READ_CONTEST, RailItem("papers", admin_papers.TITLE, routes.STAFF_PAPERS)),
    (Permission.READ_CONTEST, RailItem("slogans", slogan_texts.LIST, routes.STAFF_SLOGANS)),
    (Permission.READ_CONTEST, RailItem("codes", slogan_texts.CODES, routes.UNIT_CODES)),
    (Permission.JUDGE_SLOGANS, RailItem("judging", judging.DESK_TITLE, routes.JUDGE_DESK)),
    (Permission.READ_CONTEST, RailItem("rounds", judging.ROUNDS_TITLE, routes.JUDGING_ROUNDS)),
    (Permission.READ_CONTEST, RailItem("results", result_texts.TITLE, routes.OFFICIAL_RESULTS)),
    (Permission.READ_CONTEST, RailItem("prizes", prize_texts.TITLE, routes.STAFF_PRIZES)),
    (Permission.READ_CONTEST, RailItem("requests", data_requests.TITLE, routes.DATA_REQUESTS)),
    (Permission.READ_CONTEST, RailItem("merges", merges.TITLE, routes.MERGES)),
    (Permission.MANAGE_STAFF, RailItem("people", texts.PEOPLE, routes.STAFF_PEOPLE)),
    (Permission.READ_AUDIT_LOG, RailItem("log", texts.AUDIT_LOG, routes.AUDIT_LOG)),
)


class StaffState(rx.State):
    """The signed-in member of staff, as far as the frame shows it. No event handlers: pages ask `_require`."""

    display_name: str = ""
    role_name: str = ""
    initials: str = ""
    rail: list[RailItem] = []
    denied: bool = False

    _person: int = 0

    async def _require(self, permission: Permission) -> StaffViewer | None:
        """The member of staff behind the tab, if the role allows `permission`: looked up each time.

        The first line of every handler of the staff's pages. After None the handler returns `_turn_away()`.
        """
        found = await self._viewer()
        await staff_rooms.enter(self.router.session.session_id, self._session_token_hash() if found else "")
        if found is not None and found.may(permission):
            self.denied = False
            return found
        await self._empty_pages()
        self._show(found)
        self.denied = found is not None
        return None

    def _turn_away(self):
        """Where to go after `_require` gave None: to the door, unless the page says that it is not for this role."""
        if self.denied:
            return None
        url = self.router.url
        asked = f"{url.path}?{url.query}" if url.query else url.path
        return rx.redirect(routes.staff_sign_in(routes.staff_path(asked)))

    async def _viewer(self) -> StaffViewer | None:
        """The member of staff by the session's row; None when there is none. Another person's states are emptied."""
        hashed = self._session_token_hash()
        found = await in_thread(staff_viewer, get_database(), token_hash=hashed, now=server_now()) if hashed else None
        if self._person and (found is None or found.staff_id != self._person):
            await self._empty_pages()
        self._show(found)
        return found

    async def _empty_pages(self) -> None:
        """Nothing of a page that may not be seen (any more) stays in the tab."""
        await forget(self, admin.__name__)

    def _show(self, found: StaffViewer | None) -> None:
        self._person = found.staff_id if found else 0
        self.display_name = found.display_name if found else ""
        self.role_name = texts.ROLES[found.role] if found else ""
        self.initials = initials(self.display_name)
        self.rail = [item for permission, item in RAIL if found and found.may(permission)]

    def _session_token_hash(self) -> str:
        return _hash_in(self.router.headers.cookie)

    def _address(self) -> str:
        """Where the browser's connection comes from."""
        return self.router.session.client_ip


@lru_cache(maxsize=1_000)
def _hash_in(header: str) -> str:
    token = cookie_value(header, staff_cookie_name())
    return token_hash(token) if token else ""
