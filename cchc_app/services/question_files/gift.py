"""Questions in GIFT: read from it and written to it.

What GIFT has no place for goes where its readers leave it alone: the topic is the category, the code the identifier
(and the title people see), explanation and legal basis the general feedback, pool, difficulty and dates are tags.
Feedback on single options and partial marks have no place in the contest's bank and are refused or warned of.
"""

import re
from collections.abc import Iterable

from cchc_app.contest.errors import ErrorCode
from cchc_app.services.question_files.bodies import decoded
from cchc_app.services.question_files.gift_syntax import (
    ESCAPABLE,
    GiftError,
    GiftItem,
    GiftKind,
    GiftText,
    gift_items,
)
from cchc_app.services.question_files.labels import (
    category_of,
    code_like,
    feedback_of,
    tags_of,
    take_feedback,
    take_tags,
    topic_of,
)
from cchc_app.services.question_files.marking import FULL, accepted
from cchc_app.services.question_files.markup import AUTO, HTML, MARKDOWN, PLAIN, has_media, plain
from cchc_app.services.question_files.model import Column, Draft, ParsedQuestion, Reading
from cchc_app.texts.question_files import FALSE, KINDS, TRUE

_FORMS = {"html": HTML, "markdown": MARKDOWN, "plain": PLAIN, "moodle": AUTO}
_SIGNS = re.compile(f"([{re.escape(ESCAPABLE)}])")


def read_gift(body: bytes) -> Reading:
    """The drafts of a GIFT file.

    Raises:
        FileRefused: FILE_UNREADABLE.
    """
    text, guessed = decoded(body)
    reading = Reading()
    if guessed:
        reading.warn(None, Column.FILE, ErrorCode.ENCODING_GUESSED)
    topic = ""
    for item in gift_items(text):
        if isinstance(item, GiftError):
            reading.refuse(item.line, Column.STEM, item.code, **item.details)
        elif item.kind is GiftKind.CATEGORY:
            topic = topic_of(item.title or "")
        else:
            _take(item, topic, reading)
    return reading


def _take(item: GiftItem, topic: str, reading: Reading) -> None:
    texts = [item.stem, *(choice.text for choice in item.choices), *([item.general] if item.general else [])]
    if item.kind not in (GiftKind.CHOICE, GiftKind.TRUE_FALSE):
        reading.refuse(item.line, Column.STEM, ErrorCode.QUESTION_TYPE_REFUSED, kind=KINDS[item.kind])
        return
    if any(has_media(text.text, _FORMS[text.form]) for text in texts):
        reading.refuse(item.line, Column.STEM, ErrorCode.MEDIA_REFUSED)
        return
    draft = Draft(item.line, {Column.TOPIC: topic, Column.STEM: _plain(item.stem)})
    draft.texts[Column.CODE] = item.identifier or code_like(item.title or "")
    if item.kind is GiftKind.TRUE_FALSE:
        draft.options, draft.key = [TRUE, FALSE], (0,) if item.true else (1,)
    else:
        draft.options = [_plain(choice.text) for choice in item.choices]
        draft.key = _key(item, reading)
    take_tags(draft, item.tags)
    _take_feedback(draft, item, reading)
    reading.drafts.append(draft)


def _key(item: GiftItem, reading: Reading) -> tuple[int, ...]:
    one_choice = any(choice.right for choice in item.choices)
    weights = [choice.weight if choice.weight is not None else FULL if choice.right else 0.0 for choice in item.choices]
    return accepted(item.line, weights, one_choice=one_choice, reading=reading)


def _take_feedback(draft: Draft, item: GiftItem, reading: Reading) -> None:
    """General feedback explains; without it the right option's own does. What else is said of options is lost."""
    own = [(place, choice.feedback) for place, choice in enumerate(item.choices) if choice.feedback is not None]
    general = item.general
    if general is None and len(own) == 1 and own[0][0] in set(draft.key):
        general, own = own[0][1], []
    take_feedback(draft, _plain(general) if general else "")
    if own or any(text.text for text in item.feedbacks):
        reading.warn(item.line, Column.EXPLANATION, ErrorCode.FEEDBACK_DROPPED)


def _plain(text: GiftText) -> str:
    return plain(text.text, _FORMS[text.form])


def write_gift(questions: Iterable[ParsedQuestion]) -> str:
    """A GIFT file that `read_gift` turns into the same questions."""
    blocks: list[str] = []
    topic = ""
    for question in questions:
        if question.topic != topic:
            topic = question.topic
            blocks.append(f"$CATEGORY: {category_of(topic)}\n")
        blocks.append(_written(question))
    return "\n".join(blocks)


def _written(question: ParsedQuestion) -> str:
    labels = [f"[id:{question.code}]"] if question.code else []
    labels += [f"[tag:{tag}]" for tag in tags_of(question)]
    lines = [f"// {' '.join(labels)}"] if labels else []
    title = f"::{_escaped(question.code)}::" if question.code else ""
    lines.append(f"{title}[plain]{_escaped(question.stem)} {{")
    for place, option in enumerate(question.options):
        lines.append(f"\t{'=' if place in question.key else '~'}[plain]{_escaped(option)}")
    feedback = "\\n".join(map(_escaped, feedback_of(question)))
    if feedback:
        lines.append(f"\t####[plain]{feedback}")
    return "\n".join([*lines, "}", ""])


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text)
