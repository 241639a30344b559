"""What the quiz screen is made of."""

from dataclasses import dataclass, field

from cchc_app.data.engine import get_database
from cchc_app.services import answer_quiz
from cchc_app.services.take_quiz import OpenPaper

NO_CHOICE = -1


@dataclass
class QuestionView:
    """One question as it is shown; nothing in it tells the key."""

    position: int = 0
    topic: str = ""
    stem: str = ""
    options: list[str] = field(default_factory=list)


@dataclass
class FeedbackView:
    """What may be said of an answered question."""

    shown: bool = False
    correct: bool = False
    right_choices: list[int] = field(default_factory=list)
    explanation: str = ""
    legal_basis: str = ""
    notice: str = ""


@dataclass
class DoorView:
    """The page before a paper."""

    title: str = ""
    facts: list[str] = field(default_factory=list)
    button: str = ""
    result_path: str = ""


def question_view(paper: OpenPaper, position: int) -> QuestionView:
    """A question of a paper, its options in the paper's order."""
    text = answer_quiz.question_text(get_database(), paper, position)
    order = paper.items[position].option_order
    return QuestionView(position, text.topic, text.stem, [text.options[original] for original in order])


def unanswered_after(position: int, marks: list[str]) -> int | None:
    """The next question without an answer, from the beginning again after the last; None when all have one."""
    later = ((position + step) % len(marks) for step in range(1, len(marks)))
    return next((n for n in later if marks[n] == ""), None)
