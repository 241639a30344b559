"""What the frame around every page says about the contest."""

import reflex as rx

from cchc_app.contest.errors import ErrorCode
from cchc_app.services.site import get_site
from cchc_app.states.board_rooms import board_rooms
from cchc_app.states.rooms import overview_rooms
from cchc_app.texts import common, message
from cchc_app.texts.formats import grouped

TROUBLES = (ErrorCode.SERVER_ERROR, ErrorCode.DATABASE_UNREACHABLE, ErrorCode.BAD_REQUEST)


class FrameState(rx.State):
    """Names and figures of the top bar and the footer; the defaults stand in the HTML before any script runs."""

    contest: str = common.CONTEST_SHORT_TITLE
    organiser: str = common.ORGANISER
    support: str = common.SUPPORT_UNSET
    online: str = "–"
    today: str = "–"
    week: str = "–"
    total: str = "–"
    trouble: str = ""
    trouble_code: str = ""

    _counted: bool = False

    @rx.event
    async def load(self):
        """Count this tab once; fill in names and figures; no more messages of other pages. Public."""
        await board_rooms.leave(self.router.session.session_id)
        await overview_rooms.leave(self.router.session.session_id)
        self.trouble = self.trouble_code = ""
        site = get_site()
        if not self._counted:
            self._counted = True
            site.note_visit()
        if site.facts is not None:
            self._show(site.facts)
            self.online = grouped(site.online())

    @rx.event
    def fail(self, code: str):
        """Say on whatever page is open that something failed. Public, and tells nothing."""
        known = next((one for one in TROUBLES if one == code), ErrorCode.SERVER_ERROR)
        self.trouble, self.trouble_code = message(known), known.value

    @rx.event
    def close_trouble(self):
        """The sentence was read."""
        self.trouble = self.trouble_code = ""

    def _show(self, facts) -> None:
        self.contest = facts.short_title or common.CONTEST_SHORT_TITLE
        self.organiser = facts.organiser or common.ORGANISER
        self.support = facts.support or common.SUPPORT_UNSET
        self.today, self.week = grouped(facts.visits.today), grouped(facts.visits.week)
        self.total = grouped(facts.visits.total)
