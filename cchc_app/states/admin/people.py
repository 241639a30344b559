"""The staff's own list: invite, change a role, disable. For administrators."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services import desk_lists
from cchc_app.services import staff_accounts as service
from cchc_app.services.runner import in_thread
from cchc_app.services.short_tables import arrange
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.settings import get_settings
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.tables import Listed
from cchc_app.states.clock import server_now
from cchc_app.states.forms import typed, whole_number
from cchc_app.texts import admin as texts
from cchc_app.texts import desk_lists as list_texts

HEADINGS = (
    (desk_lists.BY_CODE, texts.USERNAME, False),
    (desk_lists.BY_NAME, texts.COLUMN_NAME, False),
    (desk_lists.BY_ROLE, texts.ROLE, False),
    (desk_lists.BY_STATE, texts.COLUMN_STATE, False),
)


@dataclass
class MemberView:
    """One line of the list."""

    username: str = ""
    name: str = ""
    role: str = ""
    role_name: str = ""
    disabled: bool = False


@dataclass
class InvitationView:
    """One open invitation."""

    number: int = 0
    role_name: str = ""
    said: str = ""


class StaffPeopleState(Told, Listed, rx.State):
    """What the page shows."""

    members: list[MemberView] = []
    invitations: list[InvitationView] = []
    chosen: MemberView = MemberView()
    link: str = ""
    resets: bool = False  # the link is for an account that is there already

    @rx.event
    async def load(self):
        """Fill the page."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.MANAGE_STAFF)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        await self._fill(viewer)
        return None

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Go to the lines that the search form asks for."""
        staff = await self.get_state(StaffState)
        if await staff._require(Permission.MANAGE_STAFF) is None:
            return staff._turn_away()
        return self._to_question(routes.STAFF_PEOPLE, form)

    @rx.event
    async def choose(self, username: str):
        """Open the panel of an account; an unknown one closes it."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.MANAGE_STAFF)
        if viewer is None:
            return staff._turn_away()
        self._hush()
        self.chosen = next((member for member in self.members if member.username == username), MemberView())
        return None

    @rx.event
    async def invite(self, form: dict[str, Any]):
        """Make an invitation and show its link once."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.MANAGE_STAFF)
        if viewer is None:
            return staff._turn_away()
        self._hush()
        await self._offer(service.invite, viewer, form, role=typed(form, "role"))
        return None

    @rx.event
    async def offer_reset(self, form: dict[str, Any]):
        """Make a link by which the chosen account gets a new password and second factor, and show it once."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.MANAGE_STAFF)
        if viewer is None:
            return staff._turn_away()
        self._hush()
        self.resets = True
        await self._offer(service.offer_reset, viewer, form, username=typed(form, "username"))
        return None

    @rx.event
    async def withdraw(self, number: int):
        """Take an open invitation back."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.MANAGE_STAFF)
        if viewer is None:
            return staff._turn_away()
        self._hush()
        await self._do(service.withdraw, viewer, number=whole_number(number))
        return None

    @rx.event
    async def change_role(self, form: dict[str, Any]):
        """Give the chosen account another role."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.MANAGE_STAFF)
        if viewer is None:
            return staff._turn_away()
        role = typed(form, "role")
        await self._change(service.change_role, viewer, form, lambda name: texts.role_changed(name, role), role=role)
        return None

    @rx.event
    async def disable(self, form: dict[str, Any]):
        """Shut the chosen account out."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.MANAGE_STAFF)
        if viewer is None:
            return staff._turn_away()
        await self._change(service.set_disabled, viewer, form, texts.disabled, disabled=True)
        return None

    @rx.event
    async def enable(self, form: dict[str, Any]):
        """Let the chosen account in again."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.MANAGE_STAFF)
        if viewer is None:
            return staff._turn_away()
        await self._change(service.set_disabled, viewer, form, texts.enabled, disabled=False)
        return None

    async def _offer(self, work, viewer: StaffViewer, form: object, **wanted) -> None:
        made = await self._do(work, viewer, code=typed(form, "code"), **wanted)
        if made is not None:
            self.link = get_settings().resolved_public_url + routes.staff_invitation(made.token)
            self.chosen = MemberView()

    async def _change(self, work, viewer: StaffViewer, form: object, said, **wanted) -> None:
        self._hush()
        username = typed(form, "username")
        await self._do(work, viewer, username=username, code=typed(form, "code"), **wanted)
        if not self.notice:
            self.done, self.chosen = said(username), MemberView()

    async def _do(self, work, viewer: StaffViewer, **wanted):
        """What a service gives; None after a refusal, which is on the page then."""
        result = None
        try:
            result = await in_thread(work, get_database(), actor=viewer.username, now=server_now(), **wanted)
        except ContestError as error:
            self._refuse(error)
        await self._fill(viewer)
        return result

    async def _fill(self, viewer: StaffViewer) -> None:
        try:
            found = await in_thread(service.staff_list, get_database(), actor=viewer.username, now=server_now())
        except ContestError as error:  # the role was taken away a moment ago, by oneself
            self.reset()
            self._refuse(error)
            return
        page = arrange(desk_lists.STAFF, found.members, self._asked())
        self._arranged(
            page,
            path=routes.STAFF_PEOPLE,
            file=routes.STAFF_FILE,
            headings=HEADINGS,
            things=list_texts.STAFF_THINGS,
            words={desk_lists.ROLE: texts.ROLES.__getitem__, desk_lists.STATE: list_texts.STAFF_STATES.__getitem__},
        )
        self.members = [
            MemberView(one.username, one.display_name, one.role, texts.ROLES[one.role], one.disabled)
            for one in page.lines
        ]
        self.invitations = [
            InvitationView(one.number, texts.invitation_name(one.role, one.resets), texts.invitation_said(one))
            for one in found.invitations
        ]

    def _hush(self) -> None:
        super()._hush()
        self.link, self.resets = "", False
