"""How a board may be looked at by everybody: not yet, as it is, or as it was when organisers froze it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from cchc_app.contest import boards
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data import freezing
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.engine import Database


@dataclass(frozen=True, slots=True)
class BoardFreeze:
    """Why a board does not move.

    Attributes:
        since: The instant it stands at.
        until: When it moves again.
        note: What organisers say about it; may be empty.
        drawn_up: Whether the copy that is shown has been made.
    """

    since: datetime
    until: datetime
    note: str
    drawn_up: bool = field(compare=False)


@dataclass(frozen=True, slots=True)
class Look:
    """What may be seen of one board at one instant.

    Attributes:
        contest: Whose board.
        number: The period, or `contest.boards.OVERALL`.
        withheld_until: Nothing is to be seen before it; None when something is.
        freeze: The board is to be seen as it was then; None when as it is.
    """

    contest: ContestInForce
    number: int
    withheld_until: datetime | None
    freeze: BoardFreeze | None

    @property
    def frozen(self) -> bool:
        """Whether the copy is to be read."""
        return self.freeze is not None


@contextmanager
def looking(db: Database, *, number: int, now: datetime) -> Iterator[tuple[Session, Look]]:
    """A session and what may be read of a board in it. A freeze that has just begun is drawn up before.

    Raises:
        ContestError: CONTEST_MISSING; NO_PERIOD for a board that does not exist or has not opened.
    """
    with db.read() as session:
        look = look_at(contest_in_force(session), number, now)
        if look.freeze is None or look.freeze.drawn_up:
            yield session, look
            return
    draw_up(db, now=now)
    with db.read() as session:
        yield session, look_at(contest_in_force(session), number, now)


def draw_up(db: Database, *, now: datetime) -> None:
    """Copy the boards whose freeze has begun, once, whoever else does it at the same time."""
    with db.write() as session:
        freezing.draw_up(session, contest_id=contest_in_force(session).contest_id, now=now)


def look_at(contest: ContestInForce, number: int, now: datetime) -> Look:
    """What may be seen of a board. Refuses with NO_PERIOD what does not exist yet."""
    if number not in boards.opened(rule_set=contest.rule_set, now=now):
        raise ContestError(ErrorCode.NO_PERIOD)
    withheld = boards.withheld_until(rule_set=contest.rule_set, board=number, settled=contest.settled, now=now)
    return Look(contest, number, withheld, freeze_of(contest, number, now))


def freeze_of(contest: ContestInForce, number: int, now: datetime) -> BoardFreeze | None:
    """The freeze a board stands in."""
    minutes = {period: freeze.minutes for period, freeze in contest.freezes.items()}
    period = boards.frozen_by(rule_set=contest.rule_set, board=number, minutes=minutes, now=now)
    if period is None:
        return None
    freeze = contest.freezes[period.number]
    begins = boards.freeze_begins(closes_at=period.closes_at, minutes=freeze.minutes)
    at = freeze.drawn_up_at
    return BoardFreeze(begins, period.closes_at, freeze.note, at is not None and at >= begins)
