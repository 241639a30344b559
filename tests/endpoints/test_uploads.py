"""Files over HTTP: who may send them, what is taken, how they are served."""

import io
import zipfile
import zlib
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from PIL import Image
from sqlmodel import col, select

from cchc_app import routes
from cchc_app.contest.access import Role
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuditEntry, SiteFile
from cchc_app.endpoints.perimeter import Perimeter
from cchc_app.endpoints.uploads import router
from cchc_app.services.clock import server_now
from cchc_app.services.site_files import remove_file
from cchc_app.settings import MAX_UPLOAD, get_settings
from tests.factories import make_contest
from tests.staff import Staffer, make_staff

OWN = {"sec-fetch-site": "same-origin"}
GPS = 0x8825


@pytest.fixture
async def site(served_db: Database) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.include_router(router)
    transport = httpx.ASGITransport(Perimeter(app, get_settings()))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        yield client


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 32), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **options)
    return out.getvalue()


def photo_with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(GPS)[2] = (20.0, 51.0, 0.0)
    return picture(exif=exif, comment=b"SecretComment")


def office(part: str, *more: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", part, *more):
            archive.writestr(name, "<x/>")
    return out.getvalue()


def bomb() -> bytes:
    """A picture whose head says 40,000 by 40,000."""
    plain = bytearray(picture("PNG", (1, 1)))
    plain[16:24] = (40_000).to_bytes(4, "big") * 2
    plain[29:33] = zlib.crc32(bytes(plain[12:29])).to_bytes(4, "big")
    return bytes(plain)


def organiser(db: Database) -> Staffer:
    make_contest(db)
    return make_staff(db, Role.ORGANISER, now=server_now())


async def send(site: httpx.AsyncClient, who: Staffer, slot: str, name: str, content: bytes) -> httpx.Response:
    headers = OWN | {"cookie": who.cookie}
    return await site.post(routes.file_upload(slot), files={"file": (name, content)}, headers=headers)


def stored(db: Database) -> list[SiteFile]:
    with db.read() as session:
        return list(session.exec(select(SiteFile).order_by(col(SiteFile.id))))


async def test_a_picture_is_encoded_anew_and_served_for_long(served_db: Database, site: httpx.AsyncClient) -> None:
    who = organiser(served_db)
    answer = await send(site, who, "banner", "Ảnh bìa  (1).jpeg", photo_with_place())
    assert (answer.status_code, answer.headers["location"]) == (303, f"{routes.CONTEST_DESK}?muc=tep&xong=1")
    [file] = stored(served_db)
    assert (file.name, file.media_type, file.uploaded_by) == ("anh-bia-1.jpg", "image/jpeg", who.username)
    assert not any(told in file.content for told in (b"Secret", b"Exif"))
    with Image.open(io.BytesIO(file.content)) as kept:
        assert (kept.size, dict(kept.getexif())) == ((64, 32), {})
    served = await site.get(routes.file(file.digest, file.name))
    assert (served.status_code, served.content) == (200, file.content)
    assert served.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert served.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "content-disposition" not in served.headers
    other = await site.get(routes.file(file.digest, "evil.html"))
    assert other.headers["location"] == routes.file(file.digest, file.name)


async def test_a_new_logo_replaces_the_one_before(served_db: Database, site: httpx.AsyncClient) -> None:
    who = organiser(served_db)
    await send(site, who, "logo", "a.png", picture("PNG"))
    await send(site, who, "logo", "b.webp", picture("WEBP", (2000, 1000)))
    first, second = stored(served_db)
    assert (first.removed_at is None, second.removed_at) == (False, None)
    with Image.open(io.BytesIO(second.content)) as kept:
        assert (kept.size, kept.format) == ((512, 256), "PNG")
    assert (await site.get(routes.file(first.digest, first.name))).status_code == 404


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7 ...", "the-le.pdf"),
        (office("word/document.xml"), "the-le.docx"),
        (office("xl/workbook.xml"), "the-le.xlsx"),
    ],
)
async def test_documents_are_known_by_content(
    served_db: Database, site: httpx.AsyncClient, content: bytes, name: str
) -> None:
    who = organiser(served_db)
    await send(site, who, "document", "Thể lệ.exe", content)
    [file] = stored(served_db)
    served = await site.get(routes.file(file.digest, file.name))
    assert (file.name, served.content) == (name, content)
    assert served.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert served.headers["cross-origin-resource-policy"] == "same-origin"
    remove_file(served_db, actor=who.username, number=file.id or 0, now=server_now())
    assert (await site.get(routes.file(file.digest, file.name))).status_code == 404
    with served_db.read() as session:
        actions = session.exec(select(AuditEntry.action).order_by(col(AuditEntry.seq))).all()
    assert actions == ["file_added", "file_removed"]


@pytest.mark.parametrize(
    ("slot", "content", "code"),
    [
        ("logo", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "CCHC-666"),
        ("logo", picture("GIF"), "CCHC-666"),
        ("logo", b"<html>", "CCHC-666"),
        ("logo", bomb(), "CCHC-667"),
        ("logo", picture("PNG", (6000, 4001)), "CCHC-667"),
        ("banner", picture()[:200], "CCHC-667"),
        ("banner", b"", "CCHC-655"),
        ("banner", b"\xff\xd8" + bytes(9 * 1024 * 1024), "CCHC-665"),
        ("document", picture(), "CCHC-666"),
        ("document", b"PK\x03\x04 broken", "CCHC-666"),
        ("document", office("word/document.xml", "word/vbaProject.bin"), "CCHC-666"),
        ("document", office("ppt/presentation.xml"), "CCHC-666"),
        ("elsewhere", picture(), "CCHC-210"),
    ],
    ids=["svg", "gif", "html", "bomb", "pixels", "cut", "empty", "bytes", "jpeg", "zip", "macros", "pptx", "slot"],
)
async def test_what_is_not_taken(
    served_db: Database, site: httpx.AsyncClient, slot: str, content: bytes, code: str
) -> None:
    answer = await send(site, organiser(served_db), slot, "tệp.png", content)
    assert answer.headers["location"] == f"{routes.CONTEST_DESK}?muc=tep&loi={code}"
    assert stored(served_db) == []


async def test_only_organisers_send_files_from_our_own_pages(served_db: Database, site: httpx.AsyncClient) -> None:
    who = organiser(served_db)
    files = {"file": ("a.png", picture("PNG"))}
    address = routes.file_upload("logo")
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "http://elsewhere.example"}, {}):
        answer = await site.post(address, files=files, headers=headers | {"cookie": who.cookie})
        assert answer.status_code == 403
    auditor = make_staff(served_db, Role.AUDITOR, now=server_now())
    assert (await send(site, auditor, "logo", "a.png", picture("PNG"))).status_code == 403
    nobody = await site.post(address, files=files, headers=OWN)
    assert nobody.headers["location"] == routes.staff_sign_in(routes.CONTEST_DESK)
    assert stored(served_db) == []


async def test_what_is_too_large_is_not_even_read(served_db: Database, site: httpx.AsyncClient) -> None:
    who = organiser(served_db)
    headers = OWN | {"cookie": who.cookie, "content-length": str(MAX_UPLOAD + 1)}
    answer = await site.post(routes.file_upload("document"), content=b"x", headers=headers)
    assert answer.status_code == 413
    elsewhere = await site.post("/tep", content=b"x", headers={"content-length": "70000"})
    assert elsewhere.status_code == 413


async def test_files_nobody_has_are_not_found(served_db: Database, site: httpx.AsyncClient) -> None:
    organiser(served_db)
    for digest in ("0" * 64, "x", "..%2f.."):
        assert (await site.get(f"/tep/{digest}/a.png")).status_code == 404
