"""The organisers' short lists as files: what is filtered and nothing else, noted in the log, refused to others."""

import io
from collections.abc import Callable, Sequence

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuditEntry
from cchc_app.services import desk_lists
from cchc_app.services.announcements import write_news
from cchc_app.services.my_data import RequestKind, ask
from tests.factories import NOW, make_contest, make_person
from tests.judged import make_judged
from tests.staff import make_staff

READERS = (Role.ORGANISER, Role.AUDITOR)
FILES = {
    desk_lists.news_file: READERS,
    desk_lists.staff_file: (Role.ADMINISTRATOR,),
    desk_lists.request_file: READERS,
    desk_lists.pair_file: READERS,
    desk_lists.judged_file: READERS,
    desk_lists.import_file: (*READERS, Role.QUESTION_EDITOR),
    desk_lists.writer_file: READERS,
}


def rows(db: Database, make: Callable[..., bytes], role: Role, **asked: str) -> Sequence[Sequence[object]]:
    body = make(db, actor=make_staff(db, role).username, asked=asked, now=NOW)
    return CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()[2:]


@pytest.mark.parametrize("make", FILES, ids=lambda make: make.__name__)
def test_only_who_may_read_a_list_takes_it(db: Database, make: Callable[..., bytes]) -> None:
    make_contest(db)
    for role in (Role.JUDGE, Role.QUESTION_EDITOR, Role.ORGANISER, Role.AUDITOR, Role.ADMINISTRATOR):
        if role in FILES[make]:
            rows(db, make, role)
            continue
        with pytest.raises(ContestError) as refused:
            rows(db, make, role)
        assert refused.value.code is ErrorCode.NOT_ALLOWED
    with db.read() as session:
        taken = session.exec(select(AuditEntry.subject).where(AuditEntry.action == "list_taken")).all()
    assert len(taken) == len(FILES[make])


def test_news_staff_and_requests(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER, username="mai.dinh")
    for title, starts in (("Khai mạc", ""), ("Bế mạc", "01/01/2099 08:00")):
        form = {"title": title, "body": "x", "starts_at": starts}
        write_news(db, actor=organiser.username, number=0, revision=0, form=form, pinned=False, now=NOW)
    assert [row[0] for row in rows(db, desk_lists.news_file, Role.AUDITOR)] == ["Bế mạc", "Khai mạc"]
    assert [row[0] for row in rows(db, desk_lists.news_file, Role.AUDITOR, tim="khai mac")] == ["Khai mạc"]
    hits = rows(db, desk_lists.news_file, Role.AUDITOR, **{"tinh-trang": "scheduled"})
    assert [row[:2] for row in hits] == [["Bế mạc", "Hẹn giờ"]]

    found = rows(db, desk_lists.staff_file, Role.ADMINISTRATOR, **{"vai-tro": "organiser"})
    assert [row[0] for row in found] == ["mai.dinh"]

    for unit, kind in ((0, RequestKind.CORRECTION), (1, RequestKind.ERASURE)):
        person = make_person(db, contest, unit=unit)
        ask(db, participant_id=person.id, kind=kind, detail="Tên đệm", now=NOW)
    assert [row[3] for row in rows(db, desk_lists.request_file, Role.ORGANISER, loai="erasure")] == ["Xóa dữ liệu"]


def test_pairs_keep_their_numbers_masked(db: Database) -> None:
    contest = make_contest(db)
    for name in ("Nguyễn Văn An", "Lê Thị Bình"):
        make_person(db, contest, name=name)
        make_person(db, contest, name=name, unit=1, identity_normalised=False)
    [line] = rows(db, desk_lists.pair_file, Role.AUDITOR, tim="binh")
    assert line[0] == "Lê Thị Bình"
    assert "•" in str(line[1])
    assert "•" in str(line[3])


def test_judging_by_what_is_apart_and_writers_by_what_is_missing(db: Database) -> None:
    judged = make_judged(db)
    lines = rows(db, desk_lists.judged_file, Role.AUDITOR)
    assert [line[4] for line in lines] == [1, 2, 3]
    assert lines[0][5] == 8.75
    [first] = rows(db, desk_lists.judged_file, Role.AUDITOR, tim=judged.slogans[0].unit_name)
    assert first[2] == judged.slogans[0].text
    assert rows(db, desk_lists.judged_file, Role.AUDITOR, **{"tien-do": "con-cho"}) == []
    served = rows(db, desk_lists.writer_file, Role.AUDITOR, **{"dai-dien": "chua-co"})
    assert len(served) + len(rows(db, desk_lists.writer_file, Role.AUDITOR, **{"dai-dien": "co"})) == len(
        rows(db, desk_lists.writer_file, Role.AUDITOR)
    )
