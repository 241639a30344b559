"""The question bank on both databases: written, approved by two people, found, taken away as files."""

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.question_states import QuestionDeed, QuestionState
from cchc_app.contest.staffing import Action
from cchc_app.data.engine import Database
from cchc_app.data.quiz import bank, question_texts
from cchc_app.data.tables import AuditEntry, Question, QuestionVersion
from cchc_app.services.edit_question import add_question, save_question
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.question_bank import BankTable, bank_table
from cchc_app.services.question_bank_files import KINDS, question_bank_file, question_template_file
from cchc_app.services.question_deeds import DeedResult, do_to_questions, found_questions
from cchc_app.services.question_files import parse_file
from cchc_app.services.read_question import question_detail
from tests.factories import NOW, MadeContest, make_contest
from tests.questions import typed
from tests.staff import Staffer, make_staff

APPROVED, RETIRED, RESTORED, MOVED = (
    QuestionDeed.APPROVED,
    QuestionDeed.RETIRED,
    QuestionDeed.RESTORED,
    QuestionDeed.MOVED,
)


TODAY = NOW.date()


@pytest.fixture
def contest(db: Database) -> MadeContest:
    return make_contest(db)


@pytest.fixture
def an(db: Database) -> Staffer:
    return make_staff(db, Role.QUESTION_EDITOR, username="an.le")


@pytest.fixture
def binh(db: Database) -> Staffer:
    return make_staff(db, Role.QUESTION_EDITOR, username="binh.vu")


def approve(db: Database, who: Staffer, code: str, version: int) -> DeedResult:
    return do_to_questions(db, actor=who.username, deed=APPROVED, chosen={code: version}, now=NOW)


def drawn(db: Database, contest: MadeContest, pool: str = "main", on: date = TODAY) -> set[str]:
    """The stems papers are drawn from."""
    with db.read() as session:
        items = bank(session, contest_id=contest.contest_id, pool=pool, on=on)
        return {text.stem for text in question_texts(session, [item.question_version_id for item in items]).values()}


def asked(db: Database, who: Staffer, **parameters: str) -> BankTable:
    return bank_table(db, actor=who.username, asked={k.replace("_", "-"): v for k, v in parameters.items()}, now=NOW)


def codes(found: BankTable) -> list[str]:
    return [line.code for line in found.lines]


def test_a_new_question_is_drawn_after_a_second_person(
    db: Database, contest: MadeContest, an: Staffer, binh: Staffer
) -> None:
    code = add_question(db, actor=an.username, typed=typed(), now=NOW)
    assert code == "Q012"
    stem = "Ai ban hành nghị quyết?"
    assert stem not in drawn(db, contest)
    assert approve(db, an, code, 1).refused == ((code, ErrorCode.QUESTION_OWN_VERSION),)
    assert stem not in drawn(db, contest)
    assert approve(db, binh, code, 1).done == (code,)
    assert stem in drawn(db, contest)
    assert approve(db, binh, code, 1).refused == ((code, ErrorCode.QUESTION_NOT_WAITING),)


def test_papers_keep_the_approved_version_until_a_newer_one_is_approved(
    db: Database, contest: MadeContest, an: Staffer, binh: Staffer
) -> None:
    found = save_question(db, actor=an.username, code="Q000", revision=1, typed=typed(), now=NOW)
    assert (found.state, found.approved_version, found.waits) == (QuestionState.APPROVED, 1, True)
    assert [version.number for version in found.versions] == [2, 1]
    assert "Q000 stem" in drawn(db, contest)
    newer = save_question(
        db, actor=binh.username, code="Q000", revision=2, typed=typed(stem="Cơ quan nào ban hành?"), now=NOW
    )
    assert approve(db, an, "Q000", 2).refused == (("Q000", ErrorCode.QUESTION_VERSION_NEWER),)
    assert approve(db, an, "Q000", newer.versions[0].number).done == ("Q000",)
    assert "Cơ quan nào ban hành?" in drawn(db, contest)
    assert "Q000 stem" not in drawn(db, contest)
    with db.read() as session:
        assert session.exec(select(QuestionVersion.stem).where(QuestionVersion.version == 1)).all().count("Q000 stem")


def test_places_count_at_once_and_make_no_version(db: Database, contest: MadeContest, an: Staffer) -> None:
    before = question_detail(db, actor=an.username, code="Q001")
    same = typed(
        stem="Q001 stem",
        options=[f"Q001 option {letter}" for letter in "abcd"],
        key=(1,),
        explanation="Q001 explanation",
        legal_basis="Q001 law",
        topic="Z",
        difficulty="3",
        valid_until="10/03/2026",
    )
    found = save_question(db, actor=an.username, code="Q001", revision=1, typed=same, now=NOW)
    assert found.versions == before.versions
    assert (found.topic, found.difficulty, found.valid_until, found.revision) == ("Z", 3, date(2026, 3, 10), 2)
    assert [one.deed for one in found.events] == [MOVED]
    assert "Q001 stem" in drawn(db, contest, on=date(2026, 3, 10))
    assert "Q001 stem" not in drawn(db, contest, on=date(2026, 3, 11))
    again = save_question(db, actor=an.username, code="Q001", revision=2, typed=same, now=NOW)
    assert again.revision == 2  # nothing changed, nothing written


def test_another_pool_needs_a_second_person(db: Database, contest: MadeContest, an: Staffer, binh: Staffer) -> None:
    moved = typed(
        stem="P000 stem",
        options=[f"P000 option {letter}" for letter in "abcd"],
        key=(0,),
        explanation="P000 explanation",
        legal_basis="P000 law",
        difficulty="1",
    )
    found = save_question(db, actor=an.username, code="P000", revision=1, typed=moved, now=NOW)
    assert (found.state, found.approved_version, found.versions[0].written_by) == ("draft", None, "an.le")
    assert "P000 stem" not in drawn(db, contest) | drawn(db, contest, "practice")
    assert approve(db, an, "P000", 2).refused == (("P000", ErrorCode.QUESTION_OWN_VERSION),)
    assert approve(db, binh, "P000", 2).done == ("P000",)
    assert "P000 stem" in drawn(db, contest)


def test_the_second_of_two_editors_is_told(db: Database, contest: MadeContest, an: Staffer, binh: Staffer) -> None:
    save_question(db, actor=an.username, code="Q000", revision=1, typed=typed(), now=NOW)
    with pytest.raises(ContestError) as refused:
        save_question(db, actor=binh.username, code="Q000", revision=1, typed=typed(stem="Khác?"), now=NOW)
    assert refused.value.code is ErrorCode.QUESTION_CHANGED
    assert refused.value.details == {"by": "an.le", "at": NOW}
    assert len(question_detail(db, actor=an.username, code="Q000").versions) == 2


def both_at_once(*deeds: Callable[[], object]) -> list[object]:
    """What each deed says when all begin together."""
    start, said = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place: int, deed: Callable[[], object]) -> None:
        start.wait()
        try:
            said[place] = deed()
        except ContestError as error:
            said[place] = error.code

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def test_two_approvers_at_once(db: Database, contest: MadeContest, an: Staffer, binh: Staffer) -> None:
    third = make_staff(db, Role.QUESTION_EDITOR, username="chi.do")
    code = add_question(db, actor=an.username, typed=typed(), now=NOW)
    said = both_at_once(lambda: approve(db, binh, code, 1), lambda: approve(db, third, code, 1))
    assert sorted(len(one.done) for one in said) == [0, 1]
    found = question_detail(db, actor=an.username, code=code)
    assert [one.deed for one in found.events] == [APPROVED, QuestionDeed.WRITTEN]


def test_approval_and_a_new_version_at_once(db: Database, contest: MadeContest, an: Staffer, binh: Staffer) -> None:
    """Nobody approves what they have not read, and nobody writes under what was approved meanwhile unseen."""
    code = add_question(db, actor=an.username, typed=typed(), now=NOW)
    said = both_at_once(
        lambda: approve(db, binh, code, 1),
        lambda: save_question(db, actor=an.username, code=code, revision=1, typed=typed(stem="Mới?"), now=NOW),
    )
    found = question_detail(db, actor=an.username, code=code)
    if said[1] is ErrorCode.QUESTION_CHANGED:
        assert (found.approved_version, len(found.versions)) == (1, 1)
    else:
        assert said[0].refused == ((code, ErrorCode.QUESTION_VERSION_NEWER),)
        assert (found.approved_version, len(found.versions)) == (None, 2)


def test_two_new_questions_at_once_get_two_codes(db: Database, contest: MadeContest, an: Staffer) -> None:
    said = both_at_once(*[lambda: add_question(db, actor=an.username, typed=typed(), now=NOW)] * 2)
    assert sorted(map(str, said)) == ["Q012", "Q013"]


def test_retired_and_restored(db: Database, contest: MadeContest, an: Staffer) -> None:
    chosen = {"Q000": 1, "Q001": 1}
    assert do_to_questions(db, actor=an.username, deed=RETIRED, chosen=chosen, now=NOW).done == ("Q000", "Q001")
    assert "Q000 stem" not in drawn(db, contest)
    again = do_to_questions(db, actor=an.username, deed=RETIRED, chosen={**chosen, "NO": 1}, now=NOW)
    assert again.refused == (
        ("Q000", ErrorCode.QUESTION_RETIRED),
        ("Q001", ErrorCode.QUESTION_RETIRED),
        ("NO", ErrorCode.QUESTION_UNKNOWN),
    )
    assert do_to_questions(db, actor=an.username, deed=RESTORED, chosen={"Q000": 1}, now=NOW).done == ("Q000",)
    assert "Q000 stem" in drawn(db, contest)
    assert [one.deed for one in question_detail(db, actor=an.username, code="Q000").events] == [RESTORED, RETIRED]


def test_topics_change_for_many(db: Database, contest: MadeContest, an: Staffer) -> None:
    chosen = found_questions(db, actor=an.username, asked={"chu-de": "B"}, now=NOW)
    assert len(chosen) == 6
    do_to_questions(db, actor=an.username, deed=MOVED, chosen=chosen, topic=" Đô  thị ", now=NOW)
    assert codes(asked(db, an, chu_de="Đô thị")) == sorted(chosen)
    with pytest.raises(ContestError) as refused:
        do_to_questions(db, actor=an.username, deed=MOVED, chosen=chosen, topic=" ", now=NOW)
    assert refused.value.code is ErrorCode.TOPIC_MISSING
    with db.read() as session:
        entry = session.exec(select(AuditEntry).order_by(col(AuditEntry.seq).desc())).first()
    assert entry is not None
    assert (entry.action, entry.subject) == (Action.QUESTIONS_MOVED, "questions")


@pytest.mark.parametrize(
    ("changes", "columns"),
    [
        ({"stem": " "}, {"stem"}),
        ({"options": ("a",), "key": (0,)}, {"options"}),
        ({"options": ("a", "A")}, {"option_b"}),
        ({"options": ("a", "", "c")}, {"option_b"}),
        ({"key": ()}, {"key"}),
        ({"key": (0, 1, 2)}, {"key"}),
        ({"key": (5,)}, {"key"}),
        ({"topic": "", "pool": "", "difficulty": ""}, {"topic", "pool", "difficulty"}),
        ({"difficulty": "7"}, {"difficulty"}),
        ({"pool": "x"}, {"pool"}),
        ({"valid_from": "31/02/2026"}, {"valid_from"}),
        ({"valid_from": "02/03/2026", "valid_until": "01/03/2026"}, {"valid_until"}),
        ({"code": "q 1"}, {"code"}),
        ({"code": "q001"}, {"code"}),
        ({"code": "moi"}, {"code"}),
        ({"stem": "x" * 2001}, {"stem"}),
    ],
)
def test_what_a_form_is_told(
    db: Database, contest: MadeContest, an: Staffer, changes: dict[str, object], columns: set[str]
) -> None:
    with pytest.raises(FieldErrors) as refused:
        add_question(db, actor=an.username, typed=typed(**changes), now=NOW)
    assert set(refused.value.errors) == columns


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.AUDITOR, Role.JUDGE, Role.ADMINISTRATOR])
def test_who_else_may_write_nothing(db: Database, contest: MadeContest, role: Role) -> None:
    one = make_staff(db, role)
    deeds: list[Callable[[], object]] = [
        lambda: add_question(db, actor=one.username, typed=typed(), now=NOW),
        lambda: save_question(db, actor=one.username, code="Q000", revision=1, typed=typed(), now=NOW),
        lambda: approve(db, one, "Q000", 1),
        lambda: question_template_file(db, actor=one.username),
    ]
    looks: list[Callable[[], object]] = [
        lambda: asked(db, one),
        lambda: question_detail(db, actor=one.username, code="Q000"),
        lambda: question_bank_file(db, actor=one.username, kind="gift", asked={}, now=NOW),
    ]
    refused = deeds if role in (Role.ORGANISER, Role.AUDITOR) else [*deeds, *looks]
    for deed in refused:
        with pytest.raises(ContestError) as error:
            deed()
        assert error.value.code is ErrorCode.NOT_ALLOWED
    if refused is deeds:
        assert all(look() for look in looks)


def test_search_filters_order_and_pages(db: Database, contest: MadeContest, an: Staffer, binh: Staffer) -> None:
    code = add_question(
        db, actor=an.username, typed=typed(topic="Đô thị", valid_from="01/04/2026"), now=NOW + timedelta(hours=1)
    )
    assert (asked(db, an).found, asked(db, an).count) == (19, 19)
    assert codes(asked(db, an, tim="nghi QUYET")) == [code]
    assert codes(asked(db, an, tim="quoc hoi")) == [code]
    assert codes(asked(db, an, tim="76/nq")) == [code]
    assert codes(asked(db, an, tim="q003")) == ["Q003"]
    assert codes(asked(db, an, trang_thai="nhap")) == [code]
    assert codes(asked(db, an, trang_thai="cho-duyet")) == [code]
    assert codes(asked(db, an, hieu_luc="sap")) == [code]
    assert asked(db, an, hieu_luc="dang").found == 18
    assert asked(db, an, nhom="practice", do_kho="1").found == 2
    assert asked(db, an, chu_de="no such").found == 19  # an address the table does not know
    assert codes(asked(db, an, xep="luc", giam="1"))[0] == code
    assert asked(db, an, xep="chu-de").lines[-1].topic == "Đô thị"
    assert codes(asked(db, an, giam="1")) == codes(asked(db, an))[::-1]
    assert asked(db, an, trang="9").query.page == 1


def test_as_many_queries_for_one_question_as_for_all(db: Database, contest: MadeContest, an: Staffer) -> None:
    def queries(**parameters: str) -> int:
        counted = 0

        def count(*_: object) -> None:
            nonlocal counted
            counted += 1

        event.listen(db.engine, "before_cursor_execute", count)
        asked(db, an, **parameters)
        event.remove(db.engine, "before_cursor_execute", count)
        return counted

    queries(tim="stem")  # wordings are read once in the life of a process
    assert queries(tim="q003") == queries(tim="stem")
    assert queries() == queries(nhom="practice") <= 9


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_taken_away_is_what_is_found_and_can_be_read_again(
    db: Database, contest: MadeContest, an: Staffer, kind: str
) -> None:
    add_question(
        db, actor=an.username, typed=typed(code="Đ-1", key=(0, 2), valid_from="01/04/2026", topic="~=#{}:"), now=NOW
    )
    body = question_bank_file(db, actor=an.username, kind=kind, asked={"tim": "nghi quyet"}, now=NOW)
    found = parse_file(f"cau-hoi.{kind}", body)
    assert found.errors == ()
    assert [(one.code, one.key, one.topic, one.valid_from) for one in found.rows] == [
        ("Đ-1", (0, 2), "~=#{}:", date(2026, 4, 1))
    ]
    whole = parse_file(f"cau-hoi.{kind}", question_bank_file(db, actor=an.username, kind=kind, asked={}, now=NOW))
    with db.read() as session:
        assert {one.code for one in whole.rows} == set(session.exec(select(Question.code)))
        taken = session.exec(select(AuditEntry.subject).where(AuditEntry.action == Action.QUESTION_FILE_TAKEN)).all()
    assert list(taken) == [f"file:questions.{kind}"] * 2


def test_the_template_has_examples_that_can_be_read(db: Database, contest: MadeContest, an: Staffer) -> None:
    found = parse_file("mau.xlsx", question_template_file(db, actor=an.username))
    assert (found.errors, len(found.rows)) == ((), 2)
