"""A lost password or second factor: a link by which the account gets new ones; the old ones stop, everywhere."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pyotp import TOTP
from sqlmodel import col, select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuditEntry, RecoveryCode, StaffAccount
from cchc_app.services.accept_invitation import Acceptance, accept_invitation, enrolment
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.staff_accounts import create_admin, offer_reset, set_disabled, staff_list
from cchc_app.services.staff_sessions import staff_viewer
from cchc_app.services.staff_sign_in import check_staff_code, check_staff_password
from cchc_app.services.throttle import get_throttle
from tests.factories import NOW
from tests.staff import PASSWORD, STEP, Staffer, make_staff

ADDRESS = "192.0.2.1"
NEW = "bốn mùa thuyền giấy 73 lạ"
HERE = {"address": ADDRESS, "now": NOW}


@pytest.fixture(autouse=True)
def _fresh_throttle() -> None:
    get_throttle.cache_clear()


def offered(db: Database, admin: Staffer, other: Staffer, *, at: int = 0) -> str:
    now = NOW + at * STEP
    return offer_reset(db, actor=admin.username, username=other.username, code=admin.code(now), now=now).token


async def accept(db: Database, token: str, **changes: str) -> tuple[tuple[str, ...], str]:
    """The recovery codes and the new secret."""
    secret = enrolment(db, token=token, **HERE).secret
    form = Acceptance(password=NEW, password_again=NEW, code=TOTP(secret).at(NOW))
    return await accept_invitation(db, replace(form, **changes), token=token, **HERE), secret


async def refusal(work) -> ErrorCode:
    with pytest.raises(ContestError) as refused:
        await work
    return refused.value.code


async def test_new_password_factor_and_codes(db: Database) -> None:
    admin, other = make_staff(db), make_staff(db, Role.JUDGE, username="lan.nguyen")
    token = offered(db, admin, other)
    shown = enrolment(db, token=token, **HERE)
    assert (shown.role, shown.username, shown.secret != other.secret) == (Role.JUDGE, "lan.nguyen", True)
    codes, secret = await accept(db, token, username="admin.khac", citizen_id="031085012345")
    ticket = await check_staff_password(db, username="lan.nguyen", password=NEW, **HERE)
    later = NOW + STEP
    assert await check_staff_code(db, ticket=ticket, code=TOTP(secret).at(later), address=ADDRESS, now=later)
    ticket = await check_staff_password(db, username="lan.nguyen", password=NEW, **HERE)
    assert await check_staff_code(db, ticket=ticket, code=codes[0], **HERE)
    with db.read() as session:
        account = session.get_one(StaffAccount, other.id)
        assert (account.role, account.display_name, account.citizen_id_index) == ("judge", "Trần Thị Hà", None)
        found = session.exec(select(AuditEntry).order_by(col(AuditEntry.seq)).limit(2)).all()
    assert [(one.actor, one.action, one.subject) for one in found] == [
        (admin.username, Action.RESET_OFFERED, "staff:lan.nguyen"),
        ("lan.nguyen", Action.RESET_DONE, "staff:lan.nguyen"),
    ]


async def test_everything_old_stops(db: Database) -> None:
    admin, other = make_staff(db), make_staff(db, username="lan.nguyen")
    first, _ = await accept(db, offered(db, admin, other))
    half_way = await check_staff_password(db, username="lan.nguyen", password=NEW, **HERE)
    token = offered(db, admin, other, at=1)
    assert await check_staff_password(db, username="lan.nguyen", password=NEW, **HERE)  # serves until the link is used
    second, secret = await accept(db, token, password=PASSWORD, password_again=PASSWORD)
    assert staff_viewer(db, token_hash=other.token_hash, now=NOW) is None
    assert await refusal(check_staff_code(db, ticket=half_way, code=TOTP(secret).at(NOW + STEP), **HERE)) is (
        ErrorCode.TICKET_INVALID
    )
    ticket = await check_staff_password(db, username="lan.nguyen", password=PASSWORD, **HERE)
    for dead in (first[1], other.code(NOW + STEP)):
        assert await refusal(check_staff_code(db, ticket=ticket, code=dead, **HERE)) is ErrorCode.CODE_WRONG
    assert await refusal(check_staff_password(db, username="lan.nguyen", password=NEW, **HERE)) is (
        ErrorCode.STAFF_SIGN_IN_FAILED
    )
    with db.read() as session:
        assert len(session.exec(select(RecoveryCode)).all()) == len(second)


async def test_of_several_links_the_newest_serves_once(db: Database) -> None:
    admin, other = make_staff(db), make_staff(db, Role.JUDGE)
    old, new = offered(db, admin, other), offered(db, admin, other, at=1)
    assert [one.resets for one in staff_list(db, actor=admin.username, now=NOW).invitations] == [other.username]
    assert await refusal(accept(db, old)) is ErrorCode.INVITATION_INVALID
    await accept(db, new)
    assert await refusal(accept(db, new)) is ErrorCode.INVITATION_INVALID


async def test_a_link_is_over_after_a_day(db: Database) -> None:
    admin, other = make_staff(db), make_staff(db, Role.JUDGE)
    token = offered(db, admin, other)
    with pytest.raises(ContestError):
        enrolment(db, token=token, address=ADDRESS, now=NOW + timedelta(hours=24))


async def test_a_lock_of_the_door_is_lifted(db: Database) -> None:
    admin, other = make_staff(db), make_staff(db, username="lan.nguyen")
    for _ in range(6):
        await refusal(check_staff_password(db, username="lan.nguyen", password="sai", **HERE))
    await accept(db, offered(db, admin, other))
    assert await check_staff_password(db, username="lan.nguyen", password=NEW, **HERE)


async def test_a_disabled_account_stays_disabled(db: Database) -> None:
    admin, other = make_staff(db), make_staff(db, Role.JUDGE, username="lan.nguyen")
    common = {"actor": admin.username, "username": "lan.nguyen"}
    set_disabled(db, **common, disabled=True, code=admin.code(NOW), now=NOW)
    await accept(db, offered(db, admin, other, at=1))
    assert await refusal(check_staff_password(db, username="lan.nguyen", password=NEW, **HERE)) is (
        ErrorCode.ACCOUNT_BLOCKED
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"password": "ngắn", "password_again": "ngắn"}, "password"),
        ({"password_again": PASSWORD}, "password_again"),
        ({"password": "lan.nguyen 2026!", "password_again": "lan.nguyen 2026!"}, "password"),
        ({"code": "000000"}, "code"),
    ],
)
async def test_the_rules_of_joining_hold(db: Database, changes: dict[str, str], field: str) -> None:
    admin, other = make_staff(db), make_staff(db, username="lan.nguyen")
    token = offered(db, admin, other)
    with pytest.raises(FieldErrors) as refused:
        await accept(db, token, **changes)
    assert set(refused.value.errors) == {field}
    assert staff_viewer(db, token_hash=other.token_hash, now=NOW) is not None


def test_only_an_administrator_with_a_fresh_code(db: Database) -> None:
    admin, organiser = make_staff(db), make_staff(db, Role.ORGANISER)
    cases = [
        (organiser, admin.username, organiser.code(NOW), ErrorCode.NOT_ALLOWED),
        (admin, organiser.username, "", ErrorCode.CODE_WRONG),
        (admin, "nobody", admin.code(NOW), ErrorCode.STAFF_UNKNOWN),
        (admin, organiser.username, admin.code(NOW), ErrorCode.CODE_WRONG),  # used by the line before
    ]
    for actor, username, code, expected in cases:
        with pytest.raises(ContestError) as refused:
            offer_reset(db, actor=actor.username, username=username, code=code, now=NOW)
        assert refused.value.code is expected


async def test_an_invitation_of_somebody_new_is_as_before(db: Database) -> None:
    shown = enrolment(db, token=create_admin(db, now=NOW).token, **HERE)
    assert shown.username == ""
