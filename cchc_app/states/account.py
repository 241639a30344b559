"""The account page's state."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services import sessions
from cchc_app.services.change_pin import NewPin, asks_current, change_pin, pin_owner
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.results import Result, history
from cchc_app.services.runner import in_thread
from cchc_app.states.clock import server_now
from cchc_app.states.forms import field_messages, next_path, typed
from cchc_app.states.session import SessionState
from cchc_app.texts import account as texts
from cchc_app.texts import message

PIN_FIELDS = ("current", "pin", "pin_again")


@dataclass
class PaperView:
    """One line of the history."""

    name: str = ""
    result: str = ""
    finished: str = ""
    receipt: str = ""
    href: str = ""


@dataclass
class DeviceView:
    """One signed-in browser."""

    handle: str = ""
    name: str = ""
    seen: str = ""
    current: bool = False


class AccountState(rx.State):
    """One's own account; empty for anybody who is not signed in."""

    loaded: bool = False
    full_name: str = ""
    unit_name: str = ""
    masked_citizen_id: str = ""
    identity_normalised: bool = True
    papers: list[PaperView] = []
    devices: list[DeviceView] = []
    notice: str = ""
    ranked: bool = True
    has_pin: bool = True
    asks_current: bool = True  # else VNeID has just told who it is, or there is no PIN
    pin_errors: dict[str, str] = dict.fromkeys(PIN_FIELDS, "")
    pin_notice: str = ""
    pin_notice_code: str = ""
    pin_done: str = ""
    refusals: int = 0  # moves the focus to the first wrong field (assets/app.js)
    busy: bool = False
    linked: bool = False  # has come from VNeID for the first time: the PIN is void now
    next_path: str = ""

    @rx.event
    async def load(self):
        """Fill the page for the signed-in person."""
        self.reset()
        session = await self.get_state(SessionState)
        viewer = await session._viewer()
        if viewer is None:
            return await session._way_in(routes.ACCOUNT)
        self.full_name, self.unit_name = viewer.full_name, viewer.unit_name
        self.masked_citizen_id, self.identity_normalised = viewer.citizen_id_masked, viewer.identity_normalised
        self.ranked = viewer.ranked
        self.linked, self.next_path = "vneid" in self.router.url.query_parameters, next_path(self.router.url)
        await self._load_pin()
        await self._load_devices(viewer.participant_id)
        await self._load_papers(viewer.participant_id)
        return None

    @rx.event
    async def sign_out_device(self, handle: str):
        """End one of one's own sessions; its open pages go to the door."""
        session = await self.get_state(SessionState)
        viewer = await session._viewer()
        if viewer is None:
            return await session._way_in(routes.ACCOUNT)
        if isinstance(handle, str):
            db, person = get_database(), viewer.participant_id
            await in_thread(sessions.sign_out_device, db, participant_id=person, handle=handle, now=server_now())
            await self._load_devices(person)
        return None

    @rx.event
    async def change_pin(self, form: dict[str, Any]):
        """Set one's own PIN; the other devices are signed out."""
        session = await self.get_state(SessionState)
        viewer = await session._viewer()
        if viewer is None:
            yield await session._way_in(routes.ACCOUNT)
            return
        self.busy = True
        yield
        await self._change_pin(form, session)
        await self._load_pin()
        await self._load_devices(viewer.participant_id)
        self.busy = False

    async def _change_pin(self, form: object, session: SessionState) -> None:
        self.pin_errors, self.pin_done = dict.fromkeys(PIN_FIELDS, ""), ""
        self.pin_notice = self.pin_notice_code = ""
        asked = NewPin(**{name: typed(form, name) for name in PIN_FIELDS})
        where = {"token_hash": session._session_token_hash(), "address": session._address(), "now": server_now()}
        try:
            await change_pin(get_database(), asked, **where)
        except FieldErrors as refused:
            self.pin_errors = {**self.pin_errors, **field_messages(refused)}
            self.refusals += 1
        except ContestError as error:
            self.pin_notice, self.pin_notice_code = message(error.code, error.details), error.code.value
        else:
            self.pin_done = texts.PIN_SAVED

    async def _load_pin(self) -> None:
        hashed = (await self.get_state(SessionState))._session_token_hash()
        owner = await in_thread(pin_owner, get_database(), token_hash=hashed, now=server_now())
        if owner is not None:
            self.has_pin, self.asks_current = owner.pin_hash is not None, asks_current(owner, now=server_now())

    async def _load_devices(self, participant_id: int) -> None:
        hashed = (await self.get_state(SessionState))._session_token_hash()
        found = await in_thread(
            sessions.devices, get_database(), participant_id=participant_id, token_hash=hashed, now=server_now()
        )
        self.devices = [device_view(device) for device in found]

    async def _load_papers(self, participant_id: int) -> None:
        try:
            found = await in_thread(history, get_database(), participant_id=participant_id, now=server_now())
        except ContestError as error:
            self.notice = message(error.code, error.details)
            return
        self.papers, self.loaded = [paper_view(paper) for paper in found], True


def device_view(device: sessions.Device) -> DeviceView:
    """One signed-in browser in words."""
    return DeviceView(
        handle=device.handle,
        name=device.name or texts.DEVICE_UNKNOWN,
        seen=texts.device_seen(device.created_at, device.last_seen_at),
        current=device.current,
    )


def paper_view(paper: Result) -> PaperView:
    """One finished paper in words."""
    return PaperView(
        name=texts.paper_name(paper.period_number),
        result=texts.paper_result(paper.correct, paper.total, paper.time_used_ms, paper.marks_from),
        finished=texts.finished(paper.finished_at),
        receipt=paper.receipt,
        href=routes.result(paper.receipt),
    )
