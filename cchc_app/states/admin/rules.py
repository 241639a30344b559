"""Writing new rules: one form a section, a draft behind them, its publication."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.access import Permission
from cchc_app.contest.changes import differences
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.regulations import RuleSet, TieBreak
from cchc_app.data.engine import get_database
from cchc_app.services import rule_drafts as service
from cchc_app.services import rule_set_forms as forms
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.rule_drafts import DraftView
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.admin import rule_views as views
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.rule_views import ChangeRow, DraftForms
from cchc_app.states.admin.sections import typed_values, whole_number
from cchc_app.states.admin.session import StaffState
from cchc_app.states.clock import server_now
from cchc_app.states.forms import field_messages
from cchc_app.texts import admin_rules as texts

READERS: dict[str, Callable[[RuleSet, forms.Form], RuleSet]] = {
    "tuan": forms.read_periods,
    "de-thi": forms.read_paper,
    "khau-hieu": forms.read_slogan,
    "don-vi": forms.read_units,
    "giai": forms.read_prizes,
}
FIRST = next(iter(texts.SECTIONS))
MOVES = {"earlier": True, "later": False}


class RuleDraftState(Told, rx.State):
    """What the page shows."""

    section: str = FIRST
    loaded: bool = False
    missing: bool = False
    may_edit: bool = False
    version: int = 0
    revision: int = 0
    form_key: int = 0
    edited: str = ""
    draft: DraftForms = DraftForms()
    values: dict[str, str] = dict.fromkeys(views.SINGLE, "")
    errors: dict[str, str] = dict.fromkeys(views.SINGLE, "")
    why: dict[str, str] = {}
    fixed: dict[str, bool] = {}
    changes: list[ChangeRow] = []
    newer: list[ChangeRow] = []
    can_draw: bool = True
    needs_note: bool = False

    _seen: DraftView | None = None

    @rx.event
    async def load(self):
        """Fill the page."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        asked = self.router.url.query_parameters.get(routes.SECTION_QUERY, FIRST)
        self.section = asked if asked in texts.SECTIONS else FIRST
        await self._read(viewer)
        return None

    @rx.event
    async def save(self, form: dict[str, Any]):
        """Keep one section of the draft."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        typed = typed_values(form)
        read = READERS.get(typed.get("section", ""))
        if read is not None:
            await self._change(viewer, typed.get("revision"), lambda rules: read(rules, typed))
        return None

    @rx.event
    async def move(self, step: str, way: str):
        """Put a step of the chain one place earlier or later."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        moved = next((one for one in TieBreak if one == step), None)
        earlier = MOVES.get(way) if isinstance(way, str) else None
        if moved is not None and earlier is not None:
            await self._change(viewer, self.revision, lambda rules: forms.move_step(rules, moved, earlier=earlier))
        return None

    @rx.event
    async def toggle(self, step: str):
        """Take a step out of the chain, or put it in."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        wanted = next((one for one in TieBreak if one == step), None)
        if wanted is not None:
            await self._change(viewer, self.revision, lambda rules: forms.toggle_step(rules, wanted))
        return None

    @rx.event
    async def publish(self, form: dict[str, Any]):
        """Put the draft in force."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        typed = typed_values(form)
        wanted = {"note": typed.get("note", ""), "code": typed.get("code", "")}
        found = await self._do(viewer, service.publish, typed.get("revision"), **wanted)
        self.done = texts.published(self.version) if found else ""
        return None

    @rx.event
    async def discard(self):
        """Make the draft what is in force again."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self.done = texts.DISCARDED if await self._do(viewer, service.discard, self.revision) else ""
        return None

    async def _change(self, viewer: StaffViewer, revision: object, change: Callable[[RuleSet], RuleSet]) -> None:
        self.done = texts.SAVED if await self._do(viewer, service.save, revision, change=change) else ""

    async def _do(self, viewer: StaffViewer, work: Any, revision: object, **wanted: Any) -> bool:
        """Whether a service did it; what it gives, or refuses, is on the page then."""
        self._hush()
        try:
            found = await in_thread(
                work,
                get_database(),
                actor=viewer.username,
                revision=whole_number(revision),
                now=server_now(),
                **wanted,
            )
        except FieldErrors as refused:
            self._show_errors(field_messages(refused))
            return False
        except ContestError as error:
            self._refuse(error)
            if error.code is ErrorCode.CHANGED_MEANWHILE:
                await self._show_newer(viewer)
            return False
        self._show(found)
        return True

    async def _show_newer(self, viewer: StaffViewer) -> None:
        """What another one has changed since this tab's forms were filled in; what is typed stays."""
        found = await in_thread(service.rule_draft, get_database(), actor=viewer.username, now=server_now())
        if self._seen is not None:
            self.newer = views.change_rows(differences(self._seen.draft, found.draft))
        self.revision = found.revision

    async def _read(self, viewer: StaffViewer) -> None:
        self.may_edit = viewer.may(Permission.RUN_CONTEST)
        try:
            self._show(await in_thread(service.rule_draft, get_database(), actor=viewer.username, now=server_now()))
        except ContestError as error:
            self.missing = error.code is ErrorCode.CONTEST_MISSING
            self._refuse(error)

    def _show(self, found: DraftView) -> None:
        self._seen, self.loaded = found, True
        self.version, self.revision = found.in_force.version, found.revision
        self.edited = texts.edited(found.edited_by, found.edited_at)
        self.draft, self.values = views.forms_of(found, {}), views.single_values(found.draft)
        self.errors, self.newer = dict.fromkeys(views.SINGLE, ""), []
        self.why, self.fixed = views.locks_in_words(found), views.fixed_fields(found)
        self.changes = views.change_rows(found.differences)
        self.can_draw, self.needs_note = found.can_draw, bool(found.begun.periods)
        self.form_key += 1

    def _show_errors(self, errors: dict[str, str]) -> None:
        """Sentences beside their fields; the forms are not filled in anew, so that what is typed stays."""
        self.errors = dict.fromkeys(views.SINGLE, "") | errors
        if self._seen is not None:
            self.draft = views.forms_of(self._seen, errors)
