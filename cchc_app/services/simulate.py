"""The contest as a participant would see it at a chosen instant: the same functions, another `now`, nothing written."""

from dataclasses import dataclass
from datetime import datetime

from cchc_app.contest import boards
from cchc_app.contest.access import Permission
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.services.home import HomeView, home_view
from cchc_app.services.staff_sessions import reading
from cchc_app.services.take_quiz import QuizDoor, door

# Nobody's row: somebody who is signed in and has not taken any paper.
NEWCOMER = 0


@dataclass(frozen=True, slots=True)
class BoardThen:
    """A board that exists then; `withheld_until` is when its places may be seen, None when at once."""

    number: int
    withheld_until: datetime | None


@dataclass(frozen=True, slots=True)
class Simulation:
    """What is seen at `at`: by a visitor, and by a newcomer who is signed in."""

    at: datetime
    visitor: HomeView
    newcomer: HomeView
    door: QuizDoor
    boards: tuple[BoardThen, ...]


def simulate(db: Database, *, actor: str, at: datetime) -> Simulation:
    """The contest in force at an instant.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        contest = contest_in_force(session)
    rule_set = contest.rule_set
    # A period that is over at that instant will have its predictions compared by then.
    settled = contest.settled | {period.number for period in rule_set.periods if period.closes_at <= at}
    return Simulation(
        at=at,
        visitor=home_view(db, participant_id=None, now=at),
        newcomer=home_view(db, participant_id=NEWCOMER, now=at),
        door=door(db, participant_id=NEWCOMER, now=at),
        boards=tuple(
            BoardThen(number, boards.withheld_until(rule_set=rule_set, board=number, settled=settled, now=at))
            for number in boards.opened(rule_set=rule_set, now=at)
        ),
    )
