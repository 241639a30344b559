"""One participant for organisers: who it is (masked), the papers, what was decided."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.identity import mask_phone
from cchc_app.contest.sanctions import MINUTE_MS
from cchc_app.data import people_table, sanctions
from cchc_app.data import person_page as rows
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.people_table import PersonRow
from cchc_app.data.quiz import OPEN
from cchc_app.services.organise_people import UnitName, unit_names
from cchc_app.services.staff_sessions import reading


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One counted paper."""

    receipt: str
    period_number: int
    number: int
    status: str
    started_at: datetime
    correct: int | None
    total: int
    time_used_ms: int | None


@dataclass(frozen=True, slots=True)
class SanctionLine:
    """One decision to keep somebody out, and how it ended. Without reasons that were erased."""

    kind: str
    reason: str
    made_by: str
    made_at: datetime
    lift_reason: str
    lifted_by: str
    lifted_at: datetime | None


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One change of unit."""

    left: str
    joined: str
    reason: str
    moved_by: str
    moved_at: datetime


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One thing agreed to."""

    purpose: str
    version: str
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True, repr=False)
class PersonPage:
    """Everything the page shows. Without a repr.

    Attributes:
        kept_id: The account this one was put into; None unless it was.
        open_paper: Whether a counted paper is open and in time.
        pin_link_until: Until when a link for a new PIN works; None when there is none.
    """

    line: PersonRow
    birth_date: date
    phone_masked: str
    has_pin: bool
    extra_minutes: int
    identity_level: int | None
    sessions: int
    kept_id: int | None
    open_paper: bool
    pin_link_until: datetime | None
    papers: tuple[PaperLine, ...]
    sanctions: tuple[SanctionLine, ...]
    moves: tuple[MoveLine, ...]
    consents: tuple[ConsentLine, ...]
    units: tuple[UnitName, ...]


def person_page(db: Database, *, actor: str, participant_id: int, now: datetime) -> PersonPage:
    """One participant.

    Args:
        actor: Username of who reads.
        participant_id: Whom.
        now: When (aware).

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, PARTICIPANT_UNKNOWN.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        contest = contest_in_force(session)
        line = people_table.one(session, contest.contest_id, participant_id)
        if line is None:
            raise ContestError(ErrorCode.PARTICIPANT_UNKNOWN)
        return _page(session, contest, line, now)


def _page(session: Session, contest: ContestInForce, line: PersonRow, now: datetime) -> PersonPage:
    person, more = line.participant_id, rows.more(session, line.participant_id)
    papers, link = rows.papers(session, person), rows.open_link(session, person, now=now)
    return PersonPage(
        line=line,
        birth_date=more.birth_date,
        phone_masked=mask_phone(more.phone) if more.phone else "",
        has_pin=more.has_pin,
        extra_minutes=more.extra_time_ms // MINUTE_MS,
        identity_level=more.identity_level,
        sessions=rows.live_sessions(session, person, now=now),
        kept_id=rows.kept_account(session, person),
        open_paper=any(paper.status == OPEN and now < paper.deadline_at for paper in papers),
        pin_link_until=link.expires_at if link else None,
        papers=tuple(_paper(contest, paper) for paper in papers),
        sanctions=tuple(
            SanctionLine(
                one.kind,
                one.reason,
                one.made_by,
                one.made_at,
                one.lift_reason or "",
                one.lifted_by or "",
                one.lifted_at,
            )
            for one in sanctions.history(session, person)
        ),
        moves=tuple(
            MoveLine(left, joined, one.reason, one.moved_by, one.moved_at)
            for one, left, joined in rows.moves(session, person)
        ),
        consents=tuple(
            ConsentLine(one.purpose, one.version, one.given_at, one.withdrawn_at)
            for one in rows.consents(session, person)
        ),
        units=unit_names(session, contest.contest_id),
    )


def _paper(contest: ContestInForce, paper: rows.PaperRow) -> PaperLine:
    return PaperLine(
        receipt=paper.receipt,
        period_number=contest.period_by_id(paper.period_id).number,
        number=paper.number,
        status=paper.status,
        started_at=paper.started_at,
        correct=paper.correct,
        total=paper.total,
        time_used_ms=paper.time_used_ms,
    )
