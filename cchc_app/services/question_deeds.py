"""Questions approved by a second person, retired, restored, moved to another topic: one or many at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from cchc_app.contest import table_query
from cchc_app.contest.access import Permission
from cchc_app.contest.characters import canonical
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.question_states import QuestionDeed, QuestionState, check_approval, restored
from cchc_app.contest.staffing import Action
from cchc_app.data import audit
from cchc_app.data import question_bank as rows
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import Question, QuestionVersion
from cchc_app.services.question_bank import filters_of, shape, sorted_topics
from cchc_app.services.staff_sessions import acting, reading

MOST_AT_ONCE = 2_000
LONGEST_TOPIC = 200
ACTIONS = {
    QuestionDeed.APPROVED: Action.QUESTIONS_APPROVED,
    QuestionDeed.RETIRED: Action.QUESTIONS_RETIRED,
    QuestionDeed.RESTORED: Action.QUESTIONS_RESTORED,
    QuestionDeed.MOVED: Action.QUESTIONS_MOVED,
}


@dataclass(frozen=True, slots=True)
class DeedResult:
    """What became of the chosen questions: codes done, codes left as they are with the reason."""

    done: tuple[str, ...]
    refused: tuple[tuple[str, ErrorCode], ...]


def found_questions(db: Database, *, actor: str, asked: Mapping[str, object], now: datetime) -> dict[str, int]:
    """Every question a query finds: number of the newest version by code.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, QUESTIONS_TOO_MANY.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_QUESTIONS)
        contest_id = contest_in_force(session).contest_id
        query = table_query.parse(shape(sorted_topics(session, contest_id)), asked)
        filters = filters_of(db, session, contest_id, query, now=now)
        if rows.count(session, contest_id, filters) > MOST_AT_ONCE:
            raise ContestError(ErrorCode.QUESTIONS_TOO_MANY, most=MOST_AT_ONCE)
        found = rows.lines(session, contest_id, filters)
    return {line.question.code: line.version.version for line in found}


def do_to_questions(
    db: Database, *, actor: str, deed: QuestionDeed, chosen: Mapping[str, int], topic: str = "", now: datetime
) -> DeedResult:
    """Do one thing to the chosen questions; what cannot be done to one leaves it as it is and is told.

    Args:
        db: Where the bank is.
        actor: Who does it.
        deed: One of `ACTIONS`.
        chosen: The version that was seen, by code.
        topic: Where to, for MOVED.
        now: When (aware).

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING, QUESTIONS_NOT_CHOSEN, QUESTIONS_TOO_MANY, TOPIC_MISSING.
    """
    wanted_topic = _topic(topic) if deed is QuestionDeed.MOVED else ""
    if not chosen:
        raise ContestError(ErrorCode.QUESTIONS_NOT_CHOSEN)
    if len(chosen) > MOST_AT_ONCE:
        raise ContestError(ErrorCode.QUESTIONS_TOO_MANY, most=MOST_AT_ONCE)
    done: list[str] = []
    refused: list[tuple[str, ErrorCode]] = []
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.EDIT_QUESTIONS)
        found = rows.lock(session, contest_in_force(session).contest_id, chosen)
        newest = rows.newest_versions(session, [question.id or 0 for question in found])
        for question in found:
            version = newest[question.id or 0]
            try:
                _do(deed, question, version, actor=actor, seen=chosen[question.code], topic=wanted_topic)
            except ContestError as error:
                refused.append((question.code, error.code))
                continue
            done.append(question.code)
            _keep(session, question, version.version, deed, actor, now, wanted_topic)
        missing = set(chosen) - {question.code for question in found}
        refused += [(code, ErrorCode.QUESTION_UNKNOWN) for code in sorted(missing)]
        if done:
            _log(session, deed, done, wanted_topic, actor, now)
    return DeedResult(tuple(done), tuple(refused))


def _topic(typed: str) -> str:
    topic = canonical(typed)
    if not topic:
        raise ContestError(ErrorCode.TOPIC_MISSING)
    if len(topic) > LONGEST_TOPIC:
        raise ContestError(ErrorCode.TEXT_TOO_LONG, length=len(topic), limit=LONGEST_TOPIC)
    return topic


def _do(deed: QuestionDeed, question: Question, version: QuestionVersion, *, actor: str, seen: int, topic: str) -> None:
    state = QuestionState(question.status)
    match deed:
        case QuestionDeed.APPROVED:
            check_approval(
                state=state,
                newest=version.version,
                approved=question.approved_version,
                written_by=version.written_by,
                actor=actor,
                seen=seen,
            )
            question.status, question.approved_version = QuestionState.APPROVED.value, version.version
        case QuestionDeed.RETIRED:
            if state is QuestionState.RETIRED:
                raise ContestError(ErrorCode.QUESTION_RETIRED)
            question.status = QuestionState.RETIRED.value
        case QuestionDeed.RESTORED:
            if state is not QuestionState.RETIRED:
                raise ContestError(ErrorCode.QUESTION_NOT_RETIRED)
            question.status = restored(approved=question.approved_version).value
        case QuestionDeed.MOVED:
            question.topic = topic


def _keep(
    session: Session, question: Question, version: int, deed: QuestionDeed, actor: str, now: datetime, text: str
) -> None:
    question.revision += 1
    session.add(question)
    rows.note(session, question, version=version, action=deed, by=actor, at=now, text=text)


def _log(session: Session, deed: QuestionDeed, codes: list[str], topic: str, actor: str, now: datetime) -> None:
    session.flush()
    after: dict[str, object] = {"questions": len(codes), "codes": ", ".join(codes)}
    subject = f"question:{codes[0]}" if len(codes) == 1 else "questions"
    audit.append(
        session,
        at=now,
        actor=actor,
        action=ACTIONS[deed],
        subject=subject,
        after=after | ({"topic": topic} if topic else {}),
    )
