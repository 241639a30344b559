"""The published list of prizes, and who may win: the part of Article 14 that is data."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class PrizeKind(StrEnum):
    """Who wins a prize."""

    INDIVIDUAL = "individual"
    UNIT = "unit"
    SLOGAN = "slogan"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrizeQuota:
    """So many prizes of one name.

    Attributes:
        code: Names it in data, for example `week_1_first`.
        title: As the public reads it.
        kind: Who wins it.
        period: Number of the period it is for; None for the whole contest.
        bloc: Code of the bloc it is for; None for everybody.
        count: How many there are.
    """

    code: str
    title: str
    kind: PrizeKind
    period: int | None
    bloc: str | None
    count: int

    @property
    def scope(self) -> "Scope":
        """Which board it is for: quotas of one scope are proposed together."""
        return Scope(self.kind, self.period)


@dataclass(frozen=True, slots=True)
class Scope:
    """Individuals, units or slogans, of one period or (None) of the whole contest."""

    kind: PrizeKind
    period: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrizeRules:
    """The prize list and who may win.

    Attributes:
        quotas: In the published order, the higher prize first.
        one_per_person: Whether a person (or a unit) wins at most one prize of a scope.
        normalised_identity_only: Whether an account known by a 9-digit number wins nothing.
        minimum_periods: Periods in which an individual must have finished a paper for a prize of the whole contest.
    """

    quotas: tuple[PrizeQuota, ...]
    one_per_person: bool
    normalised_identity_only: bool
    minimum_periods: int


def scopes(rules: PrizeRules) -> tuple[Scope, ...]:
    """Every scope that has a prize, in the published order."""
    return tuple(dict.fromkeys(quota.scope for quota in rules.quotas))


def quotas_of(rules: PrizeRules, scope: Scope) -> tuple[PrizeQuota, ...]:
    """The quotas of one scope, in the published order."""
    return tuple(quota for quota in rules.quotas if quota.scope == scope)


def validate(rules: PrizeRules, *, period_count: int) -> None:
    """Refuse, with ValueError, a list no contest of `period_count` periods could award; it may be empty."""
    codes = [quota.code for quota in rules.quotas]
    _require(len(set(codes)) == len(codes), "two quotas have one code")
    for quota in rules.quotas:
        _require(bool(quota.code.strip()) and bool(quota.title.strip()), "a quota has no code or no title")
        _require(type(quota.count) is int and quota.count >= 1, f"{quota.code}: count counts from 1")
        _require(quota.bloc is None or bool(quota.bloc.strip()), f"{quota.code}: the bloc has no code")
        known = quota.period is None or (type(quota.period) is int and 1 <= quota.period <= period_count)
        _require(known, f"{quota.code}: there is no such period")
        slogan = quota.kind is PrizeKind.SLOGAN
        _require(not slogan or quota.period is None, f"{quota.code}: slogans belong to the whole contest")
    switches = (rules.one_per_person, rules.normalised_identity_only)
    _require(all(type(switch) is bool for switch in switches), "a switch is neither true nor false")
    minimum = rules.minimum_periods
    _require(type(minimum) is int and 1 <= minimum <= period_count, "1 <= minimum_periods <= number of periods")


def to_json(rules: PrizeRules) -> dict[str, Any]:
    """The value as JSON types."""
    return {
        "quotas": [
            {
                "code": quota.code,
                "title": quota.title,
                "kind": quota.kind.value,
                "period": quota.period,
                "bloc": quota.bloc,
                "count": quota.count,
            }
            for quota in rules.quotas
        ],
        "one_per_person": rules.one_per_person,
        "normalised_identity_only": rules.normalised_identity_only,
        "minimum_periods": rules.minimum_periods,
    }


def from_json(body: dict[str, Any]) -> PrizeRules:
    """The rules that `to_json` wrote, not yet validated; KeyError, TypeError or ValueError if they are none."""
    quotas = tuple(PrizeQuota(**quota | {"kind": PrizeKind(quota["kind"])}) for quota in body["quotas"])
    values: dict[str, Any] = body | {"quotas": quotas}
    return PrizeRules(**values)


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(f"prizes: {otherwise}")
