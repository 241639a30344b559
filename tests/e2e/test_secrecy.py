"""Everything the server sends during a whole paper: no key before its answer, nobody's number, phone or hash ever."""

import json
import random
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from sqlmodel import select

from cchc_app import routes
from cchc_app.data.crypto import load_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.data.tables import Attempt, AuthSession, Participant, QuestionVersion
from cchc_app.settings import FRONTEND, Settings
from tests.crowd import add_people
from tests.live_site import LiveSite
from tests.participant import Participant as Tab
from tests.participant import in_own_loop

PRIVATE_FIELDS = ("citizen_id", "citizen_id_index", "phone", "pin_hash")


@pytest.fixture
def db(site: LiveSite) -> Database:
    """The site's own database."""
    use_keyring(load_keyring(Settings(data_dir=Path(site.environment["CCHC_DATA_DIR"]))))
    return Database(site.environment["CCHC_DATABASE_URL"])


def secrets(db: Database) -> set[str]:
    """Every private value in the database, as stored and as decrypted."""
    with db.read() as session:
        people = session.exec(select(Participant)).all()
        hashes = session.exec(select(AuthSession.token_hash)).all()
        seeds = session.exec(select(Attempt.seed)).all()
    private = {str(getattr(person, field)) for person in people for field in PRIVATE_FIELDS if getattr(person, field)}
    return private | set(hashes) | set(seeds)


async def _whole_paper(site: LiveSite, db: Database, token: str) -> list[str]:
    """Take a paper; after every answer, note what was sent that should not have been."""
    leaks: list[str] = []
    async with aiohttp.ClientSession() as http:
        tab = Tab(site.url, cookie=f"cchc={token}")
        tab.keeps_updates = True
        await tab.connect(http)
        await tab.open_paper()
        unanswered = _versions(db, tab.quiz["paper"])
        while True:
            sent = json.dumps(tab.updates, ensure_ascii=False)
            leaks += [f"{n}: explanation" for n, version in unanswered.items() if version.explanation in sent]
            if tab.quiz["feedback"]["shown"] or tab.quiz["feedback"]["right_choices"]:
                leaks.append("feedback of an unanswered question")
            unanswered.pop(tab.quiz["question"]["position"])
            await tab.answer(random.randrange(4))
            assert tab.quiz["feedback"]["shown"]
            if not unanswered:
                break
            tab.next_question()
        await tab.hand_in()
        tab.path = routes.STANDINGS
        await tab.event("reflex___state____state.hydrate")
        private = secrets(db)
        sent = json.dumps(tab.updates, ensure_ascii=False)
        leaks += ["a private value in an update" for value in private if value in sent]
        await tab.close()
    return leaks


def _versions(db: Database, receipt: str) -> dict[int, QuestionVersion]:
    with db.read() as session:
        attempt = session.exec(select(Attempt).where(Attempt.receipt == receipt)).one()
        return {n: session.get_one(QuestionVersion, item[0]) for n, item in enumerate(attempt.paper)}


def test_a_whole_paper_tells_nothing_too_early(site: LiveSite, db: Database) -> None:
    [token] = add_people(db, 1, now=datetime.now(UTC))
    assert in_own_loop(_whole_paper(site, db, token)) == []


def test_pages_and_scripts_hold_no_question(db: Database) -> None:
    files = [path for path in FRONTEND.rglob("*") if path.suffix in {".html", ".js", ".json", ".css"}]
    built = "".join(path.read_text("utf-8") for path in files)
    with db.read() as session:
        versions = session.exec(select(QuestionVersion)).all()
    assert len(files) > 10 and len(versions) >= 150
    assert [version.id for version in versions if version.stem in built or version.explanation in built] == []


def test_the_public_api_holds_nothing_private(site: LiveSite, db: Database) -> None:
    with urllib.request.urlopen(f"{site.url}{routes.API_STANDINGS}?period=1&limit=100") as answer:
        body = answer.read().decode()
    assert len(json.loads(body)["rows"]) > 20
    assert [value for value in secrets(db) if value in body] == []
