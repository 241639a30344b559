"""The slogan page as one person may see it: the round, the unit's state, what its representative wrote."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from cchc_app.contest import slogans
from cchc_app.contest.regulations import RuleSet, SloganRules
from cchc_app.contest.schedule import Phase
from cchc_app.contest.slogans import Status, Writing
from cchc_app.data import slogans as rows
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.representatives import terms_of
from cchc_app.data.slogans import VersionLine, stored_draft
from cchc_app.data.tables import Participant, Slogan, Unit
from cchc_app.services.representatives import is_writer


@dataclass(frozen=True, slots=True)
class RoundView:
    """What everybody may know of the slogan round; `closes_at` is the unit's own with a late exception."""

    rules: SloganRules
    phase: Phase
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class DraftView:
    """A unit's draft as it is stored, by whom and when; revision 0 before anything was written."""

    writing: Writing
    revision: int
    writer_id: int
    writer: str
    saved_at: datetime | None


@dataclass(frozen=True, slots=True)
class UnitSlogan:
    """A unit's slogan as its people see it.

    Args:
        counts: What counts now: the newest version, if it was not withdrawn.
        versions: The newest first; empty for people who do not write for the unit.
        disqualified: Why it does not count, in the organisers' words; empty when it does.
    """

    unit_id: int
    unit_name: str
    writers: tuple[str, ...]
    status: Status
    draft: DraftView
    counts: VersionLine | None
    versions: tuple[VersionLine, ...]
    disqualified: str


@dataclass(frozen=True, slots=True)
class SloganPage:
    """The page for one person: `unit` is None for visitors; only a writer sees drafts and versions."""

    round: RoundView
    is_writer: bool
    unit: UnitSlogan | None


def slogan_page(db: Database, *, participant_id: int | None, now: datetime) -> SloganPage:
    """The slogan round at `now` for one person, or for a visitor (None).

    Raises:
        ContestError: CONTEST_MISSING.
    """
    with db.read() as session:
        contest = contest_in_force(session)
        if participant_id is None:
            return SloganPage(_round(contest.rule_set, None, now), is_writer=False, unit=None)
        person = session.get_one(Participant, participant_id)
        writes = is_writer(session, person)
        exception = rows.exception_of(session, person.unit_id)
        return SloganPage(
            _round(contest.rule_set, exception, now),
            is_writer=writes,
            unit=_unit_slogan(session, contest, person.unit_id, in_full=writes),
        )


def _round(rule_set: RuleSet, exception: datetime | None, now: datetime) -> RoundView:
    return RoundView(
        rules=rule_set.slogan,
        phase=slogans.phase(rule_set=rule_set, exception=exception, now=now),
        opens_at=slogans.opens_at(rule_set),
        closes_at=slogans.closes_at(rule_set.slogan, exception),
    )


def _unit_slogan(session: Session, contest: ContestInForce, unit_id: int, *, in_full: bool) -> UnitSlogan:
    slogan = rows.slogan_of(session, contest_id=contest.contest_id, unit_id=unit_id)
    versions = tuple(rows.versions_of(session, slogan.id or 0)) if slogan is not None and in_full else ()
    status = Status.DRAFT if slogan is None else Status(slogan.status)
    return UnitSlogan(
        unit_id=unit_id,
        unit_name=session.get_one(Unit, unit_id).name,
        writers=tuple(term.full_name for term in terms_of(session, unit_id)),
        status=status,
        draft=_draft(session, slogan if in_full else None),
        counts=versions[0] if versions and status is Status.SUBMITTED else None,
        versions=versions,
        disqualified=(slogan.disqualified_reason or "") if slogan is not None and slogan.disqualified_at else "",
    )


def _draft(session: Session, slogan: Slogan | None) -> DraftView:
    if slogan is None:
        return DraftView(Writing("", "", "", author_public=False), 0, 0, "", None)
    writer = rows.name_of(session, slogan.draft_by)
    return DraftView(stored_draft(slogan), slogan.revision, slogan.draft_by, writer, slogan.draft_at)
