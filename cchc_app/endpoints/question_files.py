"""Files of questions: taken from editors, given to whoever may read the bank."""

from collections.abc import Callable
from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from cchc_app import routes
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.crypto import token_hash
from cchc_app.data.engine import get_database
from cchc_app.endpoints.session import PRIVATE, is_own_form, redirect
from cchc_app.services.clock import server_now
from cchc_app.services.import_questions import begin_import, start_reading
from cchc_app.services.question_bank_files import question_bank_file, question_template_file
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import StaffViewer, staff_cookie_name, staff_viewer
from cchc_app.texts import admin_questions as texts
from cchc_app.texts import message

FIELD = "file"
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "gift": "text/plain; charset=utf-8",
    "xml": "application/xml",
}

router = APIRouter(include_in_schema=False)


@router.post(routes.QUESTION_UPLOAD)
async def upload_questions(request: Request) -> Response:
    """Take a file in and go on to its page; nothing is read of what somebody sends who may not."""
    if not is_own_form(request):
        return _refused(ErrorCode.NOT_ALLOWED, 403)
    viewer = await _viewer(request)
    if viewer is None:
        return redirect(routes.staff_sign_in(routes.STAFF_QUESTIONS))
    if not viewer.may(Permission.EDIT_QUESTIONS):
        return _refused(ErrorCode.NOT_ALLOWED, 403)
    try:
        number = await _take(request, viewer.username)
    except ContestError as error:
        return redirect(f"{routes.QUESTION_IMPORTS}?loi={error.code.value}")
    start_reading(get_database(), number)
    return redirect(routes.question_import(number))


async def _take(request: Request, username: str) -> int:
    try:
        async with request.form(max_files=1, max_fields=1) as form:
            file = form.get(FIELD)
            if not isinstance(file, UploadFile) or not file.filename:
                raise ContestError(ErrorCode.FILE_EMPTY)
            body, name = await file.read(), file.filename
    except HTTPException as error:
        # The size is watched while the body comes in (endpoints.perimeter).
        code = ErrorCode.FILE_TOO_LARGE if error.status_code == 413 else ErrorCode.BAD_REQUEST
        raise ContestError(code) from None
    return await in_thread(begin_import, get_database(), actor=username, name=name, body=body, now=server_now())


@router.get(routes.QUESTION_TEMPLATE_FILE)
async def question_template(request: Request) -> Response:
    """The empty workbook to fill in."""
    return await _file(request, question_template_file, texts.TEMPLATE_FILE, "xlsx")


@router.get(routes.QUESTION_FILE_PATTERN)
async def question_bank(request: Request, kind: str) -> Response:
    """The questions the table's address finds."""
    if kind not in MEDIA_TYPES:
        return _refused(ErrorCode.BAD_REQUEST, 404)
    make = partial(question_bank_file, kind=kind, asked=dict(request.query_params), now=server_now())
    return await _file(request, make, texts.bank_file(kind), kind)


async def _file(request: Request, make: Callable[..., bytes], name: str, kind: str) -> Response:
    viewer = await _viewer(request)
    if viewer is None:
        return redirect(routes.staff_sign_in(routes.STAFF_QUESTIONS))
    try:
        body = await in_thread(make, get_database(), actor=viewer.username)
    except ContestError as error:
        return _refused(error.code, 403 if error.code is ErrorCode.NOT_ALLOWED else 409)
    headers = PRIVATE | {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=MEDIA_TYPES[kind], headers=headers)


async def _viewer(request: Request) -> StaffViewer | None:
    hashed = token_hash(request.cookies.get(staff_cookie_name(), ""))
    return await in_thread(staff_viewer, get_database(), token_hash=hashed, now=server_now())


def _refused(code: ErrorCode, status: int) -> Response:
    return PlainTextResponse(message(code), status_code=status, headers=PRIVATE)
