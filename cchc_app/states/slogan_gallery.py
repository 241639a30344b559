"""The public results of the slogan round."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.services.clock import server_now
from cchc_app.services.runner import in_thread
from cchc_app.services.slogan_gallery import Gallery, GallerySlogan, gallery
from cchc_app.states.forms import typed
from cchc_app.texts import message
from cchc_app.texts import slogan_results as texts
from cchc_app.texts.register import bloc_name


@dataclass
class GalleryRow:
    """One slogan in words."""

    code: str = ""
    text: str = ""
    unit: str = ""
    author: str = ""
    prize: str = ""
    settled: bool = False
    facts: str = ""
    image: str = ""
    file: str = ""


@dataclass
class BlocView:
    """The slogans of a bloc."""

    name: str = ""
    rows: list[GalleryRow] = field(default_factory=list)


class SloganGalleryState(rx.State):
    """What the page shows. Public."""

    screen: str = "loading"  # loading, waiting, gallery or missing
    said: str = ""
    note: str = ""
    query: str = ""
    winners: list[GalleryRow] = []
    blocs: list[BlocView] = []

    @rx.event
    async def load(self):
        """Show what is published, or when it will be. Public."""
        self.reset()
        await self._read("")

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Show the slogans that hold what was typed. Public."""
        await self._read(typed(form, "search"))

    async def _read(self, wanted: str) -> None:
        try:
            found = await in_thread(gallery, get_database(), search=wanted)
        except ContestError as error:
            self.screen, self.said = "missing", message(error.code, error.details)
            return
        if not found.published or found.published_at is None:
            self.screen = "waiting"
            self.said = texts.waiting(found.closes_at, over=found.closes_at <= server_now())
            return
        self.said = texts.published(found.version, found.published_at, found.count)
        self._show(found, wanted)

    def _show(self, found: Gallery, wanted: str) -> None:
        self.screen, self.query = "gallery", wanted.strip()
        self.note = texts.correction(found.note) if found.note else ""
        self.winners = [gallery_row(one) for one in found.winners]
        self.blocs = [
            BlocView(bloc_name(bloc), [gallery_row(one) for one in slogans]) for bloc, slogans in found.others
        ]


def gallery_row(one: GallerySlogan) -> GalleryRow:
    """A published slogan in words."""
    settled = len(one.prizes) == 1
    return GalleryRow(
        code=one.code,
        text=one.text,
        unit=one.unit,
        author=one.author,
        prize=texts.prize(one.prizes) if one.prizes else "",
        settled=settled,
        facts=texts.facts(one.rank, one.score) if one.prizes else "",
        image=routes.slogan_card(one.code) if settled else "",
        file=texts.card_name(one.code),
    )
