"""What the contest holds about the signed-in person, and what that person asks to be done with it."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services import my_data as service
from cchc_app.services.my_data import MyData, Request, RequestKind
from cchc_app.services.runner import in_thread
from cchc_app.states.clock import server_now
from cchc_app.states.forms import typed
from cchc_app.states.session import SessionState
from cchc_app.texts import message
from cchc_app.texts import my_data as texts

KINDS = {kind.value: kind for kind in RequestKind}


@dataclass
class FactView:
    """One thing that is stored, masked where it must be."""

    name: str = ""
    value: str = ""


@dataclass
class RequestView:
    """One request in words."""

    kind: str = ""
    name: str = ""
    status: str = ""
    detail: str = ""
    answer: str = ""
    when: str = ""
    may_cancel: bool = False


class MyDataState(rx.State):
    """One's own data; empty for anybody who is not signed in. Seeing and erasing ask for no agreement."""

    loaded: bool = False
    facts: list[FactView] = []
    consents: list[str] = []
    requests: list[RequestView] = []
    withdrawn: bool = False
    error: str = ""
    notice: str = ""
    refusals: int = 0  # moves the focus to the wrong field (assets/app.js)

    @rx.event
    async def load(self):
        """Fill the page for the signed-in person."""
        self.reset()
        return await self._show()

    @rx.event
    async def correct(self, form: dict[str, Any]):
        """Ask for something to be corrected. Of those who agree: it is a part of taking part."""
        session = await self.get_state(SessionState)
        if await session._viewer() is None:
            return await session._way_in(routes.MY_DATA)
        return await self._ask(RequestKind.CORRECTION, typed(form, "detail"))

    @rx.event
    async def erase(self):
        """Ask for everything to be erased."""
        return await self._ask(RequestKind.ERASURE, "")

    @rx.event
    async def withdraw(self):
        """Take the consent back."""
        return await self._ask(RequestKind.WITHDRAWAL, "")

    @rx.event
    async def cancel(self, kind: str):
        """Take a waiting request back."""
        viewer = await (await self.get_state(SessionState))._signed_in()
        if viewer is not None and isinstance(kind, str) and kind in KINDS:
            person, now = viewer.participant_id, server_now()
            await in_thread(service.cancel, get_database(), participant_id=person, kind=KINDS[kind], now=now)
        return await self._show()

    async def _ask(self, kind: RequestKind, detail: str):
        viewer = await (await self.get_state(SessionState))._signed_in()
        if viewer is None:
            return rx.redirect(routes.sign_in(routes.MY_DATA))
        self.error = self.notice = ""
        person, now = viewer.participant_id, server_now()
        try:
            await in_thread(service.ask, get_database(), participant_id=person, kind=kind, detail=detail, now=now)
        except ContestError as error:
            self.error, self.refusals = message(error.code, error.details), self.refusals + 1
            return None
        self.notice = texts.asked(service.due_at(now))
        return await self._show()

    async def _show(self):
        session = await self.get_state(SessionState)
        viewer, hashed = await session._signed_in(), session._session_token_hash()
        if viewer is None:
            return rx.redirect(routes.sign_in(routes.MY_DATA))
        person, now = viewer.participant_id, server_now()
        try:
            data = await in_thread(service.my_data, get_database(), participant_id=person, token_hash=hashed, now=now)
        except ContestError as error:
            self.notice = message(error.code, error.details)
            return None
        self.facts, self.consents = fact_views(data), [texts.consent(one) for one in data.consents]
        self.requests = [request_view(one) for one in data.requests]
        self.withdrawn = bool(data.consents) and data.consents[0].withdrawn_at is not None
        self.loaded = True
        return None


def fact_views(data: MyData) -> list[FactView]:
    """What is stored, in words."""
    return [FactView(name, value) for name, value in texts.facts(data)]


def request_view(request: Request) -> RequestView:
    """One request in words."""
    return RequestView(
        kind=request.kind.value,
        name=texts.KINDS[request.kind],
        status=texts.STATUSES[request.status],
        detail=request.detail,
        answer=texts.answer(request.answer),
        when=texts.when(request.created_at, request.due_at, request.closed_at),
        may_cancel=request.status == "open" and request.kind is not RequestKind.WITHDRAWAL,
    )
