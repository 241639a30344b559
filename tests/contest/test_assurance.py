"""Levels of assurance: what is not understood is not trusted."""

import pytest

from cchc_app.contest.assurance import LEVELS, Assurance, level_of, require_level
from cchc_app.contest.errors import ContestError, ErrorCode


@pytest.mark.parametrize(
    ("values", "level"),
    [
        (["LoA1"], Assurance.BASIC),
        (["loa2"], Assurance.FULL),
        ([2], Assurance.FULL),
        ([" 02 "], Assurance.FULL),
        (["LoA2", 1], Assurance.BASIC),
        (["LoA2", None], Assurance.FULL),
        (["LoA2", "LoA7"], Assurance.NONE),
        (["LoA3"], Assurance.NONE),
        ([{"level": 2}], Assurance.NONE),
        ([True], Assurance.NONE),
        ([None, ""], Assurance.NONE),
        ([], Assurance.NONE),
    ],
)
def test_level(values: list[object], level: Assurance) -> None:
    assert level_of(values=values) is level


def test_a_deployment_may_know_other_spellings() -> None:
    assert level_of(values=["High"], table={**LEVELS, "high": 2}) is Assurance.FULL
    assert level_of(values=["High"]) is Assurance.NONE


@pytest.mark.parametrize(("level", "accepted", "enters"), [(0, 1, False), (1, 1, True), (1, 2, False), (2, 2, True)])
def test_accepted_level(level: int, accepted: int, enters: bool) -> None:
    if enters:
        require_level(level=Assurance(level), accepted=accepted)
        return
    with pytest.raises(ContestError) as refused:
        require_level(level=Assurance(level), accepted=accepted)
    assert refused.value.code is ErrorCode.VNEID_LEVEL_LOW
