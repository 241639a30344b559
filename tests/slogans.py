"""Submitted slogans for tests, written straight into the tables: what judging, lists and exports begin with."""

import itertools
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import col, select

from cchc_app.contest.judging import JudgingRules
from cchc_app.data.crypto import keyring
from cchc_app.data.engine import Database
from cchc_app.data.tables import JudgingAssignment, Participant, Slogan, SloganVersion, StaffAccount, Unit
from cchc_app.services.judge_slogans import save_points, submit
from cchc_app.services.judging_desk import desk
from tests.factories import NOW, MadeContest, Person, make_person
from tests.staff import Staffer

# Ten counted words each, and no two of them alike.
WORDS = ("dân", "việc", "phố", "biển", "phượng", "cảng", "sóng", "nắng", "đường", "cầu", "nhà", "hoa")
_serial = itertools.count(1)


@dataclass(frozen=True)
class MadeSlogan:
    """What a test needs to know of a slogan it asked for."""

    id: int
    version_id: int
    unit_id: int
    unit_name: str
    text: str
    explanation: str
    author: str
    writer: Person


def with_units(db: Database, contest: MadeContest, total: int) -> MadeContest:
    """The same contest with so many units in all."""
    with db.write() as session:
        for n in range(len(contest.unit_ids), total):
            session.add(
                Unit(
                    contest_id=contest.contest_id,
                    code=f"U{n}",
                    name=f"UBND xã Đồng Bằng {n:02}",
                    bloc="cap_xa",
                    search_key=f"ubnd xa dong bang {n:02}",
                    position=n,
                    headcount=50,
                    headcount_source="synthetic",
                )
            )
        session.flush()
        ids = session.exec(
            select(Unit.id).where(Unit.contest_id == contest.contest_id).order_by(col(Unit.position))
        ).all()
    return replace(contest, unit_ids=tuple(unit_id or 0 for unit_id in ids))


def make_slogan(
    db: Database,
    contest: MadeContest,
    *,
    unit: int = 0,
    text: str = "",
    explanation: str = "",
    author: str = "",
    author_public: bool = True,
    status: str = "submitted",
    writer: Person | None = None,
) -> MadeSlogan:
    """The slogan of a unit, by its place in `contest.unit_ids`; with status "submitted" as its first version."""
    n = next(_serial)
    said = text or f"Hành chính phục vụ {WORDS[n % len(WORDS)]} gần {WORDS[n // len(WORDS) % len(WORDS)]} số {n}"
    author, explanation = author or f"Tác giả {n}", explanation or f"Thuyết minh {n} của đơn vị"
    writer = writer or make_person(db, contest, unit=unit)
    version_id = 0
    with db.write() as session:
        slogan = Slogan(
            contest_id=contest.contest_id,
            unit_id=contest.unit_ids[unit],
            status=status,
            revision=1,
            draft_text=said,
            draft_explanation=explanation,
            draft_author=author,
            draft_author_public=author_public,
            draft_by=writer.id,
            draft_at=NOW,
            version_number=0 if status == "draft" else 1,
        )
        session.add(slogan)
        session.flush()
        if status != "draft":
            version = SloganVersion(
                slogan_id=slogan.id or 0,
                number=1,
                action=status,
                receipt=f"T26-KH-{n:06}",
                text=said,
                words=len(said.split()),
                explanation=explanation,
                author=author,
                author_public=author_public,
                written_by=writer.id,
                written_at=NOW,
            )
            session.add(version)
            session.flush()
            version_id = version.id or 0
        unit_name = session.get_one(Unit, slogan.unit_id).name
        return MadeSlogan(slogan.id or 0, version_id, slogan.unit_id, unit_name, said, explanation, author, writer)


def make_slogans(db: Database, contest: MadeContest, count: int) -> list[MadeSlogan]:
    """Submitted slogans of the first `count` units."""
    return [make_slogan(db, contest, unit=unit) for unit in range(count)]


def tasks_of(db: Database, staff_id: int) -> list[JudgingAssignment]:
    """A judge's tasks of every round, oldest first."""
    with db.read() as session:
        return list(
            session.exec(
                select(JudgingAssignment)
                .where(JudgingAssignment.staff_id == staff_id)
                .order_by(col(JudgingAssignment.id))
            )
        )


def judge_everything(
    db: Database, judge: Staffer, rules: JudgingRules, points: dict[int, int], *, now: datetime
) -> None:
    """Give every slogan on a judge's desk the same points for every criterion and hand in.

    Args:
        points: By blind number; 5 where it says nothing.
    """
    for task in (task for task in desk(db, actor=judge.username).tasks if not task.submitted):
        for criterion in rules.criteria:
            save_points(
                db,
                actor=judge.username,
                code_number=task.code_number,
                criterion=criterion.code,
                points=points.get(task.code_number, 5),
                now=now,
            )
    submit(db, actor=judge.username, now=now)


def set_declared(db: Database, judge: Staffer, number: str) -> None:
    """Let a judge's account say with which citizen ID its person takes part."""
    with db.write() as session:
        session.get_one(StaffAccount, judge.id).citizen_id_index = keyring().blind_index(number)


def give_number(db: Database, person: Person, number: str) -> None:
    """Let a participant have this citizen ID."""
    with db.write() as session:
        session.get_one(Participant, person.id).citizen_id_index = keyring().blind_index(number)


def codes_by_unit(db: Database) -> dict[int, int]:
    """Blind numbers by unit."""
    with db.read() as session:
        return {unit: code or 0 for unit, code in session.exec(select(Slogan.unit_id, Slogan.code_number))}
