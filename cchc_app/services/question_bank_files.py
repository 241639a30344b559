"""The questions a query finds, as a file. The audit log says who took which."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from cchc_app.contest import table_query
from cchc_app.contest.access import Permission
from cchc_app.contest.staffing import Action
from cchc_app.data import audit
from cchc_app.data import question_bank as rows
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.question_bank import QuestionLine
from cchc_app.services.question_bank import SORTS, filters_of, shape, sorted_topics
from cchc_app.services.question_files import ParsedQuestion, template_xlsx, write_gift, write_moodle_xml, write_xlsx
from cchc_app.services.staff_sessions import acting, reading

_WRITERS: Mapping[str, Callable[[Iterable[ParsedQuestion]], bytes | str]] = {
    "xlsx": write_xlsx,
    "gift": write_gift,
    "xml": write_moodle_xml,
}
KINDS = tuple(_WRITERS)


def question_bank_file(db: Database, *, actor: str, kind: str, asked: Mapping[str, object], now: datetime) -> bytes:
    """Every question the query finds, on whichever page, in its newest wording.

    Args:
        db: Where the bank is.
        actor: Who asks.
        kind: One of `KINDS`.
        asked: The parameters of the table's address.
        now: When (aware).

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.READ_QUESTIONS)
        contest_id = contest_in_force(session).contest_id
        topics = sorted_topics(session, contest_id)
        query = table_query.parse(shape(topics), asked)
        filters = filters_of(db, session, contest_id, query, now=now)
        lines = rows.lines(
            session, contest_id, filters, sort=SORTS[query.sort], topics=topics, descending=query.descending
        )
        audit.append(
            session,
            at=now,
            actor=actor,
            action=Action.QUESTION_FILE_TAKEN,
            subject=f"file:questions.{kind}",
            after={"questions": len(lines)},
        )
    body = _WRITERS[kind](exported(line, row) for row, line in enumerate(lines, 2))
    return body.encode() if isinstance(body, str) else body


def question_template_file(db: Database, *, actor: str) -> bytes:
    """The empty workbook to fill in.

    Raises:
        ContestError: NOT_ALLOWED.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.EDIT_QUESTIONS)
    return template_xlsx()


def exported(line: QuestionLine, row: int) -> ParsedQuestion:
    """A question of the bank as files know it."""
    question, version = line.question, line.version
    return ParsedQuestion(
        row=row,
        code=question.code,
        pool=question.pool,
        topic=question.topic,
        difficulty=question.difficulty,
        stem=version.stem,
        options=tuple(version.options),
        key=tuple(sorted(version.key)),
        explanation=version.explanation,
        legal_basis=version.legal_basis,
        valid_from=question.valid_from,
        valid_until=question.valid_until,
    )
