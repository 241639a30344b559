"""The item analysis as organisers read it: computed once, searched, sorted, filtered, taken as a file."""

import io
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.item_analysis import ItemFlag
from cchc_app.data.engine import Database
from cchc_app.data.tables import QuestionVersion
from cchc_app.services.item_jobs import FRESH, ItemJobs, flagged
from cchc_app.services.item_table import ItemTable, item_file, item_table
from tests.factories import NOW, MadeContest, finish_paper, make_contest, make_person
from tests.filled import Filling, fill
from tests.queries import counted_queries
from tests.staff import make_staff


@pytest.fixture
def contest(db: Database) -> MadeContest:
    made = make_contest(db)
    fill(db, made, Filling(people=120))
    return made


@pytest.fixture
def organiser(db: Database) -> str:
    return make_staff(db, Role.ORGANISER).username


@pytest.fixture
def jobs(db: Database, contest: MadeContest) -> ItemJobs:
    made = ItemJobs(db)
    running = made.start((contest.period_ids[1], contest.period_ids[2]), now=NOW)
    assert running is not None
    running.result()
    return made


def ask(db: Database, jobs: ItemJobs, actor: str, **asked: str) -> ItemTable:
    return item_table(db, jobs, actor=actor, asked={name.replace("_", "-"): v for name, v in asked.items()}, now=NOW)


def names(found: ItemTable) -> list[str]:
    return [line.text.code for line in found.lines]


def test_overall_and_by_week(db: Database, jobs: ItemJobs, organiser: str) -> None:
    both, first = ask(db, jobs, organiser), ask(db, jobs, organiser, bang="1")
    assert (both.board, both.boards, both.count, both.papers, both.missing) == (0, (1, 2, 0), 12, 240, False)
    assert (first.board, first.papers) == (1, 120)
    assert names(both) == [f"Q{n:03}" for n in range(12)]
    assert sum(line.analysis.papers for line in both.lines) == 240 * 4
    assert both.notable == sum(set(line.analysis.flags) > set() for line in both.lines)
    assert flagged(db, jobs) == both.notable


def test_orders_put_what_is_not_defined_last(db: Database, jobs: ItemJobs, organiser: str) -> None:
    up = [line.analysis.discrimination for line in ask(db, jobs, organiser, xep="phan-biet").lines]
    down = [line.analysis.discrimination for line in ask(db, jobs, organiser, xep="phan-biet", giam="1").lines]
    assert up == sorted(up) and down == sorted(down, reverse=True)
    ease = [line.analysis.facility for line in ask(db, jobs, organiser, xep="do-de", giam="1").lines]
    assert ease == sorted(ease, reverse=True)


def test_search_filters_and_opening(db: Database, jobs: ItemJobs, organiser: str) -> None:
    assert names(ask(db, jobs, organiser, tim="q003")) == ["Q003"]
    assert names(ask(db, jobs, organiser, chu_de="A")) == [f"Q{n:03}" for n in range(0, 12, 2)]
    wanted = ItemFlag.DISTRACTOR_UNCHOSEN
    found = ask(db, jobs, organiser, dau_hieu=wanted.value)
    assert all(wanted in line.analysis.flags for line in found.lines)
    assert ask(db, jobs, organiser, dau_hieu="can-xem").found == found.notable
    with db.read() as session:
        version = session.exec(select(QuestionVersion).where(QuestionVersion.stem == "Q005 stem")).one()
    chosen = ask(db, jobs, organiser, mo=str(version.id)).chosen
    assert chosen is not None and chosen.text.code == "Q005"
    assert sum(option.share or 0 for option in chosen.analysis.options) < 1  # some did not answer
    assert ask(db, jobs, organiser, mo="x").chosen is None


def test_a_computation_is_kept_until_papers_are_added(
    db: Database, jobs: ItemJobs, contest: MadeContest, organiser: str
) -> None:
    both = (contest.period_ids[1], contest.period_ids[2])
    assert jobs.start(both, now=NOW + 9 * FRESH) is None
    finish_paper(db, contest, make_person(db, contest), week=2)
    assert jobs.start(both, now=NOW + FRESH / 2) is None
    assert jobs.stale(both, now=NOW + FRESH) == [contest.period_ids[2]]


def test_a_failed_computation_can_be_begun_again(db: Database, contest: MadeContest, monkeypatch) -> None:
    jobs, periods = ItemJobs(db), (contest.period_ids[1],)
    with monkeypatch.context() as broken:
        broken.setattr("cchc_app.data.item_analysis.papers_in", lambda _: 1 // 0)
        failed = jobs.start(periods, now=NOW)
        assert failed is not None and isinstance(failed.exception(), ZeroDivisionError)
    assert (jobs.progress(), jobs.failed()) == (None, True)
    again = jobs.start(periods, now=NOW)
    assert again is not None and again.exception() is None
    assert not jobs.failed()
    assert jobs.known(periods)[periods[0]].papers == 120


def test_the_file_computes_what_is_missing(db: Database, contest: MadeContest, organiser: str) -> None:
    asked = {"tim": "Q00", "xep": "ma", "giam": "1"}
    body = item_file(db, ItemJobs(db), actor=organiser, asked=asked, now=NOW + timedelta(seconds=1))
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    items, options = (book.get_sheet_by_name(name).to_python()[2:] for name in ("Câu hỏi", "Phương án"))
    assert [row[0] for row in items] == [f"Q{n:03}" for n in range(9, -1, -1)]
    assert len(options) == 40 and sum(row[4] == "Đáp án" for row in options) == 10
    assert 0 <= items[0][7] <= 100 and -1 <= items[0][8] <= 1


@pytest.mark.parametrize("role", [Role.JUDGE, Role.QUESTION_EDITOR, Role.ADMINISTRATOR])
def test_others_are_refused(db: Database, jobs: ItemJobs, role: Role) -> None:
    with pytest.raises(ContestError) as refused:
        ask(db, jobs, make_staff(db, role).username)
    assert refused.value.code is ErrorCode.NOT_ALLOWED


@pytest.mark.parametrize("people", [3, 60])
def test_queries_do_not_grow(db: Database, organiser: str, people: int) -> None:
    contest = make_contest(db)
    fill(db, contest, Filling(people=people))
    jobs = ItemJobs(db)
    running = jobs.start((contest.period_ids[1], contest.period_ids[2]), now=NOW)
    assert running is not None
    running.result()
    with counted_queries(db) as statements:
        ask(db, jobs, organiser)
    assert len(statements) == 3
