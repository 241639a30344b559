"""The question bank as a table: searched without accents, filtered, sorted, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from sqlmodel import Session

from cchc_app.contest import table_query
from cchc_app.contest.access import Permission
from cchc_app.contest.question_states import QuestionState, waits
from cchc_app.contest.table_query import TableQuery, TableShape
from cchc_app.contest.text import collation_key, fold
from cchc_app.data import question_bank as rows
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.question_bank import Filters, QuestionLine
from cchc_app.data.quiz import POOLS, QuestionText, cached_question_texts
from cchc_app.services.staff_sessions import reading
from cchc_app.texts.formats import local

# Names in addresses of the filters and the columns.
POOL, TOPIC, DIFFICULTY, STATE, VALIDITY = "nhom", "chu-de", "do-kho", "trang-thai", "hieu-luc"
SORTS = {
    "ma": rows.BY_CODE,
    "chu-de": rows.BY_TOPIC,
    "do-kho": rows.BY_DIFFICULTY,
    "trang-thai": rows.BY_STATE,
    "luc": rows.BY_CHANGE,
}
STATES = {
    "nhap": QuestionState.DRAFT.value,
    "cho-duyet": rows.WAITING,
    "da-duyet": QuestionState.APPROVED.value,
    "ngung": QuestionState.RETIRED.value,
}
VALIDITIES = {"dang": rows.IN_FORCE, "sap": rows.TO_COME, "het": rows.OVER}
DIFFICULTIES = ("1", "2", "3")


@dataclass(frozen=True, slots=True)
class BankLine:
    """One question with its newest wording.

    Attributes:
        waits: The newest version waits for its second person.
        changed_at: When the newest version was written.
    """

    code: str
    pool: str
    topic: str
    difficulty: int
    state: QuestionState
    waits: bool
    stem: str
    version: int
    approved_version: int | None
    valid_from: date | None
    valid_until: date | None
    written_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class BankTable:
    """A page of the bank.

    Attributes:
        lines: Of this page.
        found: How many questions the query finds on all pages.
        count: How many there are at all.
        query: The question as it was answered: a page beyond the last is the last.
        counts: By state, and by `rows.WAITING`; whatever was asked.
        topics: Those there are, in the order of the language.
    """

    lines: tuple[BankLine, ...]
    found: int
    count: int
    query: TableQuery
    counts: Mapping[str, int]
    topics: tuple[str, ...]


def shape(topics: Sequence[str]) -> TableShape:
    """What the table can be asked for."""
    filters = {
        POOL: tuple(POOLS.values()),
        TOPIC: tuple(topics),
        DIFFICULTY: DIFFICULTIES,
        STATE: tuple(STATES),
        VALIDITY: tuple(VALIDITIES),
    }
    return TableShape(sorts=tuple(SORTS), filters=filters)


def bank_table(db: Database, *, actor: str, asked: Mapping[str, object], now: datetime) -> BankTable:
    """The page of the bank an address asks for; as many queries for one question as for thousands.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_QUESTIONS)
        contest_id = contest_in_force(session).contest_id
        topics = sorted_topics(session, contest_id)
        ways = shape(topics)
        query = table_query.parse(ways, asked)
        filters = filters_of(db, session, contest_id, query, now=now)
        found = rows.count(session, contest_id, filters)
        query = query.on_page(min(query.page, table_query.page_count(ways, found)))
        counts = rows.counts_by_state(session, contest_id)
        lines = rows.lines(
            session,
            contest_id,
            filters,
            sort=SORTS[query.sort],
            topics=topics,
            descending=query.descending,
            limit=ways.page_size,
            offset=(query.page - 1) * ways.page_size,
        )
    total = sum(number for state, number in counts.items() if state != rows.WAITING)
    return BankTable(tuple(bank_line(line) for line in lines), found, total, query, counts, tuple(topics))


def sorted_topics(session: Session, contest_id: int) -> list[str]:
    """Every topic of the bank, in the order of the language."""
    return sorted(rows.topics(session, contest_id), key=collation_key)


def filters_of(db: Database, session: Session, contest_id: int, query: TableQuery, *, now: datetime) -> Filters:
    """What a question of an address means for the rows, its search included."""
    chosen = query.filters
    difficulty = chosen.get(DIFFICULTY)
    filters = Filters(
        on=local(now).date(),
        pool=chosen.get(POOL, ""),
        topic=chosen.get(TOPIC, ""),
        difficulty=int(difficulty) if difficulty else None,
        state=STATES.get(chosen.get(STATE, ""), ""),
        validity=VALIDITIES.get(chosen.get(VALIDITY, ""), ""),
    )
    wanted = fold(query.search)
    if not wanted:
        return filters
    known = rows.wordings(session, contest_id, filters)
    # Wordings never change: they are read and folded once in the life of a process.
    texts = cached_question_texts(db, [version_id for _, version_id, _ in known])
    found = [
        question_id
        for question_id, version_id, code in known
        if wanted in fold(code) or wanted in _search_key(texts[version_id])
    ]
    return replace(filters, ids=found)


@lru_cache(maxsize=50_000)
def _search_key(text: QuestionText) -> str:
    return fold("\n".join((text.stem, *text.options, text.legal_basis)))


def bank_line(line: QuestionLine) -> BankLine:
    """A row as a value."""
    question, version = line.question, line.version
    state = QuestionState(question.status)
    return BankLine(
        code=question.code,
        pool=question.pool,
        topic=question.topic,
        difficulty=question.difficulty,
        state=state,
        waits=waits(state=state, newest=version.version, approved=question.approved_version),
        stem=version.stem,
        version=version.version,
        approved_version=question.approved_version,
        valid_from=question.valid_from,
        valid_until=question.valid_until,
        written_by=version.written_by,
        changed_at=version.created_at,
    )
