"""Questions in Moodle XML: read from it and written to it.

Source: Moodle's documentation of the format (docs.moodle.org, "Moodle XML format"). Places as in `gift`: the code is
the `idnumber`, the topic the category, explanation and legal basis the general feedback, the rest are tags.
"""

import html
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from cchc_app.contest.errors import ErrorCode
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
from cchc_app.services.question_files.model import Column, Draft, FileRefused, ParsedQuestion, Reading
from cchc_app.texts.question_files import FALSE, FORMATS, KINDS, TRUE

NAME_LENGTH = 60
MAX_DEPTH = 30  # a question takes six

_FORMATTED = ("questiontext", "generalfeedback", "answer", "feedback")
_LINE = "\u0000line"  # no attribute of a file can be called so

_FORMS = {"html": HTML, "markdown": MARKDOWN, "plain_text": PLAIN, "moodle_auto_format": AUTO}
_KINDS = {
    **{"essay": "essay", "matching": "matching", "ddmatch": "matching", "numerical": "numerical"},
    **{"shortanswer": "short", "description": "description"},
}


class _LinesKept(DefusedXMLParser):
    """A parser whose elements know their line, and who follows no file into the deep."""

    depth = 0

    def _start(self, *args: object) -> Element:
        element = super()._start(*args)  # pyright: ignore[reportAttributeAccessIssue]
        element.set(_LINE, str(self.parser.CurrentLineNumber))
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ValueError(self.depth)
        return element

    def _end(self, *args: object) -> Element:
        self.depth -= 1
        return super()._end(*args)  # pyright: ignore[reportAttributeAccessIssue]


def read_moodle_xml(body: bytes) -> Reading:
    """The drafts of a Moodle XML file.

    Raises:
        FileRefused: FILE_UNREADABLE (with its row), FILE_FORBIDDEN_XML, FILE_KIND_MISMATCH.
    """
    parser = _LinesKept(forbid_dtd=True)
    try:
        parser.feed(body)
        root = parser.close()
    except DefusedXmlException:
        raise FileRefused(ErrorCode.FILE_FORBIDDEN_XML) from None
    except ParseError as error:
        raise FileRefused(ErrorCode.FILE_UNREADABLE, row=error.position[0]) from None
    except (ValueError, LookupError):
        raise FileRefused(ErrorCode.FILE_UNREADABLE) from None
    if root.tag != "quiz":
        raise FileRefused(ErrorCode.FILE_KIND_MISMATCH, ending=".xml", kind=FORMATS["moodle_xml"])
    reading = Reading()
    topic, row = "", 0
    for question in root.iter("question"):
        # Files without line breaks have every question on one line: each still gets a number of its own.
        row = max(row + 1, int(question.get(_LINE, "0")))
        if question.get("type") == "category":
            topic = topic_of(question.findtext("category/text") or "")
        else:
            _take(question, row, topic, reading)
    return reading


def _take(question: Element, row: int, topic: str, reading: Reading) -> None:
    kind = question.get("type", "")
    if kind not in ("multichoice", "truefalse"):
        name = KINDS[_KINDS.get(kind, "other")].format(name=kind[:40])
        reading.refuse(row, Column.STEM, ErrorCode.QUESTION_TYPE_REFUSED, kind=name)
        return
    if question.find(".//file") is not None or _shows_media(question):
        reading.refuse(row, Column.STEM, ErrorCode.MEDIA_REFUSED)
        return
    draft = Draft(row, {Column.TOPIC: topic, Column.STEM: _plain(question.find("questiontext"))})
    identifier = question.findtext("idnumber")
    draft.texts[Column.CODE] = code_like(question.findtext("name/text") or "") if identifier is None else identifier
    answers = question.findall("answer")
    weights = [_weight(answer, row, reading) for answer in answers]
    if kind == "truefalse":
        _true_or_false(draft, answers, weights)
    else:
        draft.options = [_plain(answer) for answer in answers]
        one_choice = (question.findtext("single") or "true").strip().lower() in ("true", "1")
        draft.key = accepted(row, weights, one_choice=one_choice, reading=reading)
    take_tags(draft, (tag.text or "" for tag in question.iterfind("tags/tag/text")))
    _take_feedback(draft, question, answers, reading)
    _note_grade(question, row, reading)
    reading.drafts.append(draft)


def _true_or_false(draft: Draft, answers: list[Element], weights: list[float]) -> None:
    right = {_plain(answer).lower() for answer, weight in zip(answers, weights, strict=True) if weight > 0}
    draft.options = [TRUE, FALSE]
    draft.key = tuple(place for place, word in enumerate(("true", "false")) if word in right)


def _weight(answer: Element, row: int, reading: Reading) -> float:
    written = answer.get("fraction", "0").strip()
    try:
        weight = float(written)
    except ValueError:
        weight = FULL + 1
    if not -FULL <= weight <= FULL:
        reading.refuse(row, Column.KEY, ErrorCode.WEIGHT_INVALID, value=written[:20])
        return 0.0
    return weight


def _take_feedback(draft: Draft, question: Element, answers: list[Element], reading: Reading) -> None:
    """General feedback explains; without it the right option's own does. What else is said of options is lost."""
    general = _plain(question.find("generalfeedback"))
    own = [(place, text) for place, answer in enumerate(answers) if (text := _plain(answer.find("feedback")))]
    if not general and len(own) == 1 and own[0][0] in set(draft.key):
        general, own = own[0][1], []
    take_feedback(draft, general)
    if own:
        reading.warn(draft.row, Column.EXPLANATION, ErrorCode.FEEDBACK_DROPPED)


def _note_grade(question: Element, row: int, reading: Reading) -> None:
    written = (question.findtext("defaultgrade") or "1").strip()
    whole, _, rest = written.partition(".")
    if whole != "1" or rest.strip("0"):
        reading.warn(row, Column.FILE, ErrorCode.GRADE_DROPPED, value=written[:20])


def _form(holder: Element) -> str:
    return _FORMS.get(holder.get("format", "moodle_auto_format"), AUTO)


def _shows_media(question: Element) -> bool:
    holders = (holder for name in _FORMATTED for holder in question.iter(name))
    return any(has_media(holder.findtext("text") or "", _form(holder)) for holder in holders)


def _plain(holder: Element | None) -> str:
    """The text inside an element that says its format."""
    return "" if holder is None else plain(holder.findtext("text") or "", _form(holder)).strip()


def write_moodle_xml(questions: Iterable[ParsedQuestion]) -> bytes:
    """A Moodle XML file that `read_moodle_xml` turns into the same questions."""
    quiz = Element("quiz")
    topic = ""
    for question in questions:
        if question.topic != topic:
            topic = question.topic
            holder = SubElement(SubElement(quiz, "question", type="category"), "category")
            SubElement(holder, "text").text = category_of(topic)
        _write(quiz, question)
    indent(quiz)
    return tostring(quiz, encoding="utf-8", xml_declaration=True)


def _write(quiz: Element, question: ParsedQuestion) -> None:
    element = SubElement(quiz, "question", type="multichoice")
    SubElement(SubElement(element, "name"), "text").text = question.code or question.stem[:NAME_LENGTH]
    _put(element, "questiontext", [question.stem])
    _put(element, "generalfeedback", feedback_of(question))
    for name, value in _settings(question):
        SubElement(element, name).text = value
    for place, option in enumerate(question.options):
        _put(element, "answer", [option]).set("fraction", "100" if place in question.key else "0")
    tags = tags_of(question)
    if tags:
        holder = SubElement(element, "tags")
        for tag in tags:
            SubElement(SubElement(holder, "tag"), "text").text = tag


def _settings(question: ParsedQuestion) -> Iterator[tuple[str, str]]:
    yield "defaultgrade", "1"
    yield "penalty", "0"
    yield "hidden", "0"
    yield "idnumber", question.code
    yield "single", "true"
    yield "shuffleanswers", "true"
    yield "answernumbering", "ABCD"


def _put(element: Element, name: str, lines: list[str]) -> Element:
    holder = SubElement(element, name, format="html")
    SubElement(holder, "text").text = "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines)
    return holder
