"""A new contest in the browser: from a preset, or as a copy of the present one, laid around its first day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session, select

from cchc_app.contest.access import Permission
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.regulations import RuleSet
from cchc_app.contest.staffing import Action
from cchc_app.data import audit, contest_copies
from cchc_app.data import contest_setup as rows
from cchc_app.data.contests import ContestInForce, contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.seeding import NewContest, add_contest, lock_contests
from cchc_app.data.tables import Contest
from cchc_app.services import typed_fields
from cchc_app.services.field_errors import Fields
from cchc_app.services.preset_files import preset_names
from cchc_app.services.presets import load_preset
from cchc_app.services.staff_sessions import acting, reading
from cchc_app.services.staff_sign_in import require_fresh
from cchc_app.texts.formats import local

COPY = "copy"  # the present contest, as a source
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,58})[a-z0-9]")
_CODE = re.compile(r"[A-Z0-9]{2,8}")


@dataclass(frozen=True, slots=True)
class Present:
    """The contest there is.

    Attributes:
        title: Its name.
        running: Whether it keeps another one from being set up: papers exist and a period is not over, or one is open.
        has_papers: Whether anybody has begun a counted paper.
    """

    title: str
    running: bool
    has_papers: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for, read and checked field by field; `first_day` is the midnight it begins with."""

    source: str
    title: str
    short_title: str
    slug: str
    code: str
    first_day: datetime
    units: bool
    bank: bool


@dataclass(frozen=True, slots=True)
class Created:
    """What was set up."""

    title: str
    units: int
    questions: int


def present_contest(db: Database, *, actor: str, now: datetime) -> Present | None:
    """The contest in force; None when there is none yet.

    Raises:
        ContestError: NOT_ALLOWED.
    """
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.READ_CONTEST)
        try:
            contest = contest_in_force(session)
        except ContestError:
            return None
        title = session.get_one(Contest, contest.contest_id).title
        has_papers = bool(rows.begun(session, contest.contest_id).periods)
        return Present(title, _is_running(session, contest.contest_id, now), has_papers)


def real_presets() -> list[str]:
    """The presets an organiser may begin from: those that bring no synthetic people."""
    return [name for name in preset_names() if name != "demo"]


def read_plan(form: Mapping[str, str], *, units: bool, bank: bool) -> Plan:
    """The plan a form says.

    Raises:
        FieldErrors: By field.
    """
    fields = Fields()
    source = fields.read("source", lambda: _one_of(form.get("source", ""), (COPY, *real_presets())))
    title = fields.read("title", lambda: typed_fields.line(form.get("title", ""), most=200))
    short_title = fields.read("short_title", lambda: typed_fields.line(form.get("short_title", ""), most=60))
    slug = fields.read("slug", lambda: _matching(form.get("slug", ""), _SLUG, ErrorCode.SLUG_INVALID))
    code = fields.read("contest_code", lambda: _code(form.get("contest_code", "")))
    first_day = fields.read("first_day", lambda: typed_fields.first_instant_of(form.get("first_day", "")))
    fields.refuse_if_wrong()
    if first_day is None:
        raise AssertionError("a field was neither read nor refused")
    return Plan(source or "", title or "", short_title or "", slug or "", code or "", first_day, units, bank)


def create_contest(db: Database, plan: Plan, *, actor: str, code: str, now: datetime) -> Created:
    """Set a contest up; from then on it is the one the site shows, and people of the one before are signed out.

    Args:
        db: The database.
        plan: What is to be.
        actor: Who does.
        code: A fresh code of the actor.
        now: When.

    Raises:
        ContestError: NOT_ALLOWED, SIGN_IN_LOCKED, CODE_WRONG, CONTEST_RUNNING, SLUG_TAKEN, CONTEST_MISSING when there
            is nothing to copy.
    """
    preset = None if plan.source == COPY else load_preset(plan.source, now=now).contest
    with db.read() as session:
        reading(session, actor=actor, permission=Permission.RUN_CONTEST)
        _refuse(session, plan, now)
    require_fresh(db, actor=actor, code=code, now=now)
    with db.write() as session:
        acting(session, actor=actor, permission=Permission.RUN_CONTEST)
        lock_contests(session)
        old = _refuse(session, plan, now)
        add_contest(session, preset_plan(preset, plan) if preset else _copy_plan(session, old, plan), now=now)
        new = contest_in_force(session).contest_id
        if plan.source == COPY and old is not None:
            _copy_parts(session, plan, source=old.contest_id, target=new, now=now)
        if old is not None:
            rows.end_sessions(session, old.contest_id, now=now)
        return _created(session, plan, new, actor=actor, now=now)


def laid_from(rule_set: RuleSet, first_day: datetime) -> RuleSet:
    """The first version of these rules with every date moved by whole days, so that the first period opens that day."""
    opens = local(rule_set.periods[0].opens_at)
    by = timedelta(days=(first_day.date() - opens.date()).days)
    return replace(
        rule_set,
        version=1,
        note="",
        periods=tuple(replace(p, opens_at=p.opens_at + by, closes_at=p.closes_at + by) for p in rule_set.periods),
        slogan=replace(rule_set.slogan, closes_at=rule_set.slogan.closes_at + by),
    )


def preset_plan(preset: NewContest, plan: Plan) -> NewContest:
    """A preset under the names and on the days of a plan. Its news speak of its own days: they stay behind."""
    return replace(
        preset,
        slug=plan.slug,
        code=plan.code,
        title=plan.title,
        short_title=plan.short_title,
        content={**preset.content, "headline": plan.title, "news": []},
        rule_set=laid_from(preset.rule_set, plan.first_day),
        units=preset.units if plan.units else (),
        questions=preset.questions if plan.bank else (),
    )


def _copy_plan(session: Session, old: ContestInForce | None, plan: Plan) -> NewContest:
    if old is None:
        raise ContestError(ErrorCode.CONTEST_MISSING)
    content = session.get_one(Contest, old.contest_id).content
    return NewContest(
        slug=plan.slug,
        code=plan.code,
        title=plan.title,
        short_title=plan.short_title,
        content={**content, "headline": plan.title, "news": []},
        rule_set=laid_from(old.rule_set, plan.first_day),
        units=(),
        questions=(),
    )


def _copy_parts(session: Session, plan: Plan, *, source: int, target: int, now: datetime) -> None:
    if plan.units:
        contest_copies.copy_units(session, source=source, target=target)
    if plan.bank:
        contest_copies.copy_questions(session, source=source, target=target, now=now)


def _created(session: Session, plan: Plan, contest_id: int, *, actor: str, now: datetime) -> Created:
    units, questions = contest_copies.sizes(session, contest_id)
    audit.append(
        session,
        at=now,
        actor=actor,
        action=Action.CONTEST_CREATED,
        subject=f"contest:{contest_id}",
        after={"slug": plan.slug, "title": plan.title, "units": units, "questions": questions},
    )
    return Created(plan.title, units, questions)


def _refuse(session: Session, plan: Plan, now: datetime) -> ContestInForce | None:
    """The contest there is, unless it still runs; refuses a name that was used."""
    if session.exec(select(Contest.id).where(Contest.slug == plan.slug)).first() is not None:
        raise ContestError(ErrorCode.SLUG_TAKEN)
    try:
        old = contest_in_force(session)
    except ContestError:
        if plan.source == COPY:
            raise
        return None
    if _is_running(session, old.contest_id, now):
        raise ContestError(ErrorCode.CONTEST_RUNNING)
    return old


def _is_running(session: Session, contest_id: int, now: datetime) -> bool:
    if not rows.begun(session, contest_id).periods:
        return False
    closes_at = rows.last_close(session, contest_id)
    return (closes_at is not None and now < closes_at) or rows.has_open_paper(session, contest_id)


def _one_of(raw: str, choices: tuple[str, ...]) -> str:
    if raw not in choices:
        raise ContestError(ErrorCode.FIELD_MISSING)
    return raw


def _code(raw: str) -> str:
    return _matching(raw.upper(), _CODE, ErrorCode.CONTEST_CODE_INVALID)


def _matching(raw: str, pattern: re.Pattern[str], otherwise: ErrorCode) -> str:
    text = raw.strip()
    if not pattern.fullmatch(text):
        raise ContestError(otherwise)
    return text
