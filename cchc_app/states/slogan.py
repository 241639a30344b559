"""The slogan page: the round for everybody, the writing desk for a unit's representative."""

from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.slogans import Writing
from cchc_app.data.crypto import keyring
from cchc_app.data.engine import get_database
from cchc_app.services import submit_slogan as service
from cchc_app.services.runner import in_thread
from cchc_app.services.slogan_page import SloganPage, slogan_page
from cchc_app.states.clock import server_now
from cchc_app.states.forms import ticked, typed
from cchc_app.states.rooms import Rooms
from cchc_app.states.session import SessionState
from cchc_app.states.slogan_views import (
    RoundCard,
    UnitCard,
    VersionView,
    WritingView,
    round_card,
    unit_card,
    version_view,
    writing_view,
)
from cchc_app.texts import message
from cchc_app.texts import slogan as texts

# Open pages of representatives, by participant: who is dismissed is told at once.
writer_rooms = Rooms("writer")

PANELS = ("send", "withdraw")
FIELD_OF = {"SLOGAN": "text", "EXPLANATION": "explanation", "AUTHOR": "author"}
NO_ERRORS = dict.fromkeys(FIELD_OF.values(), "")
NOT_OF_A_FIELD = {
    ErrorCode.SLOGAN_NOT_OPEN,
    ErrorCode.SLOGAN_CLOSED,
    ErrorCode.SLOGAN_CONFLICT,
    ErrorCode.SLOGAN_NOT_SUBMITTED,
    ErrorCode.SLOGAN_DISQUALIFIED,
}


class SloganState(rx.State):
    """What the page shows; what is typed lives in the browser until it is saved."""

    screen: str = "loading"  # loading, visitor, participant, writer, missing
    round: RoundCard = RoundCard()
    unit: UnitCard = UnitCard()
    draft: WritingView = WritingView()
    handed_in: VersionView = VersionView()  # what counts; without a text when nothing does
    versions: list[VersionView] = []
    pending: WritingView = WritingView()
    theirs: WritingView = WritingView()  # shown in a conflict, when it says whose it is
    errors: dict[str, str] = NO_ERRORS
    notice: str = ""
    notice_code: str = ""
    done: str = ""
    panel: str = ""
    editing: bool = False
    may_write: bool = False
    was_open: bool = False  # this tab could write: what is typed stays readable when it no longer can
    saved: str = ""
    # What the browser learns of the form it sent: "serial:revision", or the serial of a refused one.
    ack: str = ""
    refused: str = ""
    slot: str = ""  # names the browser's own copy of a draft
    refusals: int = 0

    # Of this tab's last draft: the revision it was written on, and the one it became.
    _chain: tuple[int, int] = (-1, -1)

    @rx.event
    async def load(self):
        """Fill the page for whoever looks at it; public."""
        self.reset()
        await self._fill()

    @rx.event
    async def refresh(self):
        """The deadline has passed by the browser's clock: look again, without touching what is typed. Public."""
        await self._fill()

    @rx.event
    async def save_draft(self, form: dict[str, Any]):
        """Keep what was typed; asked for by the browser after a pause."""
        person = await self._person()
        if not person:
            return rx.redirect(routes.sign_in(routes.SLOGAN))
        await self._save(person, form)
        return None

    @rx.event
    async def ask(self, form: dict[str, Any]):
        """Keep what was typed and show it as it would be handed in."""
        person = await self._person()
        if not person:
            return rx.redirect(routes.sign_in(routes.SLOGAN))
        revision = await self._save(person, form)
        if revision:
            await self._try(person, form, self._preview(_read(form), revision))
        return None

    @rx.event
    async def submit(self, form: dict[str, Any]):
        """Hand in what the confirmation shows."""
        person = await self._person()
        if not person:
            return rx.redirect(routes.sign_in(routes.SLOGAN))
        if await self._try(person, form, self._work(service.submit, person, form, _read)):
            await self._finished(texts.SENT)
        return None

    @rx.event
    async def withdraw(self, form: dict[str, Any]):
        """Take back what was handed in."""
        person = await self._person()
        if not person:
            return rx.redirect(routes.sign_in(routes.SLOGAN))
        if await self._try(person, form, self._work(service.withdraw, person, form)):
            await self._finished(texts.WITHDRAWN)
        return None

    @rx.event
    async def edit(self):
        """Open or close the editor beside what was handed in; rearranges this tab only."""
        self.editing, self.done = not self.editing, ""

    @rx.event
    async def show_panel(self, panel: str):
        """Open a question before something is done; anything else closes it. Rearranges this tab only."""
        self.panel = panel if isinstance(panel, str) and panel in PANELS else ""

    @rx.event
    async def settle(self):
        """A conflict was decided in the browser, which saves next. Rearranges this tab only."""
        self.theirs, self.notice, self.notice_code = WritingView(), "", ""

    async def _person(self) -> int:
        """The signed-in participant's id, by the session's row; 0 for nobody."""
        viewer = await (await self.get_state(SessionState))._viewer()
        return viewer.participant_id if viewer else 0

    async def _fill(self) -> None:
        person = await self._person()
        try:
            found = await in_thread(slogan_page, get_database(), participant_id=person or None, now=server_now())
        except ContestError as error:
            self.screen = "missing"
            self._say(error)
            return
        self._show(found, person)
        await writer_rooms.enter(self.router.session.session_id, str(person) if found.is_writer else "")

    def _show(self, found: SloganPage, person: int) -> None:
        self.round = round_card(found)
        self.may_write = found.is_writer
        self.was_open = self.was_open or (found.is_writer and self.round.is_open)
        if found.unit is None:
            self.screen = "visitor"
            return
        self.unit = unit_card(found.unit)
        if not found.is_writer:
            # A page that was open for writing keeps what is typed, to be copied.
            self.screen = self.screen if self.screen == "writer" else "participant"
            return
        self.draft = writing_view(found.unit.draft.writing, revision=found.unit.draft.revision)
        self.saved = texts.saved(found.unit.draft.saved_at)
        self.versions = [version_view(line) for line in found.unit.versions]
        self.handed_in = version_view(found.unit.counts) if found.unit.counts else VersionView()
        self.slot = keyring().blind_index(f"slogan-slot:{person}:{found.unit.unit_id}")[:16]
        self.screen = "writer"

    async def _save(self, person: int, form: object) -> int:
        """The revision a draft was kept as; 0 after a refusal, which is on the page then."""
        saved = await self._try(person, form, self._work(service.save_draft, person, form, _read))
        if saved is None:
            return 0
        self._chain = (_revision(form), saved.revision)
        self.ack = f"{typed(form, 'serial')}:{saved.revision}"
        self.saved = texts.saved(saved.saved_at)
        # This state outlives the page: a reload must not begin with an older draft.
        self.draft = writing_view(service.kept(_read(form)), revision=saved.revision)
        return saved.revision

    async def _work(self, work: Any, person: int, form: object, read: Any = None) -> Any:
        more = {} if read is None else {"writing": read(form)}
        written_on, became = self._chain
        # The same tab sent the next text before it had the answer to the one before.
        seen = became if _revision(form) == written_on else _revision(form)
        return await in_thread(work, get_database(), participant_id=person, revision=seen, now=server_now(), **more)

    async def _preview(self, writing: Writing, revision: int) -> bool:
        checked = await in_thread(service.preview, get_database(), writing=writing)
        self.pending = writing_view(checked.writing, revision=revision, said=texts.words(checked.words))
        self.panel = "send"
        return True

    async def _try(self, person: int, form: object, work: Any) -> Any:
        """What work gives; None after a refusal, which is on the page then."""
        self.errors, self.notice, self.notice_code, self.done = dict(NO_ERRORS), "", "", ""
        try:
            return await work
        except ContestError as error:
            await self._refuse(error, person, typed(form, "serial"))
            return None

    async def _refuse(self, error: ContestError, person: int, serial: str) -> None:
        self.refused, self.panel = serial, ""
        self.refusals += 1
        field = FIELD_OF.get(error.code.name.partition("_")[0])
        if field and error.code not in NOT_OF_A_FIELD:
            self.errors = NO_ERRORS | {field: message(error.code, error.details)}
            return
        self._say(error)
        if error.code is ErrorCode.BAD_REQUEST:
            return
        await self._fill()
        if error.code is ErrorCode.SLOGAN_CONFLICT and self.may_write:
            await self._show_theirs(person)

    async def _show_theirs(self, person: int) -> None:
        found = await in_thread(slogan_page, get_database(), participant_id=person, now=server_now())
        draft = found.unit.draft if found.unit else None
        if draft is not None and draft.saved_at is not None:
            said = texts.conflict(draft.writer, draft.saved_at, own=draft.writer_id == person)
            self.theirs = writing_view(draft.writing, revision=draft.revision, said=said)

    async def _finished(self, said: str) -> None:
        self.panel, self.editing = "", False
        await self._fill()
        self.done = said

    def _say(self, error: ContestError) -> None:
        self.notice, self.notice_code = message(error.code, error.details), error.code.value


def _read(form: object) -> Writing:
    """What the form says; anything else than it can send is a bad request."""
    if not isinstance(form, dict):
        raise ContestError(ErrorCode.BAD_REQUEST)
    text, explanation, author = (form.get(name) for name in ("text", "explanation", "author"))
    if not (isinstance(text, str) and isinstance(explanation, str) and isinstance(author, str)):
        raise ContestError(ErrorCode.BAD_REQUEST)
    return Writing(text, explanation, author, author_public=ticked(form, "author_public"))


def _revision(form: object) -> int:
    digits = typed(form, "revision")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        raise ContestError(ErrorCode.BAD_REQUEST)
    return int(digits)
