"""The organisers' list of slogans and what organisers decide."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.slogan_states import SloganState
from cchc_app.contest.staffing import Action
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuditEntry, Slogan, SloganException, SloganVersion, UnitRepresentative
from cchc_app.services import organise_slogans as service
from cchc_app.services.organise_slogans import SloganTable, slogan_detail, slogan_table
from cchc_app.services.remind_units import reminder
from tests.factories import NOW, WEEK, MadeContest, make_contest, make_person
from tests.judged import make_judged
from tests.slogans import make_slogan, with_units
from tests.staff import make_staff

AFTER = NOW + WEEK


@pytest.fixture
def contest(db: Database) -> MadeContest:
    return with_units(db, make_contest(db), 5)


@pytest.fixture
def organiser(db: Database) -> str:
    return make_staff(db, Role.ORGANISER).username


@contextmanager
def counted(db: Database):
    found: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield found
    event.remove(db.engine, "before_cursor_execute", note)


def ask(db: Database, actor: str, **asked: str) -> SloganTable:
    return slogan_table(db, actor=actor, asked={name.replace("_", "-"): value for name, value in asked.items()})


def units(found: SloganTable) -> list[str]:
    return [line.unit_code for line in found.lines]


def refusal(work, *args, **kwargs) -> ErrorCode | None:
    try:
        work(*args, **kwargs)
    except ContestError as error:
        return error.code
    return None


def test_every_unit_with_its_state(db: Database, contest: MadeContest, organiser: str) -> None:
    make_slogan(db, contest, unit=0, text="Hành chính phục vụ người dân hài lòng thành phố vươn xa")
    make_slogan(db, contest, unit=1, status="draft", text="Bản nháp riêng")
    make_slogan(db, contest, unit=2, status="withdrawn")
    make_slogan(db, contest, unit=3)
    service.disqualify(db, actor=organiser, unit_code="U3", reason="Trùng thơ người khác", now=NOW)
    found = ask(db, organiser)
    assert [line.state.value for line in found.lines] == ["submitted", "draft", "withdrawn", "disqualified", "none"]
    assert [line.words for line in found.lines] == [12, 0, 0, 9, 0]
    assert [line.versions for line in found.lines] == [1, 0, 1, 1, 0]
    assert found.lines[1].text == ""  # a draft is its writer's own
    assert found.lines[3].disqualified_reason == "Trùng thơ người khác"
    assert found.counts == dict.fromkeys(SloganState, 1)
    assert (found.found, found.query.page, found.blocs) == (5, 1, ("cap_xa",))


def test_search_needs_no_accents_and_finds_unit_text_and_representative(
    db: Database, contest: MadeContest, organiser: str
) -> None:
    make_slogan(db, contest, unit=2, text="Phượng đỏ bên sông Cấm chào đón người dân về làm việc")
    person = make_person(db, contest, unit=3, name="Đỗ Thị Ngân")
    with db.write() as session:
        session.add(
            UnitRepresentative(
                unit_id=contest.unit_ids[3], participant_id=person.id, appointed_by="code", appointed_at=NOW
            )
        )
    assert units(ask(db, organiser, tim="le chan")) == ["U0"]
    assert units(ask(db, organiser, tim="SONG CAM")) == ["U2"]
    assert units(ask(db, organiser, tim="đỗ thị")) == ["U3"]
    assert ask(db, organiser, tim="Ngan").lines[0].representatives == ("Đỗ Thị Ngân",)
    assert units(ask(db, organiser, tim="u1")) == ["U1"]
    assert units(ask(db, organiser, tim="khong-co")) == []


def test_filters_orders_and_pages(db: Database, contest: MadeContest, organiser: str) -> None:
    make_slogan(db, contest, unit=1, text="một hai ba bốn năm sáu bảy tám chín mười mười một")
    make_slogan(db, contest, unit=4, text="một hai ba bốn năm sáu bảy tám chín mười")
    assert units(ask(db, organiser, trang_thai="submitted")) == ["U1", "U4"]
    assert units(ask(db, organiser, trang_thai="none", khoi="cap_xa")) == ["U0", "U2", "U3"]
    assert units(ask(db, organiser, khoi="so_nganh")) == ["U0", "U1", "U2", "U3", "U4"]  # no such bloc here
    assert units(ask(db, organiser, xep="tieng", giam="1"))[:2] == ["U1", "U4"]
    assert units(ask(db, organiser, xep="ten"))[0] == "U1"  # Sở Y tế before UBND
    assert units(ask(db, organiser, giam="1")) == ["U4", "U3", "U2", "U1", "U0"]
    many = with_units(db, contest, 120)
    last = ask(db, organiser, trang="99")
    assert (len(many.unit_ids), last.query.page, len(last.lines), last.found) == (120, 3, 20, 120)


def test_as_many_queries_for_three_slogans_as_for_one(db: Database, contest: MadeContest, organiser: str) -> None:
    costs = []
    for unit in range(3):
        make_slogan(db, contest, unit=unit)
        service.grant_exception(db, actor=organiser, unit_code=f"U{unit}", until=AFTER, reason="Mất điện", now=NOW)
        with counted(db) as table:
            ask(db, organiser)
        with counted(db) as detail:
            slogan_detail(db, actor=organiser, unit_code="U0")
        with counted(db) as missing:
            reminder(db, actor=organiser)
        costs.append((len(table), len(detail), len(missing)))
    assert len(set(costs)) == 1


def test_versions_are_told_newest_first(db: Database, contest: MadeContest, organiser: str) -> None:
    made = make_slogan(db, contest, unit=0, author="Lê Văn Tám", author_public=False)
    with db.write() as session:
        slogan = session.get_one(Slogan, made.id)
        slogan.status, slogan.version_number = "withdrawn", 2
        first = session.get_one(SloganVersion, made.version_id)
        second = first.model_dump(exclude={"id"}) | {"number": 2, "action": "withdrawn", "receipt": "T26-KH-X"}
        session.add(SloganVersion(**second | {"written_at": NOW + timedelta(minutes=5)}))
    found = slogan_detail(db, actor=organiser, unit_code="U0")
    assert [(one.number, one.submitted) for one in found.versions] == [(2, False), (1, True)]
    assert (found.versions[1].author, found.versions[1].author_public) == ("Lê Văn Tám", False)
    assert found.versions[1].written_by == made.writer.name
    assert (found.line.state, found.line.changed_at) == (SloganState.WITHDRAWN, NOW + timedelta(minutes=5))


def test_disqualifying_and_taking_back_are_in_the_log(db: Database, contest: MadeContest, organiser: str) -> None:
    made = make_slogan(db, contest, unit=0)
    service.disqualify(db, actor=organiser, unit_code="U0", reason="  Sao chép\x00 nguyên văn ", now=NOW)
    service.disqualify(db, actor=organiser, unit_code="U0", reason="Lần nữa", now=NOW)  # nothing more to do
    with db.read() as session:
        slogan = session.get_one(Slogan, made.id)
        assert (slogan.disqualified_at, slogan.disqualified_reason) == (NOW, "Sao chép nguyên văn")
        assert session.exec(select(SloganVersion)).one().text == made.text
    service.reinstate(db, actor=organiser, unit_code="U0", reason="Đã đối chiếu", now=NOW)
    service.reinstate(db, actor=organiser, unit_code="U0", reason="Lần nữa", now=NOW)
    with db.read() as session:
        slogan = session.get_one(Slogan, made.id)
        assert (slogan.disqualified_at, slogan.disqualified_reason) == (None, None)
        logged = session.exec(select(AuditEntry).order_by(AuditEntry.seq)).all()  # type: ignore[arg-type]
    assert [(one.action, one.subject, one.actor) for one in logged] == [
        (Action.SLOGAN_DISQUALIFIED, "unit:U0", organiser),
        (Action.SLOGAN_REINSTATED, "unit:U0", organiser),
    ]
    assert "Sao chép nguyên văn" in logged[0].after


def test_what_is_refused(db: Database, contest: MadeContest, organiser: str) -> None:
    make_slogan(db, contest, unit=0)
    make_slogan(db, contest, unit=1, status="draft")
    out = {"actor": organiser, "now": NOW}
    assert refusal(service.disqualify, db, unit_code="U0", reason=" \u200b", **out) is ErrorCode.REASON_MISSING
    assert refusal(service.disqualify, db, unit_code="U9", reason="x", **out) is ErrorCode.UNIT_UNKNOWN
    for unit in ("U1", "U2"):
        assert refusal(service.disqualify, db, unit_code=unit, reason="x", **out) is ErrorCode.SLOGAN_MISSING
    more = {"reason": "Mất điện", "unit_code": "U0", **out}
    closes_at = contest.rule_set.slogan.closes_at
    assert refusal(service.grant_exception, db, until=None, **more) is ErrorCode.EXCEPTION_TIME_INVALID
    assert refusal(service.grant_exception, db, until=closes_at, **more) is ErrorCode.EXCEPTION_TOO_EARLY
    late = closes_at + timedelta(days=2)
    assert refusal(service.grant_exception, db, until=late, **more | {"now": late}) is ErrorCode.EXCEPTION_TOO_EARLY
    assert refusal(service.grant_exception, db, until=late, **more | {"reason": ""}) is ErrorCode.REASON_MISSING
    with db.read() as session:
        assert session.exec(select(SloganException)).all() == []
        assert session.exec(select(AuditEntry)).all() == []


def test_a_later_exception_replaces_the_earlier_one(db: Database, contest: MadeContest, organiser: str) -> None:
    first, second = AFTER + timedelta(days=3), AFTER + timedelta(days=1)
    for until in (first, second):
        service.grant_exception(db, actor=organiser, unit_code="U0", until=until, reason="Mất điện", now=NOW)
    found = slogan_detail(db, actor=organiser, unit_code="U0")
    assert found.line.extended_to == second
    assert [one.closes_at for one in found.exceptions] == [second, first]


def test_no_exception_once_judging_has_begun(db: Database) -> None:
    judged = make_judged(db)
    more = {"unit_code": "U0", "until": AFTER + WEEK, "reason": "Mất điện", "now": AFTER}
    refused = refusal(service.grant_exception, db, actor=judged.organiser.username, **more)
    assert refused is ErrorCode.JUDGING_BEGUN


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ORGANISER, Role.AUDITOR)])
def test_others_read_nothing(db: Database, contest: MadeContest, role: Role) -> None:
    actor = make_staff(db, role).username
    assert refusal(slogan_table, db, actor=actor, asked={}) is ErrorCode.NOT_ALLOWED
    assert refusal(slogan_detail, db, actor=actor, unit_code="U0") is ErrorCode.NOT_ALLOWED
    assert refusal(reminder, db, actor=actor) is ErrorCode.NOT_ALLOWED


def test_an_auditor_reads_and_changes_nothing(db: Database, contest: MadeContest) -> None:
    auditor = make_staff(db, Role.AUDITOR).username
    make_slogan(db, contest, unit=0)
    assert len(ask(db, auditor).lines) == 5
    deed = {"actor": auditor, "unit_code": "U0", "reason": "x", "now": NOW}
    assert refusal(service.disqualify, db, **deed) is ErrorCode.NOT_ALLOWED
    assert refusal(service.reinstate, db, **deed) is ErrorCode.NOT_ALLOWED
    assert refusal(service.grant_exception, db, until=AFTER, **deed) is ErrorCode.NOT_ALLOWED


def test_the_reminder_leaves_out_who_has_handed_in(db: Database, contest: MadeContest, organiser: str) -> None:
    make_slogan(db, contest, unit=0)
    make_slogan(db, contest, unit=1, status="draft")
    make_slogan(db, contest, unit=2, status="withdrawn")
    found = reminder(db, actor=organiser)
    [bloc] = found.blocs
    assert (bloc.bloc, bloc.size) == ("cap_xa", 5)
    assert [line.unit_code for line in bloc.lines] == ["U1", "U2", "U3", "U4"]
    assert found.closes_at == contest.rule_set.slogan.closes_at
