"""The home page's state: what is open, the next step, the weeks, the contest's own texts."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import reflex as rx
import segno

from cchc_app import routes
from cchc_app.contest.errors import ContestError
from cchc_app.contest.schedule import Phase
from cchc_app.data.engine import get_database
from cchc_app.data.types import to_millis
from cchc_app.services.home import HomeView, NextStep, Week, home_view
from cchc_app.services.runner import in_thread
from cchc_app.settings import get_settings
from cchc_app.states.clock import server_now
from cchc_app.states.session import SessionState
from cchc_app.texts import home as texts
from cchc_app.texts import message
from cchc_app.texts.slogan import STATUS as SLOGAN_STATUS


@dataclass
class NowCard:
    """What is open, until when, and the big button."""

    pill: str = texts.NOW_DEFAULT
    until: str = ""
    is_open: bool = False
    over: bool = False
    deadline_ms: int = 0
    server_now_ms: int = 0
    button: str = texts.ENTER
    href: str = routes.QUIZ
    # The end of one's open paper, written into the button; 0 for none.
    paper_deadline_ms: int = 0
    facts: str = ""


@dataclass
class WeekMark:
    """One step of the path: `done`, `now` or `next`."""

    name: str
    place: str = "next"
    line: str = ""
    more: str = ""


@dataclass
class SloganCard:
    """The slogan round in brief."""

    text: str = texts.slogan_text((10, 20))
    deadline: str = ""
    status: str = SLOGAN_STATUS[Phase.UPCOMING]
    is_open: bool = False
    deadline_ms: int = 0
    published: bool = False


@dataclass
class Item:
    """A line of prizes, news or documents."""

    title: str = ""
    detail: str = ""
    href: str = ""


@dataclass
class ContestTexts:
    """What organisers wrote about the contest."""

    title: str = texts.TITLE
    purpose: str = texts.PURPOSE
    prizes: list[Item] = field(default_factory=list)
    news: list[Item] = field(default_factory=list)
    documents: list[Item] = field(default_factory=list)
    video: str = ""
    poster: str = ""


class HomeState(rx.State):
    """The defaults stand in the HTML before any script runs."""

    now: NowCard = NowCard()
    weeks: list[WeekMark] = [WeekMark(name) for name in texts.WEEK_DEFAULTS]
    slogan: SloganCard = SloganCard()
    about: ContestTexts = ContestTexts()
    notice: str = ""
    public_url: str = ""
    snippet: str = ""
    qr: str = ""

    @rx.event
    async def load(self):
        """Fill the page for whoever looks at it."""
        viewer = await (await self.get_state(SessionState))._viewer()
        person, now = viewer.participant_id if viewer else None, server_now()
        try:
            self._show(await in_thread(home_view, get_database(), participant_id=person, now=now), now)
        except ContestError as error:
            self.notice = message(error.code, error.details)

    @rx.event
    def show_qr(self):
        """Draw the QR code of the site's address."""
        self.qr = segno.make(get_settings().resolved_public_url, error="m").svg_data_uri(
            scale=8, border=2, light="#fff"
        )

    def _show(self, view: HomeView, now: datetime) -> None:
        self.notice = ""
        self.now = now_card(view, now)
        self.weeks = [week_mark(week) for week in view.weeks]
        self.slogan = slogan_card(view)
        self.about = contest_texts(view)
        self.public_url = get_settings().resolved_public_url
        self.snippet = texts.snippet(self.public_url, view.short_title)


def now_card(view: HomeView, now: datetime) -> NowCard:
    """What is open at `now` and where the big button leads, in words."""
    button, href = _button(view)
    card = NowCard(
        pill=texts.OVER, until=texts.OVER_DETAIL, over=True, server_now_ms=to_millis(now), button=button, href=href
    )
    if view.deadline_at is not None:
        card.paper_deadline_ms = to_millis(view.deadline_at)
    if view.current is not None:
        is_open = view.current.phase is Phase.OPEN
        card.pill, card.until = texts.now_pill(view.current), texts.now_until(view.current)
        card.is_open, card.over = is_open, False
        card.deadline_ms = to_millis(view.current.closes_at if is_open else view.current.opens_at)
        card.facts = texts.paper_facts(view.quiz)
    return card


def _button(view: HomeView) -> tuple[str, str]:
    match view.step:
        case NextStep.SIGN_IN:
            return texts.SIGN_IN, routes.sign_in(routes.QUIZ)
        case NextStep.RESUME:
            return texts.RESUME, routes.QUIZ
        case NextStep.RESULT:
            return texts.see_result(view.step_week), routes.result(view.receipt)
        case NextStep.PRACTISE:
            return texts.PRACTISE, routes.PRACTICE
        case NextStep.STANDINGS:
            return texts.SEE_STANDINGS, routes.STANDINGS
        case NextStep.BEGIN:
            return texts.begin(view.step_week), routes.QUIZ


def slogan_card(view: HomeView) -> SloganCard:
    """The slogan round in words."""
    return SloganCard(
        text=texts.slogan_text(view.slogan_words),
        deadline=texts.slogan_deadline(view.slogan_phase, view.slogan_closes_at),
        status=SLOGAN_STATUS[view.slogan_phase],
        is_open=view.slogan_phase is Phase.OPEN,
        deadline_ms=to_millis(view.slogan_closes_at),
        published=view.slogan_published,
    )


def week_mark(week: Week) -> WeekMark:
    """One step of the path of weeks in words."""
    line, more = texts.week_state(week)
    place = {Phase.CLOSED: "done", Phase.OPEN: "now", Phase.UPCOMING: "next"}[week.phase]
    return WeekMark(texts.week_name(week.number), place, line, more)


def contest_texts(view: HomeView) -> ContestTexts:
    """What organisers wrote, or the product's own words where they wrote nothing."""
    content = view.content
    return ContestTexts(
        title=content.get("headline", texts.TITLE),
        purpose=content.get("purpose", texts.PURPOSE),
        prizes=[_item(entry) for entry in content.get("prizes", [])],
        news=[_item(entry) for entry in content.get("news", [])],
        documents=[_item(entry) for entry in content.get("documents", [])],
        video=content.get("video_url", ""),
        poster=content.get("video_poster", ""),
    )


def _item(entry: dict[str, Any]) -> Item:
    return Item(entry.get("title", ""), entry.get("detail", ""), entry.get("href", ""))
