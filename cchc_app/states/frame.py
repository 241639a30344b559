"""What the frame around every page says about the contest."""

import reflex as rx

from cchc_app.services.site import get_site
from cchc_app.texts import common
from cchc_app.texts.formats import grouped


class FrameState(rx.State):
    """Names and figures of the top bar and the footer; the defaults stand in the HTML before any script runs."""

    contest: str = common.CONTEST_SHORT_TITLE
    organiser: str = common.ORGANISER
    support: str = common.SUPPORT_UNSET
    online: str = "–"
    today: str = "–"
    week: str = "–"
    total: str = "–"

    _counted: bool = False

    @rx.event
    def load(self):
        """Count this tab once; fill in names and figures. Public."""
        site = get_site()
        if not self._counted:
            self._counted = True
            site.note_visit()
        if site.facts is not None:
            self._show(site.facts)
            self.online = grouped(site.online())

    def _show(self, facts) -> None:
        self.contest = facts.short_title or common.CONTEST_SHORT_TITLE
        self.organiser = facts.organiser or common.ORGANISER
        self.support = facts.support or common.SUPPORT_UNSET
        self.today, self.week = grouped(facts.visits.today), grouped(facts.visits.week)
        self.total = grouped(facts.visits.total)
