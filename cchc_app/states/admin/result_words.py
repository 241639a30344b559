"""Official results in words, as the organisers' page shows them."""

from dataclasses import dataclass, field

from cchc_app import routes
from cchc_app.data.official_pages import PlaceLine
from cchc_app.services.close_board import Check
from cchc_app.services.result_desk import ResultDesk, UnitLine, VersionLine
from cchc_app.texts import admin_results as texts
from cchc_app.texts.formats import grouped, second_and_date
from cchc_app.texts.register import bloc_name


@dataclass
class VersionView:
    """One version in words."""

    version: int = 0
    said: str = ""
    reason: str = ""
    digest: str = ""
    href: str = ""
    shown: bool = False


@dataclass
class DifferenceView:
    """A stored figure that the answers do not give."""

    kind: str = ""
    subject: str = ""
    stored: str = ""
    computed: str = ""


@dataclass
class CheckView:
    """What closing would freeze, in words; empty before a check."""

    said: str = ""
    live: str = ""
    digest: str = ""
    differences: str = ""
    lines: list[DifferenceView] = field(default_factory=list)
    same: bool = False
    corrects: bool = False


@dataclass
class PlaceRow:
    """One place in words."""

    place: str = ""
    name: str = ""
    masked: str = ""
    unit: str = ""
    points: str = ""
    right: str = ""
    time: str = ""
    finished: str = ""


@dataclass
class UnitRow:
    """One unit in words."""

    name: str = ""
    bloc: str = ""
    rank: str = ""
    bloc_rank: str = ""
    headcount: str = ""
    participants: str = ""
    rate: str = ""
    score: str = ""
    result: str = ""
    note: str = ""


def version_view(one: VersionLine, desk: ResultDesk, view: str) -> VersionView:
    """A version in words."""
    return VersionView(
        version=one.version,
        said=texts.version_line(one.version, one.people, one.closed_by, one.closed_at),
        reason=one.reason or texts.FIRST_VERSION,
        digest=one.digest,
        href=routes.official_results(desk.board, one.version, view),
        shown=one.version == desk.shown,
    )


def check_view(found: Check) -> CheckView:
    """What a check found, in words."""
    count, listed = found.difference_count, len(found.differences)
    return CheckView(
        said=texts.checked(found.version, found.people, found.ranked_units, found.units),
        live=texts.live(found.live_differences),
        digest=found.digest,
        differences=texts.differences(count, listed) if count else "",
        lines=[DifferenceView(*texts.difference(one)) for one in found.differences],
        same=found.same_as_newest,
        corrects=found.version > 1,
    )


def place_row(line: PlaceLine) -> PlaceRow:
    """A place in words."""
    return PlaceRow(
        place=grouped(line.place),
        name=line.full_name,
        masked=line.citizen_id_masked,
        unit=line.unit_name,
        points=grouped(line.points),
        right=texts.right(line.correct, line.total),
        time=texts.time_used(line.time_used_ms),
        finished=second_and_date(line.finished_at),
    )


def unit_row(line: UnitLine) -> UnitRow:
    """A unit in words."""
    formula = line.formula
    note = texts.UNRANKED[formula.unranked] if formula.unranked else ""
    return UnitRow(
        name=line.name,
        bloc=bloc_name(line.bloc),
        rank="–" if line.rank is None else str(line.rank),
        bloc_rank="–" if line.bloc_rank is None else str(line.bloc_rank),
        headcount="–" if formula.totals.headcount is None else grouped(formula.totals.headcount),
        participants=grouped(formula.totals.participants),
        rate=texts.percent(formula.rate),
        score=texts.percent(formula.score),
        result=texts.percent(formula.result),
        note=note or (texts.HEADCOUNT_TOO_SMALL if formula.headcount_too_small else ""),
    )
