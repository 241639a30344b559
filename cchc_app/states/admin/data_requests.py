"""Requests about people's data: the list, and what is done about one. For organisers; auditors read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services import data_requests as service
from cchc_app.services import desk_lists
from cchc_app.services.data_requests import WaitingRequest
from cchc_app.services.my_data import RequestKind
from cchc_app.services.runner import in_thread
from cchc_app.services.short_tables import arrange
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.tables import Listed
from cchc_app.states.clock import server_now
from cchc_app.states.forms import typed, whole_number
from cchc_app.texts import data_requests as texts
from cchc_app.texts import desk_lists as list_texts

HEADINGS = (
    (desk_lists.BY_NAME, texts.COLUMN_PERSON, False),
    (desk_lists.BY_TIME, texts.COLUMN_SENT, False),
    (desk_lists.BY_DUE, texts.COLUMN_DUE, False),
)


@dataclass
class DataRequestView:
    """One open request in words."""

    number: int = 0
    name: str = ""
    citizen_id: str = ""
    unit: str = ""
    kind: str = ""
    detail: str = ""
    sent: str = ""
    due: str = ""
    overdue: bool = False
    correction: bool = False  # else what is asked is erasure


class DataRequestsState(Told, Listed, rx.State):
    """What the page shows."""

    requests: list[DataRequestView] = []
    chosen: DataRequestView = DataRequestView()
    may_act: bool = False
    loaded: bool = False

    @rx.event
    async def load(self):
        """Fill the page."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        await self._fill(viewer)
        return None

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Go to the lines that the search form asks for."""
        staff = await self.get_state(StaffState)
        if await staff._require(Permission.READ_CONTEST) is None:
            return staff._turn_away()
        return self._to_question(routes.DATA_REQUESTS, form)

    @rx.event
    async def choose(self, number: int):
        """Open the panel of a request; an unknown one closes it."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self._hush()
        wanted = whole_number(number)
        self.chosen = next((one for one in self.requests if one.number == wanted), DataRequestView())
        return None

    @rx.event
    async def erase(self, form: dict[str, Any]):
        """Erase the person of a request."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        await self._do(service.erase, viewer, form, texts.ERASED)
        return None

    @rx.event
    async def corrected(self, form: dict[str, Any]):
        """Note that what was wrong is right now."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        await self._do(service.note_corrected, viewer, form, texts.CORRECTED)
        return None

    @rx.event
    async def refuse(self, form: dict[str, Any]):
        """Refuse a request, with a reason for the person."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        await self._do(service.refuse, viewer, form, texts.REFUSED, reason=typed(form, "reason"))
        return None

    async def _do(self, work, viewer: StaffViewer, form: object, said: str, **wanted) -> None:
        self._hush()
        who = {"actor": viewer.username, "number": whole_number(typed(form, "number")), "code": typed(form, "code")}
        try:
            await in_thread(work, get_database(), **who, **wanted, now=server_now())
        except ContestError as error:
            self._refuse(error)
        else:
            self.done, self.chosen = said, DataRequestView()
        await self._fill(viewer)

    async def _fill(self, viewer: StaffViewer) -> None:
        try:
            found = await in_thread(service.waiting_requests, get_database(), actor=viewer.username)
        except ContestError as error:
            self.reset()
            self._refuse(error)
            return
        page = arrange(desk_lists.REQUESTS, found, self._asked())
        self._arranged(
            page,
            path=routes.DATA_REQUESTS,
            file=routes.REQUEST_FILE,
            headings=HEADINGS,
            things=list_texts.REQUEST_THINGS,
            words={desk_lists.KIND: texts.KINDS.__getitem__},
        )
        self.requests = [request_view(one, server_now()) for one in page.lines]
        self.may_act, self.loaded = viewer.may(Permission.RUN_CONTEST), True


def request_view(request: WaitingRequest, now: datetime) -> DataRequestView:
    """One open request in words."""
    return DataRequestView(
        number=request.number,
        name=request.full_name,
        citizen_id=request.citizen_id_masked,
        unit=request.unit_name,
        kind=texts.KINDS[request.kind],
        detail=request.detail,
        sent=texts.sent(request.created_at),
        due=texts.due(request.due_at),
        overdue=request.due_at <= now,
        correction=request.kind is RequestKind.CORRECTION,
    )
