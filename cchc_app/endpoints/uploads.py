"""Files of the contest: taken from organisers, served to everybody."""

import re

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from cchc_app import routes
from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.crypto import token_hash
from cchc_app.data.engine import get_database
from cchc_app.endpoints.session import PRIVATE, is_own_form, redirect
from cchc_app.services import staff_sessions
from cchc_app.services.clock import server_now
from cchc_app.services.file_checks import Slot
from cchc_app.services.runner import in_thread
from cchc_app.services.site_files import served_file, store_file
from cchc_app.texts import message

FILES = "tep"  # the section of the contest's page that shows them
DIGEST = re.compile(r"[0-9a-f]{64}")
# Its address names the content: another content is another address.
LONG = "public, max-age=31536000, immutable"

router = APIRouter(include_in_schema=False)


@router.post(routes.FILE_UPLOAD)
async def upload(request: Request, muc: str = "") -> Response:
    """Take a file of a form of the contest's page. Nothing of it is read for who may not send one."""
    if not is_own_form(request):
        return PlainTextResponse(message(ErrorCode.NOT_ALLOWED), status_code=403, headers=PRIVATE)
    hashed = token_hash(request.cookies.get(staff_sessions.staff_cookie_name(), ""))
    viewer = await in_thread(staff_sessions.staff_viewer, get_database(), token_hash=hashed, now=server_now())
    if viewer is None:
        return redirect(routes.staff_sign_in(routes.CONTEST_DESK))
    if not viewer.may(Permission.RUN_CONTEST):
        return PlainTextResponse(message(ErrorCode.NOT_ALLOWED), status_code=403, headers=PRIVATE)
    try:
        await _store(request, viewer.username, muc)
    except ContestError as error:
        return redirect(f"{routes.section(routes.CONTEST_DESK, FILES)}&loi={error.code.value}")
    return redirect(f"{routes.section(routes.CONTEST_DESK, FILES)}&xong=1")


async def _store(request: Request, username: str, slot: str) -> None:
    if slot not in set(Slot):
        raise ContestError(ErrorCode.BAD_REQUEST)
    try:
        async with request.form(max_files=1, max_fields=1) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise ContestError(ErrorCode.FIELD_MISSING)
            content, name = await file.read(), file.filename or ""
    except HTTPException as error:
        code = ErrorCode.FILE_TYPE if error.status_code == 413 else ErrorCode.BAD_REQUEST
        raise ContestError(code) from None
    await in_thread(
        store_file, get_database(), actor=username, slot=Slot(slot), name=name, content=content, now=server_now()
    )


@router.get(routes.FILE)
async def serve(digest: str, name: str) -> Response:
    """A file of the contest by its digest; its name is for people."""
    found = await in_thread(served_file, get_database(), digest=digest) if DIGEST.fullmatch(digest) else None
    if found is None:
        return PlainTextResponse(message(ErrorCode.BAD_REQUEST), status_code=404, headers={"Cache-Control": "no-cache"})
    if found.name != name:
        return RedirectResponse(routes.file(digest, found.name), status_code=307)
    headers = {"Cache-Control": LONG}
    # Pictures are for the units' own sites too; a document is never opened inside this one.
    if found.is_picture:
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    else:
        headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return Response(found.content, media_type=found.media_type, headers=headers)
