"""How well each question of the bank did its work. Not an article of the rules: statistics for organisers.

What is counted, for one version of a question (another version has other options):

- A paper counts once it is finished, submitted or expired. A question left unanswered is not right and chose nothing.
- x is 1 when the paper's answer to the question was right, else 0. The rest score y is the share of right answers among
  the paper's other questions, `(right answers of the paper - x) / (questions of the paper - 1)`: the question itself is
  left out, or it would correlate with itself, and a share, because papers may differ in size.
- Facility is the mean of x. Discrimination is the point-biserial correlation of x and y, which is Pearson's r of a 0/1
  variable: `(n Sxy - Sx Sy) / sqrt((n Sx - Sx^2) (n Syy - Sy^2))`, with S for a sum over the papers; x squared is x.
  An option's discrimination is the same with "this option was chosen" for x and the same y.
- Every paper is a paper of one size, so within a size y is the integer count of other right answers; the sums over
  sizes are brought to one denominator. All sums are integers, hence exact; r is rounded once, at the end.
- What is not defined (nobody had the question; all or none right; equal rest scores) is None, never 0.

Sources: the correlation with the rest, also called the corrected item-total correlation: L. Crocker and J. Algina,
Introduction to Classical and Modern Test Theory (1986); Moodle, Quiz report statistics,
https://docs.moodle.org/28/en/Development:Quiz_report_statistics. That it should be above 0.2: A. Kelava and
H. Moosbrugger, Deskriptivstatistische Itemanalyse (2020). The other limits below are our own.
"""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from cchc_app.contest.item_times import mean_time, median_time

FEWEST_PAPERS = 30  # below it nothing is said of a question: chance alone would raise flags
HARD = 0.20  # facility at or below is too hard: guessing among five does as well
EASY = 0.95  # facility at or above is too easy
WEAK = 0.20  # discrimination below is none
IDLE = 0.01  # an option chosen by a smaller share of the papers is chosen by nobody
# Two unrelated variables have an r of about 1/sqrt(n) by chance; what is within twice that is no sign of anything.
STANDARD_ERRORS = 2


class ItemFlag(StrEnum):
    """What an organiser should look at."""

    TOO_FEW_PAPERS = "too_few_papers"
    TOO_HARD = "too_hard"
    TOO_EASY = "too_easy"
    DOES_NOT_DISCRIMINATE = "does_not_discriminate"
    DISTRACTOR_ATTRACTS_STRONG = "distractor_attracts_strong"
    DISTRACTOR_UNCHOSEN = "distractor_unchosen"
    POSSIBLY_WRONG_KEY = "possibly_wrong_key"


@dataclass(frozen=True, slots=True)
class OptionSums:
    """Sums over the papers of one size that chose one option: how many, and their `rest` added up."""

    chosen: int
    rest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSums:
    """Sums over the papers of one size that held the question: what a database adds up in one pass.

    Attributes:
        size: Questions on each of these papers.
        papers: How many papers, n.
        right: Sum of x, of 0 or 1.
        rest: Sum of y, the right answers to the paper's other questions.
        rest_squares: Sum of y squared.
        rest_right: Sum of x times y.
        options: In the order of the question version.
    """

    size: int
    papers: int
    right: int
    rest: int
    rest_squares: int
    rest_right: int
    options: tuple[OptionSums, ...]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One question on one finished paper.

    Attributes:
        size: Questions on the paper.
        paper_right: Right answers on the whole paper, this question included.
        right: Whether this question was answered right.
        option: The chosen option's index in the question version; None if unanswered.
    """

    size: int
    paper_right: int
    right: bool
    option: int | None


@dataclass(frozen=True, slots=True)
class OptionAnalysis:
    """One option: `share` of the papers that chose it, its correlation with the rest score, what to look at."""

    option: int
    accepted: bool
    share: float | None
    discrimination: float | None
    flags: tuple[ItemFlag, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAnalysis:
    """One version of a question.

    Attributes:
        papers: Finished papers that held it.
        exposure: `papers` as a share of all finished papers.
        facility: Share of right answers among `papers`.
        discrimination: Point-biserial correlation with the rest score, -1 to 1.
        mean_ms: Mean time on the question, milliseconds, rounded down.
        median_ms: Median time on the question, milliseconds, rounded down.
        options: In the order of the question version.
        flags: Those of the question and of its options, in the order of `ItemFlag`, each once.
    """

    papers: int
    exposure: float | None
    facility: float | None
    discrimination: float | None
    mean_ms: int | None
    median_ms: int | None
    options: tuple[OptionAnalysis, ...]
    flags: tuple[ItemFlag, ...]


def sums_of(rows: Iterable[ItemRow], *, option_count: int) -> tuple[ItemSums, ...]:
    """The sums of `rows` of one question version, one value for each size of paper, smallest first.

    ValueError for a row that contradicts itself.
    """
    by_size: dict[int, list[ItemRow]] = {}
    for row in rows:
        _require(0 <= row.paper_right - row.right < row.size, "more right answers than other questions")
        _require(row.option is None or 0 <= row.option < option_count, "an option the question does not have")
        by_size.setdefault(row.size, []).append(row)
    return tuple(_sums(size, by_size[size], option_count) for size in sorted(by_size))


def _sums(size: int, rows: Sequence[ItemRow], option_count: int) -> ItemSums:
    rests = [row.paper_right - row.right for row in rows]
    choosers = [[rest for row, rest in zip(rows, rests, strict=True) if row.option == i] for i in range(option_count)]
    return ItemSums(
        size=size,
        papers=len(rows),
        right=sum(row.right for row in rows),
        rest=sum(rests),
        rest_squares=sum(rest * rest for rest in rests),
        rest_right=sum(rest for row, rest in zip(rows, rests, strict=True) if row.right),
        options=tuple(OptionSums(len(rest), sum(rest)) for rest in choosers),
    )


def correlation(*, n: int, x: int, y: int, xy: int, y2: int) -> float | None:
    """Pearson's r of a 0/1 variable x and an integer y from their sums; None if one of them does not vary.

    ValueError for sums that no such data can have.
    """
    x_variance, y_variance, covariance = n * x - x * x, n * y2 - y * y, n * xy - x * y
    _require(x_variance >= 0 and y_variance >= 0, "sums of no data")
    _require(covariance * covariance <= x_variance * y_variance, "sums that do not belong together")
    if not x_variance or not y_variance:
        return None
    # One exact quotient: no cancellation however many papers, and never beyond 1.
    return math.copysign(math.sqrt(Fraction(covariance * covariance, x_variance * y_variance)), covariance)


def facility(sums: Collection[ItemSums]) -> float | None:
    """Share of right answers among the papers that held the question; None without papers."""
    return _share(sum(one.right for one in sums), sum(one.papers for one in sums))


def discrimination(sums: Collection[ItemSums]) -> float | None:
    """Correlation of the item score with the rest score. Papers of one question have no rest and are left out."""
    return _against_rest(sums, lambda one: (one.right, one.rest_right))


def option_discrimination(sums: Collection[ItemSums], option: int) -> float | None:
    """Correlation of "this option was chosen" with the rest score."""
    return _against_rest(sums, lambda one: (one.options[option].chosen, one.options[option].rest))


def _against_rest(sums: Collection[ItemSums], of: Callable[[ItemSums], tuple[int, int]]) -> float | None:
    held = [one for one in sums if one.size > 1]
    common = math.lcm(*(one.size - 1 for one in held))
    scaled = [(one, *of(one), common // (one.size - 1)) for one in held]
    return correlation(
        n=sum(one.papers for one in held),
        x=sum(x for _, x, _, _ in scaled),
        y=sum(one.rest * factor for one, _, _, factor in scaled),
        xy=sum(xy * factor for _, _, xy, factor in scaled),
        y2=sum(one.rest_squares * factor**2 for one, _, _, factor in scaled),
    )


def analyse(
    *, sums: Collection[ItemSums], key: Collection[int], times: Mapping[int, int], all_papers: int
) -> ItemAnalysis:
    """One question version analysed.

    Args:
        sums: Any number of them, of any sizes; those of several periods simply stand together.
        key: The accepted options, by index.
        times: Histogram of times on the question: milliseconds to how many answers.
        all_papers: Finished papers that could have held the question, for the exposure.
    """
    papers = sum(one.papers for one in sums)
    _require(papers <= all_papers, "more papers with the question than papers")
    _require(len({len(one.options) for one in sums}) <= 1, "sums of different question versions")
    options = tuple(_option(sums, option, option in key, papers) for option in range(_option_count(sums)))
    easy, index = facility(sums), discrimination(sums)
    found = {flag for option in options for flag in option.flags} | _item_flags(papers, easy, index)
    if index is not None and index < 0 and ItemFlag.DISTRACTOR_ATTRACTS_STRONG in found:
        found.add(ItemFlag.POSSIBLY_WRONG_KEY)
    return ItemAnalysis(
        papers=papers,
        exposure=_share(papers, all_papers),
        facility=easy,
        discrimination=index,
        mean_ms=mean_time(times),
        median_ms=median_time(times),
        options=options,
        flags=tuple(flag for flag in ItemFlag if flag in found),
    )


def _option_count(sums: Collection[ItemSums]) -> int:
    return max((len(one.options) for one in sums), default=0)


def _option(sums: Collection[ItemSums], option: int, accepted: bool, papers: int) -> OptionAnalysis:
    share = _share(sum(one.options[option].chosen for one in sums), papers)
    index = option_discrimination(sums, option)
    flags = []
    if papers >= FEWEST_PAPERS and not accepted:
        if index is not None and index * math.sqrt(papers) > STANDARD_ERRORS:
            flags.append(ItemFlag.DISTRACTOR_ATTRACTS_STRONG)
        if share is not None and share < IDLE:
            flags.append(ItemFlag.DISTRACTOR_UNCHOSEN)
    return OptionAnalysis(option=option, accepted=accepted, share=share, discrimination=index, flags=tuple(flags))


def _item_flags(papers: int, easy: float | None, index: float | None) -> set[ItemFlag]:
    if papers < FEWEST_PAPERS or easy is None:
        return {ItemFlag.TOO_FEW_PAPERS}
    raised = {
        ItemFlag.TOO_HARD: easy <= HARD,
        ItemFlag.TOO_EASY: easy >= EASY,
        ItemFlag.DOES_NOT_DISCRIMINATE: index is not None and index < WEAK,
    }
    return {flag for flag, holds in raised.items() if holds}


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)
