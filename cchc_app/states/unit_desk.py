"""The unit's desk, for its representatives."""

from dataclasses import dataclass

import reflex as rx
import segno

from cchc_app import routes
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services.runner import in_thread
from cchc_app.services.unit_desk import UnitDesk, unit_desk
from cchc_app.settings import get_settings
from cchc_app.states.clock import server_now
from cchc_app.states.session import SessionState
from cchc_app.texts import message
from cchc_app.texts import slogan as slogan_texts
from cchc_app.texts import unit_desk as texts


@dataclass
class Figure:
    """One figure with its meaning."""

    value: str = ""
    label: str = ""


class UnitDeskState(rx.State):
    """What the page shows; empty for anybody who does not write for a unit."""

    screen: str = "loading"  # loading, desk, denied
    unit_name: str = ""
    contest_title: str = ""
    slogan_status: str = ""
    slogan_tone: str = "plain"
    slogan_text: str = ""
    figures: list[Figure] = []
    notes: list[str] = []
    people_title: str = texts.PEOPLE
    people: list[str] = []
    people_none: str = ""
    qr: str = ""
    address: str = ""
    notice: str = ""
    notice_code: str = ""

    @rx.event
    async def load(self):
        """Fill the page for a representative."""
        self.reset()
        viewer = await (await self.get_state(SessionState))._viewer()
        if viewer is None:
            return rx.redirect(routes.sign_in(routes.UNIT_DESK))
        db, now = get_database(), server_now()
        try:
            self._show(await in_thread(unit_desk, db, participant_id=viewer.participant_id, now=now))
        except ContestError as error:
            self.screen = "denied"
            self.notice, self.notice_code = message(error.code, error.details), error.code.value
        return None

    def _show(self, desk: UnitDesk) -> None:
        self.screen, self.unit_name, self.contest_title = "desk", desk.unit_name, desk.contest_title
        self.slogan_status, self.slogan_tone = slogan_texts.UNIT_STATES[desk.slogan_status]
        self.slogan_text = desk.slogan_text
        self.figures = [Figure(value, label) for value, label in texts.figures(desk)]
        synthetic, withheld = (texts.SYNTHETIC, desk.headcount_is_synthetic), (texts.WITHHELD, desk.withheld)
        self.notes = [said for said, holds in (synthetic, withheld) if holds]
        self.people = list(desk.took_part)
        self.people_title = texts.PEOPLE if desk.week is None else texts.week(desk.week)
        self.people_none = texts.PEOPLE_BETWEEN if desk.week is None else texts.PEOPLE_NONE
        self.address = get_settings().resolved_public_url
        self.qr = segno.make(self.address, error="m").svg_data_uri(scale=8, border=2, light="#fff")
