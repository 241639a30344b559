"""Who gets which prize: quotas in the order of ranks, ties over the edge of a quota left to the committee."""

import pytest

from cchc_app.contest.prize_rules import PrizeKind, PrizeQuota, PrizeRules
from cchc_app.contest.slogan_prizes import Award, award, slogan_quotas


def quota(title: str, count: int, kind: PrizeKind = PrizeKind.SLOGAN, bloc: str | None = None) -> PrizeQuota:
    return PrizeQuota(code=f"{title}-{bloc}", title=title, kind=kind, period=None, bloc=bloc, count=count)


PRIZES = (quota("Nhất", 1), quota("Nhì", 2), quota("Ba", 1))


@pytest.mark.parametrize(
    ("ranked", "awards"),
    [
        ([], ()),
        (
            [(1, 10), (2, 11), (3, 12), (4, 13), (5, 14)],
            (
                Award(1, (10,), ("Nhất",)),
                Award(2, (11,), ("Nhì",)),
                Award(3, (12,), ("Nhì",)),
                Award(4, (13,), ("Ba",)),
            ),
        ),
        # Two seconds for two places: each gets it.
        (
            [(1, 10), (2, 11), (2, 12), (4, 13)],
            (Award(1, (10,), ("Nhất",)), Award(2, (11, 12), ("Nhì",)), Award(4, (13,), ("Ba",))),
        ),
        # Two firsts for one place: the committee; the third then has the other second.
        ([(1, 10), (1, 11), (3, 12)], (Award(1, (10, 11), ("Nhất", "Nhì")), Award(3, (12,), ("Nhì",)))),
        # Three thirds for the last second and the only third: one of them goes without.
        (
            [(1, 10), (2, 11), (3, 12), (3, 13), (3, 14)],
            (Award(1, (10,), ("Nhất",)), Award(2, (11,), ("Nhì",)), Award(3, (12, 13, 14), ("Nhì", "Ba", ""))),
        ),
        # Two fourths for one third: nobody is cut.
        (
            [(1, 10), (2, 11), (3, 12), (4, 13), (4, 14)],
            (
                Award(1, (10,), ("Nhất",)),
                Award(2, (11,), ("Nhì",)),
                Award(3, (12,), ("Nhì",)),
                Award(4, (13, 14), ("Ba", "")),
            ),
        ),
    ],
)
def test_awards(ranked: list[tuple[int, int]], awards: tuple[Award, ...]) -> None:
    assert award(ranked, PRIZES) == awards


def test_one_prize_is_settled_several_are_not() -> None:
    assert [Award(1, (1, 2), prizes).is_settled for prizes in (("Ba",), ("Ba", ""), ("Nhất", "Nhì"))] == [
        True,
        False,
        False,
    ]


def test_the_prizes_of_the_round_are_those_of_the_rule_set_for_every_bloc() -> None:
    others = (quota("Cá nhân", 1, PrizeKind.INDIVIDUAL), quota("Khối xã", 1, bloc="cap_xa"))
    rules = PrizeRules(
        quotas=(others[0], *PRIZES, others[1]), one_per_person=True, normalised_identity_only=True, minimum_periods=1
    )
    assert slogan_quotas(rules) == PRIZES


def test_without_prizes_nobody_gets_one() -> None:
    assert award([(1, 10)], ()) == ()
