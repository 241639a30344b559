"""What a unit's representative sees of the unit: its slogan's state, who has taken part this week, its figures."""

from dataclasses import dataclass
from datetime import datetime

from cchc_app.contest import boards, schedule
from cchc_app.contest.slogans import Status
from cchc_app.data import slogans as slogan_rows
from cchc_app.data import unit_desk as rows
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.home import contest_row
from cchc_app.data.tables import Participant, Unit
from cchc_app.data.units import headcount_of
from cchc_app.services.representatives import is_writer, require_writer
from cchc_app.texts.formats import local


@dataclass(frozen=True, slots=True)
class UnitDesk:
    """One unit.

    Args:
        week: The number of the open week, None between weeks.
        took_part: Names of who has finished this week's paper, in Vietnamese order; empty while withheld.
        ever: How many have finished a paper of any week; 0 while withheld.
        withheld: Whether counts are hidden because a prediction asks for them (Article 8).
    """

    unit_name: str
    contest_title: str
    slogan_status: Status
    slogan_text: str
    headcount: int
    headcount_is_synthetic: bool
    registered: int
    week: int | None
    took_part: tuple[str, ...]
    ever: int
    withheld: bool


@dataclass(frozen=True, slots=True)
class CodePage:
    """What is said beside the field for a unit's code."""

    unit_name: str
    is_writer: bool


def unit_desk(db: Database, *, participant_id: int, now: datetime) -> UnitDesk:
    """The desk of the unit a participant writes for.

    Raises:
        ContestError: NOT_REPRESENTATIVE, CONTEST_MISSING.
    """
    with db.read() as session:
        contest = contest_in_force(session)
        unit_id = require_writer(session, participant_id).unit_id
        unit = session.get_one(Unit, unit_id)
        headcount = headcount_of(session, unit_id, on=local(now).date())
        slogan = slogan_rows.slogan_of(session, contest_id=contest.contest_id, unit_id=unit_id)
        newest = slogan_rows.newest_version(session, slogan) if slogan else None
        status = Status(slogan.status) if slogan else Status.DRAFT
        index = schedule.open_index(windows=[one.window for one in contest.rule_set.periods], now=now)
        week = None if index is None else contest.rule_set.periods[index].number
        hidden = boards.withheld_until(
            rule_set=contest.rule_set, board=boards.OVERALL, settled=contest.settled, now=now
        )
        names = ()
        if week is not None and hidden is None:
            names = tuple(rows.took_part(session, unit_id=unit_id, period_id=contest.period_ids[week]))
        return UnitDesk(
            unit_name=unit.name,
            contest_title=contest_row(session, contest.contest_id).title,
            slogan_status=status,
            slogan_text=newest.text if newest and status is Status.SUBMITTED else "",
            headcount=headcount.headcount if headcount else 0,
            headcount_is_synthetic=headcount is not None and headcount.source == "synthetic",
            registered=rows.registered(session, unit_id),
            week=week,
            took_part=names,
            ever=rows.ever_took_part(session, unit_id) if hidden is None else 0,
            withheld=hidden is not None,
        )


def code_page(db: Database, *, participant_id: int) -> CodePage:
    """The unit a participant could write for, and whether that is so already."""
    with db.read() as session:
        person = session.get_one(Participant, participant_id)
        return CodePage(session.get_one(Unit, person.unit_id).name, is_writer(session, person))
