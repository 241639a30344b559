"""Lists of prizes with names in them, read as they are now: for organisers, for files, for everybody."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from cchc_app.contest.prize_rules import PrizeKind
from cchc_app.contest.prizes import SkipReason
from cchc_app.data import prize_lists as rows


@dataclass(frozen=True, slots=True)
class Entrant:
    """An entry of a list as people read it.

    Attributes:
        entry: Its id.
        kind: Who it is.
        name: Of the person or the unit; of a slogan's unit.
        masked: The person's citizen ID, masked; empty for others. For the staff only.
        unit: Name of the unit.
        bloc: Code of its bloc.
        place: On the board; 0 for who has none.
        facts: The figures of the list: points and times of a person, participation and result of a unit, the text of a
            slogan.
    """

    entry: int
    kind: PrizeKind
    name: str
    masked: str
    unit: str
    bloc: str
    place: int
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tie:
    """Tied entries of which `places` win."""

    places: int
    entrants: tuple[Entrant, ...]


@dataclass(frozen=True, slots=True)
class PrizeLine:
    """One prize of a list.

    Attributes:
        code: Of its quota.
        title: As the public reads it.
        bloc: For which bloc; None for everybody.
        count: How many there are.
        winners: Who wins it.
        tie: What the committee has to decide; None if nothing.
        waiting: Places that wait for a decision about the prize of this title; 0 places if none.
        shortfall: Places for which there is nobody.
        decision: Why the committee chose as it did; empty if it had not to.
    """

    code: str
    title: str
    bloc: str | None
    count: int
    winners: tuple[Entrant, ...]
    tie: Tie | None
    waiting: tuple[int, str]
    shortfall: int
    decision: str


@dataclass(frozen=True, slots=True)
class SkippedLine:
    """Who was passed over for which prize, and why."""

    title: str
    entrant: Entrant
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class ScopeView:
    """The prizes of one kind.

    Attributes:
        kind: Who wins them.
        missing: What they still wait for, "result" or "slogans"; empty if nothing.
        prizes: In the published order.
        skipped: In the order they were found.
    """

    kind: PrizeKind
    missing: str
    prizes: tuple[PrizeLine, ...]
    skipped: tuple[SkippedLine, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Rows of the people and units that lists name."""

    people: Mapping[int, Any]
    units: Mapping[int, Any]


def names_in(session: Session, contest_id: int, bodies: Sequence[Mapping[str, Any]], *, winners_only: bool) -> Names:
    """Read the names of the lists' entries: two queries for all of them."""
    entries = (entry for body in bodies for scope in body["scopes"] for entry in _entries(scope, winners_only))
    ids = sorted({entry["participant"] for entry in entries if "participant" in entry})
    return Names(rows.participants(session, ids), rows.units(session, contest_id))


def _entries(scope: Mapping[str, Any], winners_only: bool) -> Iterable[Mapping[str, Any]]:
    yield from scope["winners"]
    if not winners_only:
        yield from scope["skipped"]
        for tie in scope["to_decide"]:
            yield from tie["entries"]


def scope_views(body: Mapping[str, Any], names: Names) -> tuple[ScopeView, ...]:
    """A list's scopes with names."""
    return tuple(_scope(scope, body["decisions"], names) for scope in body["scopes"])


def _scope(scope: Mapping[str, Any], decisions: Mapping[str, Any], names: Names) -> ScopeView:
    kind = PrizeKind(scope["kind"])
    titles = {quota["code"]: quota["title"] for quota in scope["quotas"]}
    won: dict[str, list[Entrant]] = defaultdict(list)
    for entry in scope["winners"]:
        won[entry["quota"]].append(_entrant(entry, kind, names))
    ties = {
        tie["quota"]: Tie(tie["places"], tuple(_entrant(entry, kind, names) for entry in tie["entries"]))
        for tie in scope["to_decide"]
    }
    waiting = {one["quota"]: (one["places"], titles[one["decision"]]) for one in scope["waiting"]}
    short = {one["quota"]: one["places"] for one in scope["shortfalls"]}
    return ScopeView(
        kind=kind,
        missing=scope["missing"] or "",
        prizes=tuple(
            PrizeLine(
                code=code,
                title=quota["title"],
                bloc=quota["bloc"],
                count=quota["count"],
                winners=tuple(won[code]),
                tie=ties.get(code),
                waiting=waiting.get(code, (0, "")),
                shortfall=short.get(code, 0),
                decision=decisions[code]["reason"] if code in decisions else "",
            )
            for quota in scope["quotas"]
            for code in [quota["code"]]
        ),
        skipped=tuple(
            SkippedLine(titles[one["quota"]], _entrant(one, kind, names), SkipReason(one["reason"]))
            for one in scope["skipped"]
        ),
    )


def _entrant(entry: Mapping[str, Any], kind: PrizeKind, names: Names) -> Entrant:
    unit = names.units[entry["unit"]]
    person = names.people.get(entry["participant"]) if kind is PrizeKind.INDIVIDUAL else None
    return Entrant(
        entry=entry["entry"],
        kind=kind,
        name=person.full_name if person else unit.name,
        masked=person.citizen_id_masked if person else "",
        unit=unit.name,
        bloc=unit.bloc,
        place=entry["place"],
        facts=entry,
    )
