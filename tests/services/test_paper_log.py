"""The organisers' list of papers and the timeline of one."""

import io
from datetime import timedelta
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.paper_events import MOST_EVENTS, PaperEvent
from cchc_app.data.engine import Database
from cchc_app.data.quiz import COUNTED, PRACTICE
from cchc_app.data.tables import AttemptEvent, AuditEntry
from cchc_app.data.types import to_millis
from cchc_app.services import answer_quiz, take_quiz
from cchc_app.services.answer_ledger import AnswerLedger
from cchc_app.services.paper_events import note_shown
from cchc_app.services.paper_log import Step, paper_file, paper_table, timeline
from tests.factories import NOW, MadeContest, Person, finish_paper, make_contest, make_person
from tests.queries import counted_queries
from tests.staff import make_staff

SECOND = timedelta(seconds=1)


def crowd(db: Database, contest: MadeContest, people: int = 3) -> list[Person]:
    found = [make_person(db, contest, name=f"Trần Văn {'ABCDEFG'[n]}", unit=n % 2) for n in range(people)]
    for n, person in enumerate(found):
        finish_paper(db, contest, person, week=1, correct=n, used_ms=(9 - n) * 1000)
    return found


def table(db: Database, **asked: str) -> Any:
    return paper_table(db, actor=make_staff(db, Role.AUDITOR).username, asked=asked)


def names(found: Any) -> list[str]:
    return [line.full_name[-1] for line in found.lines]


def test_searched_filtered_and_sorted(db: Database) -> None:
    contest = make_contest(db)
    people = crowd(db, contest)
    finish_paper(db, contest, people[0], week=2, correct=4)
    take_quiz.begin(db, participant_id=people[1].id, kind=COUNTED, now=NOW)
    take_quiz.begin(db, participant_id=people[1].id, kind=PRACTICE, now=NOW)  # never counted: not in the list
    whole = table(db)
    assert (whole.found, whole.count, names(whole)) == (5, 5, ["B", "A", "C", "B", "A"])
    assert names(table(db, tuan="2")) == ["B", "A"]
    assert names(table(db, tim="tran van c")) == ["C"]
    assert names(table(db, tim=whole.lines[2].receipt.lower())) == ["C"]
    assert names(table(db, **{"tinh-trang": "dang-lam"})) == ["B"]
    assert names(table(db, **{"don-vi": "U1"})) == ["B", "B"]
    assert names(table(db, xep="diem", tuan="1")) == ["C", "B", "A"]
    assert names(table(db, xep="diem", giam="1", tuan="1")) == ["A", "B", "C"]
    assert names(table(db, xep="thoi-gian", tuan="1")) == ["C", "B", "A"]
    assert names(table(db, xep="diem"))[-1] == "B"  # an open paper has no score yet: last
    assert table(db, tim="không ai").found == 0


def test_queries_do_not_grow_with_the_list(db: Database) -> None:
    contest, auditor = make_contest(db), make_staff(db, Role.AUDITOR)
    crowd(db, contest, 1)
    with counted_queries(db) as few:
        paper_table(db, actor=auditor.username, asked={})
    crowd(db, contest, 5)
    with counted_queries(db) as many:
        paper_table(db, actor=auditor.username, asked={})
    assert len(few) == len(many) <= 7


async def test_timeline_tells_everything_in_order(db: Database) -> None:
    contest = make_contest(db)
    person, auditor = make_person(db, contest), make_staff(db, Role.AUDITOR)
    receipt = take_quiz.begin(db, participant_id=person.id, kind=COUNTED, now=NOW)
    seen = {"participant_id": person.id, "receipt": receipt, "token_hash": person.token_hash}
    note_shown(db, **seen, same_tab=False, now=NOW)
    ledger = AnswerLedger(db)
    paper = take_quiz.open_paper(db, participant_id=person.id, kind=COUNTED, now=NOW)
    assert paper is not None
    for position, after in ((2, 3), (0, 10)):
        await answer_quiz.answer(
            ledger,
            db,
            paper=paper,
            token_hash=person.token_hash,
            position=position,
            choice=1,
            now=NOW + after * SECOND,
        )
    note_shown(db, **seen, same_tab=True, now=NOW + 5 * SECOND)
    take_quiz.finish(db, participant_id=person.id, receipt=receipt, now=NOW + 12 * SECOND)
    found = timeline(db, actor=auditor.username, receipt=receipt)
    assert [(line.step, line.gap_ms) for line in found.lines] == [
        (Step.STARTED, 0),
        (Step.EVENT, 0),
        (Step.ANSWERED, 3000),
        (Step.EVENT, 2000),
        (Step.ANSWERED, 5000),
        (Step.SUBMITTED, 2000),
    ]
    assert [line.event for line in found.lines if line.event] == [PaperEvent.SHOWN, PaperEvent.SHOWN_AGAIN]
    first = found.lines[2]
    assert (first.position, first.choice) == (2, 1)
    assert first.stem.endswith("stem") and first.option.startswith(first.stem.split()[0])
    assert (found.answered, found.total, found.rule_set_version) == (2, 4, 1)
    assert to_millis(found.deadline_at) - to_millis(NOW) == 600_000


def test_another_tab_and_another_browser(db: Database) -> None:
    contest = make_contest(db)
    person = make_person(db, contest)
    other = make_person(db, contest)
    receipt = take_quiz.begin(db, participant_id=person.id, kind=COUNTED, now=NOW)
    seen = {"participant_id": person.id, "receipt": receipt, "now": NOW}
    for token_hash, same_tab in (
        (person.token_hash, False),
        (person.token_hash, True),
        (person.token_hash, False),
        (other.token_hash, False),
        (person.token_hash, True),
    ):
        note_shown(db, **seen, token_hash=token_hash, same_tab=same_tab)
    with db.read() as session:
        kinds = [row.kind for row in session.exec(select(AttemptEvent)).all()]
    assert kinds == ["shown", "shown_again", "another_tab", "another_browser", "another_browser"]
    found = timeline(db, actor=make_staff(db, Role.ORGANISER).username, receipt=receipt)
    assert [line.browser for line in found.lines] == [0, 1, 1, 1, 2, 1]


def test_nothing_is_noted_of_other_papers_nor_without_end(db: Database) -> None:
    contest = make_contest(db)
    person, other = make_person(db, contest), make_person(db, contest)
    receipt = take_quiz.begin(db, participant_id=person.id, kind=COUNTED, now=NOW)
    seen = {"receipt": receipt, "token_hash": person.token_hash, "same_tab": True, "now": NOW}
    note_shown(db, participant_id=other.id, **seen)
    for _ in range(MOST_EVENTS + 5):
        note_shown(db, participant_id=person.id, **seen)
    take_quiz.finish(db, participant_id=person.id, receipt=receipt, now=NOW)
    note_shown(db, participant_id=person.id, **seen)
    with db.read() as session:
        assert len(session.exec(select(AttemptEvent)).all()) == MOST_EVENTS


def test_the_file_holds_what_is_filtered_and_the_log_says_who_took_it(db: Database) -> None:
    contest, auditor = make_contest(db), make_staff(db, Role.AUDITOR)
    people = crowd(db, contest)
    body = paper_file(db, actor=auditor.username, asked={"don-vi": "U0", "xep": "diem"}, now=NOW)
    lines = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    assert [line[1] for line in lines[2:]] == [people[2].name, people[0].name]
    with db.read() as session:
        [entry] = session.exec(select(AuditEntry)).all()
    assert (entry.action, entry.subject, entry.actor) == ("list_taken", "file:papers", auditor.username)


@pytest.mark.parametrize("role", [Role.JUDGE, Role.QUESTION_EDITOR, Role.ADMINISTRATOR])
def test_others_see_nothing(db: Database, role: Role) -> None:
    one = make_staff(db, role)
    receipt = finish_paper(db, contest := make_contest(db), make_person(db, contest))
    for look in (
        lambda: paper_table(db, actor=one.username, asked={}),
        lambda: timeline(db, actor=one.username, receipt=receipt),
        lambda: paper_file(db, actor=one.username, asked={}, now=NOW),
    ):
        with pytest.raises(ContestError) as refused:
            look()
        assert refused.value.code is ErrorCode.NOT_ALLOWED


def test_unknown_receipts(db: Database) -> None:
    contest, auditor = make_contest(db), make_staff(db, Role.AUDITOR)
    practice = take_quiz.begin(db, participant_id=make_person(db, contest).id, kind=PRACTICE, now=NOW)
    for receipt in ("", "T26-W1-XXXXXX", practice):
        with pytest.raises(ContestError) as refused:
            timeline(db, actor=auditor.username, receipt=receipt)
        assert refused.value.code is ErrorCode.PAPER_UNKNOWN
