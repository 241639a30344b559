"""The question bank's pages, event by event."""

import asyncio

import pytest

from cchc_app.contest.access import Role
from cchc_app.data.engine import Database
from cchc_app.services import import_questions
from cchc_app.services.clock import server_now
from cchc_app.services.edit_question import save_question
from cchc_app.services.import_questions import begin_import, read_import
from cchc_app.services.read_question import question_detail
from cchc_app.states.admin.question_editor import QuestionEditorState
from cchc_app.states.admin.question_imports import QuestionImportsState, QuestionImportState
from cchc_app.states.admin.question_views import typed_question
from cchc_app.states.admin.questions import QuestionBankState
from cchc_app.states.admin.session import StaffState
from tests.factories import make_contest
from tests.questions import workbook_of
from tests.staff import Staffer, make_staff
from tests.states.driver import Browser

BANK, EDITOR = "/quan-tri/cau-hoi", "/quan-tri/cau-hoi/Q000"
WRONG = [None, 5, "x", [], {}, {"stem": 1, "key_a": []}, {"viec": {}}, {"revision": "-1", "version": 10**30}]
FORM = {
    "revision": "1",
    "pool": "main",
    "topic": "A",
    "difficulty": "1",
    "stem": "Q000 stem, viết lại",
    "option_a": "Q000 option a",
    "option_b": "Q000 option b",
    "key_a": "on",
    "explanation": "Vì vậy.",
}


def editor(db: Database, name: str = "an.le") -> Staffer:
    return make_staff(db, Role.QUESTION_EDITOR, username=name, now=server_now())


async def test_a_deed_is_asked_about_before_it_is_done(served_db: Database) -> None:
    make_contest(served_db)
    async with Browser(cookie=editor(served_db).cookie, path=f"{BANK}?nhom=practice") as tab:
        await tab.open(tab.path, QuestionBankState.load)
        assert [row["code"] if isinstance(row, dict) else row.code for row in tab.shown(QuestionBankState, "rows")] == [
            f"P{n:03}" for n in range(6)
        ]
        await tab.send(QuestionBankState.prepare, form={"viec": "retired"})
        assert tab.shown(QuestionBankState, "notice_code") == "CCHC-772"
        await tab.send(QuestionBankState.prepare, form={"cau-P000": True})
        assert tab.shown(QuestionBankState, "notice_code") == "CCHC-774"
        await tab.send(QuestionBankState.prepare, form={"cau-P000": True, "viec": "moved"})
        assert tab.shown(QuestionBankState, "notice_code") == "CCHC-769"
        await tab.send(QuestionBankState.prepare, form={"cau-P000": True, "cau-P001": "on", "viec": "retired"})
        assert tab.shown(QuestionBankState, "confirm_text").startswith("Ngừng dùng 2 câu?")
        assert question_detail(served_db, actor="an.le", code="P000").state == "approved"
        await tab.send(QuestionBankState.cancel)
        await tab.send(QuestionBankState.confirm)
        assert question_detail(served_db, actor="an.le", code="P000").state == "approved"
        await tab.send(QuestionBankState.prepare, form={"tat-ca": True, "viec": "retired"})
        await tab.send(QuestionBankState.confirm)
        assert tab.shown(QuestionBankState, "done") == "Đã ngừng dùng 6 câu."
        assert question_detail(served_db, actor="an.le", code="P005").state == "retired"
        assert question_detail(served_db, actor="an.le", code="Q005").state == "approved"
        await tab.send(QuestionBankState.search, form={"search": "P00", "trang-thai": "ngung"})
        assert tab.redirects == [f"{BANK}?tim=P00&trang-thai=ngung"]
        assert tab.errors == []


async def test_the_second_of_two_editors_sees_the_first_ones_text_and_keeps_what_was_typed(served_db: Database) -> None:
    make_contest(served_db)
    editor(served_db)
    async with Browser(cookie=editor(served_db, "binh.vu").cookie, path=EDITOR) as tab:
        await tab.open(EDITOR, QuestionEditorState.load)
        written = typed_question(FORM)
        save_question(served_db, actor="an.le", code="Q000", revision=1, typed=written, now=server_now())
        before = tab.shown(QuestionEditorState, "form_key")
        await tab.send(QuestionEditorState.save, form=FORM | {"stem": "Của Bình?"})
        assert tab.shown(QuestionEditorState, "notice_code") == "CCHC-762"
        assert "an.le" in tab.shown(QuestionEditorState, "notice")
        # The form is not drawn anew: what was typed is still in it.
        assert tab.shown(QuestionEditorState, "form_key") == before
        assert "Q000 stem, viết lại" in tab.received
        again = FORM | {"stem": "Của Bình?", "revision": tab.shown(QuestionEditorState, "revision")}
        await tab.send(QuestionEditorState.save, form=again)
        assert (tab.shown(QuestionEditorState, "notice"), tab.shown(QuestionEditorState, "own_version")) == ("", True)
        assert tab.errors == []


async def test_approval_of_what_was_read(served_db: Database) -> None:
    make_contest(served_db)
    editor(served_db)
    save_question(served_db, actor="an.le", code="Q000", revision=1, typed=typed_question(FORM), now=server_now())
    async with Browser(cookie=editor(served_db, "binh.vu").cookie, path=EDITOR) as tab:
        await tab.open(EDITOR, QuestionEditorState.load)
        assert tab.shown(QuestionEditorState, "may_approve") is True
        await tab.send(QuestionEditorState.approve, form={"version": "1"})
        assert tab.shown(QuestionEditorState, "notice_code") == "CCHC-765"
        await tab.send(QuestionEditorState.approve, form={"version": "2"})
        assert tab.shown(QuestionEditorState, "done") == "Đã duyệt 1 câu."
        await tab.send(QuestionEditorState.retire)
        await tab.send(QuestionEditorState.restore)
        assert (tab.shown(QuestionEditorState, "retired"), tab.errors) == (False, [])


async def test_a_server_without_its_memory_saves_what_was_typed(served_db: Database) -> None:
    make_contest(served_db)
    async with Browser(cookie=editor(served_db).cookie, path=EDITOR) as tab:
        await tab.open(EDITOR, QuestionEditorState.load)
        await tab.restart_server()
        await tab.send(QuestionEditorState.save, form=FORM)
        assert tab.errors == []
    assert question_detail(served_db, actor="an.le", code="Q000").versions[0].stem == "Q000 stem, viết lại"


async def test_fields_are_told_and_a_new_question_goes_to_its_page(served_db: Database) -> None:
    make_contest(served_db)
    async with Browser(cookie=editor(served_db).cookie, path=f"{BANK}/moi") as tab:
        await tab.open(tab.path, QuestionEditorState.load)
        await tab.send(QuestionEditorState.save, form={})
        errors = tab.shown(QuestionEditorState, "errors")
        assert {name for name, said in errors.items() if said} == {
            "stem",
            "options",
            "key",
            "pool",
            "topic",
            "difficulty",
        }
        await tab.send(QuestionEditorState.save, form=FORM | {"code": "Đ.1"})
        assert tab.redirects == ["/quan-tri/cau-hoi/%C4%90.1"]
        await tab.open("/quan-tri/cau-hoi/%C4%90.1", QuestionEditorState.load)
        assert tab.shown(QuestionEditorState, "title") == "Câu Đ.1"
        await tab.open(f"{BANK}/khong-co", QuestionEditorState.load)
        assert (tab.shown(QuestionEditorState, "notice_code"), tab.errors) == ("CCHC-761", [])


@pytest.mark.parametrize("form", WRONG)
async def test_wrong_forms_change_nothing(served_db: Database, form: object) -> None:
    make_contest(served_db)
    async with Browser(cookie=editor(served_db).cookie, path=EDITOR) as tab:
        await tab.open(EDITOR, QuestionBankState.load, QuestionEditorState.load)
        for handler in (
            QuestionBankState.prepare,
            QuestionBankState.search,
            QuestionEditorState.save,
            QuestionEditorState.approve,
            QuestionImportState.confirm,
        ):
            await tab.send(handler, form=form)
        await tab.send(QuestionBankState.confirm)
        for handler in (QuestionImportState.accept, QuestionImportState.keep):
            await tab.send(handler, kind=form)
        assert tab.errors == []
    found = question_detail(served_db, actor="an.le", code="Q000")
    assert (found.revision, len(found.versions)) == (1, 1)


async def test_an_import_watched_decided_and_written(served_db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    make_contest(served_db)
    an, now = editor(served_db), server_now()
    lines = ["Mã,Câu hỏi,Phương án A,Phương án B,Đáp án đúng", "7,Bảy?,a,b,A", "100,Trăm?,a,b,A"]
    number = begin_import(served_db, actor=an.username, name="a.csv", body="\n".join(lines).encode(), now=now)
    async with Browser(cookie=an.cookie, path=f"{BANK}/nhap/{number}") as tab:
        await tab.open(tab.path, QuestionImportState.load)
        assert tab.shown(QuestionImportState, "state") == "reading"
        await tab.send(QuestionImportState.refresh)
        assert tab.shown(QuestionImportState, "state") == "reading"
        read_import(served_db, number=number, clock=server_now)
        await tab.send(QuestionImportState.refresh)
        assert (tab.shown(QuestionImportState, "state"), tab.shown(QuestionImportState, "confirm_label")) == (
            "ready",
            "",
        )
        await tab.send(QuestionImportState.accept, kind="lost_zeros")
        await asyncio.gather(*import_questions._running)
        await tab.send(QuestionImportState.refresh)
        assert tab.shown(QuestionImportState, "confirm_label") == "Nhập 2 câu"
        await tab.send(QuestionImportState.confirm, form={"pool": "main", "topic": "A"})
        assert tab.shown(QuestionImportState, "errors")["difficulty"]
        await tab.send(QuestionImportState.confirm, form={"pool": "main", "topic": "A", "difficulty": "2"})
        assert tab.shown(QuestionImportState, "written") == "Đã nhập 2 câu thành bản nháp."
        await tab.open(f"{BANK}/nhap?loi=CCHC-602", QuestionImportsState.load)
        assert (len(tab.shown(QuestionImportsState, "rows")), tab.shown(QuestionImportsState, "notice_code")) == (
            1,
            "CCHC-602",
        )
        assert tab.errors == []
    assert question_detail(served_db, actor="an.le", code="007").difficulty == 2


async def test_a_reader_sees_and_changes_nothing(served_db: Database) -> None:
    make_contest(served_db)
    auditor = make_staff(served_db, Role.AUDITOR, now=server_now())
    number = begin_import(
        served_db, actor=editor(served_db).username, name="a.xlsx", body=workbook_of(1), now=server_now()
    )
    async with Browser(cookie=auditor.cookie, path=EDITOR) as tab:
        await tab.open(EDITOR, QuestionEditorState.load)
        assert (tab.shown(QuestionEditorState, "loaded"), tab.shown(QuestionEditorState, "may_edit")) == (True, False)
        await tab.send(QuestionEditorState.save, form=FORM)
        assert tab.shown(StaffState, "denied") is True
        await tab.open(f"{BANK}/nhap/{number}", QuestionImportState.load, QuestionImportState.drop)
        assert tab.errors == []
    found = question_detail(served_db, actor="an.le", code="Q000")
    assert len(found.versions) == 1
