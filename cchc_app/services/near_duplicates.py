"""Slogans of different units that say the same: shown side by side to organisers, who decide."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from rapidfuzz import fuzz

from cchc_app.contest.access import Permission
from cchc_app.contest.duplicates import bare_key, words_key
from cchc_app.contest.slogan_states import SloganState
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.services.organise_slogans import SloganLine, every_line
from cchc_app.services.staff_sessions import reading

# Percent of likeness from which two texts are shown: below it, slogans of one theme are alike by their subject only.
THRESHOLD = 80


class Likeness(StrEnum):
    """How far slogans are the same."""

    SAME_WORDS = "same_words"
    SAME_BUT_ACCENTS = "same_but_accents"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class AlikeSlogans:
    """Two slogans or more that are alike; `score` is the percent of likeness, 100 but for near ones."""

    likeness: Likeness
    score: int
    lines: tuple[SloganLine, ...]


def near_duplicates(db: Database, *, actor: str) -> tuple[AlikeSlogans, ...]:
    """What was handed in and is alike, the most alike first.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        lines = every_line(session, contest_in_force(session).contest_id)
    handed_in = [line for line in lines if line.state in (SloganState.SUBMITTED, SloganState.DISQUALIFIED)]
    return alike(handed_in)


def alike(lines: Sequence[SloganLine]) -> tuple[AlikeSlogans, ...]:
    """Groups of equal texts, then pairs of near ones with their scores; case, punctuation and tone style do not count.

    A group stands in a near pair by its first slogan.
    """
    by_bare: dict[str, list[SloganLine]] = defaultdict(list)
    for line in lines:
        by_bare[bare_key(line.text)].append(line)
    groups = [_group(group) for group in by_bare.values() if len(group) > 1]
    near = [
        AlikeSlogans(Likeness.NEAR, int(score), (by_bare[one][0], by_bare[other][0]))
        for one, other in combinations(by_bare, 2)
        # Words in another order are the same thought.
        if (score := fuzz.token_sort_ratio(one, other, score_cutoff=THRESHOLD))
    ]
    exact_first = sorted(groups, key=lambda group: group.likeness is not Likeness.SAME_WORDS)
    return (*exact_first, *sorted(near, key=lambda pair: -pair.score))


def _group(lines: Sequence[SloganLine]) -> AlikeSlogans:
    same = len({words_key(line.text) for line in lines}) == 1
    return AlikeSlogans(Likeness.SAME_WORDS if same else Likeness.SAME_BUT_ACCENTS, 100, tuple(lines))
