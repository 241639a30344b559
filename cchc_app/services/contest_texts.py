"""The names and the wording of the contest: read and changed by organisers, one form at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cchc_app.contest.access import Permission
from cchc_app.contest.staffing import Action
from cchc_app.data import audit
from cchc_app.data import contest_setup as rows
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import Contest
from cchc_app.services import typed_fields
from cchc_app.services.edited import refuse_stale
from cchc_app.services.field_errors import Fields
from cchc_app.services.staff_sessions import acting, reading

NAMES = ("title", "short_title")
LINES = ("headline", "organiser", "support")
MARKDOWN = ("purpose", "audience", "prizes", "documents")
LINKS = ("video_url",)
LONGEST_NAME = {"title": 200, "short_title": 60, "headline": 200, "organiser": 120, "support": 120}


@dataclass(frozen=True, slots=True)
class ContestTexts:
    """What is written about the contest.

    Attributes:
        slug: Names it in addresses and files; never changed.
        code: Begins every receipt; never changed.
        revision: Goes up with every change; a form carries the one it was filled in from.
        values: Every field's text by its name.
    """

    slug: str
    code: str
    revision: int
    values: Mapping[str, str]


def contest_texts(db: Database, *, actor: str) -> ContestTexts:
    """The texts of the contest in force.

    Raises:
        ContestError: NOT_ALLOWED, CONTEST_MISSING.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        return _view(session.get_one(Contest, contest_in_force(session).contest_id))


def save_texts(db: Database, *, actor: str, revision: int, form: Mapping[str, str], now: datetime) -> ContestTexts:
    """Change some of the texts: those the form has.

    Args:
        actor: Who does.
        revision: What the form was filled in from.
        form: Typed values by field name.
        now: When.

    Raises:
        FieldErrors: By field: FIELD_MISSING, TEXT_TOO_LONG, LINK_INVALID.
        ContestError: NOT_ALLOWED, CONTEST_MISSING, CHANGED_MEANWHILE.
    """
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        contest = rows.lock_contest(session, contest_in_force(session).contest_id)
        subject = f"contest:{contest.id}"
        values = _read(form)
        if revision != contest.revision:
            refuse_stale(session, subject=subject, action=Action.CONTEST_EDITED, now=now)
        old = _view(contest).values
        changed = {name: value for name, value in values.items() if value != old[name]}
        if not changed:
            return _view(contest)
        _write(contest, changed)
        session.add(contest)
        session.flush()
        # Long texts would make the log hard to read: it names the fields, and holds the names of the contest.
        kept = {name: old[name] for name in NAMES if name in changed}
        after = {"fields": ", ".join(sorted(changed))} | {name: changed[name] for name in kept}
        audit.append(
            session, at=now, actor=actor, action=Action.CONTEST_EDITED, subject=subject, before=kept, after=after
        )
        return _view(contest)


def as_markdown(value: Any) -> str:
    """A text of the contest: as organisers write it, or made of the titles and details a preset lists."""
    if isinstance(value, list):
        return "\n".join(_item(entry) for entry in value)
    return value if isinstance(value, str) else ""


def _item(entry: Mapping[str, str]) -> str:
    title, detail, href = (entry.get(name, "") for name in ("title", "detail", "href"))
    named = f"[{title}]({href})" if href else f"**{title}**"
    return f"- {named}: {detail}" if detail else f"- {named}"


def _view(contest: Contest) -> ContestTexts:
    values = {name: getattr(contest, name) for name in NAMES}
    values |= {name: as_markdown(contest.content.get(name, "")) for name in (*LINES, *MARKDOWN, *LINKS)}
    return ContestTexts(contest.slug, contest.code, contest.revision, values)


def _read(form: Mapping[str, str]) -> dict[str, str]:
    fields, values = Fields(), {}
    for name in form:
        raw = form[name]
        if name in (*NAMES, *LINES):
            value = fields.read(
                name, lambda raw=raw, name=name: typed_fields.line(raw, most=LONGEST_NAME[name], needed=name in NAMES)
            )
        elif name in MARKDOWN:
            value = fields.read(name, lambda raw=raw: typed_fields.markdown(raw))
        elif name in LINKS:
            value = fields.read(name, lambda raw=raw: typed_fields.link(raw))
        else:
            continue
        values[name] = value or ""
    fields.refuse_if_wrong()
    return values


def _write(contest: Contest, changed: Mapping[str, str]) -> None:
    for name in NAMES:
        if name in changed:
            setattr(contest, name, changed[name])
    contest.content = contest.content | {name: value for name, value in changed.items() if name not in NAMES}
    contest.revision += 1
