"""The organisers' list of participants and the page of one."""

import io
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.engine import Database
from cchc_app.data.quiz import COUNTED
from cchc_app.data.tables import AuditEntry, PersonMerge
from cchc_app.services import take_quiz
from cchc_app.services.extra_time import give_extra_time
from cchc_app.services.move_person import move_person
from cchc_app.services.organise_people import people_file, people_table, tidy_search
from cchc_app.services.person_page import person_page
from cchc_app.services.reset_pin import LINK_LIFE, offer_pin_reset
from cchc_app.services.reveal_citizen_id import reveal_with_code
from cchc_app.services.sanction_people import block, disqualify, unblock
from tests.factories import NOW, MadeContest, Person, finish_paper, make_contest, make_person
from tests.queries import counted_queries
from tests.services.test_sanction_people import REASON, coded, deed, refusal
from tests.staff import make_staff


def crowd(db: Database, contest: MadeContest) -> dict[str, Person]:
    made = {
        "An": {"blocked": True},
        "Bình": {"disqualified": True, "unit": 1},
        "Châu": {"ranked": False},
        "Dũng": {"identity_normalised": False, "citizen_id_masked": "03•••••47", "unit": 1},
        "Giang": {"vneid_linked_at": NOW, "citizen_id_masked": "031•••••••47"},
        "Hà": {},
    }
    return {name: make_person(db, contest, name=f"Lê Thị {name}", **fields) for name, fields in made.items()}


def found(db: Database, **asked: str) -> list[str]:
    table = people_table(db, actor=make_staff(db, Role.AUDITOR).username, asked=asked)
    assert table.found == len(table.lines) and table.count == 6
    return [line.full_name.split()[-1] for line in table.lines]


def test_searched_filtered_and_sorted(db: Database) -> None:
    crowd(db, make_contest(db))
    assert found(db) == ["An", "Bình", "Châu", "Dũng", "Giang", "Hà"]
    assert found(db, giam="1") == ["Hà", "Giang", "Dũng", "Châu", "Bình", "An"]
    assert found(db, xep="don-vi") == ["An", "Châu", "Giang", "Hà", "Bình", "Dũng"]
    assert found(db, tim="thi chau") == ["Châu"]
    assert found(db, tim="Y TẾ") == ["Bình", "Dũng"]
    assert found(db, tim="47") == ["Dũng", "Giang"]
    assert found(db, tim="%") == []
    for state, names in {"bi-khoa": ["An"], "bi-loai": ["Bình"], "khong-xep-hang": ["Châu"]}.items():
        assert found(db, **{"tinh-trang": state}) == names
    assert found(db, **{"tinh-trang": "binh-thuong"}) == ["Dũng", "Giang", "Hà"]
    assert found(db, **{"dinh-danh": "vneid"}) == ["Giang"]
    assert found(db, **{"dinh-danh": "chua-chuan-hoa"}) == ["Dũng"]
    assert found(db, **{"dinh-danh": "chua-vneid", "don-vi": "U1"}) == ["Bình", "Dũng"]
    assert found(db, khoi="cap_xa", tim="le thi an") == ["An"]
    assert found(db, **{"tinh-trang": "?", "don-vi": "?"}) == found(db)


def test_a_whole_number_does_not_go_into_an_address() -> None:
    assert tidy_search("031 085 012345") == "45"
    assert tidy_search("47") == "47"
    assert tidy_search("Nguyễn Văn 12345") == "Nguyễn Văn 12345"


def test_queries_do_not_grow_with_the_list(db: Database) -> None:
    contest, auditor = make_contest(db), make_staff(db, Role.AUDITOR)
    make_person(db, contest)
    with counted_queries(db) as few:
        people_table(db, actor=auditor.username, asked={"don-vi": "U0"})
    crowd(db, contest)
    with counted_queries(db) as many:
        people_table(db, actor=auditor.username, asked={"don-vi": "U0"})
    assert len(few) == len(many) <= 8


def test_the_page_tells_what_was_decided(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    person = make_person(db, contest, name="Lê Thị An", phone="0912345678", pin_hash="x")
    finish_paper(db, contest, person, week=1, correct=3)
    receipt = take_quiz.begin(db, participant_id=person.id, kind=COUNTED, now=NOW)
    link = offer_pin_reset(db, **coded(organiser, person))
    block(db, **deed(organiser, person))
    unblock(db, **deed(organiser, person, reason="Nhầm"))
    disqualify(db, **coded(organiser, person, step=1))
    move_person(db, **coded(organiser, person, step=2, unit_code="U1"))
    give_extra_time(db, **deed(organiser, person, minutes="7", open_paper=False))
    auditor = make_staff(db, Role.AUDITOR)
    page = person_page(db, actor=auditor.username, participant_id=person.id, now=NOW)
    assert (page.line.full_name, page.line.unit_name, page.line.disqualified) == ("Lê Thị An", "Sở Y tế", True)
    assert (page.phone_masked, page.has_pin, page.extra_minutes, page.sessions) == ("091•••••78", True, 7, 0)
    assert [(one.kind, one.reason, one.lift_reason) for one in page.sanctions] == [
        ("disqualified", REASON, ""),
        ("blocked", REASON, "Nhầm"),
    ]
    assert [(one.left, one.joined, one.reason) for one in page.moves] == [("UBND phường Lê Chân", "Sở Y tế", REASON)]
    assert [(paper.period_number, paper.receipt == receipt) for paper in page.papers] == [(2, True), (1, False)]
    assert page.open_paper and page.pin_link_until == link.expires_at == NOW + LINK_LIFE
    assert [one.purpose for one in page.consents] == ["participation"]
    assert "0912345678" not in repr(page) + str(page.phone_masked)


def test_queries_of_the_page_are_constant(db: Database) -> None:
    contest, auditor = make_contest(db), make_staff(db, Role.AUDITOR)
    one, three = make_person(db, contest), make_person(db, contest)
    finish_paper(db, contest, one)
    for week in (1, 2, 3):
        finish_paper(db, contest, three, week=week)
    counts = []
    for person in (one, three):
        with counted_queries(db) as sent:
            person_page(db, actor=auditor.username, participant_id=person.id, now=NOW)
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 16


def test_a_merged_account_leads_to_the_kept_one(db: Database) -> None:
    contest, auditor = make_contest(db), make_staff(db, Role.AUDITOR)
    kept, merged = make_person(db, contest), make_person(db, contest)
    with db.write() as session:
        session.add(PersonMerge(merged_id=merged.id, kept_id=kept.id, reason="", moved=[], merged_at=NOW))
    page = person_page(db, actor=auditor.username, participant_id=merged.id, now=NOW)
    assert (page.kept_id, page.line.merged) == (kept.id, True)


def test_revealing_takes_a_code_and_is_logged(db: Database) -> None:
    contest, auditor = make_contest(db), make_staff(db, Role.AUDITOR)
    person, judge = make_person(db, contest), make_staff(db, Role.JUDGE)
    assert refusal(reveal_with_code, db, **coded(judge, person)) is ErrorCode.NOT_ALLOWED
    assert refusal(reveal_with_code, db, **coded(auditor, person) | {"reason": ""}) is ErrorCode.REASON_MISSING
    assert refusal(reveal_with_code, db, **deed(auditor, person, code="1")) is ErrorCode.CODE_WRONG
    assert reveal_with_code(db, **coded(auditor, person)).startswith("031085")
    with db.read() as session:
        [entry] = session.exec(select(AuditEntry)).all()
    assert (entry.action, entry.subject) == ("citizen_id_revealed", f"participant:{person.id}")


def test_the_file_masks_numbers(db: Database) -> None:
    contest, auditor = make_contest(db), make_staff(db, Role.AUDITOR)
    crowd(db, contest)
    body = people_file(db, actor=auditor.username, asked={"don-vi": "U1"}, now=NOW)
    lines = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    assert [line[1] for line in lines[2:]] == ["Lê Thị Bình", "Lê Thị Dũng"]
    assert [line[2] for line in lines[2:]] == ["031•••••••00", "03•••••47"]
    assert lines[2][6] == "Bị loại"


@pytest.mark.parametrize("role", [Role.JUDGE, Role.QUESTION_EDITOR, Role.ADMINISTRATOR])
def test_others_see_nobody(db: Database, role: Role) -> None:
    person, one = make_person(db, make_contest(db)), make_staff(db, role)
    looks: list[Any] = [
        lambda: people_table(db, actor=one.username, asked={}),
        lambda: people_file(db, actor=one.username, asked={}, now=NOW),
        lambda: person_page(db, actor=one.username, participant_id=person.id, now=NOW),
    ]
    for look in looks:
        with pytest.raises(ContestError) as refused:
            look()
        assert refused.value.code is ErrorCode.NOT_ALLOWED
