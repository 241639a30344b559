"""Inviting, joining, roles, disabling: who may, once only, never without an administrator; all of it in the log."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from pyotp import TOTP, parse_uri
from sqlmodel import col, select

from cchc_app.contest.access import STAFF_ROLES, Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuditEntry, RecoveryCode, StaffAccount, StaffInvitation
from cchc_app.services.accept_invitation import Acceptance, accept_invitation, enrolment
from cchc_app.services.audit_log import verify_log
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.staff_accounts import change_role, create_admin, invite, set_disabled, staff_list, withdraw
from cchc_app.services.staff_sign_in import check_staff_code, check_staff_password
from cchc_app.services.throttle import get_throttle
from tests.factories import NOW
from tests.staff import PASSWORD, STEP, make_staff

ADDRESS = "192.0.2.1"
FORM = Acceptance(
    username="lan.nguyen", display_name="Nguyễn Thị Lan", password=PASSWORD, password_again=PASSWORD, code=""
)


@pytest.fixture(autouse=True)
def _fresh_throttle() -> None:
    get_throttle.cache_clear()


def refusal(work, *arguments, **named) -> ErrorCode:
    with pytest.raises(ContestError) as refused:
        work(*arguments, **named)
    return refused.value.code


def code_for(db: Database, token: str) -> str:
    return TOTP(enrolment(db, token=token, address=ADDRESS, now=NOW).secret).at(NOW)


async def join(db: Database, token: str, form: Acceptance = FORM) -> tuple[str, ...]:
    filled = form if form.code else replace(form, code=code_for(db, token))
    return await accept_invitation(db, filled, token=token, address=ADDRESS, now=NOW)


def log(db: Database) -> list[tuple[str, str, str, str]]:
    with db.read() as session:
        rows = session.exec(select(AuditEntry).order_by(col(AuditEntry.seq))).all()
    assert verify_log(db).problems == ()
    return [(row.actor, row.action, row.subject, row.after) for row in rows]


async def test_the_first_administrator(db: Database) -> None:
    """From the command line's invitation to the door, with nothing but what the person is shown."""
    made = create_admin(db, now=NOW)
    shown = enrolment(db, token=made.token, address=ADDRESS, now=NOW)
    assert (shown.role, parse_uri(shown.uri).secret) == (Role.ADMINISTRATOR, shown.secret)
    codes = await join(db, made.token)
    assert len(codes) == 10
    ticket = await check_staff_password(db, username="lan.nguyen", password=PASSWORD, address=ADDRESS, now=NOW)
    later = TOTP(shown.secret).at(NOW + STEP)
    assert await check_staff_code(db, ticket=ticket, code=later, address=ADDRESS, now=NOW + STEP)
    ticket = await check_staff_password(db, username="lan.nguyen", password=PASSWORD, address=ADDRESS, now=NOW + STEP)
    assert await check_staff_code(db, ticket=ticket, code=codes[3], address=ADDRESS, now=NOW + STEP)
    assert [entry[:2] for entry in log(db)] == [
        ("cchc", Action.INVITED),
        ("lan.nguyen", Action.JOINED),
        ("lan.nguyen", Action.SIGNED_IN),
        ("lan.nguyen", Action.RECOVERY_CODE_USED),
        ("lan.nguyen", Action.SIGNED_IN),
    ]


async def test_the_code_that_confirmed_the_app_opens_no_door(db: Database) -> None:
    made = create_admin(db, now=NOW)
    code = code_for(db, made.token)
    await join(db, made.token)
    ticket = await check_staff_password(db, username="lan.nguyen", password=PASSWORD, address=ADDRESS, now=NOW)
    with pytest.raises(ContestError) as refused:
        await check_staff_code(db, ticket=ticket, code=code, address=ADDRESS, now=NOW)
    assert refused.value.code is ErrorCode.CODE_WRONG


@pytest.mark.parametrize("role", STAFF_ROLES)
async def test_an_invitation_gives_the_role_it_names(db: Database, role: Role) -> None:
    admin = make_staff(db)
    made = invite(db, actor=admin.username, role=role.value, code=admin.code(NOW), now=NOW)
    await join(db, made.token)
    with db.read() as session:
        assert session.exec(select(StaffAccount.role).where(StaffAccount.username == "lan.nguyen")).one() == role


async def test_an_invitation_serves_once_and_for_a_day(db: Database) -> None:
    made, late = create_admin(db, now=NOW), create_admin(db, now=NOW - timedelta(hours=24))
    code = code_for(db, made.token)
    await join(db, made.token)
    for token in (made.token, late.token, "", "made up", "\ud800", "x" * 5000):
        with pytest.raises(ContestError) as refused:
            await join(db, token, replace(FORM, username="hai.tran", code=code))
        assert refused.value.code is ErrorCode.INVITATION_INVALID


async def test_one_address_cannot_go_through_tokens(db: Database) -> None:
    token = create_admin(db, now=NOW).token
    said = [refusal(enrolment, db, token="x" * len(token), address=ADDRESS, now=NOW) for _ in range(31)]
    assert said == [ErrorCode.INVITATION_INVALID] * 30 + [ErrorCode.TOO_MANY_REQUESTS]
    assert enrolment(db, token=token, address="192.0.2.2", now=NOW)


async def test_an_invitation_accepted_ten_times_at_once_makes_one_account(db: Database) -> None:
    made = create_admin(db, now=NOW)
    code = code_for(db, made.token)
    forms = [replace(FORM, username=f"nguoi{n}", code=code) for n in range(10)]
    results = await asyncio.gather(*(join(db, made.token, form) for form in forms), return_exceptions=True)
    assert sum(isinstance(result, tuple) for result in results) == 1
    with db.read() as session:
        assert len(session.exec(select(StaffAccount)).all()) == 1
        assert len(session.exec(select(RecoveryCode)).all()) == 10


async def test_one_name_taken_by_two_at_once_goes_to_one_and_the_other_keeps_the_invitation(db: Database) -> None:
    tokens = [create_admin(db, now=NOW).token for _ in range(2)]
    results = await asyncio.gather(*(join(db, token) for token in tokens), return_exceptions=True)
    [lost] = [token for token, result in zip(tokens, results, strict=True) if isinstance(result, FieldErrors)]
    assert await join(db, lost, replace(FORM, username="hai.tran"))


async def test_everything_wrong_is_said_at_once_and_changes_nothing(db: Database) -> None:
    token = create_admin(db, now=NOW).token
    wrong = Acceptance("a b", "1", "ngắn", "", "31085012345", "000000x")
    with pytest.raises(FieldErrors) as refused:
        await join(db, token, wrong)
    assert {name: error.code for name, error in refused.value.errors.items()} == {
        "username": ErrorCode.USERNAME_INVALID,
        "display_name": ErrorCode.NAME_CHARACTERS,
        "password": ErrorCode.PASSWORD_LENGTH,
        "citizen_id": ErrorCode.CITIZEN_ID_LOST_ZERO,
        "code": ErrorCode.CODE_WRONG,
    }
    with pytest.raises(FieldErrors) as refused:
        await join(db, token, replace(FORM, password_again="khác"))
    assert list(refused.value.errors) == ["password_again"]
    assert await join(db, token)


def test_neither_token_nor_codes_are_stored(db: Database) -> None:
    made = create_admin(db, now=NOW)
    codes = asyncio.run(join(db, made.token))
    with db.read() as session:
        stored = [*session.exec(select(StaffInvitation.token_hash)), *session.exec(select(RecoveryCode.code_hash))]
    assert [secret for secret in (made.token, *codes) if secret in stored] == []


@pytest.mark.parametrize("role", [Role.JUDGE, Role.QUESTION_EDITOR, Role.ORGANISER, Role.AUDITOR])
def test_only_administrators(db: Database, role: Role) -> None:
    staffer, other = make_staff(db, role), make_staff(db)
    common = {"actor": staffer.username, "now": NOW}
    coded = {**common, "code": staffer.code(NOW)}
    assert refusal(invite, db, role="judge", **coded) is ErrorCode.NOT_ALLOWED
    assert refusal(change_role, db, username=staffer.username, role="administrator", **coded) is ErrorCode.NOT_ALLOWED
    assert refusal(set_disabled, db, username=other.username, disabled=True, **coded) is ErrorCode.NOT_ALLOWED
    assert refusal(withdraw, db, number=1, **common) is ErrorCode.NOT_ALLOWED
    assert refusal(staff_list, db, **common) is ErrorCode.NOT_ALLOWED
    assert log(db) == []


def test_sensitive_deeds_ask_for_a_fresh_code(db: Database) -> None:
    admin, other = make_staff(db), make_staff(db, Role.JUDGE)
    used = admin.code(NOW)
    invite(db, actor=admin.username, role="judge", code=used, now=NOW)
    common = {"actor": admin.username, "now": NOW}
    assert refusal(invite, db, role="judge", code=used, **common) is ErrorCode.CODE_WRONG
    assert refusal(change_role, db, username=other.username, role="auditor", code=used, **common) is (
        ErrorCode.CODE_WRONG
    )
    assert refusal(set_disabled, db, username=other.username, disabled=True, code="", **common) is ErrorCode.CODE_WRONG
    assert len(log(db)) == 1


@pytest.mark.parametrize("role", ["", "participant", "visitor", "unit_representative", "root", "ADMINISTRATOR"])
def test_roles_that_are_none_of_the_staffs(db: Database, role: str) -> None:
    admin = make_staff(db)
    common = {"actor": admin.username, "code": admin.code(NOW), "now": NOW}
    assert refusal(invite, db, role=role, **common) is ErrorCode.ROLE_MISSING
    assert refusal(change_role, db, username=admin.username, role=role, **common) is ErrorCode.ROLE_MISSING


@pytest.mark.parametrize("username", ["khong.co", "", "\x00", "\ud800", "x" * 9999])
def test_accounts_that_do_not_exist(db: Database, username: str) -> None:
    admin = make_staff(db)
    said = refusal(
        change_role, db, actor=admin.username, username=username, role="judge", code=admin.code(NOW), now=NOW
    )
    assert said is ErrorCode.STAFF_UNKNOWN


def test_the_last_administrator_stays(db: Database) -> None:
    admin, gone = make_staff(db), make_staff(db)
    steps = [NOW + n * STEP for n in range(5)]
    set_disabled(
        db, actor=admin.username, username=gone.username, disabled=True, code=admin.code(steps[0]), now=steps[0]
    )
    own = {"actor": admin.username, "username": admin.username}
    said = refusal(set_disabled, db, **own, disabled=True, code=admin.code(steps[1]), now=steps[1])
    assert said is ErrorCode.LAST_ADMINISTRATOR
    said = refusal(change_role, db, **own, role="judge", code=admin.code(steps[2]), now=steps[2])
    assert said is ErrorCode.LAST_ADMINISTRATOR
    change_role(db, **own, role="administrator", code=admin.code(steps[3]), now=steps[3])  # the same: nothing to log
    assert [entry[1] for entry in log(db)] == [Action.DISABLED]


def test_two_administrators_who_disable_each_other_at_once_leave_one(db: Database) -> None:
    one, two = make_staff(db), make_staff(db)
    together = Barrier(2)

    def strike(pair) -> str:
        actor, target = pair
        together.wait()
        try:
            set_disabled(
                db, actor=actor.username, username=target.username, disabled=True, code=actor.code(NOW), now=NOW
            )
        except ContestError as error:
            return error.code.name
        return "done"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(strike, [(one, two), (two, one)]))
    assert said == ["NOT_ALLOWED", "done"]


def test_changes_are_in_the_log_with_before_and_after(db: Database) -> None:
    admin, staffer = make_staff(db, username="quan.ly"), make_staff(db, Role.JUDGE, username="lan.nguyen")
    name = {"actor": admin.username, "username": staffer.username}
    change_role(db, **name, role="auditor", code=admin.code(NOW), now=NOW)
    set_disabled(db, **name, disabled=True, code=admin.code(NOW + STEP), now=NOW + STEP)
    set_disabled(db, **name, disabled=False, code=admin.code(NOW + 2 * STEP), now=NOW + 2 * STEP)
    assert log(db) == [
        ("quan.ly", Action.ROLE_CHANGED, "staff:lan.nguyen", '{"role":"auditor"}'),
        ("quan.ly", Action.DISABLED, "staff:lan.nguyen", '{"disabled":true}'),
        ("quan.ly", Action.ENABLED, "staff:lan.nguyen", '{"disabled":false}'),
    ]
    with db.read() as session:
        before = session.exec(select(AuditEntry.before).where(AuditEntry.action == Action.ROLE_CHANGED)).one()
    assert before == '{"role":"judge"}'


async def test_invitations_are_listed_until_they_are_over_and_can_be_withdrawn(db: Database) -> None:
    admin = make_staff(db)
    made = invite(db, actor=admin.username, role="judge", code=admin.code(NOW), now=NOW)
    listed = staff_list(db, actor=admin.username, now=NOW)
    [open_one] = listed.invitations
    assert (open_one.role, open_one.invited_by) == (Role.JUDGE, admin.username)
    assert [member.username for member in listed.members] == [admin.username]
    assert staff_list(db, actor=admin.username, now=made.expires_at).invitations == ()
    code = code_for(db, made.token)
    for number in (open_one.number, open_one.number, 0, 10**15):
        withdraw(db, actor=admin.username, number=number, now=NOW)
    assert staff_list(db, actor=admin.username, now=NOW).invitations == ()
    with pytest.raises(ContestError) as refused:
        await join(db, made.token, replace(FORM, code=code))
    assert refused.value.code is ErrorCode.INVITATION_INVALID
    assert [entry[1] for entry in log(db)] == [Action.INVITED, Action.INVITATION_WITHDRAWN]
