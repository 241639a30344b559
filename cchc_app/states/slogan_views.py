"""What the slogan page shows, in words: the round, the unit, a text, something handed in."""

from dataclasses import dataclass

from cchc_app.contest.schedule import Phase
from cchc_app.contest.slogans import Status, Writing
from cchc_app.data.slogans import VersionLine
from cchc_app.data.types import to_millis
from cchc_app.services.slogan_page import SloganPage, UnitSlogan
from cchc_app.states.clock import server_now
from cchc_app.texts import home as home_texts
from cchc_app.texts import slogan as texts


@dataclass
class RoundCard:
    """The round in words; the defaults stand in the HTML before any script runs."""

    text: str = home_texts.slogan_text((10, 20))
    status: str = texts.STATUS[Phase.UPCOMING]
    deadline: str = ""
    is_open: bool = False
    is_closed: bool = False
    deadline_ms: int = 0
    server_now_ms: int = 0
    allowed: str = ""
    limits: str = "10|20|300"  # for the counter in the browser


@dataclass
class UnitCard:
    """The unit's state, as everybody of the unit may know it."""

    name: str = ""
    writers: str = ""
    status: str = ""
    tone: str = "plain"
    disqualified: str = ""


@dataclass
class WritingView:
    """A text with what belongs to it: the draft, the other's draft, what is about to be handed in."""

    text: str = ""
    explanation: str = ""
    author: str = ""
    author_public: bool = False
    revision: int = 0
    said: str = ""


@dataclass
class VersionView:
    """One thing handed in or withdrawn."""

    title: str = ""
    text: str = ""
    line: str = ""
    author: str = ""
    explanation: str = ""
    receipt: str = ""
    words: str = ""
    handed_in: str = ""


def round_card(found: SloganPage) -> RoundCard:
    """The round in words."""
    round_ = found.round
    rules = round_.rules
    return RoundCard(
        text=home_texts.slogan_text((rules.min_words, rules.max_words)),
        status=texts.STATUS[round_.phase],
        deadline=texts.deadline(round_.phase, round_.opens_at, round_.closes_at),
        is_open=round_.phase is Phase.OPEN,
        is_closed=round_.phase is Phase.CLOSED,
        deadline_ms=to_millis(round_.closes_at),
        server_now_ms=to_millis(server_now()),
        allowed=texts.limits(rules),
        limits=f"{rules.min_words}|{rules.max_words}|{rules.explanation_max_words}",
    )


def unit_card(unit: UnitSlogan) -> UnitCard:
    """The unit's state in words."""
    status, tone = texts.UNIT_STATES[unit.status]
    return UnitCard(unit.unit_name, texts.writers(unit.writers), status, tone, unit.disqualified)


def writing_view(writing: Writing, *, revision: int, said: str = "") -> WritingView:
    """A text as the page holds it."""
    return WritingView(
        writing.text, writing.explanation, writing.author, writing.author_public, revision=revision, said=said
    )


def version_view(line: VersionLine) -> VersionView:
    """One thing handed in or withdrawn, in words."""
    return VersionView(
        title=texts.version_title(line.number, Status(line.action)),
        text=line.text,
        line=texts.version_line(line.writer, line.written_at, line.words),
        author=texts.author(line.author, public=line.author_public),
        explanation=line.explanation,
        receipt=line.receipt,
        words=texts.words(line.words),
        handed_in=texts.handed_in(line.writer, line.written_at),
    )
