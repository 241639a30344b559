"""Papers with real answers for tests of official results: written, handed in and marked the way real ones are."""

from datetime import datetime, timedelta

from sqlmodel import select

from cchc_app.data.engine import Database
from cchc_app.data.quiz import COUNTED, OPEN
from cchc_app.data.tables import Answer, Attempt, QuestionVersion, RuleSetVersion
from cchc_app.services.close_board import Check, CloseWish, check, close
from cchc_app.services.take_quiz import finish
from tests.factories import MINUTE_MS, MadeContest, Person, _serial
from tests.staff import Staffer


def nothing(_done: int, _total: int) -> None:
    """Nobody watches the progress."""


def sit_paper(
    db: Database,
    contest: MadeContest,
    person: Person,
    *,
    week: int = 1,
    right: int = 0,
    used_ms: int = MINUTE_MS,
    started_at: datetime | None = None,
    number: int = 1,
    prediction: int | None = None,
    hand_in: bool = True,
) -> str:
    """A paper of four questions of which `right` are answered right and one more wrong; returns its receipt."""
    period = contest.rule_set.periods[week - 1]
    began = started_at or period.opens_at
    with db.write() as session:
        versions = session.exec(select(QuestionVersion).order_by(QuestionVersion.id).limit(4)).all()  # type: ignore[arg-type]
        attempt = Attempt(
            participant_id=person.id,
            period_id=contest.period_ids[week],
            rule_set_id=session.exec(select(RuleSetVersion.id)).first() or 0,
            kind=COUNTED,
            number=number,
            receipt=f"T26-W{week}-{next(_serial):06}",
            seed="",
            paper=[[version.id, [3, 1, 0, 2]] for version in versions],
            feedback=period.feedback,
            status=OPEN,
            started_at=began,
            deadline_at=began + timedelta(minutes=10),
            grace_ms=3_000,
        )
        session.add(attempt)
        session.flush()
        for position, version in enumerate(versions[: right + 1]):
            option = version.key[0] if position < right else (version.key[0] + 1) % 4
            session.add(
                Answer(
                    attempt_id=attempt.id or 0,
                    position=position,
                    option=option,
                    correct=position < right,
                    final=True,
                    answered_at=began + timedelta(milliseconds=position + 1),
                )
            )
        receipt = attempt.receipt
    if hand_in:
        finish(
            db,
            participant_id=person.id,
            receipt=receipt,
            now=began + timedelta(milliseconds=used_ms),
            prediction=prediction,
        )
    return receipt


def after_week(contest: MadeContest, week: int) -> datetime:
    """An instant at which a week can be closed."""
    return contest.rule_set.periods[week - 1].closes_at + timedelta(minutes=1)


def after_all(contest: MadeContest) -> datetime:
    """An instant at which everything can be closed."""
    return contest.rule_set.periods[-1].closes_at + timedelta(minutes=1)


def checked(db: Database, staffer: Staffer, board: int, *, now: datetime) -> Check:
    """What closing would freeze."""
    return check(db, actor=staffer.username, board=board, now=now, progress=nothing)


def wish(seen: Check, staffer: Staffer, *, now: datetime, reason: str = "", acknowledged: bool = False) -> CloseWish:
    """What an organiser sends after a check."""
    return CloseWish(
        board=seen.board,
        version=seen.version,
        digest=seen.digest,
        acknowledged=acknowledged,
        reason=reason,
        code=staffer.code(now),
    )


def close_board(
    db: Database, staffer: Staffer, board: int, *, now: datetime, reason: str = "", acknowledged: bool = False
) -> int:
    """Check and close; `now` must be in another half minute than the last code of this member of staff."""
    seen = checked(db, staffer, board, now=now)
    wanted = wish(seen, staffer, now=now, reason=reason, acknowledged=acknowledged)
    return close(db, actor=staffer.username, wish=wanted, now=now, progress=nothing)
