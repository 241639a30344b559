"""Units with their representatives and codes, for organisers."""

import pytest

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.engine import Database
from cchc_app.services import representatives
from cchc_app.services.organise_representatives import Writer, candidates, make_sheet, writer_table
from tests.factories import NOW, MadeContest, make_contest, make_person
from tests.slogans import with_units
from tests.staff import make_staff


@pytest.fixture
def contest(db: Database) -> MadeContest:
    return with_units(db, make_contest(db), 4)


@pytest.fixture
def organiser(db: Database) -> str:
    return make_staff(db, Role.ORGANISER).username


def test_a_sheet_for_chosen_units_and_for_all_without(db: Database, contest: MadeContest, organiser: str) -> None:
    person = make_person(db, contest, unit=2, name="Vũ Thị Hạnh")
    representatives.appoint(db, actor=organiser, participant_id=person.id, now=NOW)
    chosen = make_sheet(db, actor=organiser, unit_codes={"U3", "U0", "khong-co"}, now=NOW)
    assert [one.unit_name for one in chosen] == ["UBND phường Lê Chân", "UBND xã Đồng Bằng 03"]
    everybody = make_sheet(db, actor=organiser, unit_codes=None, now=NOW)
    assert [one.unit_name for one in everybody] == ["UBND phường Lê Chân", "Sở Y tế", "UBND xã Đồng Bằng 03"]
    assert not {one.code for one in chosen} & {one.code for one in everybody}
    assert not any(one.code in repr(everybody) for one in everybody)


def test_a_printed_code_works_until_another_is_made(db: Database, contest: MadeContest, organiser: str) -> None:
    person = make_person(db, contest, unit=1)
    [old] = make_sheet(db, actor=organiser, unit_codes={"U1"}, now=NOW)
    [new] = make_sheet(db, actor=organiser, unit_codes={"U1"}, now=NOW)
    use = {"participant_id": person.id, "address": "192.0.2.1", "now": NOW}
    with pytest.raises(ContestError, match="UNIT_CODE_WRONG"):
        representatives.redeem(db, code=old.code, **use)
    representatives.redeem(db, code=new.code, **use)
    [line] = writer_table(db, actor=organiser, asked={"tim": "so y te"}).lines
    assert ([term.name for term in line.terms], line.writer, line.code_made_at) == ([person.name], Writer.THERE, None)


def test_the_list_counts_filters_and_searches(db: Database, contest: MadeContest, organiser: str) -> None:
    person = make_person(db, contest, unit=2, name="Vũ Thị Hạnh")
    representatives.appoint(db, actor=organiser, participant_id=person.id, now=NOW)
    make_sheet(db, actor=organiser, unit_codes={"U1"}, now=NOW)
    found = writer_table(db, actor=organiser, asked={})
    assert found.counts == {Writer.THERE: 1, Writer.CODE_OUT: 1, Writer.MISSING: 2}
    assert found.without == 3
    for asked, units in (
        ({"dai-dien": "co"}, ["U2"]),
        ({"dai-dien": "da-cap-ma"}, ["U1"]),
        ({"dai-dien": "chua-co", "giam": "1"}, ["U3", "U0"]),
        ({"tim": "hanh"}, ["U2"]),
        ({"xep": "ma", "giam": "1"}, ["U1", "U3", "U2", "U0"]),
    ):
        assert [line.unit_code for line in writer_table(db, actor=organiser, asked=asked).lines] == units


def test_only_people_of_the_unit_who_may_act_can_be_appointed(
    db: Database, contest: MadeContest, organiser: str
) -> None:
    make_person(db, contest, unit=1, name="Người Khác Đơn Vị")
    make_person(db, contest, unit=0, name="Trần Văn Khóa", blocked=True)
    serving = make_person(db, contest, unit=0, name="Phạm Thị Đang")
    free = make_person(db, contest, unit=0, name="Đặng Thị Thủy")
    representatives.appoint(db, actor=organiser, participant_id=serving.id, now=NOW)
    line, found = candidates(db, actor=organiser, unit_code="U0", search="")
    assert [one.name for one in found] == ["Đặng Thị Thủy"]
    assert [term.name for term in line.terms] == ["Phạm Thị Đang"]
    assert [one.participant_id for one in candidates(db, actor=organiser, unit_code="U0", search="dang thi")[1]] == [
        free.id
    ]
    assert candidates(db, actor=organiser, unit_code="U0", search="khong co")[1] == ()


def test_refusals(db: Database, contest: MadeContest, organiser: str) -> None:
    with pytest.raises(ContestError) as refused:
        make_sheet(db, actor=organiser, unit_codes=set(), now=NOW)
    assert refused.value.code is ErrorCode.UNITS_NOT_CHOSEN
    with pytest.raises(ContestError, match="UNIT_UNKNOWN"):
        candidates(db, actor=organiser, unit_code="U99", search="")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ORGANISER])
def test_only_organisers_make_codes(db: Database, contest: MadeContest, role: Role) -> None:
    actor = make_staff(db, role).username
    with pytest.raises(ContestError, match="NOT_ALLOWED"):
        make_sheet(db, actor=actor, unit_codes=None, now=NOW)
    if role is Role.AUDITOR:
        assert len(writer_table(db, actor=actor, asked={}).lines) == 4
    else:
        with pytest.raises(ContestError, match="NOT_ALLOWED"):
            writer_table(db, actor=actor, asked={})
