"""What an import keeps between the upload and the decision, as plain JSON values."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from cchc_app.contest.errors import ErrorCode
from cchc_app.services.question_files import Column, ParsedFile, ParsedQuestion, Repair, RepairKind, RowError

FILE, ACCEPT, KEEP, KIND = "file", "accept", "keep", "kind"
QUESTIONS, ERRORS, WARNINGS, REPAIRS = "questions", "errors", "warnings", "repairs"


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file, and what has been decided about its repairs."""

    body: bytes
    accept: tuple[RepairKind, ...] = ()
    keep: tuple[RepairKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a file was found to hold."""

    kind: str
    questions: tuple[ParsedQuestion, ...]
    errors: tuple[RowError, ...]
    warnings: tuple[RowError, ...]
    repairs: tuple[Repair, ...]
    accept: tuple[RepairKind, ...]
    keep: tuple[RepairKind, ...]


def pack_upload(uploaded: Uploaded) -> dict[str, Any]:
    """An upload that waits to be read."""
    return {
        FILE: b64encode(uploaded.body).decode(),
        ACCEPT: [kind.value for kind in uploaded.accept],
        KEEP: [kind.value for kind in uploaded.keep],
    }


def upload_in(body: Mapping[str, Any]) -> Uploaded:
    """The upload of a job."""
    return Uploaded(b64decode(body[FILE]), _kinds(body, ACCEPT), _kinds(body, KEEP))


def pack_found(uploaded: Uploaded, found: ParsedFile) -> dict[str, Any]:
    """An upload with what it was found to hold."""
    return pack_upload(uploaded) | {
        KIND: found.kind.value if found.kind else "",
        QUESTIONS: [_plain_question(question) for question in found.rows],
        ERRORS: [asdict(problem) for problem in found.errors],
        WARNINGS: [asdict(problem) for problem in found.warnings],
        REPAIRS: [asdict(repair) for repair in found.repairs],
    }


def found_in(body: Mapping[str, Any]) -> Found:
    """What the file of a job holds; nothing while or before it is read."""
    return Found(
        kind=body.get(KIND, ""),
        questions=tuple(_question(one) for one in body.get(QUESTIONS, ())),
        errors=tuple(_problem(one) for one in body.get(ERRORS, ())),
        warnings=tuple(_problem(one) for one in body.get(WARNINGS, ())),
        repairs=tuple(_repair(one) for one in body.get(REPAIRS, ())),
        accept=_kinds(body, ACCEPT),
        keep=_kinds(body, KEEP),
    )


def _kinds(body: Mapping[str, Any], name: str) -> tuple[RepairKind, ...]:
    return tuple(RepairKind(kind) for kind in body.get(name, ()))


def _plain_question(question: ParsedQuestion) -> dict[str, Any]:
    plain = asdict(question)
    for name in ("valid_from", "valid_until"):
        plain[name] = plain[name].isoformat() if plain[name] else None
    return plain


def _question(plain: Mapping[str, Any]) -> ParsedQuestion:
    days = {name: date.fromisoformat(plain[name]) if plain[name] else None for name in ("valid_from", "valid_until")}
    lists = {name: tuple(plain[name]) for name in ("options", "key")}
    return ParsedQuestion(**{**plain, **days, **lists})


def _problem(plain: Mapping[str, Any]) -> RowError:
    return RowError(plain["row"], Column(plain["column"]), ErrorCode(plain["code"]), dict(plain["details"]))


def _repair(plain: Mapping[str, Any]) -> Repair:
    return Repair(RepairKind(plain["kind"]), plain["row"], Column(plain["column"]), plain["before"], plain["after"])
