"""The GIFT format as written text: what stands where, nothing judged yet.

Source: Moodle's documentation of the format (docs.moodle.org, "GIFT format").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from cchc_app.contest.errors import ErrorCode

ESCAPABLE = "\\~=#{}:"
MAX_COMMENT = 2_000
BLANK = "_____"  # what stands where the answers interrupt a sentence

# Escaped signs are set aside as characters that no text may hold.
_ASIDE = {char: chr(0xFDD0 + number) for number, char in enumerate(ESCAPABLE + "n")}
_BACK = str.maketrans({aside: "\n" if char == "n" else char for char, aside in _ASIDE.items()})
_ESCAPE = re.compile(r"\\([\\~=#{}:n])")
_FOREIGN = re.compile(f"[{_ASIDE[ESCAPABLE[0]]}-{_ASIDE['n']}]")
_TITLE = re.compile(r"\s*::(.*?)::", re.DOTALL)
_FORM = re.compile(r"\s*\[(html|markdown|plain|moodle)\]")
_TRUE_FALSE = re.compile(r"(TRUE|FALSE|T|F)\s*(?=#|$)")
_WEIGHT = re.compile(r"\s*%([^%]*)%")
_CATEGORY = re.compile(r"\s*\$CATEGORY:[ \t]*([^\n]*)\n?")
_ID = re.compile(r"\[id:([^\x00-\x1f\x7f]+?)\]")
_TAG = re.compile(r"\[tag:([^\x00-\x1f\x7f]+?)\]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d*)?|[+-]?\.\d+")


class GiftKind(StrEnum):
    """What a question of a GIFT file may be."""

    CHOICE = "choice"
    TRUE_FALSE = "true_false"
    SHORT = "short"
    NUMERICAL = "numerical"
    MATCHING = "matching"
    ESSAY = "essay"
    DESCRIPTION = "description"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True)
class GiftText:
    """A text and its form: html, markdown, plain or moodle."""

    text: str
    form: str


@dataclass(frozen=True, slots=True)
class GiftChoice:
    """One option: marked with = or not, its share of the mark if given, in percent."""

    right: bool
    weight: float | None
    text: GiftText
    feedback: GiftText | None


@dataclass(slots=True)
class GiftItem:
    """One block of a file; `line` is where it begins."""

    line: int
    kind: GiftKind
    title: str | None = None
    stem: GiftText = field(default_factory=lambda: GiftText("", "moodle"))
    choices: tuple[GiftChoice, ...] = ()
    true: bool = False
    feedbacks: tuple[GiftText, ...] = ()  # of true and false: when wrong, when right
    general: GiftText | None = None
    identifier: str | None = None
    tags: tuple[str, ...] = ()
    embedded: bool = False


class GiftError(Exception):
    """A block that cannot be read: its line, what is wrong."""

    def __init__(self, line: int, code: ErrorCode, **details: object) -> None:
        super().__init__(code.name)
        self.line = line
        self.code = code
        self.details = details


def gift_items(text: str) -> Iterator[GiftItem | GiftError]:
    """Every block of a file, in order; a bad one is an error and the next one is read all the same."""
    comments: list[str] = []
    block: list[str] = []
    start = 0
    lines = [*text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), ""]
    for number, line in enumerate(lines, 1):
        if line.lstrip().startswith("//"):
            comments.append(line.strip()[2:MAX_COMMENT])
        elif line.strip():
            start = start if block else number
            block.append(line)
        elif block:
            yield from _block("\n".join(block), start, "\n".join(comments))
            block, comments = [], []


def _block(text: str, line: int, comments: str) -> Iterator[GiftItem | GiftError]:
    category = _CATEGORY.match(text)
    if category is not None:
        yield GiftItem(line, GiftKind.CATEGORY, title=category[1].strip())
        text, line = text[category.end() :], line + 1
        if not text.strip():
            return
    try:
        yield _question(text, line, comments)
    except GiftError as error:
        yield error


def _question(text: str, line: int, comments: str) -> GiftItem:
    if _FOREIGN.search(text):
        raise GiftError(line, ErrorCode.TEXT_BROKEN)
    aside = _ESCAPE.sub(lambda found: _ASIDE[found[1]], text)
    identifier = _ID.search(comments)
    item = GiftItem(line, GiftKind.DESCRIPTION, tags=tuple(_TAG.findall(comments)))
    item.identifier = identifier[1].strip() if identifier else None
    title = _TITLE.match(aside)
    if title is not None:
        item.title = title[1].translate(_BACK).strip()
        aside = aside[title.end() :]
    before, opening, rest = aside.partition("{")
    answers, closing, after = rest.partition("}")
    if "}" in before or "{" in answers or "{" in after or "}" in after or bool(opening) != bool(closing):
        raise GiftError(line, ErrorCode.GIFT_BRACES)
    stem = _text(before, "moodle")
    item.stem = stem
    if opening:
        after = "" if after.lstrip().startswith("//") else after.strip()
        if after:
            item.embedded = True
            rest_of_stem = _text(after, stem.form)
            words = f"{stem.text} {BLANK} {rest_of_stem.text}" if stem.text else f"{BLANK} {rest_of_stem.text}"
            item.stem = GiftText(words, stem.form if stem.text else rest_of_stem.form)
        _answers(item, answers.strip())
    return item


def _answers(item: GiftItem, body: str) -> None:
    form = item.stem.form
    body, mark, general = body.partition("####")
    body = body.strip()
    item.general = _text(general, form) if mark and general.strip() else None
    truth = _TRUE_FALSE.match(body)
    if not body:
        item.kind = GiftKind.ESSAY
    elif body.startswith("#"):
        item.kind = GiftKind.NUMERICAL
    elif truth is not None:
        item.kind = GiftKind.TRUE_FALSE
        item.true = truth[1].startswith("T")
        item.feedbacks = tuple(_text(part, form) for part in body[truth.end() :].split("#")[1:])
    elif body[0] in "=~":
        item.choices = tuple(_choices(item.line, body, form))
        item.kind = _kind_of_choices(body, item.choices)
    else:
        if "=" in body or "~" in body:
            raise GiftError(item.line, ErrorCode.GIFT_ANSWERS)
        item.kind = GiftKind.SHORT
        item.choices = (GiftChoice(True, None, *_with_feedback(body, form)),)


def _kind_of_choices(body: str, choices: tuple[GiftChoice, ...]) -> GiftKind:
    if "~" in body:
        return GiftKind.CHOICE
    return GiftKind.MATCHING if all("->" in choice.text.text for choice in choices) else GiftKind.SHORT


def _choices(line: int, body: str, form: str) -> Iterator[GiftChoice]:
    for part in re.split("(?<!^)(?=[=~])", body):
        rest = part[1:]
        weight = _WEIGHT.match(rest)
        share = None
        if weight is not None:
            share = _share(line, weight[1])
            rest = rest[weight.end() :]
        text, feedback = _with_feedback(rest, form)
        if not text.text:
            raise GiftError(line, ErrorCode.GIFT_ANSWERS)
        yield GiftChoice(part[0] == "=", share, text, feedback)


def _share(line: int, written: str) -> float:
    number = float(written) if _NUMBER.fullmatch(written.strip()) else None
    if number is None or not -100 <= number <= 100:
        raise GiftError(line, ErrorCode.WEIGHT_INVALID, value=written.strip()[:20])
    return number


def _with_feedback(text: str, form: str) -> tuple[GiftText, GiftText | None]:
    option, mark, feedback = text.partition("#")
    return _text(option, form), _text(feedback, form) if mark and feedback.strip() else None


def _text(text: str, form: str) -> GiftText:
    """A text with its own form or the one before it; plain forms know no lines."""
    own = _FORM.match(text)
    if own is not None:
        form, text = own[1], text[own.end() :]
    text = text.strip()
    if form in ("plain", "moodle"):
        text = re.sub(r"\s\s+", " ", text.replace("\n", " "))
    return GiftText(text.translate(_BACK), form)
