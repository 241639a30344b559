"""The score minutes (biên bản chấm) of the slogan round as a .docx: every figure the judges' result holds."""

from dataclasses import dataclass
from datetime import datetime

from docx.document import Document as Paper

from cchc_app.contest.slogan_prizes import Award
from cchc_app.services import documents
from cchc_app.services.documents import Letterhead
from cchc_app.services.judging_results import RoundsResult, SloganResult
from cchc_app.texts import minutes as texts
from cchc_app.texts.formats import points_text
from cchc_app.texts.judging import code_name


@dataclass(frozen=True, slots=True)
class MinutesFacts:
    """What minutes are made of.

    Attributes:
        title: Of the contest.
        organiser: The body that holds it.
        place: Where it is; empty leaves room to write it.
        result: Of the judges.
        awards: By the quotas.
        opened_at: When judging began.
        closed_at: When the last round was closed; None while one is open.
    """

    title: str
    organiser: str
    place: str
    result: RoundsResult
    awards: tuple[Award, ...]
    opened_at: datetime
    closed_at: datetime | None


def score_minutes(facts: MinutesFacts, *, now: datetime) -> bytes:
    """The paper, with room for what no machine knows: its number, who took the chair, where they met."""
    paper = documents.new_paper(texts.subject(facts.title), texts.ISSUER, now)
    head = Letterhead(
        above=texts.above(facts.organiser),
        issuer=texts.ISSUER,
        number=texts.NUMBER,
        state=texts.STATE,
        motto=texts.MOTTO,
        place_and_date=texts.place_and_date(facts.place, now),
    )
    documents.letterhead(paper, head)
    documents.name_and_subject(paper, texts.NAME, texts.subject(facts.title))
    labels = _judges(facts.result)
    if not facts.result.complete:
        documents.sentence(paper, texts.UNFINISHED)
    documents.heading(paper, texts.PART_WHEN)
    documents.sentence(paper, texts.judged_between(facts.opened_at, facts.closed_at))
    documents.heading(paper, texts.PART_WHO)
    for line in (texts.CHAIR, texts.SECRETARY_LINE, texts.judges(list(labels.values()))):
        documents.sentence(paper, line)
    documents.heading(paper, texts.PART_HOW)
    for line in texts.how(facts.result.rules, len(facts.result.slogans)):
        documents.sentence(paper, line)
    short = {judge: texts.judge_label(number) for number, judge in enumerate(labels, 1)}
    documents.heading(paper, texts.PART_POINTS)
    _results(paper, facts.result, short)
    documents.heading(paper, texts.PART_DETAIL)
    _details(paper, facts.result, short)
    _talk_and_end(paper, facts)
    documents.signatures(paper, (texts.SECRETARY, ""), (texts.CHAIRPERSON, ""))
    documents.signatures(paper, (texts.JUDGES, "\n".join(labels.values())))
    documents.recipients(paper, texts.RECIPIENTS, texts.RECIPIENT_LINES)
    return documents.as_bytes(paper)


def _judges(result: RoundsResult) -> dict[str, str]:
    """Every judge's name by username, in one order for all tables."""
    found = {score.judge: score.display_name for slogan in result.slogans for score in slogan.scores}
    return {judge: found[judge] for judge in sorted(found)}


def _results(paper: Paper, result: RoundsResult, short: dict[str, str]) -> None:
    rows = [
        (
            texts.NO_RANK if slogan.rank is None else str(slogan.rank),
            code_name(slogan.code_number),
            f"{slogan.text}\n({slogan.unit_name})",
            "\n".join(texts.judge_points(short[one.judge], points_text(one.total)) for one in slogan.scores),
            texts.NO_RANK if slogan.score is None else points_text(slogan.score),
            "\n".join(map(points_text, slogan.tie_scores)) or texts.NO_RANK,
        )
        for slogan in result.slogans
    ]
    columns = (
        texts.COLUMN_RANK,
        texts.COLUMN_CODE,
        texts.COLUMN_TEXT,
        texts.COLUMN_JUDGES,
        texts.COLUMN_SCORE,
        texts.COLUMN_TIE,
    )
    documents.grid(paper, columns, rows, widths_mm=(14, 21, 64, 27, 17, 17), left=(2,))


def _details(paper: Paper, result: RoundsResult, short: dict[str, str]) -> None:
    codes = [criterion.code for criterion in result.rules.criteria]
    rows = [
        (
            code_name(slogan.code_number),
            short[one.judge],
            *(str(one.points[code]) for code in codes),
            points_text(one.total),
        )
        for slogan in result.slogans
        for one in slogan.scores
    ]
    heads = [texts.criterion_label(number) for number in range(1, len(codes) + 1)]
    each = (documents.TEXT_WIDTH_MM - 25 - 30 - 25) // len(codes)
    documents.grid(
        paper,
        (texts.COLUMN_CODE, texts.COLUMN_JUDGE, *heads, texts.COLUMN_TOTAL),
        rows,
        widths_mm=(25, 30, *(each for _ in codes), 25),
        left=(),
    )


def _talk_and_end(paper: Paper, facts: MinutesFacts) -> None:
    documents.heading(paper, texts.PART_TALK)
    notes = [
        texts.note_line(code_name(slogan.code_number), name, text)
        for slogan in facts.result.slogans
        for name, text in slogan.notes
    ]
    for line in notes or [texts.NO_TALK]:
        documents.sentence(paper, line)
    documents.heading(paper, texts.PART_END)
    for line in _conclusions(facts):
        documents.sentence(paper, line)
    documents.sentence(paper, texts.CLOSING)


def _conclusions(facts: MinutesFacts) -> list[str]:
    by_id = {slogan.slogan_id: slogan for slogan in facts.result.slogans}
    lines: list[str] = []
    won: dict[str, list[str]] = {}
    ties: list[str] = []
    for award in facts.awards:
        items = [_item(by_id[slogan_id]) for slogan_id in award.members]
        if award.is_settled:
            won.setdefault(award.prizes[0], []).extend(items)
        else:
            ties.append(texts.tie_line([prize for prize in award.prizes if prize], items))
    lines += [texts.prize_line(prize, items) for prize, items in won.items()] + ties
    out = [code_name(slogan.code_number) for slogan in facts.result.slogans if slogan.rank is None]
    if facts.result.complete and out:
        lines.append(texts.disqualified_line(out))
    return lines or [texts.NO_PRIZES]


def _item(slogan: SloganResult) -> str:
    return texts.item(code_name(slogan.code_number), slogan.unit_name)
