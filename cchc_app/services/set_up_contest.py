"""Setting up a contest from a preset: all of it in one transaction, once."""

from dataclasses import dataclass
from datetime import datetime

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.engine import Database
from cchc_app.data.seeding import KnownContest, NewContest, add_contest, lock_contests
from cchc_app.services import demo
from cchc_app.services.presets import load_preset

# What an empty database gets when nobody says what.
DEFAULT_PRESET = "demo"


@dataclass(frozen=True, slots=True)
class SetUp:
    """What is there now. `created` is False when the contest was there before; then nothing was changed or counted."""

    created: bool
    slug: str
    title: str
    units: int = 0
    questions: int = 0
    people: int = 0
    papers: int = 0


def set_up(db: Database, *, name: str | None, now: datetime) -> SetUp:
    """Set up a contest, or leave everything as it is when the database already holds it.

    Args:
        name: the preset; None keeps whatever contest is there and gives an empty database the demonstration.
        now: a demonstration is laid around this instant.

    Raises:
        PresetError: the preset is unknown or its files are wrong; nothing was written.
        ContestError: ANOTHER_CONTEST when the database holds another one than the preset named.
    """
    preset = load_preset(name or DEFAULT_PRESET, now=now)
    with db.write() as session:
        known = lock_contests(session)
        if known is not None:
            return _kept(known, preset.contest if name else None)
        add_contest(session, preset.contest, now=now)
        added = demo.Added(0, 0)
        if preset.demonstration is not None:
            added = demo.add_people(session, preset.demonstration, now=now)
    return SetUp(
        created=True,
        slug=preset.contest.slug,
        title=preset.contest.title,
        units=len(preset.contest.units),
        questions=len(preset.contest.questions),
        people=added.people,
        papers=added.papers,
    )


def _kept(known: KnownContest, wanted: NewContest | None) -> SetUp:
    if wanted is not None and wanted.slug != known.slug:
        raise ContestError(ErrorCode.ANOTHER_CONTEST, title=known.title)
    return SetUp(created=False, slug=known.slug, title=known.title)
