"""Units without a slogan, by bloc, as a list to be copied."""

from dataclasses import dataclass, field

import reflex as rx

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services.remind_units import reminder
from cchc_app.services.runner import in_thread
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.slogans import SloganRow, row_view
from cchc_app.texts import message
from cchc_app.texts import slogan_desk as texts
from cchc_app.texts.register import bloc_name


@dataclass
class MissingView:
    """The units of a bloc that have handed in nothing, in words."""

    name: str = ""
    said: str = ""
    rows: list[SloganRow] = field(default_factory=list)
    copied: str = ""


class SloganReminderState(rx.State):
    """What the page shows."""

    blocs: list[MissingView] = []
    copied: str = ""
    deadline: str = ""
    loaded: bool = False
    notice: str = ""

    @rx.event
    async def load(self):
        """Read who is missing."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        try:
            found = await in_thread(reminder, get_database(), actor=viewer.username)
        except ContestError as error:
            self.notice = message(error.code, error.details)
            return None
        lists = [(bloc_name(one.bloc), [line.unit_name for line in one.lines]) for one in found.blocs]
        self.blocs = [
            MissingView(
                name=name,
                said=texts.missing_of_bloc(len(one.lines), one.size),
                rows=[row_view(line, {}) for line in one.lines],
                copied=texts.reminder_text([(name, names)], found.closes_at),
            )
            for one, (name, names) in zip(found.blocs, lists, strict=True)
            if names
        ]
        self.copied, self.deadline = texts.reminder_text(lists, found.closes_at), texts.deadline(found.closes_at)
        self.loaded = True
        return None
