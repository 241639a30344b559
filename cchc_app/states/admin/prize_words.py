"""Lists of prizes in words, as the organisers' page shows them."""

from dataclasses import dataclass, field

from cchc_app.contest.prize_states import ListState
from cchc_app.services.prize_desk import ListLine
from cchc_app.services.prize_views import Entrant, PrizeLine, ScopeView, SkippedLine
from cchc_app.texts import admin_prizes as texts
from cchc_app.texts.formats import grouped


@dataclass
class EntrantView:
    """An entry in words; `field` names its box in the form of a tie."""

    field: str = ""
    name: str = ""
    detail: str = ""
    facts: str = ""


@dataclass
class PrizeView:
    """One prize of a list in words."""

    code: str = ""
    title: str = ""
    winners: list[EntrantView] = field(default_factory=list)
    tie: str = ""
    tied: list[EntrantView] = field(default_factory=list)
    waiting: str = ""
    shortfall: str = ""
    decision: str = ""


@dataclass
class SkippedView:
    """Who was passed over, in words."""

    key: str = ""
    prize: str = ""
    kind: str = ""
    name: str = ""
    masked: str = ""
    unit: str = ""
    place: str = ""
    facts: str = ""
    reason: str = ""


@dataclass
class KindView:
    """The prizes of one kind in words."""

    name: str = ""
    missing: str = ""
    prizes: list[PrizeView] = field(default_factory=list)


@dataclass
class VersionView:
    """One version of a list in words."""

    title: str = ""
    state: str = ""
    tone: str = ""
    reason: str = ""
    steps: list[str] = field(default_factory=list)


def step_of(newest: ListLine | None) -> str:
    """What the page offers to do."""
    if newest is None:
        return "none"
    taken_back = newest.state is ListState.PUBLISHED and newest.withdrawn
    return "withdrawn" if taken_back else newest.state.value


def field_name(entry: int) -> str:
    """The name of an entry's box in the form of a tie."""
    return f"entry-{entry}"


def kind_view(scope: ScopeView) -> KindView:
    """The prizes of a kind in words."""
    return KindView(
        name=texts.KINDS[scope.kind],
        missing=texts.MISSING[scope.missing] if scope.missing else "",
        prizes=[] if scope.missing else [prize_view(prize) for prize in scope.prizes],
    )


def prize_view(prize: PrizeLine) -> PrizeView:
    """One prize in words."""
    return PrizeView(
        code=prize.code,
        title=texts.prize(prize.title, prize.count),
        winners=[entrant_view(one) for one in prize.winners],
        tie=texts.tie(prize.tie.places, len(prize.tie.entrants)) if prize.tie else "",
        tied=[entrant_view(one) for one in prize.tie.entrants] if prize.tie else [],
        waiting=texts.waiting(*prize.waiting),
        shortfall=texts.shortfall(prize.shortfall),
        decision=texts.decided(prize.decision),
    )


def entrant_view(one: Entrant) -> EntrantView:
    """An entry in words."""
    parts = [one.masked, one.unit if one.unit != one.name else "", texts.place(one.place)]
    return EntrantView(
        field=field_name(one.entry),
        name=one.name,
        detail=" · ".join(part for part in parts if part),
        facts=texts.facts(one.kind, one.facts),
    )


def skipped_view(line: SkippedLine) -> SkippedView:
    """Who was passed over, in words."""
    who = line.entrant
    return SkippedView(
        key=f"{line.title} {who.kind} {who.entry}",
        prize=line.title,
        kind=texts.KINDS[who.kind],
        name=who.name,
        masked=who.masked,
        unit=who.unit if who.unit != who.name else "",
        place=grouped(who.place) if who.place else "–",
        facts=texts.facts(who.kind, who.facts),
        reason=texts.REASONS[line.reason],
    )


def version_view(one: ListLine) -> VersionView:
    """A version in words."""
    steps = (
        texts.step(texts.PROPOSED_BY, one.proposed_by, one.proposed_at),
        texts.step(texts.CONFIRMED_BY, one.confirmed_by, one.confirmed_at),
        texts.step(texts.PUBLISHED_BY, one.published_by, one.published_at),
    )
    return VersionView(
        title=texts.version_title(one.version, one.withdrawn),
        state=texts.STATES[one.state],
        tone=texts.TONES[one.state],
        reason=one.reason,
        steps=[said for said in steps if said],
    )
