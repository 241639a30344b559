"""The overview in words: what every watching organiser is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from cchc_app import routes
from cchc_app.contest.attention import Concern
from cchc_app.services import item_table, participation
from cchc_app.services.overview import DayCount, Overview
from cchc_app.texts import admin_overview as texts
from cchc_app.texts.formats import grouped

# Where each kind of concern is dealt with, and how the link is called.
WAYS = {
    "requests": (texts.TO_REQUESTS, routes.DATA_REQUESTS),
    "slogans_missing": (texts.TO_SLOGANS, routes.STAFF_SLOGANS_REMIND),
    "questions_flagged": (
        texts.TO_ITEMS,
        routes.with_query(routes.ITEM_ANALYSIS, {item_table.FLAG: item_table.ANY_FLAG}),
    ),
    "units_at_zero": (
        texts.TO_ZERO,
        f"{routes.with_query(routes.STAFF, {participation.ZERO: participation.ONLY_ZERO})}#{routes.UNITS_PART}",
    ),
}
# Likewise, of one board.
BOARD_WAYS = {
    "results": (texts.TO_RESULTS, routes.OFFICIAL_RESULTS),
    "prizes": (texts.TO_PRIZES, routes.STAFF_PRIZES),
}
LONGEST_CHART = 31  # days


@dataclass
class Bar:
    """One bar of a chart, and its line in the table beside it."""

    name: str = ""
    full: str = ""
    value: int = 0


@dataclass
class FigureView:
    """One of the four figures. `spark` are heights in percent, oldest first."""

    key: str = ""
    name: str = ""
    value: str = ""
    notes: list[str] = field(default_factory=list)
    spark: list[int] = field(default_factory=list)


@dataclass
class ConcernView:
    """One thing to look at."""

    key: str = ""
    urgency: str = ""
    said: str = ""
    text: str = ""
    note: str = ""
    way: str = ""
    href: str = ""
    copied: str = ""


@dataclass
class LiveOverview:
    """The figures of one moment in words."""

    at: str = ""
    window: str = ""
    is_open: bool = False
    withheld: str = ""
    figures: list[FigureView] = field(default_factory=list)
    hours: list[Bar] = field(default_factory=list)
    hours_any: bool = False
    days: list[Bar] = field(default_factory=list)
    concerns: list[ConcernView] = field(default_factory=list)
    slogans: str = ""
    slogans_percent: int = 0
    slogans_note: str = ""


def live_overview(found: Overview) -> LiveOverview:
    """The figures in words."""
    return LiveOverview(
        at=texts.updated(found.at),
        window=texts.window(found.period, found.is_open, found.period_ends_at, found.at),
        is_open=found.is_open,
        withheld=texts.withheld(found.withheld_until, found.at) if found.withheld_until else "",
        figures=[_registered(found), _papers(found), _handed_in(found), _units(found)],
        hours=[Bar(texts.hour(n), texts.hour_span(n), count) for n, count in enumerate(found.hours)],
        hours_any=any(found.hours),
        days=_bars(found.days[-LONGEST_CHART:]),
        concerns=[_concern(one, found) for one in found.concerns],
        slogans=texts.out_of(found.slogans, found.units),
        slogans_percent=_share(found.slogans, found.units),
        slogans_note=texts.slogan_deadline(found.slogans_close_at, found.at),
    )


def _registered(found: Overview) -> FigureView:
    days = [day.count for day in found.registered_days]
    notes = [texts.today_added(days[-1])]
    return FigureView("registered", texts.REGISTERED, grouped(found.registered), notes, _spark(days))


def _papers(found: Overview) -> FigureView:
    notes = [texts.against_yesterday(found.papers_today, found.papers_yesterday)]
    papers = {one.day: one.count for one in found.days}
    days = [papers.get(one.day, 0) for one in found.registered_days]
    return FigureView("papers", texts.PAPERS_TODAY, grouped(found.papers_today), notes, _spark(days))


def _handed_in(found: Overview) -> FigureView:
    closed = found.handed_in + found.ran_out
    rate = Fraction(found.handed_in * 100, closed) if closed else None
    before = texts.rate_before(*found.rate_before) if found.rate_before else ""
    notes = [note for note in (texts.in_progress(found.in_progress), before) if note]
    return FigureView("handed_in", texts.HANDED_IN, texts.percent(rate), notes)


def _units(found: Overview) -> FigureView:
    before = texts.units_before(found.units_before)
    value = texts.out_of(found.units_taking_part, found.units)
    return FigureView("units", texts.UNITS, value, [before] if before else [])


def _concern(one: Concern, found: Overview) -> ConcernView:
    kind = one.kind.value
    way, href = _way(one)
    zero = kind == "units_at_zero"
    return ConcernView(
        key=kind,
        urgency=one.urgency.value,
        said=texts.URGENCY[one.urgency.value],
        text=texts.concern(kind, one.count, one.until, found.at),
        note=texts.concern_note(kind, one.until, found.at),
        way=way,
        href=href,
        copied=texts.reminder(found.period, found.period_ends_at, found.at_zero) if zero else "",
    )


def _way(one: Concern) -> tuple[str, str]:
    if one.board is None:
        return WAYS.get(one.kind.value, ("", ""))
    way, page = BOARD_WAYS[one.kind.value]
    return way, routes.with_query(page, {routes.OFFICIAL_BOARD_QUERY: str(one.board)})


def _bars(days: Sequence[DayCount]) -> list[Bar]:
    return [Bar(texts.short_day(one.day), texts.long_day(one.day), one.count) for one in days]


def _spark(counts: Sequence[int]) -> list[int]:
    most = max(counts, default=0)
    return [round(100 * count / most) for count in counts] if most else []


def _share(part: int, whole: int) -> int:
    return 100 * part // whole if whole else 0
