"""The prize list as data: coherent, kept as JSON, cut into scopes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_app.contest.prize_rules import (
    PrizeKind,
    PrizeQuota,
    PrizeRules,
    Scope,
    from_json,
    quotas_of,
    scopes,
    to_json,
    validate,
)

WEEK = PrizeQuota(code="w1_first", title="First", kind=PrizeKind.INDIVIDUAL, period=1, bloc=None, count=1)
UNITS = PrizeQuota(code="communes", title="Best communes", kind=PrizeKind.UNIT, period=None, bloc="cap_xa", count=3)
SLOGAN = PrizeQuota(code="slogan", title="Best slogan", kind=PrizeKind.SLOGAN, period=None, bloc=None, count=1)
RULES = PrizeRules(
    quotas=(WEEK, UNITS, SLOGAN, replace(WEEK, code="w1_second", count=2)),
    one_per_person=True,
    normalised_identity_only=True,
    minimum_periods=3,
)


def first(**changes: object) -> PrizeRules:
    return replace(RULES, quotas=(replace(WEEK, **changes), *RULES.quotas[1:]))


def test_scopes_and_their_quotas_keep_the_published_order() -> None:
    week = Scope(PrizeKind.INDIVIDUAL, 1)
    assert scopes(RULES) == (week, Scope(PrizeKind.UNIT, None), Scope(PrizeKind.SLOGAN, None))
    assert [quota.code for quota in quotas_of(RULES, week)] == ["w1_first", "w1_second"]
    assert quotas_of(RULES, Scope(PrizeKind.INDIVIDUAL, None)) == ()


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param(RULES, id="three kinds"),
        pytest.param(replace(RULES, quotas=()), id="no prize"),
        pytest.param(first(period=4), id="the last period"),
        pytest.param(replace(RULES, minimum_periods=4), id="every period"),
    ],
)
def test_coherent_rules_pass(rules: PrizeRules) -> None:
    validate(rules, period_count=4)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        pytest.param(first(code="slogan"), "two quotas have one code", id="code twice"),
        pytest.param(first(code=" "), "no code or no title", id="no code"),
        pytest.param(first(title=""), "no code or no title", id="no title"),
        pytest.param(first(count=0), "w1_first: count counts from 1", id="no prize"),
        pytest.param(first(count=1.0), "count counts from 1", id="no whole number"),
        pytest.param(first(count=True), "count counts from 1", id="no number"),
        pytest.param(first(bloc=""), "the bloc has no code", id="empty bloc"),
        pytest.param(first(period=0), "no such period", id="period 0"),
        pytest.param(first(period=5), "no such period", id="period 5 of 4"),
        pytest.param(first(period="1"), "no such period", id="period in letters"),
        pytest.param(first(kind=PrizeKind.SLOGAN), "whole contest", id="slogan of a week"),
        pytest.param(replace(RULES, one_per_person="no"), "neither true nor false", id="a switch in words"),
        pytest.param(replace(RULES, normalised_identity_only=None), "neither true nor false", id="a switch missing"),
        pytest.param(replace(RULES, minimum_periods=0), "1 <= minimum_periods", id="no period"),
        pytest.param(replace(RULES, minimum_periods=5), "1 <= minimum_periods", id="more periods than there are"),
    ],
)
def test_incoherent_rules_are_refused(rules: PrizeRules, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        validate(rules, period_count=4)


def test_json_form() -> None:
    assert to_json(replace(RULES, quotas=(UNITS,))) == {
        "quotas": [
            {
                "code": "communes",
                "title": "Best communes",
                "kind": "unit",
                "period": None,
                "bloc": "cap_xa",
                "count": 3,
            }
        ],
        "one_per_person": True,
        "normalised_identity_only": True,
        "minimum_periods": 3,
    }


@given(
    st.lists(
        st.builds(
            PrizeQuota,
            code=st.text(max_size=5),
            title=st.text(max_size=5),
            kind=st.sampled_from(PrizeKind),
            period=st.none() | st.integers(1, 4),
            bloc=st.none() | st.text(max_size=5),
            count=st.integers(1, 99),
        ),
        max_size=6,
    ),
    st.booleans(),
    st.booleans(),
    st.integers(1, 4),
)
def test_json_round_trip(quotas: list[PrizeQuota], one: bool, normalised: bool, periods: int) -> None:
    rules = PrizeRules(
        quotas=tuple(quotas), one_per_person=one, normalised_identity_only=normalised, minimum_periods=periods
    )
    assert from_json(to_json(rules)) == rules


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"quotas": [{"code": "x"}]}, KeyError),
        ({"quotas": [{"code": "x", "kind": "team"}]}, ValueError),
        ({"quotas": [{"code": "x", "kind": "unit"}]}, TypeError),
        ({"unheard": 1}, TypeError),
    ],
)
def test_another_body_is_no_prize_rules(change: dict, error: type[Exception]) -> None:
    with pytest.raises(error):
        from_json(to_json(RULES) | change)
