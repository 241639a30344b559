"""No look at a full citizen ID without its entry in the log."""

import pytest
from sqlmodel import select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.data import audit
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuditEntry, Participant
from cchc_app.services.reveal_citizen_id import reveal_citizen_id
from tests.factories import NOW, Person, make_contest, make_person
from tests.staff import make_staff

WHY = "Đối chiếu trước khi trao giải"


def look(db: Database, actor: str, person: Person, reason: str = WHY) -> str:
    return reveal_citizen_id(db, actor=actor, participant_id=person.id, reason=reason, now=NOW)


def entries(db: Database) -> list[AuditEntry]:
    with db.read() as session:
        return list(session.exec(select(AuditEntry)))


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.AUDITOR])
def test_a_look_is_logged_without_the_number(db: Database, role: Role) -> None:
    person, staffer = make_person(db, make_contest(db)), make_staff(db, role)
    number = look(db, staffer.username, person)
    with db.read() as session:
        assert number == session.get_one(Participant, person.id).citizen_id
    [entry] = entries(db)
    assert (entry.actor, entry.action, entry.subject) == (
        staffer.username,
        Action.CITIZEN_ID_REVEALED,
        f"participant:{person.id}",
    )
    assert WHY in entry.after
    assert number not in repr(entry)


@pytest.mark.parametrize("role", [Role.JUDGE, Role.QUESTION_EDITOR, Role.ADMINISTRATOR])
def test_others_see_nothing(db: Database, role: Role) -> None:
    person, staffer = make_person(db, make_contest(db)), make_staff(db, role)
    with pytest.raises(ContestError) as refused:
        look(db, staffer.username, person)
    assert (refused.value.code, entries(db)) == (ErrorCode.NOT_ALLOWED, [])


@pytest.mark.parametrize("reason", ["", "  ", "\u200b", "\x00\x07"])
def test_no_look_without_a_reason(db: Database, reason: str) -> None:
    person, staffer = make_person(db, make_contest(db)), make_staff(db, Role.ORGANISER)
    with pytest.raises(ContestError) as refused:
        look(db, staffer.username, person, reason)
    assert (refused.value.code, entries(db)) == (ErrorCode.REASON_MISSING, [])


def test_nobodys_number(db: Database) -> None:
    make_contest(db)
    staffer = make_staff(db, Role.ORGANISER)
    with pytest.raises(ContestError) as refused:
        reveal_citizen_id(db, actor=staffer.username, participant_id=999, reason=WHY, now=NOW)
    assert (refused.value.code, entries(db)) == (ErrorCode.PARTICIPANT_UNKNOWN, [])


def test_what_cannot_be_logged_is_not_shown(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    person, staffer = make_person(db, make_contest(db)), make_staff(db, Role.ORGANISER)

    def full(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(audit, "append", full)
    with pytest.raises(OSError, match="disk full"):
        look(db, staffer.username, person)
