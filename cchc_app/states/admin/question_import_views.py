"""Imports of questions in words."""

from dataclasses import dataclass, field

from cchc_app import routes
from cchc_app.services.import_preview import ImportLine, ImportPreview
from cchc_app.services.question_files import ParsedQuestion
from cchc_app.services.question_files.model import LETTERS
from cchc_app.texts import admin_question_imports as texts
from cchc_app.texts import admin_questions, message
from cchc_app.texts import question_files as file_texts
from cchc_app.texts.formats import second_and_date


@dataclass
class ImportRow:
    """One import in words."""

    href: str = ""
    name: str = ""
    state: str = ""
    tone: str = ""
    by: str = ""
    at: str = ""


@dataclass
class TabView:
    """One part of a preview."""

    name: str = ""
    href: str = ""
    current: bool = False


@dataclass
class LineView:
    """One line of a part, whichever it is: where, what, and what to it."""

    row: str = ""
    place: str = ""
    text: str = ""
    aside: str = ""
    options: list[str] = field(default_factory=list)


@dataclass
class OfferView:
    """One kind of repair."""

    kind: str = ""
    name: str = ""
    answer: str = ""
    tone: str = ""
    accepted: bool = False
    kept: bool = False
    may_decline: bool = False


def import_row(line: ImportLine) -> ImportRow:
    """An import in words."""
    return ImportRow(
        href=routes.question_import(line.number),
        name=line.file_name,
        state=texts.INTERRUPTED if line.interrupted else texts.STATES[line.state],
        tone="wrong" if line.interrupted else texts.TONES[line.state],
        by=line.made_by,
        at=second_and_date(line.made_at),
    )


def line_views(found: ImportPreview) -> list[LineView]:
    """The lines of the part that is shown."""
    if found.doubles:
        return [
            LineView(texts.row(one.row), texts.same_as(one.first_row, one.code), stem) for one, stem in found.doubles
        ]
    if found.repairs:
        return [
            LineView(texts.row(one.row), file_texts.column_title(one.column), one.before, one.after)
            for one in found.repairs
        ]
    if found.questions:
        return [_question_line(one) for one in found.questions]
    return [
        LineView(
            texts.row(one.row), file_texts.column_title(one.column), message(one.code, one.details), one.code.value
        )
        for one in found.problems
    ]


def _question_line(one: ParsedQuestion) -> LineView:
    difficulty = str(one.difficulty or texts.NO_VALUE)
    place = (admin_questions.POOLS.get(one.pool, texts.NO_VALUE), one.topic or texts.NO_VALUE, difficulty)
    marks = [("✓ " if place in one.key else "") + f"{LETTERS[place]}. {text}" for place, text in enumerate(one.options)]
    return LineView(texts.row(one.row), " · ".join(place), one.stem, one.code or texts.EMPTY_CODES, marks)


def offer_views(found: ImportPreview) -> list[OfferView]:
    """The repairs to decide about."""
    answers = {True: (texts.ACCEPTED, "right"), False: (texts.KEPT, "plain"), None: (texts.OPEN, "gold")}
    return [
        OfferView(
            kind=one.kind.value,
            name=texts.offer(file_texts.REPAIRS[one.kind], one.cells),
            answer=answers[one.accepted][0],
            tone=answers[one.accepted][1],
            accepted=one.accepted is True,
            kept=one.accepted is False,
            may_decline=one.may_decline,
        )
        for one in found.offers
    ]
