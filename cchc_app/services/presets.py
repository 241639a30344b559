"""A preset: a whole contest as data files. Another province's contest is another set of files, never code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.resources.abc import Traversable
from typing import Any

from cchc_app.contest import paper
from cchc_app.contest.errors import ContestError
from cchc_app.contest.paper import BankItem
from cchc_app.contest.regulations import RuleSet, from_json, period
from cchc_app.data.quiz import COUNTED, POOLS, PRACTICE
from cchc_app.data.seeding import NewContest, NewQuestion, NewUnit
from cchc_app.services.preset_files import FOLDER, Flaw, PresetError, Problem, Table, read_json, read_table

WEEK = timedelta(weeks=1)
KEYS = ("slug", "code", "title", "short_title", "files", "blocs", "rule_set", "content")
UNIT_COLUMNS = ("code", "contest_name", "bloc", "alias", "former_district", "headcount", "headcount_source")
OPTION_COLUMNS = ("a", "b", "c", "d")
QUESTION_COLUMNS = (
    *("code", "topic", "question", *OPTION_COLUMNS),
    *("correct", "explanation", "legal_basis", "difficulty", "confidence"),
)
DIFFICULTIES = range(1, 4)
HEADCOUNTS = range(1, 100_000)
CONFIDENCES = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Demonstration:
    """How a demonstration is made of a contest.

    Args:
        open_period: the period that is to be open when the contest is set up; earlier ones are over by then.
        people: how many synthetic participants; each has a paper in every period that is over.
        papers_in_open_period: how many of them have finished the open one, once it has been open for some hours.
    """

    open_period: int
    people: int
    papers_in_open_period: int


@dataclass(frozen=True, slots=True)
class Preset:
    """A checked preset."""

    contest: NewContest
    demonstration: Demonstration | None


def load_preset(name: str, *, now: datetime, folder: Traversable = FOLDER) -> Preset:
    """Read and check a preset's files.

    Args:
        name: of the JSON file, without its ending.
        now: a demonstration's dates are laid around this instant.
        folder: where the files are.

    Raises:
        PresetError: with every problem found, by file and row.
    """
    file = f"{name}.json"
    body = _body(file, folder)
    missing = [key for key in KEYS if key not in body]
    if missing:
        raise PresetError(*(Problem(file, None, Flaw.KEY_MISSING, key) for key in missing))
    demonstration = _demonstration(file, body)
    rule_set = _rule_set(file, body)
    questions = _questions(body["files"], folder)
    _require_papers(body["files"]["questions"], rule_set, questions)
    return Preset(
        contest=NewContest(
            slug=body["slug"],
            code=body["code"],
            title=body["title"],
            short_title=body["short_title"],
            content=body["content"],
            rule_set=rule_set if demonstration is None else laid_around(rule_set, demonstration.open_period, now=now),
            units=_units(read_table(body["files"]["units"], UNIT_COLUMNS, folder=folder), body["blocs"]),
            questions=questions,
        ),
        demonstration=demonstration,
    )


def laid_around(rule_set: RuleSet, number: int, *, now: datetime) -> RuleSet:
    """The same rules with every date moved by whole weeks, so that period `number`, if it lasts a week, is open.

    The slogan round stays open as long as that period, if its own end comes sooner: there has to be something to show.
    """
    by = (now - period(rule_set, number).opens_at) // WEEK * WEEK
    periods = tuple(replace(p, opens_at=p.opens_at + by, closes_at=p.closes_at + by) for p in rule_set.periods)
    closes_at = max(rule_set.slogan.closes_at + by, periods[number - 1].closes_at)
    return replace(rule_set, periods=periods, slogan=replace(rule_set.slogan, closes_at=closes_at))


def _body(file: str, folder: Traversable) -> dict[str, Any]:
    """The preset's own keys over those of the preset it is based on; texts are laid over one by one."""
    own = read_json(file, folder=folder)
    if "base" not in own:
        return own
    base = read_json(f"{own['base']}.json", folder=folder)
    return base | own | {"content": base.get("content", {}) | own.get("content", {})}


def _demonstration(file: str, body: dict[str, Any]) -> Demonstration | None:
    if "demonstration" not in body:
        return None
    try:
        return Demonstration(**body["demonstration"])
    except TypeError as error:
        raise PresetError(Problem(file, None, Flaw.KEY_MISSING, str(error))) from None


def _rule_set(file: str, body: dict[str, Any]) -> RuleSet:
    try:
        return from_json(body["rule_set"])
    except (ValueError, KeyError, TypeError) as error:
        raise PresetError(Problem(file, None, Flaw.RULES, str(error))) from None


def _units(table: Table, blocs: Sequence[str]) -> tuple[NewUnit, ...]:
    """In the official order: by bloc, then as the file has them."""
    units = []
    for row, cells in table.numbered():
        table.require_filled(row, cells, "code", "contest_name", "headcount_source")
        table.require(cells["bloc"] in blocs, row, Flaw.UNKNOWN, cells["bloc"])
        units.append(
            NewUnit(
                code=cells["code"],
                name=cells["contest_name"],
                also_known_as=f"{cells['alias']} {cells['former_district']}",
                bloc=cells["bloc"],
                headcount=table.number(row, cells["headcount"], HEADCOUNTS),
                headcount_source=cells["headcount_source"],
            )
        )
    table.require_unique("code", "contest_name")
    _refuse(table.problems)
    return tuple(sorted(units, key=lambda unit: blocs.index(unit.bloc)))


def _questions(files: dict[str, str], folder: Traversable) -> tuple[NewQuestion, ...]:
    """The main pool, then practice; no code and no question stands in both."""
    pools = {COUNTED: files["questions"], PRACTICE: files["practice"]}
    tables = {kind: read_table(file, QUESTION_COLUMNS, folder=folder) for kind, file in pools.items()}
    questions = [
        _question(table, row, cells, POOLS[kind]) for kind, table in tables.items() for row, cells in table.numbered()
    ]
    main, practice = tables.values()
    for table in (main, practice):
        table.require_unique("code", "question")
    for column in ("code", "question"):
        known = {cells[column].casefold() for cells in main.rows}
        for row, cells in practice.numbered():
            practice.require(cells[column].casefold() not in known, row, Flaw.REPEATED, cells[column])
    _refuse([*main.problems, *practice.problems])
    return tuple(questions)


def _question(table: Table, row: int, cells: dict[str, str], pool: str) -> NewQuestion:
    table.require_filled(row, cells, "code", "topic", "question", *OPTION_COLUMNS, "explanation", "legal_basis")
    options = tuple(cells[column] for column in OPTION_COLUMNS)
    distinct = {option.casefold() for option in options}
    table.require(len(distinct) == len(options), row, Flaw.REPEATED, " / ".join(options))
    table.require(cells["correct"] in OPTION_COLUMNS, row, Flaw.UNKNOWN, cells["correct"])
    table.require(cells["confidence"] in CONFIDENCES, row, Flaw.UNKNOWN, cells["confidence"])
    return NewQuestion(
        code=cells["code"],
        pool=pool,
        topic=cells["topic"],
        difficulty=table.number(row, cells["difficulty"], DIFFICULTIES),
        stem=cells["question"],
        options=options,
        key=OPTION_COLUMNS.index(cells["correct"]) if cells["correct"] in OPTION_COLUMNS else 0,
        explanation=cells["explanation"],
        legal_basis=cells["legal_basis"],
        confidence=cells["confidence"],
    )


def _require_papers(file: str, rule_set: RuleSet, questions: Iterable[NewQuestion]) -> None:
    """The main pool fills the blueprint; whether it does is the same for every seed (`regulations.validate`)."""
    main = [question for question in questions if question.pool == POOLS[COUNTED]]
    bank = [BankItem(n, question.topic, question.difficulty, len(question.options)) for n, question in enumerate(main)]
    try:
        paper.draw(bank=bank, blueprint=rule_set.quiz.blueprint, seed="")
    except ContestError as error:
        lacking = " · ".join(f"{name}: {value}" for name, value in error.details.items())
        raise PresetError(Problem(file, None, Flaw.BANK_TOO_SMALL, lacking)) from None


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise PresetError(*problems)
