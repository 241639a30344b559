"""Which units have handed in no slogan yet, for whoever reminds them."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from cchc_app.contest.access import Permission
from cchc_app.contest.slogan_states import SloganState
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.services.organise_slogans import SloganLine, every_line
from cchc_app.services.staff_sessions import reading

MISSING = (SloganState.NONE, SloganState.DRAFT, SloganState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class MissingOfBloc:
    """The units of a bloc without a slogan, in the official order, and how many units the bloc has."""

    bloc: str
    size: int
    lines: tuple[SloganLine, ...]


@dataclass(frozen=True, slots=True)
class Reminder:
    """Every bloc, and until when slogans are accepted."""

    blocs: tuple[MissingOfBloc, ...]
    closes_at: datetime


def reminder(db: Database, *, actor: str) -> Reminder:
    """Units without a slogan, by bloc; a draft and a withdrawn one are none.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        contest = contest_in_force(session)
        lines = every_line(session, contest.contest_id)
    blocs = []
    for bloc, group in groupby(lines, key=lambda line: line.bloc):
        units = list(group)
        blocs.append(MissingOfBloc(bloc, len(units), tuple(line for line in units if line.state in MISSING)))
    return Reminder(tuple(blocs), contest.rule_set.slogan.closes_at)
