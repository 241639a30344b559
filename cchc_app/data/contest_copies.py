"""Taking over a contest's units and questions into the one that follows it."""

from datetime import datetime

from sqlalchemy import func, insert, literal, select
from sqlmodel import Session, col

from cchc_app.data.quiz import APPROVED
from cchc_app.data.tables import Question, QuestionVersion, Unit, UnitHeadcount


def sizes(session: Session, contest_id: int) -> tuple[int, int]:
    """How many units and how many questions a contest has."""
    return (
        session.execute(select(func.count()).where(col(Unit.contest_id) == contest_id)).scalar_one(),
        session.execute(select(func.count()).where(col(Question.contest_id) == contest_id)).scalar_one(),
    )


def copy_units(session: Session, *, source: int, target: int) -> None:
    """Units with every headcount."""
    session.execute(
        insert(Unit).from_select(
            ["contest_id", "code", "name", "bloc", "search_key", "position"],
            select(
                literal(target),
                col(Unit.code),
                col(Unit.name),
                col(Unit.bloc),
                col(Unit.search_key),
                col(Unit.position),
            )
            .where(col(Unit.contest_id) == source)
            .order_by(col(Unit.position)),
        )
    )
    old, new = Unit.__table__.alias(), Unit.__table__.alias()  # type: ignore[attr-defined]
    session.execute(
        insert(UnitHeadcount).from_select(
            ["unit_id", "effective_from", "headcount", "source", "set_by", "set_at"],
            select(
                new.c.id,
                col(UnitHeadcount.effective_from),
                col(UnitHeadcount.headcount),
                col(UnitHeadcount.source),
                col(UnitHeadcount.set_by),
                col(UnitHeadcount.set_at),
            )
            .join(old, old.c.id == col(UnitHeadcount.unit_id))
            .join(new, (new.c.code == old.c.code) & (new.c.contest_id == target))
            .where(old.c.contest_id == source),
        )
    )


def copy_questions(session: Session, *, source: int, target: int, now: datetime) -> None:
    """Questions in use, each with its approved wording as its first version."""
    in_use = (
        col(Question.contest_id) == source,
        col(Question.status) == APPROVED,
        col(Question.approved_version).is_not(None),
    )
    session.execute(
        insert(Question).from_select(
            [
                "contest_id",
                "code",
                "pool",
                "topic",
                "difficulty",
                "status",
                "approved_version",
                "revision",
                "valid_from",
                "valid_until",
            ],
            select(
                literal(target),
                col(Question.code),
                col(Question.pool),
                col(Question.topic),
                col(Question.difficulty),
                literal(APPROVED),
                literal(1),
                literal(1),
                col(Question.valid_from),
                col(Question.valid_until),
            )
            .where(*in_use)
            .order_by(col(Question.id)),
        )
    )
    old, new = Question.__table__.alias(), Question.__table__.alias()  # type: ignore[attr-defined]
    session.execute(
        insert(QuestionVersion).from_select(
            [
                "question_id",
                "version",
                "stem",
                "options",
                "key",
                "explanation",
                "legal_basis",
                "confidence",
                "written_by",
                "created_at",
            ],
            select(
                new.c.id,
                literal(1),
                col(QuestionVersion.stem),
                col(QuestionVersion.options),
                col(QuestionVersion.key),
                col(QuestionVersion.explanation),
                col(QuestionVersion.legal_basis),
                col(QuestionVersion.confidence),
                col(QuestionVersion.written_by),
                literal(now, QuestionVersion.__table__.c.created_at.type),  # type: ignore[attr-defined]
            )
            .join(old, (old.c.id == col(QuestionVersion.question_id)))
            .join(new, (new.c.code == old.c.code) & (new.c.contest_id == target))
            .where(old.c.contest_id == source, old.c.approved_version == col(QuestionVersion.version)),
        )
    )
