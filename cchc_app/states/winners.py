"""The public page of winners."""

from dataclasses import dataclass, field

import reflex as rx

from cchc_app.contest.errors import ContestError
from cchc_app.contest.prize_rules import PrizeKind
from cchc_app.data.engine import get_database
from cchc_app.services.prize_views import Entrant, ScopeView
from cchc_app.services.runner import in_thread
from cchc_app.services.winners import PublishedList, published_winners
from cchc_app.texts import message
from cchc_app.texts import winners as texts
from cchc_app.texts.admin_prizes import facts


@dataclass
class WinnerView:
    """One winner in words."""

    name: str = ""
    unit: str = ""
    facts: str = ""
    slogan: bool = False


@dataclass
class PrizeView:
    """One prize with its winners."""

    title: str = ""
    winners: list[WinnerView] = field(default_factory=list)


@dataclass
class KindView:
    """The prizes of one kind."""

    name: str = ""
    prizes: list[PrizeView] = field(default_factory=list)


@dataclass
class ListView:
    """The published list of a board."""

    key: str = ""
    href: str = ""
    heading: str = ""
    said: str = ""
    note: str = ""
    withdrawn: str = ""
    kinds: list[KindView] = field(default_factory=list)


class WinnersState(rx.State):
    """What the page shows. Public."""

    screen: str = "loading"  # loading, waiting, lists or missing
    said: str = ""
    lists: list[ListView] = []

    @rx.event
    async def load(self):
        """Show what is published. Public."""
        self.reset()
        try:
            found = await in_thread(published_winners, get_database())
        except ContestError as error:
            self.screen, self.said = "missing", message(error.code, error.details)
            return
        self.lists = [list_view(one) for one in found]
        self.screen = "lists" if found else "waiting"


def list_view(one: PublishedList) -> ListView:
    """A published list in words."""
    key = f"bang-{one.board}"
    return ListView(
        key=key,
        href=f"#{key}",
        heading=texts.heading(one.board),
        said=texts.published(one.version, one.published_at),
        note=texts.corrected(one.reason) if one.reason and not one.withdrawn else "",
        withdrawn=texts.withdrawn(one.reason) if one.withdrawn else "",
        kinds=[kind_view(scope) for scope in one.scopes if not scope.missing],
    )


def kind_view(scope: ScopeView) -> KindView:
    """The prizes of a kind in words."""
    return KindView(
        name=texts.HEADINGS[scope.kind],
        prizes=[PrizeView(prize.title, [winner_view(one) for one in prize.winners]) for prize in scope.prizes],
    )


def winner_view(one: Entrant) -> WinnerView:
    """A winner in words; nothing but the name, the unit and what was achieved."""
    return WinnerView(
        name=one.name,
        unit=one.unit if one.kind is PrizeKind.INDIVIDUAL else "",
        facts=facts(one.kind, one.facts),
        slogan=one.kind is PrizeKind.SLOGAN,
    )
