"""Slogans of different units that are alike, side by side."""

from dataclasses import dataclass, field

import reflex as rx

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services.near_duplicates import near_duplicates
from cchc_app.services.runner import in_thread
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.slogans import SloganRow, row_view
from cchc_app.texts import message
from cchc_app.texts import slogan_desk as texts

TONES = {"same_words": "wrong", "same_but_accents": "wrong", "near": "gold"}


@dataclass
class AlikeView:
    """Slogans that are alike, in words."""

    key: str = ""
    said: str = ""
    tone: str = ""
    rows: list[SloganRow] = field(default_factory=list)


class SlogansAlikeState(rx.State):
    """What the page shows."""

    groups: list[AlikeView] = []
    loaded: bool = False
    notice: str = ""

    @rx.event
    async def load(self):
        """Compare what was handed in."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        try:
            found = await in_thread(near_duplicates, get_database(), actor=viewer.username)
        except ContestError as error:
            self.notice = message(error.code, error.details)
            return None
        self.groups = [
            AlikeView(
                key="-".join(line.unit_code for line in one.lines),
                said=texts.likeness(one.likeness, one.score),
                tone=TONES[one.likeness],
                rows=[row_view(line, {}) for line in one.lines],
            )
            for one in found
        ]
        self.loaded = True
        return None
