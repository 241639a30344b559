"""The staff's first page: who one is here, and what the role may do."""

import reflex as rx

from cchc_app.contest.access import PERMISSIONS, Permission
from cchc_app.states.admin.session import StaffState
from cchc_app.texts import admin as texts


class OverviewState(rx.State):
    """What the page shows."""

    may: list[str] = []

    @rx.event
    async def load(self):
        """Fill the page for a member of staff."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.ENTER_DESK)
        if viewer is None:
            return staff._turn_away()
        allowed = PERMISSIONS[viewer.role] - {Permission.ENTER_DESK}
        self.may = [texts.PERMISSIONS[permission] for permission in Permission if permission in allowed]
        return None
