"""Files of the organisers' tables, and files they send: units, headcounts, rosters."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from cchc_app import routes
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.crypto import token_hash
from cchc_app.data.engine import get_database
from cchc_app.endpoints.session import PRIVATE, is_own_form, redirect
from cchc_app.services import (
    audit_log,
    desk_lists,
    import_units,
    organise_people,
    organise_units,
    paper_log,
    unit_files,
)
from cchc_app.services.clock import server_now
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer, staff_cookie_name, staff_viewer
from cchc_app.texts import admin, admin_papers, admin_people, admin_units, message
from cchc_app.texts import desk_lists as list_texts

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

router = APIRouter(include_in_schema=False)


@router.get(routes.UNIT_LIST_FILE)
async def unit_list(request: Request) -> Response:
    """The list of units as it is searched and filtered on its page."""
    return await _list(request, organise_units.unit_file, admin_units.FILE_NAME, routes.STAFF_UNITS)


@router.get(routes.PEOPLE_LIST_FILE)
async def people_list(request: Request) -> Response:
    """The list of participants as it is searched and filtered on its page; numbers are masked."""
    return await _list(request, organise_people.people_file, admin_people.FILE_NAME, routes.PARTICIPANTS)


@router.get(routes.PAPER_LIST_FILE)
async def paper_list(request: Request) -> Response:
    """The list of papers as it is searched and filtered on its page."""
    return await _list(request, paper_log.paper_file, admin_papers.FILE_NAME, routes.STAFF_PAPERS)


@router.get(routes.AUDIT_LOG_FILE)
async def log_file(request: Request) -> Response:
    """The audit log as it is searched and filtered on its page."""
    return await _list(request, audit_log.log_file, admin.LOG_FILE_NAME, routes.AUDIT_LOG)


@router.get(routes.NEWS_FILE)
async def news_list(request: Request) -> Response:
    """The news as they are searched and filtered on their page."""
    return await _list(request, desk_lists.news_file, list_texts.NEWS_FILE, routes.NEWS_DESK)


@router.get(routes.STAFF_FILE)
async def staff_list(request: Request) -> Response:
    """The staff's accounts as they are searched and filtered on their page."""
    return await _list(request, desk_lists.staff_file, list_texts.STAFF_FILE, routes.STAFF_PEOPLE)


@router.get(routes.REQUEST_FILE)
async def request_list(request: Request) -> Response:
    """The open requests as they are searched and filtered on their page."""
    return await _list(request, desk_lists.request_file, list_texts.REQUEST_FILE, routes.DATA_REQUESTS)


@router.get(routes.PAIR_FILE)
async def pair_list(request: Request) -> Response:
    """The pairs of accounts as they are searched and filtered on their page."""
    return await _list(request, desk_lists.pair_file, list_texts.PAIR_FILE, routes.MERGES)


@router.get(routes.IMPORT_LIST_FILE)
async def import_list(request: Request) -> Response:
    """The imports of questions as they are searched and filtered on their page."""
    return await _list(request, desk_lists.import_file, list_texts.IMPORT_FILE, routes.QUESTION_IMPORTS)


@router.get(routes.JUDGED_FILE)
async def judged_list(request: Request) -> Response:
    """The judged slogans as they are searched and filtered on their page."""
    return await _list(request, desk_lists.judged_file, list_texts.JUDGED_FILE, routes.JUDGING_ROUNDS)


@router.get(routes.WRITER_FILE)
async def writer_list(request: Request) -> Response:
    """The representatives as they are searched and filtered on their page."""
    return await _list(request, desk_lists.writer_file, list_texts.WRITER_FILE, routes.UNIT_CODES)


@router.get(routes.UNIT_TEMPLATE_PATTERN)
async def unit_template(request: Request, kind: str) -> Response:
    """A file to fill in."""
    if await _viewer(request) is None:
        return redirect(routes.staff_sign_in(routes.STAFF_UNITS))
    if kind not in unit_files.KINDS:
        return PlainTextResponse(message(ErrorCode.BAD_REQUEST), status_code=404, headers=PRIVATE)
    return _xlsx(await in_thread(unit_files.template, kind), admin_units.TEMPLATE_FILES[kind])


@router.post(routes.UNIT_UPLOAD)
async def upload_units(request: Request) -> Response:
    """Read a file of units or headcounts; its page shows what it would do."""

    def read(form: FormData, sent: dict[str, Any]) -> int:
        return import_units.read_file(get_database(), kind=_field(form, "kind"), **sent)

    return await _upload(request, read)


@router.post(routes.ROSTER_UPLOAD)
async def upload_roster(request: Request) -> Response:
    """Put a file in the place of a unit's roster, or only try."""

    def read(form: FormData, sent: dict[str, Any]) -> int:
        return import_units.read_roster_file(
            get_database(),
            unit=_field(form, "unit"),
            restore_zeros=_field(form, "zeros") == "on",
            trial=_field(form, "trial") == "on",
            **sent,
        )

    return await _upload(request, read)


async def _list(request: Request, make: Callable[..., bytes], name: str, page: str) -> Response:
    """A file for a member of the staff who may read it; others are sent to the door or refused."""
    viewer = await _viewer(request)
    if viewer is None:
        return redirect(routes.staff_sign_in(page))
    asked = dict(request.query_params)
    try:
        body = await in_thread(make, get_database(), actor=viewer.username, asked=asked, now=server_now())
    except ContestError as error:
        status = 403 if error.code is ErrorCode.NOT_ALLOWED else 409
        return PlainTextResponse(message(error.code, error.details), status_code=status, headers=PRIVATE)
    return _xlsx(body, name)


async def _upload(request: Request, read: Callable[[FormData, dict[str, Any]], int]) -> Response:
    """Take a file from our own form; nothing of it is read before the sender may send one."""
    if not is_own_form(request):
        return PlainTextResponse(message(ErrorCode.NOT_ALLOWED), status_code=403, headers=PRIVATE)
    viewer = await _viewer(request)
    if viewer is None:
        return redirect(routes.staff_sign_in(routes.STAFF_UNITS))
    if not viewer.may(Permission.RUN_CONTEST):
        return PlainTextResponse(message(ErrorCode.NOT_ALLOWED), status_code=403, headers=PRIVATE)
    try:
        async with request.form(max_files=1, max_fields=5) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile) or not file.filename:
                return redirect(routes.units_refused(ErrorCode.FILE_MISSING))
            sent = {"actor": viewer.username, "body": await file.read(), "name": file.filename, "now": server_now()}
            number = await in_thread(read, form, sent)
    except HTTPException as error:  # a form that is none, or larger than the perimeter lets in
        refused = ErrorCode.SHEET_TOO_LARGE if error.status_code == 413 else ErrorCode.BAD_REQUEST
        return redirect(routes.units_refused(refused))
    except ContestError as error:
        return redirect(routes.units_refused(error.code))
    return redirect(routes.unit_import(number))


async def _viewer(request: Request) -> StaffViewer | None:
    hashed = token_hash(request.cookies.get(staff_cookie_name(), ""))
    return await in_thread(staff_viewer, get_database(), token_hash=hashed, now=server_now())


def _field(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _xlsx(body: bytes, name: str) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=XLSX, headers=PRIVATE | disposition)
