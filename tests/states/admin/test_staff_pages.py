"""The staff's pages, event by event: the door, the desk, the list, the log."""

import pytest
from sqlmodel import select

from cchc_app.contest.access import Role
from cchc_app.contest.staffing import Action
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuditEntry, StaffAccount, StaffInvitation
from cchc_app.services.clock import server_now
from cchc_app.services.staff_accounts import create_admin
from cchc_app.services.staff_sessions import staff_sign_out
from cchc_app.states.account import AccountState
from cchc_app.states.admin.audit_log import AuditLogState
from cchc_app.states.admin.data_requests import DataRequestsState
from cchc_app.states.admin.invitation import InvitationState
from cchc_app.states.admin.merges import MergesState
from cchc_app.states.admin.overview import OverviewState
from cchc_app.states.admin.people import StaffPeopleState
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.sign_in import StaffSignInState
from cchc_app.states.session import SessionState
from tests.factories import make_contest, make_person
from tests.staff import PASSWORD, STEP, Staffer, make_staff
from tests.states.driver import Browser

DOOR = "/quan-tri/dang-nhap"
WRONG_FORMS = [None, 5, "x", [], {}, {"username": 1, "password": None}, {"code": ["1"]}, {"role": {}}, {"search": 1.5}]


def staffer(db: Database, role: Role = Role.ADMINISTRATOR, username: str = "") -> Staffer:
    return make_staff(db, role, username=username, now=server_now())


async def test_two_steps_send_the_browser_for_its_cookie(served_db: Database) -> None:
    one = staffer(served_db, username="lan.nguyen")
    async with Browser(path=f"{DOOR}?tiep=/quan-tri/nhat-ky") as tab:
        await tab.open(tab.path, StaffSignInState.load)
        await tab.send(StaffSignInState.submit_password, form={"username": "lan.nguyen", "password": PASSWORD})
        assert (tab.shown(StaffSignInState, "asks_code"), tab.shown(StaffSignInState, "go")) == (True, "")
        await tab.send(StaffSignInState.submit_code, form={"code": one.code(server_now())})
        go = tab.shown(StaffSignInState, "go")
        assert go.startswith("/quan-tri/phien/nhan?ve=")
        assert go.endswith("&tiep=/quan-tri/nhat-ky")
        for handler in (StaffSignInState.submit_code, StaffSignInState.submit_password):
            await tab.send(handler, form={})  # a second tap on the way
        assert (tab.shown(StaffSignInState, "go"), tab.errors) == (go, [])


async def test_refusals_at_the_door(served_db: Database) -> None:
    staffer(served_db, username="lan.nguyen")
    async with Browser(path=DOOR) as tab:
        await tab.open(DOOR, StaffSignInState.load)
        await tab.send(StaffSignInState.submit_password, form={"username": "lan.nguyen", "password": "sai"})
        assert (tab.shown(StaffSignInState, "notice_code"), tab.shown(StaffSignInState, "busy")) == ("CCHC-231", False)
        await tab.send(StaffSignInState.submit_password, form={"username": "lan.nguyen", "password": PASSWORD})
        assert tab.shown(StaffSignInState, "notice_code") == ""
        await tab.send(StaffSignInState.submit_code, form={"code": "12"})
        assert (tab.shown(StaffSignInState, "notice_code"), tab.shown(StaffSignInState, "asks_code")) == (
            "CCHC-232",
            True,
        )
        await tab.send(StaffSignInState.start_over)
        assert tab.shown(StaffSignInState, "asks_code") is False
        await tab.send(StaffSignInState.submit_code, form={"code": "123456"})  # the password is forgotten
        assert (tab.shown(StaffSignInState, "notice_code"), tab.errors) == ("CCHC-207", [])


async def test_a_restarted_server_asks_for_the_password_again(served_db: Database) -> None:
    one = staffer(served_db, username="lan.nguyen")
    async with Browser(path=DOOR) as tab:
        await tab.send(StaffSignInState.submit_password, form={"username": "lan.nguyen", "password": PASSWORD})
        await tab.restart_server()
        await tab.send(StaffSignInState.submit_code, form={"code": one.code(server_now())})
        assert (tab.shown(StaffSignInState, "go"), tab.shown(StaffSignInState, "notice_code")) == ("", "CCHC-207")
        assert tab.errors == []


READ_CONTEST = [
    *("overview", "contest", "news", "questions", "items", "units", "participants", "papers"),
    *("slogans", "codes", "rounds", "results", "prizes", "requests", "merges"),
]


@pytest.mark.parametrize(
    ("role", "pages"),
    [
        (Role.JUDGE, ["overview", "judging"]),
        (Role.QUESTION_EDITOR, ["overview", "questions"]),
        (Role.ORGANISER, READ_CONTEST),
        (Role.AUDITOR, [*READ_CONTEST, "log"]),
        (Role.ADMINISTRATOR, ["overview", "people", "log"]),
    ],
)
async def test_the_rail_shows_what_the_role_may_open(served_db: Database, role: Role, pages: list[str]) -> None:
    async with Browser(cookie=staffer(served_db, role).cookie, path="/quan-tri") as tab:
        await tab.open("/quan-tri", OverviewState.load)
        assert [item.key for item in tab.shown(StaffState, "rail")] == pages
        assert (tab.shown(StaffState, "denied"), tab.redirects, tab.errors) == (False, [], [])
        assert tab.shown(OverviewState, "may") != []


@pytest.mark.parametrize(
    ("handler", "path"),
    [
        (OverviewState.load, "/quan-tri"),
        (StaffPeopleState.load, "/quan-tri/nhan-su"),
        (AuditLogState.load, "/quan-tri/nhat-ky"),
        (DataRequestsState.load, "/quan-tri/yeu-cau-du-lieu"),
        (MergesState.load, "/quan-tri/gop-tai-khoan"),
    ],
    ids=["overview", "people", "log", "requests", "merges"],
)
async def test_nobody_and_participants_are_sent_to_the_door(served_db: Database, handler, path: str) -> None:
    person = make_person(served_db, make_contest(served_db), now=server_now())
    for cookie in ("", f"cchc={person.token}", f"cchc_bqt={person.token}", "cchc_bqt=made-up"):
        async with Browser(cookie=cookie, path=path) as tab:
            await tab.open(path, handler)
            assert (tab.redirects, tab.errors) == ([f"{DOOR}?tiep={path}"], [])
            assert tab.shown(StaffState, "rail") == []


async def test_a_page_for_another_role_says_so_and_shows_nothing(served_db: Database) -> None:
    make_staff(served_db, username="an.tran", now=server_now())
    async with Browser(cookie=staffer(served_db, Role.JUDGE).cookie, path="/quan-tri/nhan-su") as tab:
        await tab.open(tab.path, StaffPeopleState.load, AuditLogState.load)
        assert (tab.shown(StaffState, "denied"), tab.redirects, tab.errors) == (True, [], [])
        assert "an.tran" not in tab.received


async def test_signing_out_elsewhere_empties_the_page_at_the_next_event(served_db: Database) -> None:
    one = staffer(served_db)
    async with Browser(cookie=one.cookie, path="/quan-tri/nhan-su") as tab:
        await tab.open(tab.path, StaffPeopleState.load)
        assert len(tab.shown(StaffPeopleState, "members")) == 1
        staff_sign_out(served_db, token_hash=one.token_hash, now=server_now())
        await tab.send(StaffPeopleState.choose, username=one.username)
        assert tab.shown(StaffPeopleState, "members") == []
        assert (tab.shown(StaffState, "display_name"), tab.redirects) == ("", [f"{DOOR}?tiep=/quan-tri/nhan-su"])


async def test_the_door_says_why_one_is_back_at_it(served_db: Database) -> None:
    one = staffer(served_db)
    async with Browser(cookie=one.cookie, path="/quan-tri") as tab:
        await tab.open("/quan-tri", OverviewState.load)
        staff_sign_out(served_db, token_hash=one.token_hash, now=server_now())
        await tab.open(f"{DOOR}?loi=CCHC-251", StaffSignInState.load)
        assert (tab.shown(StaffSignInState, "notice_code"), tab.redirects, tab.errors) == ("CCHC-251", [], [])


async def test_two_accounts_in_one_browser_see_nothing_of_each_other(served_db: Database) -> None:
    """A participant and a member of staff, then another member of staff behind the same tab."""
    person = make_person(served_db, make_contest(served_db), name="Nguyễn Văn Một", now=server_now())
    one, two = staffer(served_db), staffer(served_db, Role.AUDITOR)
    async with Browser(cookie=f"cchc={person.token}; {one.cookie}", path="/quan-tri/nhan-su") as tab:
        await tab.open("/quan-tri/nhan-su", SessionState.load, StaffPeopleState.load)
        assert tab.shown(SessionState, "display_name") == "Nguyễn Văn Một"
        assert tab.shown(StaffState, "display_name") == "Trần Thị Hà"
        tab.cookie = two.cookie
        await tab.connect()
        await tab.open("/quan-tri", SessionState.load, OverviewState.load)
        assert tab.shown(StaffPeopleState, "members") == []
        assert (tab.shown(SessionState, "display_name"), tab.errors) == ("", [])
        await tab.open("/tai-khoan", AccountState.load)
        assert tab.redirects == ["/dang-nhap?tiep=/tai-khoan"]


async def test_inviting_shows_the_link_once(served_db: Database) -> None:
    admin = staffer(served_db)
    async with Browser(cookie=admin.cookie, path="/quan-tri/nhan-su") as tab:
        await tab.open(tab.path, StaffPeopleState.load)
        form = {"role": "judge", "code": admin.code(server_now())}
        await tab.send(StaffPeopleState.invite, form=form)
        link = tab.shown(StaffPeopleState, "link")
        assert link.startswith("http://localhost:8000/quan-tri/loi-moi/")
        [listed] = tab.shown(StaffPeopleState, "invitations")
        assert listed.role_name == "Giám khảo"
        await tab.send(StaffPeopleState.invite, form=form)  # the same code again
        assert (tab.shown(StaffPeopleState, "link"), tab.shown(StaffPeopleState, "notice_code")) == ("", "CCHC-232")
        await tab.send(StaffPeopleState.withdraw, number=listed.number)
        assert (tab.shown(StaffPeopleState, "invitations"), tab.errors) == ([], [])


async def test_changing_a_role_and_disabling(served_db: Database) -> None:
    admin, other = staffer(served_db), staffer(served_db, Role.JUDGE, "lan.nguyen")
    async with Browser(cookie=admin.cookie, path="/quan-tri/nhan-su") as tab:
        await tab.open(tab.path, StaffPeopleState.load)
        await tab.send(StaffPeopleState.choose, username="lan.nguyen")
        assert tab.shown(StaffPeopleState, "chosen").role == "judge"
        now = server_now()
        form = {"username": "lan.nguyen", "role": "auditor", "code": admin.code(now)}
        await tab.send(StaffPeopleState.change_role, form=form)
        assert tab.shown(StaffPeopleState, "done") == "Đã đổi vai trò của lan.nguyen thành Giám sát."
        form = {"username": "lan.nguyen", "code": admin.code(now + STEP)}
        await tab.send(StaffPeopleState.disable, form=form)
        assert tab.shown(StaffPeopleState, "done").startswith("Đã khóa tài khoản của lan.nguyen.")
        assert [row.disabled for row in tab.shown(StaffPeopleState, "members")] == [True, False]
        await tab.send(StaffPeopleState.enable, form={"username": "lan.nguyen", "code": "0"})
        assert (tab.shown(StaffPeopleState, "notice_code"), tab.errors) == ("CCHC-232", [])
    with served_db.read() as session:
        assert session.get_one(StaffAccount, other.id).role == "auditor"


async def test_a_lost_password_from_the_list_to_the_door(served_db: Database) -> None:
    admin, other = staffer(served_db), staffer(served_db, Role.JUDGE, "lan.nguyen")
    async with Browser(cookie=admin.cookie, path="/quan-tri/nhan-su") as tab:
        await tab.open(tab.path, StaffPeopleState.load)
        await tab.send(StaffPeopleState.choose, username="lan.nguyen")
        await tab.send(StaffPeopleState.offer_reset, form={"username": "lan.nguyen", "code": admin.code(server_now())})
        link = tab.shown(StaffPeopleState, "link")
        assert (tab.shown(StaffPeopleState, "resets"), tab.shown(StaffPeopleState, "notice")) == (True, "")
        [listed] = tab.shown(StaffPeopleState, "invitations")
        assert (listed.role_name, other.secret in tab.received, tab.errors) == ("Cấp lại cho lan.nguyen", False, [])
    async with Browser(path=link.removeprefix("http://localhost:8000")) as tab:
        await tab.open(tab.path, InvitationState.load)
        assert (tab.shown(InvitationState, "screen"), tab.shown(InvitationState, "resets")) == ("form", "lan.nguyen")
        secret = tab.shown(InvitationState, "secret").replace(" ", "")
        code = Staffer(0, "", Role.JUDGE, secret, "").code(server_now())
        form = {"password": PASSWORD, "password_again": PASSWORD, "code": code}
        await tab.send(InvitationState.submit, form=form)
        assert (tab.shown(InvitationState, "screen"), len(tab.shown(InvitationState, "codes"))) == ("codes", 10)
        assert tab.errors == []
    async with Browser(cookie=other.cookie, path="/quan-tri") as tab:
        await tab.open(tab.path, OverviewState.load)
        assert tab.redirects == [f"{DOOR}?tiep=/quan-tri"]


async def test_an_administrator_who_gives_the_role_away_is_shown_out(served_db: Database) -> None:
    one, _ = staffer(served_db), staffer(served_db)
    async with Browser(cookie=one.cookie, path="/quan-tri/nhan-su") as tab:
        await tab.open(tab.path, StaffPeopleState.load)
        form = {"username": one.username, "role": "judge", "code": one.code(server_now())}
        await tab.send(StaffPeopleState.change_role, form=form)
        assert (tab.shown(StaffPeopleState, "members"), tab.errors) == ([], [])
        await tab.send(StaffPeopleState.load)
        assert tab.redirects == [f"{DOOR}?tiep=/quan-tri/nhan-su"]


async def test_the_log_is_read_searched_and_paged(served_db: Database) -> None:
    auditor = staffer(served_db, Role.AUDITOR)
    for _ in range(60):
        create_admin(served_db, now=server_now())
    async with Browser(cookie=auditor.cookie, path="/quan-tri/nhat-ky") as tab:
        await tab.open(tab.path, AuditLogState.load)
        entries = tab.shown(AuditLogState, "entries")
        assert (len(entries), entries[0].number, entries[0].what) == (50, 60, "Mời nhân sự")
        assert entries[0].change == "vai trò: Quản trị"
        await tab.open("/quan-tri/nhat-ky?trang=2", AuditLogState.load)
        assert [row.number for row in tab.shown(AuditLogState, "entries")] == list(range(10, 0, -1))
        form = {"search": "khong-co", "viec": "staff_invited", "tu-ngay": "2026-01-31", "ai": "?"}
        await tab.send(AuditLogState.search, form=form)
        assert tab.redirects == ["/quan-tri/nhat-ky?tim=khong-co&viec=staff_invited&tu-ngay=2026-01-31"]
        await tab.open("/quan-tri/nhat-ky?tim=khong-co", AuditLogState.load)
        assert (tab.shown(AuditLogState, "entries"), tab.shown(AuditLogState, "loaded")) == ([], True)
        assert tab.errors == []


async def test_an_invitation_from_link_to_recovery_codes(served_db: Database) -> None:
    made = create_admin(served_db, now=server_now())
    async with Browser(path=f"/quan-tri/loi-moi/{made.token}") as tab:
        await tab.open(tab.path, InvitationState.load)
        assert (tab.shown(InvitationState, "screen"), tab.shown(InvitationState, "role_name")) == ("form", "Quản trị")
        assert tab.shown(InvitationState, "qr").startswith("data:image/svg+xml")
        secret = tab.shown(InvitationState, "secret").replace(" ", "")
        code = Staffer(0, "", Role.ADMINISTRATOR, secret, "").code(server_now())
        form = {
            "username": "lan.nguyen",
            "display_name": "Nguyễn Thị Lan",
            "password": PASSWORD,
            "password_again": "khác",
            "code": code,
        }
        await tab.send(InvitationState.submit, form=form)
        said = tab.shown(InvitationState, "errors")
        assert [name for name, sentence in said.items() if sentence] == ["password_again"]
        await tab.send(InvitationState.submit, form={**form, "password_again": PASSWORD})
        codes = tab.shown(InvitationState, "codes")
        assert (len(codes), tab.shown(InvitationState, "screen")) == (10, "codes")
        await tab.connect()
        await tab.open(tab.path, InvitationState.load)  # the line was down for a moment
        assert tab.shown(InvitationState, "codes") == codes
        assert (tab.shown(InvitationState, "secret"), tab.errors) == ("", [])
        assert PASSWORD not in tab.received
    async with Browser(path=f"/quan-tri/loi-moi/{made.token}") as tab:
        await tab.open(tab.path, InvitationState.load)
        assert (tab.shown(InvitationState, "screen"), tab.shown(InvitationState, "notice_code")) == (
            "gone",
            "CCHC-233",
        )
        assert codes[0] not in tab.received


@pytest.mark.parametrize("form", WRONG_FORMS, ids=str)
async def test_other_types_are_refused_quietly(served_db: Database, form: object) -> None:
    admin = staffer(served_db)
    made = create_admin(served_db, now=server_now())
    handlers = [
        StaffSignInState.submit_password,
        StaffSignInState.submit_code,
        StaffPeopleState.invite,
        StaffPeopleState.change_role,
        StaffPeopleState.disable,
        StaffPeopleState.enable,
        StaffPeopleState.offer_reset,
        AuditLogState.search,
        InvitationState.submit,
    ]
    async with Browser(cookie=admin.cookie, path=f"/quan-tri/loi-moi/{made.token}") as tab:
        for handler in handlers:
            await tab.send(handler, form=form)
        await tab.send(StaffPeopleState.choose, username=form)
        await tab.send(StaffPeopleState.withdraw, number=form)
        assert tab.errors == []
    with served_db.read() as session:
        assert len(session.exec(select(StaffAccount)).all()) == 1
        assert session.exec(select(StaffInvitation.used_at)).one() is None
        assert session.exec(select(AuditEntry.action)).all() == [Action.INVITED]


async def test_nothing_secret_is_sent(served_db: Database) -> None:
    admin, other = staffer(served_db), staffer(served_db, Role.JUDGE)
    async with Browser(cookie=admin.cookie, path="/quan-tri/nhan-su") as tab:
        await tab.open(tab.path, StaffPeopleState.load, AuditLogState.load, OverviewState.load)
        await tab.send(StaffPeopleState.choose, username=other.username)
        await tab.send(StaffSignInState.submit_password, form={"username": other.username, "password": PASSWORD})
        secrets = (admin.secret, other.secret, admin.token, admin.token_hash, PASSWORD, "argon2")
        assert [secret for secret in secrets if secret in tab.received] == []
