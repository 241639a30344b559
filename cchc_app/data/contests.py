"""Reading the contest in force: its rule set and periods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.regulations import PeriodRules, RuleSet, from_json
from cchc_app.data.tables import Contest, Period, RuleSetVersion

_newest_version = (
    select(func.max(RuleSetVersion.version))
    .where(RuleSetVersion.contest_id == Contest.id)
    .correlate(Contest)
    .scalar_subquery()
)
_WITH_RULES = (
    sa.select(
        col(Contest.id),
        col(Contest.code),
        col(RuleSetVersion.id),
        col(RuleSetVersion.digest),
        col(Period.number),
        col(Period.id),
        col(Period.settled_at),
        col(Period.freeze_minutes),
        col(Period.freeze_note),
        col(Period.frozen_at),
    )
    .join(RuleSetVersion, col(RuleSetVersion.contest_id) == col(Contest.id))
    .outerjoin(Period, col(Period.contest_id) == col(Contest.id))
    .where(col(RuleSetVersion.version) == _newest_version)
)
# Asked with almost every event: built once, and one question.
IN_FORCE = _WITH_RULES.where(col(Contest.id) == select(func.max(Contest.id)).correlate(None).scalar_subquery())
BY_ID = _WITH_RULES.where(col(Contest.id) == sa.bindparam("contest"))
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
    return _with_rules(session, session.execute(IN_FORCE).all())


def contest_by_id(session: Session, contest_id: int) -> ContestInForce:
    """A contest that may have been followed by another one, under the newest version of its own rules.

    Raises:
        ContestError: CONTEST_MISSING.
    """
    return _with_rules(session, session.execute(BY_ID, {"contest": contest_id}).all())


def _with_rules(session: Session, found: Sequence[Any]) -> ContestInForce:
    """Of one line a period; of one line with an empty period when there is none."""
    if not found:
        raise ContestError(ErrorCode.CONTEST_MISSING)
    contest_id, code, version_id, version_digest = found[0][:4]
    periods = [line[4:] for line in found if line[4] is not None]
    return ContestInForce(
        contest_id=contest_id,
        code=code,
        rule_set_id=version_id,
        rule_set=_rules(session, version_id, version_digest),
        digest=version_digest,
        period_ids={number: row_id for number, row_id, *_ in periods},
        settled=frozenset(number for number, _, settled_at, *_ in periods if settled_at is not None),
        freezes={number: Freeze(*freeze) for number, _, _, *freeze in periods if freeze[0]},
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
