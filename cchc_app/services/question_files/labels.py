"""What this contest writes into the free places of other formats, and reads back: topic, tags, legal basis."""

import re
from collections.abc import Iterable

from cchc_app.contest.characters import canonical
from cchc_app.services.question_files.model import Column, Draft, ParsedQuestion
from cchc_app.texts.question_files import LEGAL_BASIS

COURSE, TOP = "$course$", "top"

_SLASH = re.compile(r"(?<!/)/(?!/)")
_COURSE = re.compile(r"\$\w+\$")
_CODE = re.compile(r"[\w.\-]{1,32}")
_TAGS = (Column.POOL, Column.DIFFICULTY, Column.VALID_FROM, Column.VALID_UNTIL)


def topic_of(category: str) -> str:
    """The topic a category's path ends with; slashes inside names are doubled."""
    parts = [part.replace("//", "/").strip() for part in _SLASH.split(category.strip())]
    if _COURSE.fullmatch(parts[0]):
        parts = parts[2:] if parts[1:2] == [TOP] else parts[1:]
    return parts[-1] if parts else ""


def category_of(topic: str) -> str:
    """The path of a topic's category."""
    if not topic:
        return f"{COURSE}/{TOP}"
    # A name that begins or ends with a slash is kept apart from the path's own by a space.
    name = f"{' ' * topic.startswith('/')}{topic.replace('/', '//')}{' ' * topic.endswith('/')}"
    return f"{COURSE}/{TOP}/{name}"


def tags_of(question: ParsedQuestion) -> list[str]:
    """What other formats have no place for, as tags `name:value`."""
    values = {
        Column.POOL: question.pool,
        Column.DIFFICULTY: question.difficulty,
        Column.VALID_FROM: question.valid_from,
        Column.VALID_UNTIL: question.valid_until,
    }
    return [f"{column}:{value}" for column, value in values.items() if value]


def take_tags(draft: Draft, tags: Iterable[str]) -> None:
    """Put into a draft what its tags say; other people's tags are theirs."""
    for tag in tags:
        name, _, value = tag.strip().partition(":")
        if name in _TAGS and value:
            column = Column(name)
            if column in (Column.POOL, Column.DIFFICULTY):
                draft.texts[column] = value
            else:
                draft.dates[column] = value


def feedback_of(question: ParsedQuestion) -> list[str]:
    """The explanation and, after it, the legal basis with its label: one line each."""
    lines = [question.explanation] if question.explanation else []
    if question.legal_basis or question.explanation.startswith(LEGAL_BASIS):
        lines.append(f"{LEGAL_BASIS} {question.legal_basis}".rstrip())
    return lines


def take_feedback(draft: Draft, text: str) -> None:
    """Put general feedback into a draft: its last line is the legal basis when it is labelled so."""
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    if lines and canonical(lines[-1]).startswith(LEGAL_BASIS):
        draft.texts[Column.LEGAL_BASIS] = canonical(lines.pop()).removeprefix(LEGAL_BASIS).strip()
    draft.texts[Column.EXPLANATION] = " ".join(lines)


def code_like(name: str) -> str:
    """A question's name, if it may serve as its code."""
    return name.strip() if _CODE.fullmatch(name.strip()) else ""
