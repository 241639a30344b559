"""What the judges made of the slogans: every score, the number it gives, the order. For organisers and publication."""

from dataclasses import dataclass
from fractions import Fraction

from cchc_app.contest.judging import JudgingRules


@dataclass(frozen=True, slots=True)
class JudgeScore:
    """What one judge gave one slogan in the main round.

    Attributes:
        judge: The judge's username.
        display_name: As minutes name the judge.
        points: By the code of the criterion.
        total: The weighted mean of the points, exact.
        comment: The judge's own note, perhaps empty.
    """

    judge: str
    display_name: str
    points: dict[str, int]
    total: Fraction
    comment: str


@dataclass(frozen=True, slots=True)
class SloganResult:
    """One judged slogan.

    Attributes:
        slogan_id: The slogan's row.
        unit_id: The unit whose it is.
        unit_name: Its name.
        code_number: The number the judges saw.
        text: The judged version.
        author: Who wrote it, as the unit says.
        author_public: Whether the author agreed to be named.
        scores: Of the main round, in the order of the judges' usernames; none before all judges handed theirs in.
        score: What the scores aggregate to, exact; None while there are none.
        spread: The highest total less the lowest; 0 with fewer than two.
        needs_talk: Whether the totals lie so far apart that the judges have to talk.
        tie_scores: The score in every closed tie round the slogan was in, oldest first.
        rank: 1 is the best, tied slogans share a rank; None while the main round is open, and for a slogan that is
            disqualified.
        tied: Whether another slogan shares the rank.
        notes: Who said what when all scores were in, oldest first.
    """

    slogan_id: int
    unit_id: int
    unit_name: str
    code_number: int
    text: str
    author: str
    author_public: bool
    scores: tuple[JudgeScore, ...]
    score: Fraction | None
    spread: Fraction
    needs_talk: bool
    tie_scores: tuple[Fraction, ...]
    rank: int | None
    tied: bool
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RoundsResult:
    """All rounds together.

    Attributes:
        complete: Whether there was a round and every one is closed.
        rules: The rules the main round was opened under.
        slogans: In the order of their rank, those without one last.
    """

    complete: bool
    rules: JudgingRules
    slogans: tuple[SloganResult, ...]
