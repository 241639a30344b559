"""Accounts that look like one person's, and putting them together. For organisers; auditors read."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services import desk_lists
from cchc_app.services import merge_people as service
from cchc_app.services.runner import in_thread
from cchc_app.services.short_tables import arrange
from cchc_app.services.staff_sessions import StaffViewer
from cchc_app.states.admin.refusals import Told
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.tables import Listed
from cchc_app.states.clock import server_now
from cchc_app.states.forms import typed, whole_number
from cchc_app.texts import desk_lists as list_texts
from cchc_app.texts import merges as texts

HEADINGS = ((desk_lists.BY_NAME, texts.COLUMN_NAME, False),)


@dataclass
class PairView:
    """Two accounts that look like one person's."""

    kept: int = 0
    merged: int = 0
    name: str = ""
    card: str = ""  # masked number and unit of the account to keep
    old: str = ""  # likewise of the other


class MergesState(Told, Listed, rx.State):
    """What the page shows."""

    pairs: list[PairView] = []
    chosen: PairView = PairView()
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
        return self._to_question(routes.MERGES, form)

    @rx.event
    async def choose(self, kept: int, merged: int):
        """Open the panel of a pair; an unknown one closes it."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self._hush()
        wanted = (whole_number(kept), whole_number(merged))
        self.chosen = next((pair for pair in self.pairs if (pair.kept, pair.merged) == wanted), PairView())
        return None

    @rx.event
    async def merge(self, form: dict[str, Any]):
        """Put the chosen pair together."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.RUN_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self._hush()
        kept, merged = (whole_number(typed(form, side)) for side in ("kept", "merged"))
        who = {"actor": viewer.username, "code": typed(form, "code"), "reason": typed(form, "reason")}
        try:
            made = await in_thread(
                service.merge, get_database(), **who, kept_id=kept, merged_id=merged, now=server_now()
            )
        except ContestError as error:
            self._refuse(error)
        else:
            self.done, self.chosen = texts.merged(made.moved, made.surplus), PairView()
        await self._fill(viewer)
        return None

    async def _fill(self, viewer: StaffViewer) -> None:
        try:
            found = await in_thread(service.offers, get_database(), actor=viewer.username)
        except ContestError as error:
            self.reset()
            self._refuse(error)
            return
        page = arrange(desk_lists.PAIRS, found, self._asked())
        self._arranged(
            page,
            path=routes.MERGES,
            file=routes.PAIR_FILE,
            headings=HEADINGS,
            things=list_texts.PAIR_THINGS,
            words={desk_lists.UNIT: str},
        )
        self.pairs = [pair_view(pair) for pair in page.lines]
        self.may_act, self.loaded = viewer.may(Permission.RUN_CONTEST), True


def pair_view(pair: service.Pair) -> PairView:
    """Two accounts in words."""
    card, old = pair.card, pair.old
    return PairView(
        kept=card.participant_id,
        merged=old.participant_id,
        name=card.full_name,
        card=texts.account(card.citizen_id_masked, card.unit_name),
        old=texts.account(old.citizen_id_masked, old.unit_name),
    )
