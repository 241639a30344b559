"""Bad preset files are refused by file and row; another province's contest is files only."""

import csv
import json
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.seeding import add_contest
from cchc_app.data.tables import Question, Unit
from cchc_app.data.units import headcounts
from cchc_app.services.preset_files import Flaw, PresetError, Problem, preset_names
from cchc_app.services.presets import load_preset

NOW = datetime(2026, 3, 11, 5, 0, tzinfo=UTC)
Body = dict[str, Any]
Rows = list[list[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the packaged presets, to be spoilt."""
    copy = tmp_path / "presets"
    copy.mkdir()
    for entry in resources.files("cchc_app.presets").iterdir():
        if entry.name.endswith((".csv", ".json")):
            copy.joinpath(entry.name).write_bytes(entry.read_bytes())
    return copy


def change_rows(path: Path, change: Callable[[Rows], Any]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def change_body(path: Path, change: Callable[[Body], Any]) -> None:
    body = json.loads(path.read_text("utf-8"))
    change(body)
    path.write_text(json.dumps(body), "utf-8")


def problems(folder: Path, name: str = "hai-phong-2025") -> list[Problem]:
    with pytest.raises(PresetError) as caught:
        load_preset(name, now=NOW, folder=folder)
    return list(caught.value.problems)


def put(row: int, column: str, value: str) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        rows[row - 1][rows[0].index(column)] = value

    return change


@pytest.mark.parametrize(
    ("file", "change", "expected"),
    [
        ("units.csv", put(7, "code", "10507"), [(7, Flaw.REPEATED, "10507")]),
        ("units.csv", put(3, "bloc", "huyen"), [(3, Flaw.UNKNOWN, "huyen")]),
        ("units.csv", put(9, "headcount", "chín"), [(9, Flaw.NOT_A_NUMBER, "chín")]),
        ("units.csv", put(9, "headcount", "0"), [(9, Flaw.NOT_A_NUMBER, "0")]),
        ("units.csv", put(165, "contest_name", ""), [(165, Flaw.EMPTY, "contest_name")]),
        ("units.csv", put(4, "alias", "hai  dấu cách"), [(4, Flaw.UNTIDY, "hai  dấu cách")]),
        ("units.csv", lambda rows: rows[20].pop(), [(21, Flaw.CELLS, "")]),
        ("units.csv", lambda rows: rows[20].append("thừa"), [(21, Flaw.CELLS, "")]),
        ("units.csv", lambda rows: put(1, "bloc", "khoi")(rows), [(1, Flaw.COLUMN_MISSING, "bloc")]),
        ("units.csv", lambda rows: rows.__delitem__(slice(1, None)), [(None, Flaw.NO_ROWS, "")]),
        ("questions.csv", put(2, "correct", "e"), [(2, Flaw.UNKNOWN, "e")]),
        ("questions.csv", put(121, "difficulty", "4"), [(121, Flaw.NOT_A_NUMBER, "4")]),
        ("questions.csv", put(5, "confidence", "sure"), [(5, Flaw.UNKNOWN, "sure")]),
        ("questions.csv", put(8, "topic", "Co\u031b che\u0302\u0301"), [(8, Flaw.UNTIDY, "Co\u031b che\u0302\u0301")]),
        ("practice.csv", put(30, "code", "Q007"), [(30, Flaw.REPEATED, "Q007")]),
        ("practice.csv", put(2, "explanation", ""), [(2, Flaw.EMPTY, "explanation")]),
    ],
)
def test_a_bad_row_is_named(folder: Path, file: str, change: Callable[[Rows], Any], expected: list) -> None:
    change_rows(folder / file, change)
    assert problems(folder) == [Problem(file, *problem) for problem in expected]


def test_every_bad_row_is_told_at_once(folder: Path) -> None:
    def spoil(rows: Rows) -> None:
        put(2, "a", "90%")(rows)
        put(2, "b", "90%")(rows)
        put(3, "legal_basis", "")(rows)

    change_rows(folder / "questions.csv", spoil)
    assert [(problem.row, problem.flaw) for problem in problems(folder)] == [(2, Flaw.REPEATED), (3, Flaw.EMPTY)]


def test_a_question_of_the_bank_is_not_a_practice_question(folder: Path) -> None:
    stem = load_preset("hai-phong-2025", now=NOW).contest.questions[0].stem
    change_rows(folder / "practice.csv", put(12, "question", stem.upper()))
    assert problems(folder) == [Problem("practice.csv", 12, Flaw.REPEATED, stem.upper())]


def set_rule(*path: Any, value: Any) -> Callable[[Body], None]:
    def change(body: Body) -> None:
        place = body["rule_set"]
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "value"),
    [
        (set_rule("periods", 1, "closes_at", value="2025-11-17T00:00:00"), "has no time zone"),
        (set_rule("periods", 1, "opens_at", value="2025-11-09T00:00:00+07:00"), "overlap"),
        (set_rule("quiz", "tie_break", value=["score_desc"]), "ties remain"),
        (set_rule("quiz", "duration_ms", value=0), "duration_ms"),
        (set_rule("quiz", "minutes", value=20), "minutes"),
    ],
)
def test_rules_that_cannot_rule_are_refused(folder: Path, change: Callable[[Body], None], value: str) -> None:
    change_body(folder / "hai-phong-2025.json", change)
    [problem] = problems(folder)
    assert (problem.file, problem.flaw, value in problem.value) == ("hai-phong-2025.json", Flaw.RULES, True)


def test_a_bank_that_cannot_fill_the_blueprint_is_refused(folder: Path) -> None:
    line = {"count": 200, "topic": None, "difficulty": None}
    change_body(folder / "hai-phong-2025.json", set_rule("quiz", "blueprint", value=[line]))
    [problem] = problems(folder)
    assert (problem.file, problem.flaw) == ("questions.csv", Flaw.BANK_TOO_SMALL)
    assert "available: 120" in problem.value


@pytest.mark.parametrize("key", ["slug", "code", "files", "blocs", "rule_set", "content"])
def test_a_missing_key_is_named(folder: Path, key: str) -> None:
    change_body(folder / "hai-phong-2025.json", lambda body: body.pop(key))
    assert problems(folder) == [Problem("hai-phong-2025.json", None, Flaw.KEY_MISSING, key)]


def test_unreadable_and_missing_files_are_named(folder: Path) -> None:
    (folder / "hai-phong-2025.json").write_text('{\n"slug": oops}')
    assert [(problem.row, problem.flaw) for problem in problems(folder)] == [(2, Flaw.UNREADABLE)]
    (folder / "hai-phong-2025.json").write_text("[]")
    assert [problem.flaw for problem in problems(folder)] == [Flaw.UNREADABLE]
    assert problems(folder, "nowhere") == [Problem("nowhere.json", None, Flaw.FILE_MISSING)]


def test_a_file_in_another_encoding_is_refused(folder: Path) -> None:
    text = (folder / "units.csv").read_text("utf-8")
    (folder / "units.csv").write_bytes(text.encode("utf-16"))
    assert [(problem.file, problem.flaw) for problem in problems(folder)] == [("units.csv", Flaw.UNREADABLE)]


def test_another_province_is_files_only(db: Database, folder: Path) -> None:
    (folder / "hue-units.csv").write_text(
        "code,contest_name,bloc,alias,former_district,headcount,headcount_source\n"
        "H2,UBND phường Thuận Hóa,ward,,Thành phố Huế,80,list of 2026\n"
        "H1,Sở Nội vụ,office,,,60,list of 2026\n",
        "utf-8",
    )

    def move(body: Body) -> None:
        body |= {"slug": "hue-2026", "code": "HUE26", "title": "Huế", "blocs": ["office", "ward"]}
        body["files"]["units"] = "hue-units.csv"
        rules = body["rule_set"]
        rules["periods"] = rules["periods"][:1]
        rules["prizes"]["quotas"] = [quota for quota in rules["prizes"]["quotas"] if quota["period"] in (None, 1)]
        rules["prizes"]["minimum_periods"] = 1
        rules["quiz"]["blueprint"] = [{"count": 15, "topic": None, "difficulty": None}]

    (folder / "hue-2026.json").write_bytes((folder / "hai-phong-2025.json").read_bytes())
    change_body(folder / "hue-2026.json", move)
    assert preset_names(folder) == ["demo", "hai-phong-2025", "hue-2026"]
    preset = load_preset("hue-2026", now=NOW, folder=folder)
    with db.write() as session:
        add_contest(session, preset.contest, now=NOW)
    with db.read() as session:
        contest = contest_in_force(session)
        units = session.exec(select(Unit).order_by(Unit.position)).all()
        known = headcounts(session, contest.contest_id, on=NOW.date())
        pools = session.exec(select(Question.pool)).all()
    assert (contest.code, contest.rule_set.quiz.question_count, len(contest.rule_set.periods)) == ("HUE26", 15, 1)
    assert [(unit.code, unit.bloc, known[unit.id or 0]) for unit in units] == [("H1", "office", 60), ("H2", "ward", 80)]
    assert (pools.count("main"), pools.count("practice") >= 36) == (120, True)
