"""The item analysis: the table, one question opened, and how far a computation is."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import reflex as rx

from cchc_app import routes
from cchc_app.contest import table_query
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError
from cchc_app.contest.item_analysis import ItemFlag, OptionAnalysis
from cchc_app.data.engine import get_database
from cchc_app.services import item_table as service
from cchc_app.services.item_jobs import AnalysedItem, get_jobs
from cchc_app.services.item_table import ItemTable
from cchc_app.services.runner import in_thread
from cchc_app.states.admin.overview import BoardTab
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.tables import ChoiceView, TableView, searched, table_view
from cchc_app.states.clock import server_now
from cchc_app.texts import admin_items as texts
from cchc_app.texts import admin_overview, message

HEADINGS = (
    (service.BY_CODE, texts.COLUMN_CODE, False),
    (service.BY_PAPERS, texts.COLUMN_PAPERS, True),
    (service.BY_FACILITY, texts.COLUMN_FACILITY, True),
    (service.BY_DISCRIMINATION, texts.COLUMN_DISCRIMINATION, True),
    (service.BY_TIME, texts.COLUMN_TIME, True),
    (service.BY_EXPOSURE, texts.COLUMN_EXPOSURE, True),
)
# A small contest is computed while the page loads; for a large one the page says how far it is.
PATIENCE, LOOK = 0.7, 1.0  # seconds


@dataclass
class FlagView:
    """A flag in words, with what it means and what to do."""

    name: str = ""
    tone: str = ""
    advice: str = ""


@dataclass
class OptionView:
    """One option in words; `bar` is its share in whole percent."""

    letter: str = ""
    text: str = ""
    accepted: bool = False
    share: str = ""
    bar: int = 0
    discrimination: str = ""
    flags: list[FlagView] = field(default_factory=list)


@dataclass
class ItemView:
    """One question version in words; without a key none is opened."""

    key: str = ""
    name: str = ""
    topic: str = ""
    stem: str = ""
    papers: str = ""
    facility: str = ""
    facility_bar: int = 0
    discrimination: str = ""
    mean: str = ""
    median: str = ""
    exposure: str = ""
    href: str = ""
    flags: list[FlagView] = field(default_factory=list)
    options: list[OptionView] = field(default_factory=list)


class ItemAnalysisState(rx.State):
    """What the page shows."""

    lines: list[ItemView] = []
    chosen: ItemView = ItemView()
    tabs: list[BoardTab] = []
    table: TableView = TableView()
    flag_choices: list[ChoiceView] = []
    topic_choices: list[ChoiceView] = []
    made_of: str = ""
    back: str = ""
    withheld: str = ""
    computing: str = ""
    any: bool = False
    loaded: bool = False
    notice: str = ""
    notice_code: str = ""

    _ways: table_query.TableShape | None = None

    @rx.event
    async def load(self):
        """Show what the address asks for; begin to compute what is missing."""
        staff = await self.get_state(StaffState)
        viewer = await staff._require(Permission.READ_CONTEST)
        if viewer is None:
            return staff._turn_away()
        self.reset()
        return await self._fill(viewer.username)

    @rx.event(background=True)
    async def follow(self):
        """Say how far a computation is until it is done, then show its figures."""
        going = True
        while going:
            async with self:
                staff = await self.get_state(StaffState)
                viewer = await staff._require(Permission.READ_CONTEST)
                if viewer is None:
                    return staff._turn_away()
                going = await self._look_again(viewer.username)
            await asyncio.sleep(LOOK if going else 0)
        return None

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Go to the questions that the search form asks for."""
        staff = await self.get_state(StaffState)
        if await staff._require(Permission.READ_CONTEST) is None:
            return staff._turn_away()
        if self._ways is None:
            return None
        query = table_query.parse(self._ways, self._asked())
        # The week stays: it is chosen by its tab, not in the form.
        kept = {name: value for name, value in query.filters.items() if name == service.BOARD}
        return rx.redirect(routes.with_query(routes.ITEM_ANALYSIS, {**kept, **searched(self._ways, query, form)}))

    async def _fill(self, actor: str):
        db, jobs, asked, now = get_database(), get_jobs(), self._asked(), server_now()
        try:
            board = await in_thread(service.chosen_board, db, actor=actor, asked=asked, now=now)
            running = await in_thread(jobs.start, board.period_ids, now=now)
            if running is not None:
                await asyncio.wait([asyncio.wrap_future(running)], timeout=PATIENCE)
            # Asked first: what is done by now is in the table.
            percent = jobs.progress()
            self._show(await in_thread(service.item_table, db, jobs, actor=actor, asked=asked, now=now))
        except ContestError as error:
            self.notice, self.notice_code = message(error.code, error.details), error.code.value
            return None
        self.computing = "" if percent is None else texts.computing(percent)
        self.notice = texts.FAILED if jobs.failed() else ""
        self.loaded = True
        return ItemAnalysisState.follow if self.computing else None

    async def _look_again(self, actor: str) -> bool:
        """Whether there is more to wait for. What has failed is not begun again by waiting."""
        jobs = get_jobs()
        percent = jobs.progress()
        if self.computing and percent is not None:
            self.computing = texts.computing(percent)
        elif self.computing and jobs.failed():
            self.computing, self.notice = "", texts.FAILED
        elif self.computing:
            await self._fill(actor)
        return self.computing != ""

    def _show(self, found: ItemTable) -> None:
        ways = self._ways = service.shape(found.topics, found.boards)
        table = table_view(
            ways,
            found.query,
            path=routes.ITEM_ANALYSIS,
            file=routes.ITEM_ANALYSIS_FILE,
            headings=HEADINGS,
            found=found.found,
            count=found.count,
        )
        self.table = replace(table, totals=texts.totals(found.found, found.count))
        asked = table_query.parameters(ways, found.query)
        self.back = routes.with_query(routes.ITEM_ANALYSIS, asked)
        self.lines = [item_view(item, asked) for item in found.lines]
        self.chosen = item_view(found.chosen, asked) if found.chosen else ItemView()
        self.tabs = [_tab(number, found, asked) for number in found.boards]
        names = {service.ANY_FLAG: texts.notable(found.notable), **texts.FLAGS}
        self.flag_choices = [ChoiceView(value, name) for value, name in names.items()]
        self.topic_choices = [ChoiceView(topic, topic) for topic in found.topics]
        self.made_of, self.any = texts.made_of(found.papers, found.at), found.count > 0
        self.withheld = admin_overview.withheld(found.withheld, server_now()) if found.withheld else ""

    def _asked(self) -> dict[str, str]:
        return dict(self.router.url.query_parameters)


def _tab(number: int, found: ItemTable, asked: Mapping[str, str]) -> BoardTab:
    to = {name: value for name, value in asked.items() if name != table_query.PAGE}
    href = routes.with_query(routes.ITEM_ANALYSIS, {**to, service.BOARD: service.board_slug(number)})
    return BoardTab(admin_overview.board_name(number), href, number == found.board)


def item_view(item: AnalysedItem, asked: Mapping[str, str]) -> ItemView:
    """A question version in words; its link opens it and keeps the question of the table."""
    text, analysis = item.text, item.analysis
    to = {**asked, service.ITEM: str(text.version_id)}
    return ItemView(
        key=str(text.version_id),
        name=texts.version(text.code, text.version),
        topic=text.topic,
        stem=text.stem,
        papers=admin_overview.count(analysis.papers),
        facility=texts.share(analysis.facility),
        facility_bar=round(100 * (analysis.facility or 0)),
        discrimination=texts.index(analysis.discrimination),
        mean=texts.seconds(analysis.mean_ms),
        median=texts.seconds(analysis.median_ms),
        exposure=texts.share(analysis.exposure),
        href=routes.with_query(routes.ITEM_ANALYSIS, to),
        flags=[flag_view(flag) for flag in analysis.flags],
        options=[_option(option, text.options[option.option]) for option in analysis.options],
    )


def flag_view(flag: ItemFlag) -> FlagView:
    """A flag in words."""
    return FlagView(texts.FLAGS[flag], texts.TONES[flag], texts.ADVICE[flag])


def _option(option: OptionAnalysis, words: str) -> OptionView:
    return OptionView(
        letter=texts.LETTERS[option.option],
        text=words,
        accepted=option.accepted,
        share=texts.share(option.share),
        bar=round(100 * (option.share or 0)),
        discrimination=texts.index(option.discrimination),
        flags=[flag_view(flag) for flag in option.flags],
    )
