"""Files of the slogan round for the staff: the list, the results, the minutes. The audit log says who took which."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from cchc_app.contest import table_query
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.slogan_prizes import award, slogan_quotas
from cchc_app.contest.staffing import Action
from cchc_app.data import audit
from cchc_app.data import slogan_desk as rows
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import Contest
from cchc_app.services.judging_results import RoundsResult
from cchc_app.services.organise_slogans import SloganLine, arranged, every_line, shape
from cchc_app.services.publish_slogans import result_of
from cchc_app.services.score_minutes import MinutesFacts, score_minutes
from cchc_app.services.staff_sessions import acting
from cchc_app.services.workbooks import Cell, Column, Sheet, workbook
from cchc_app.texts import slogan_files as texts
from cchc_app.texts.judging import code_name
from cchc_app.texts.register import bloc_name
from cchc_app.texts.slogan_desk import STATES

# Keys of the contest's content.
ORGANISER, PLACE = "organiser", "place"


def slogan_list_file(db: Database, *, actor: str, asked: Mapping[str, object], now: datetime) -> bytes:
    """The list of units with their slogans as .xlsx: every line the question finds, on whichever page.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.write() as session:
        contest = _taken(session, actor, "slogan_list", now)
        lines = every_line(session, contest.contest_id)
    query = table_query.parse(shape(tuple(dict.fromkeys(line.bloc for line in lines))), asked)
    columns = [Column(*column) for column in texts.LIST_COLUMNS]
    cells = [_line(number, line) for number, line in enumerate(arranged(lines, query), 1)]
    return workbook(Sheet(texts.LIST_SHEET, texts.made_at(now), columns, cells))


def slogan_results_file(db: Database, *, actor: str, now: datetime) -> bytes:
    """The judges' result as .xlsx: a sheet with every slogan, a sheet with every score.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, JUDGING_UNFINISHED before a round was opened.
    """
    with db.write() as session:
        contest = _taken(session, actor, "slogan_results", now)
        result = _result(session, contest.contest_id)
    criteria = result.rules.criteria
    slogans = [Column(*column) for column in texts.RESULT_COLUMNS]
    scores = [Column(*column) for column in texts.SCORE_COLUMNS]
    scores += [Column(texts.criterion(one.name, one.weight), 18) for one in criteria]
    scores += [Column(*column) for column in texts.SCORE_LAST_COLUMNS]
    note = texts.made_at(now) if result.complete else f"{texts.made_at(now)} {texts.UNFINISHED}"
    return workbook(
        Sheet(texts.RESULT_SHEET, note, slogans, _results(result)),
        Sheet(texts.SCORE_SHEET, note, scores, _scores(result)),
    )


def minutes_file(db: Database, *, actor: str, now: datetime) -> bytes:
    """The score minutes as .docx.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, JUDGING_UNFINISHED before a round was opened.
    """
    with db.write() as session:
        contest = _taken(session, actor, "slogan_minutes", now)
        result = _result(session, contest.contest_id)
        row = session.get_one(Contest, contest.contest_id)
        began, ended = rows.judging_span(session, contest.contest_id)
    ranked = [(slogan.rank, slogan.slogan_id) for slogan in result.slogans if slogan.rank is not None]
    facts = MinutesFacts(
        title=row.title,
        organiser=row.content.get(ORGANISER, ""),
        place=row.content.get(PLACE, ""),
        result=result,
        awards=award(ranked, slogan_quotas(contest.rule_set.prizes)),
        opened_at=began,
        closed_at=ended,
    )
    return score_minutes(facts, now=now)


def _taken(session: Session, actor: str, name: str, now: datetime) -> ContestInForce:
    """Nobody takes a file without an entry that says who and when."""
    acting(session, actor=actor, permission=Permission.READ_CONTEST)
    audit.append(session, at=now, actor=actor, action=Action.SLOGAN_FILE_TAKEN, subject=f"file:{name}")
    return contest_in_force(session)


def _result(session: Session, contest_id: int) -> RoundsResult:
    result = result_of(session, contest_id)
    if result is None:
        raise ContestError(ErrorCode.JUDGING_UNFINISHED)
    return result


def _line(number: int, line: SloganLine) -> Sequence[Cell]:
    return (
        number,
        line.unit_code,
        line.unit_name,
        bloc_name(line.bloc),
        STATES[line.state],
        line.text,
        line.words or None,
        line.versions,
        line.changed_at,
        ", ".join(line.representatives),
        line.extended_to,
        line.disqualified_reason,
    )


def _results(result: RoundsResult) -> list[Sequence[Cell]]:
    return [
        (
            slogan.rank,
            code_name(slogan.code_number),
            slogan.text,
            slogan.unit_name,
            slogan.author,
            len(slogan.scores),
            slogan.score,
            None if slogan.score is None else str(slogan.score),
            slogan.spread,
            texts.TALK if slogan.needs_talk else "",
            ", ".join(str(score) for score in slogan.tie_scores),
            texts.TIED if slogan.tied else "",
            "\n".join(texts.note(name, text) for name, text in slogan.notes),
        )
        for slogan in result.slogans
    ]


def _scores(result: RoundsResult) -> list[Sequence[Cell]]:
    codes = [criterion.code for criterion in result.rules.criteria]
    return [
        (
            code_name(slogan.code_number),
            slogan.unit_name,
            one.judge,
            one.display_name,
            *(one.points[code] for code in codes),
            one.total,
            one.comment,
        )
        for slogan in result.slogans
        for one in slogan.scores
    ]
