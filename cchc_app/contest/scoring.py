"""Marks, what feedback may reveal, the error of a prediction. Source: Articles 6, 7 and 8 of the regulations."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.regulations import FeedbackMode

MAX_GUESS = 9_999_999
NO_GUESS = 999_999_999  # the error of not guessing: worse than any guess can be


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked paper: right answers, questions, points."""

    correct: int
    total: int
    points: int


def is_correct(*, option: int | None, key: Collection[int]) -> bool:
    """Whether `option` (of the question version, None if unanswered) is among the accepted ones (Article 6.1)."""
    return option is not None and option in key


def mark(*, answers: Mapping[int, int], keys: Mapping[int, Collection[int]], points_per_question: int) -> Mark:
    """Mark a paper (Article 6).

    `answers` maps positions to option indexes of the question version; `keys` maps every position of the paper to its
    accepted options. An unanswered question earns nothing. ValueError for an answer to a position not on the paper.
    """
    if not answers.keys() <= keys.keys():
        raise ValueError("an answer belongs to no question of the paper")
    correct = sum(is_correct(option=answers.get(position), key=key) for position, key in keys.items())
    return Mark(correct=correct, total=len(keys), points=correct * points_per_question)


def reveal(*, feedback: FeedbackMode, answered: bool, attempt_finished: bool, period_closed: bool) -> bool:
    """Whether the key and the explanation of one question may be shown now (Article 7.1)."""
    match feedback:
        case FeedbackMode.IMMEDIATE:
            return answered or attempt_finished
        case FeedbackMode.AT_END:
            return attempt_finished
        case FeedbackMode.AFTER_CLOSE:
            return attempt_finished and period_closed


def may_change_answer(*, feedback: FeedbackMode, answered: bool, attempt_finished: bool) -> bool:
    """Whether a question may be answered (again): once seen right or wrong, an answer is final (Article 7.2)."""
    return not attempt_finished and not (answered and feedback is FeedbackMode.IMMEDIATE)


def check_prediction(guess: int) -> int:
    """The guess, a number of people from 0 to `MAX_GUESS`; refuses others with PREDICTION_INVALID (Article 8.1)."""
    if not 0 <= guess <= MAX_GUESS:
        raise ContestError(ErrorCode.PREDICTION_INVALID)
    return guess


def prediction_error(*, guess: int | None, actual: int) -> int:
    """Distance of a guess from the count at the period's close, in people; `NO_GUESS` without one (Article 8.2)."""
    return NO_GUESS if guess is None else abs(guess - actual)
