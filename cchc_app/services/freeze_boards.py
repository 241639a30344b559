"""Letting the public boards stand still at the end of a period, so that the last minutes stay open."""

from dataclasses import dataclass
from datetime import datetime

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.data import audit, freezing
from cchc_app.data.boards import raise_version
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.engine import Database
from cchc_app.services.deeds import cleaned
from cchc_app.services.staff_sessions import acting, reading

MOST_MINUTES = 24 * 60
LONGEST_NOTE = 160


@dataclass(frozen=True, slots=True)
class FreezeLine:
    """One period and its freeze.

    Attributes:
        minutes: How long before the close; 0 for never.
        over: The period has closed: nothing can be set any more.
    """

    number: int
    closes_at: datetime
    minutes: int
    note: str
    over: bool


def freezes(db: Database, *, actor: str, now: datetime) -> tuple[FreezeLine, ...]:
    """Every period with its freeze.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        return _lines(contest_in_force(session), now)


def set_freeze(db: Database, *, actor: str, period_number: int, minutes: int, note: str, now: datetime) -> None:
    """Say how long before a period's close the public boards stand still, and what they say meanwhile.

    While the period is open this works at once: boards that are frozen now stand as they are now, boards whose freeze
    is taken back move again.

    Args:
        actor: Username of who decides.
        period_number: Which.
        minutes: 0 for never.
        note: One public sentence; may be empty.
        now: When (aware).

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, NO_PERIOD, FREEZE_INVALID, FREEZE_OVER.
    """
    said = cleaned(note)[:LONGEST_NOTE]
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        contest = contest_in_force(session)
        line = next((line for line in _lines(contest, now) if line.number == period_number), None)
        if line is None:
            raise ContestError(ErrorCode.NO_PERIOD)
        if not 0 <= minutes <= MOST_MINUTES:
            raise ContestError(ErrorCode.FREEZE_INVALID, most=MOST_MINUTES)
        if line.over:
            raise ContestError(ErrorCode.FREEZE_OVER)
        raise_version(session, contest.contest_id)
        freezing.set_minutes(session, contest.period_ids[period_number], minutes=minutes, note=said)
        freezing.draw_up(session, contest_id=contest.contest_id, now=now)
        audit.append(
            session,
            at=now,
            actor=actor,
            action=Action.BOARD_FREEZE_SET,
            subject=f"period:{period_number}",
            before={"minutes": line.minutes, "note": line.note},
            after={"minutes": minutes, "note": said},
        )


def _lines(contest: ContestInForce, now: datetime) -> tuple[FreezeLine, ...]:
    found = []
    for period in contest.rule_set.periods:
        freeze = contest.freezes.get(period.number)
        minutes, note = (freeze.minutes, freeze.note) if freeze else (0, "")
        found.append(FreezeLine(period.number, period.closes_at, minutes, note, now >= period.closes_at))
    return tuple(found)
