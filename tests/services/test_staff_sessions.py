"""Sessions of the staff: shorter than participants', over at once when signed out or disabled."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import col, func, select

from cchc_app.contest.access import Permission, Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.crypto import token_hash
from cchc_app.data.engine import Database
from cchc_app.data.tables import StaffSession, StaffTicket
from cchc_app.services.sessions import purge, viewer
from cchc_app.services.staff_accounts import change_role, set_disabled
from cchc_app.services.staff_sessions import (
    acting,
    issue_session_ticket,
    redeem,
    staff_sign_out,
    staff_viewer,
)
from tests.factories import NOW, make_contest, make_person
from tests.staff import Staffer, make_staff

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MILLISECOND = timedelta(milliseconds=1)


def ticket_of(db: Database, staffer: Staffer) -> str:
    with db.write() as session:
        return issue_session_ticket(session, staff_id=staffer.id, now=NOW)


def signed_in(db: Database, staffer: Staffer) -> str:
    return token_hash(redeem(db, ticket=ticket_of(db, staffer), now=NOW).token)


def is_live(db: Database, hashed: str, after: timedelta) -> bool:
    return staff_viewer(db, token_hash=hashed, now=NOW + after) is not None


def test_a_ticket_serves_once_and_for_thirty_seconds(db: Database) -> None:
    staffer = make_staff(db)
    late, ticket = ticket_of(db, staffer), ticket_of(db, staffer)
    redeem(db, ticket=ticket, now=NOW + 30 * SECOND - MILLISECOND)
    for spent, after in ((ticket, SECOND), (late, 30 * SECOND), ("", SECOND), ("made up", SECOND)):
        with pytest.raises(ContestError) as refused:
            redeem(db, ticket=spent, now=NOW + after)
        assert refused.value.code is ErrorCode.TICKET_INVALID


def test_a_ticket_redeemed_ten_times_at_once_makes_one_session(db: Database) -> None:
    ticket = ticket_of(db, make_staff(db))

    def attempt(_: int) -> bool:
        try:
            redeem(db, ticket=ticket, now=NOW)
        except ContestError:
            return False
        return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(attempt, range(10))) == 1


def test_idle_sessions_end_after_half_an_hour(db: Database) -> None:
    hashed = signed_in(db, make_staff(db))
    assert is_live(db, hashed, 30 * MINUTE - MILLISECOND)
    assert is_live(db, hashed, 60 * MINUTE - 2 * MILLISECOND)
    assert not is_live(db, hashed, 90 * MINUTE)


def test_sessions_in_use_end_after_twelve_hours(db: Database) -> None:
    hashed = signed_in(db, make_staff(db))
    assert all(is_live(db, hashed, n * 20 * MINUTE) for n in range(1, 36))
    assert is_live(db, hashed, 12 * HOUR - MILLISECOND)
    assert not is_live(db, hashed, 12 * HOUR)


def test_disabled_people_are_out_at_once_and_stay_out(db: Database) -> None:
    admin, staffer = make_staff(db), make_staff(db, Role.JUDGE)
    for n, disabled in enumerate((True, False)):
        now = NOW + n * MINUTE
        set_disabled(
            db, actor=admin.username, username=staffer.username, disabled=disabled, code=admin.code(now), now=now
        )
        assert not is_live(db, staffer.token_hash, n * MINUTE)  # enabling opens no old session again


def test_another_role_ends_every_session(db: Database) -> None:
    admin, staffer = make_staff(db), make_staff(db, Role.AUDITOR)
    code = admin.code(NOW)
    change_role(db, actor=admin.username, username=staffer.username, role="judge", code=code, now=NOW)
    assert not is_live(db, staffer.token_hash, 0 * MINUTE)
    found = staff_viewer(db, token_hash=signed_in(db, staffer), now=NOW)
    assert found is not None
    assert (found.may(Permission.READ_AUDIT_LOG), found.may(Permission.JUDGE_SLOGANS)) == (False, True)


def test_sign_out_ends_one_browser(db: Database) -> None:
    staffer = make_staff(db)
    other = signed_in(db, staffer)
    staff_sign_out(db, token_hash=staffer.token_hash, now=NOW)
    staff_sign_out(db, token_hash=staffer.token_hash, now=NOW)
    staff_sign_out(db, token_hash="unknown", now=NOW)
    assert (is_live(db, staffer.token_hash, SECOND), is_live(db, other, SECOND)) == (False, True)


def test_the_two_doors_know_nothing_of_each_other(db: Database) -> None:
    person, staffer = make_person(db, make_contest(db)), make_staff(db)
    assert staff_viewer(db, token_hash=person.token_hash, now=NOW) is None
    assert viewer(db, token_hash=staffer.token_hash, now=NOW) is None


@pytest.mark.parametrize("role", [Role.JUDGE, Role.QUESTION_EDITOR, Role.ORGANISER, Role.AUDITOR])
def test_acting_is_refused_without_the_permission(db: Database, role: Role) -> None:
    staffer = make_staff(db, role)
    for actor in (staffer.username, "nobody"):
        with pytest.raises(ContestError) as refused, db.write() as session:
            acting(session, actor=actor, permission=Permission.MANAGE_STAFF)
        assert refused.value.code is ErrorCode.NOT_ALLOWED


def test_purge_deletes_what_is_over_and_nothing_else(db: Database) -> None:
    staffer = make_staff(db)
    fresh = make_staff(db, now=NOW + 8 * DAY)
    ticket_of(db, staffer)
    purge(db, now=NOW + 8 * DAY)
    with db.read() as session:
        assert session.exec(select(col(StaffSession.token_hash))).all() == [fresh.token_hash]
        assert session.exec(select(func.count()).select_from(StaffTicket)).one() == 0
