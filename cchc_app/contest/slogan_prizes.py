"""Prizes of the slogan round by their quotas (Article 12): ties beyond a quota are for the committee, never cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from cchc_app.contest.prize_rules import PrizeKind, PrizeQuota, PrizeRules


@dataclass(frozen=True, slots=True)
class Award:
    """What slogans of one rank get.

    Attributes:
        rank: Theirs.
        members: Which slogans.
        prizes: The prize each of them gets; of several, or with an empty one for none, the committee decides.
    """

    rank: int
    members: tuple[int, ...]
    prizes: tuple[str, ...]

    @property
    def is_settled(self) -> bool:
        """Whether the rules alone say which prize."""
        return len(self.prizes) == 1


def slogan_quotas(rules: PrizeRules) -> tuple[PrizeQuota, ...]:
    """The prizes of the round as a whole, best first; those of one bloc are left to the list of prizes (Article 14)."""
    return tuple(quota for quota in rules.quotas if quota.kind is PrizeKind.SLOGAN and quota.bloc is None)


def award(ranked: Sequence[tuple[int, int]], prizes: Sequence[PrizeQuota]) -> tuple[Award, ...]:
    """Who gets which prize.

    Tied slogans take the next places together. When those places carry one prize, each gets it; else the committee
    decides among the prizes of those places.

    Args:
        ranked: Pairs of rank and slogan, best first.
        prizes: Best first.

    Returns:
        Every rank that a prize reaches, best first.
    """
    places = [prize.title for prize in prizes for _ in range(prize.count)]
    awards, taken = [], 0
    for rank, group in groupby(ranked, key=lambda pair: pair[0]):
        members = tuple(slogan for _, slogan in group)
        own = places[taken : taken + len(members)]
        taken += len(members)
        if not own:
            break
        own += [""] * (len(members) - len(own))
        awards.append(Award(rank, members, tuple(dict.fromkeys(own))))
    return tuple(awards)
