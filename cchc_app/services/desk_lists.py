"""The organisers' short lists as tables and files: news, staff, data requests, look-alike accounts, writers, judging.

What stands in them comes from the service of each; here is only how it is searched, ordered and written down.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from cchc_app.contest.access import Permission
from cchc_app.contest.text import collation_key, name_collation_key
from cchc_app.data.engine import Database
from cchc_app.services import (
    announcements,
    data_requests,
    import_preview,
    judging_overview,
    merge_people,
    staff_accounts,
)
from cchc_app.services import organise_representatives as writers
from cchc_app.services.announcements import NewsEntry
from cchc_app.services.data_requests import WaitingRequest
from cchc_app.services.import_preview import ImportLine
from cchc_app.services.judging_overview import SUBMITTED, Overview, SloganLine
from cchc_app.services.judging_results import SloganResult
from cchc_app.services.list_files import note_taken
from cchc_app.services.merge_people import Pair
from cchc_app.services.organise_representatives import WriterLine
from cchc_app.services.short_tables import ShortTable, short_file
from cchc_app.services.staff_accounts import StaffMember
from cchc_app.texts import admin, admin_news, code_sheet, judging
from cchc_app.texts import admin_question_imports as import_texts
from cchc_app.texts import data_requests as request_texts
from cchc_app.texts import desk_lists as texts
from cchc_app.texts.register import bloc_name

T = TypeVar("T")
Asked = Mapping[str, object]

# Names in addresses of columns and filters.
BY_TIME, BY_NAME, BY_STATE, BY_ROLE, BY_DUE, BY_UNIT, BY_CODE = (
    *("luc", "ten", "tinh-trang", "vai-tro", "han", "don-vi", "ma"),
)
BY_RANK, BY_SCORE, BY_SPREAD = "hang", "diem", "lech"
STATE, ROLE, KIND, UNIT, LEFT, TALK = "tinh-trang", "vai-tro", "loai", "don-vi", "tien-do", "trao-doi"
IN_USE, DISABLED = texts.STAFF_STATES
WAITING, ALL_IN = texts.JUDGED_LEFTS
APART, CLOSE = texts.JUDGED_TALKS


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A slogan of the newest round with its judges, and of the results; either may lack it."""

    code_number: int
    unit_name: str
    text: str
    panel: SloganLine | None
    result: SloganResult | None


def judged_lines(found: Overview) -> list[JudgedLine]:
    """Every slogan that is judged: by rank once there are ranks, else by code."""
    panels = {one.code_number: one for one in found.slogans}
    results = {one.code_number: one for one in found.results.slogans}
    return [
        JudgedLine(number, one.unit_name, one.text, panels.get(number), results.get(number))
        for number, one in {**results, **{n: panel for n, panel in panels.items() if n not in results}}.items()
    ]


def _staff_state(member: StaffMember) -> str:
    return DISABLED if member.disabled else IN_USE


def _left(line: JudgedLine) -> str:
    tasks = line.panel.tasks if line.panel else ()
    return WAITING if any(task.state != SUBMITTED for task in tasks) else ALL_IN


def _talk(line: JudgedLine) -> str:
    return APART if line.result is not None and line.result.needs_talk else CLOSE


NEWS: ShortTable[NewsEntry] = ShortTable(
    sorts={BY_TIME: None, BY_NAME: lambda one: collation_key(one.title), BY_STATE: lambda one: one.state},
    searched=lambda one: (one.title, one.body, one.written_by),
    filters={STATE: lambda one: one.state},
    values={STATE: tuple(admin_news.STATES)},
    sheet=texts.NEWS_SHEET,
    columns=texts.NEWS_COLUMNS,
    cells=lambda one: (
        one.title,
        admin_news.STATES[one.state],
        admin_news.PINNED if one.pinned else "",
        one.starts_at,
        one.ends_at,
        admin_news.AUTHORS.get(one.written_by, one.written_by),
    ),
)
STAFF: ShortTable[StaffMember] = ShortTable(
    sorts={
        BY_CODE: None,
        BY_NAME: lambda one: name_collation_key(one.display_name),
        BY_ROLE: lambda one: admin.ROLES[one.role],
        BY_STATE: _staff_state,
    },
    searched=lambda one: (one.username, one.display_name),
    filters={ROLE: lambda one: one.role, STATE: _staff_state},
    values={ROLE: tuple(admin.ROLES), STATE: tuple(texts.STAFF_STATES)},
    sheet=texts.STAFF_SHEET,
    columns=texts.STAFF_COLUMNS,
    cells=lambda one: (
        one.username,
        one.display_name,
        admin.ROLES[one.role],
        texts.STAFF_STATES[_staff_state(one)],
    ),
)
REQUESTS: ShortTable[WaitingRequest] = ShortTable(
    sorts={BY_DUE: None, BY_NAME: lambda one: name_collation_key(one.full_name), BY_TIME: lambda one: one.created_at},
    searched=lambda one: (one.full_name, one.unit_name, one.citizen_id_masked[-2:]),
    filters={KIND: lambda one: one.kind},
    values={KIND: tuple(request_texts.KINDS)},
    sheet=texts.REQUEST_SHEET,
    columns=texts.REQUEST_COLUMNS,
    cells=lambda one: (
        one.full_name,
        one.citizen_id_masked,
        one.unit_name,
        request_texts.KINDS[one.kind],
        one.detail,
        one.created_at,
        one.due_at,
    ),
)
PAIRS: ShortTable[Pair] = ShortTable(
    sorts={BY_TIME: None, BY_NAME: lambda one: name_collation_key(one.card.full_name)},
    searched=lambda one: (one.card.full_name, one.card.unit_name, one.old.unit_name),
    filters={UNIT: lambda one: one.card.unit_name},
    sheet=texts.PAIR_SHEET,
    columns=texts.PAIR_COLUMNS,
    cells=lambda one: (
        one.card.full_name,
        one.card.citizen_id_masked,
        one.card.unit_name,
        one.old.citizen_id_masked,
        one.old.unit_name,
    ),
)
IMPORTS: ShortTable[ImportLine] = ShortTable(
    sorts={
        BY_TIME: None,
        BY_NAME: lambda one: collation_key(one.file_name),
        BY_STATE: lambda one: one.state,
        BY_ROLE: lambda one: one.made_by,
    },
    searched=lambda one: (one.file_name, one.made_by),
    filters={STATE: lambda one: one.state},
    values={STATE: tuple(import_texts.STATES)},
    sheet=texts.IMPORT_SHEET,
    columns=texts.IMPORT_COLUMNS,
    cells=lambda one: (one.file_name, import_texts.STATES[one.state], one.total, one.made_by, one.made_at),
)
JUDGED: ShortTable[JudgedLine] = ShortTable(
    sorts={
        BY_RANK: None,
        BY_CODE: lambda one: one.code_number,
        BY_UNIT: lambda one: collation_key(one.unit_name),
        BY_SCORE: lambda one: (one.result and one.result.score) or 0,
        BY_SPREAD: lambda one: one.result.spread if one.result else 0,
    },
    searched=lambda one: (judging.code_name(one.code_number), one.unit_name, one.text),
    filters={LEFT: _left, TALK: _talk},
    values={LEFT: tuple(texts.JUDGED_LEFTS), TALK: tuple(texts.JUDGED_TALKS)},
    sheet=texts.JUDGED_SHEET,
    columns=texts.JUDGED_COLUMNS,
    cells=lambda one: (
        judging.code_name(one.code_number),
        one.unit_name,
        one.text,
        "\n".join(f"{t.display_name}: {judging.TASK_STATES[t.state]}" for t in (one.panel.tasks if one.panel else ())),
        one.result.rank if one.result else None,
        one.result.score if one.result else None,
        one.result.spread if one.result and one.result.scores else None,
        judging.NEEDS_TALK if one.result and one.result.needs_talk else "",
    ),
)
WRITERS: ShortTable[WriterLine] = ShortTable(
    sorts=writers.SORTS,
    searched=writers.searched,
    filters={writers.WRITER: lambda one: one.writer, writers.BLOC: lambda one: one.bloc},
    values={writers.WRITER: tuple(writers.Writer)},
    sheet=texts.WRITER_SHEET,
    columns=texts.WRITER_COLUMNS,
    cells=lambda one: (
        one.unit_code,
        one.unit_name,
        bloc_name(one.bloc),
        code_sheet.WRITERS[one.writer],
        ", ".join(term.name for term in one.terms),
        one.code_made_at,
    ),
)


def news_file(db: Database, *, actor: str, asked: Asked, now: datetime) -> bytes:
    """The news the question finds, as .xlsx.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    return _file(db, NEWS, "news", announcements.news_list(db, actor=actor, now=now), actor, asked, now)


def staff_file(db: Database, *, actor: str, asked: Asked, now: datetime) -> bytes:
    """The accounts the question finds, as .xlsx.

    Raises:
        ContestError: NOT_ALLOWED.
    """
    members = staff_accounts.staff_list(db, actor=actor, now=now).members
    return _file(db, STAFF, "staff", members, actor, asked, now, Permission.MANAGE_STAFF)


def request_file(db: Database, *, actor: str, asked: Asked, now: datetime) -> bytes:
    """The open requests the question finds, as .xlsx.

    Raises:
        ContestError: NOT_ALLOWED.
    """
    return _file(db, REQUESTS, "requests", data_requests.waiting_requests(db, actor=actor), actor, asked, now)


def pair_file(db: Database, *, actor: str, asked: Asked, now: datetime) -> bytes:
    """The pairs of accounts the question finds, as .xlsx; numbers are masked.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    return _file(db, PAIRS, "pairs", merge_people.offers(db, actor=actor), actor, asked, now)


def import_file(db: Database, *, actor: str, asked: Asked, now: datetime) -> bytes:
    """The imports of questions the question finds, as .xlsx.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    lines = import_preview.import_list(db, actor=actor, now=now)
    return _file(db, IMPORTS, "imports", lines, actor, asked, now, Permission.READ_QUESTIONS)


def judged_file(db: Database, *, actor: str, asked: Asked, now: datetime) -> bytes:
    """The slogans the question finds, with judges and results, as .xlsx.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    lines = judged_lines(judging_overview.overview(db, actor=actor))
    return _file(db, JUDGED, "judging", lines, actor, asked, now)


def writer_file(db: Database, *, actor: str, asked: Asked, now: datetime) -> bytes:
    """The units the question finds, with who writes for them, as .xlsx.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    return _file(db, WRITERS, "writers", writers.writer_lines(db, actor=actor), actor, asked, now)


def _file(
    db: Database,
    table: ShortTable[T],
    name: str,
    lines: Sequence[T],
    actor: str,
    asked: Asked,
    now: datetime,
    permission: Permission = Permission.READ_CONTEST,
) -> bytes:
    with db.write() as session:
        note_taken(session, actor=actor, name=name, now=now, permission=permission)
    return short_file(table, lines, asked, now=now)
