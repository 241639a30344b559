"""Setting a contest up."""

from typing import Any

import reflex as rx

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services import create_contest as service
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.sections import typed_values
from cchc_app.states.admin.session import StaffState
from cchc_app.states.clock import server_now
from cchc_app.states.forms import field_messages
from cchc_app.texts import admin_contest as texts

FIELDS = ("source", "title", "short_title", "slug", "contest_code", "first_day")


class NewContestState(Told, rx.State):
    """What the page shows."""

    loaded: bool = False
    present: str = ""  # the contest there is, empty for none
    running: bool = False
    errors: dict[str, str] = dict.fromkeys(FIELDS, "")

    @rx.event
    async def load(self):
        """Say what there is and what a new contest would do."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        await self._look(viewer)
        return None

    @rx.event
    async def create(self, form: dict[str, Any]):
        """Set it up."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self.notice, self.notice_code, self.errors = "", "", dict.fromkeys(FIELDS, "")
        await self._create(viewer, typed_values(form))
        return None

    async def _create(self, viewer: StaffViewer, form: dict[str, str]) -> None:
        try:
            plan = service.read_plan(form, units="units" in form, bank="bank" in form)
            made = await in_thread(
                service.create_contest,
                get_database(),
                plan,
                actor=viewer.username,
                code=form.get("code", ""),
                now=server_now(),
            )
        except FieldErrors as refused:
            self.errors = dict.fromkeys(FIELDS, "") | field_messages(refused)
            self.refusals += 1
        except ContestError as error:
            self._refuse(error)
        else:
            self.done = texts.created(made.title, made.units, made.questions)

    async def _look(self, viewer: StaffViewer) -> None:
        try:
            found = await in_thread(service.present_contest, get_database(), actor=viewer.username, now=server_now())
        except ContestError as error:
            self._refuse(error)
            return
        self.loaded, self.present = True, found.title if found else ""
        self.running = found is not None and found.running
