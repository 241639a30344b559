"""Reading the contest in force: its rule set and periods."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.regulations import PeriodRules, RuleSet, from_json
from cchc_app.data.tables import Contest, Period, RuleSetVersion

# Asked with almost every event: built once.
NEWEST_CONTEST = select(Contest).order_by(col(Contest.id).desc()).limit(1)
NEWEST_VERSION = (
    select(RuleSetVersion.id, RuleSetVersion.digest)
    .where(RuleSetVersion.contest_id == bindparam("contest"))
    .order_by(col(RuleSetVersion.version).desc())
    .limit(1)
)
PERIODS = select(Period).where(Period.contest_id == bindparam("contest"))
READ_AT_MOST = 50
_read: dict[str, RuleSet] = {}


@dataclass(frozen=True, slots=True)
class Freeze:
    """How organisers let the public boards stand still at the end of a period.

    Attributes:
        minutes: How long before the period closes; 0 for never.
        note: What the boards say meanwhile.
        drawn_up_at: When the copy was made that is shown then; None before.
    """

    minutes: int
    note: str
    drawn_up_at: datetime | None


@dataclass(frozen=True, slots=True)
class ContestInForce:
    """A contest with the newest version of its regulations."""

    contest_id: int
    code: str
    rule_set_id: int
    rule_set: RuleSet
    digest: str
    period_ids: Mapping[int, int]  # number → row id
    settled: frozenset[int]  # numbers of the periods whose predictions are in the boards
    freezes: Mapping[int, Freeze] = field(default_factory=dict)  # by number, of the periods that have one

    def period_by_id(self, period_id: int) -> PeriodRules:
        """The rules of a period row."""
        numbers = {row_id: number for number, row_id in self.period_ids.items()}
        return next(period for period in self.rule_set.periods if period.number == numbers[period_id])


def contest_in_force(session: Session) -> ContestInForce:
    """The contest this database holds.

    Raises:
        ContestError: CONTEST_MISSING before `cchc init`.
    """
    contest = session.exec(NEWEST_CONTEST).first()
    if contest is None or contest.id is None:
        raise ContestError(ErrorCode.CONTEST_MISSING)
    return _with_rules(session, contest)


def contest_by_id(session: Session, contest_id: int) -> ContestInForce:
    """A contest that may have been followed by another one, under the newest version of its own rules."""
    return _with_rules(session, session.get_one(Contest, contest_id))


def _with_rules(session: Session, contest: Contest) -> ContestInForce:
    of_contest = {"contest": contest.id}
    version_id, version_digest = session.exec(NEWEST_VERSION, params=of_contest).one()
    periods = session.exec(PERIODS, params=of_contest).all()
    return ContestInForce(
        contest_id=contest.id or 0,
        code=contest.code,
        rule_set_id=version_id or 0,
        rule_set=_rules(session, version_id or 0, version_digest),
        digest=version_digest,
        period_ids={period.number: period.id or 0 for period in periods},
        settled=frozenset(period.number for period in periods if period.settled_at is not None),
        freezes={
            period.number: Freeze(period.freeze_minutes, period.freeze_note, period.frozen_at)
            for period in periods
            if period.freeze_minutes
        },
    )


def rule_set_of(session: Session, rule_set_id: int) -> RuleSet:
    """The version of the regulations an attempt was started under."""
    return from_json(session.get_one(RuleSetVersion, rule_set_id).body)


def _rules(session: Session, rule_set_id: int, version_digest: str) -> RuleSet:
    """Read once per process: the table is frozen, and a digest is the hash of the body it stands beside."""
    if version_digest not in _read:
        while len(_read) >= READ_AT_MOST:
            _read.pop(next(iter(_read)))
        _read[version_digest] = rule_set_of(session, rule_set_id)
    return _read[version_digest]
