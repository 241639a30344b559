"""The public results, event by event."""

from datetime import timedelta

import pytest

from cchc_app.data.engine import Database
from cchc_app.services.clock import server_now
from cchc_app.services.home import home_view
from cchc_app.services.publish_slogans import publish
from cchc_app.states.home import slogan_card
from cchc_app.states.slogan_gallery import SloganGalleryState
from tests.factories import make_contest, rules_around
from tests.judged import Judged, make_judged
from tests.states.driver import Browser

PAGE = "/khau-hieu/ket-qua"


def make_published(db: Database) -> Judged:
    now = server_now()
    judged = make_judged(db, now=now, made_at=now)
    publish(db, actor=judged.organiser.username, note="", code=judged.organiser.code(now), now=now)
    return judged


async def test_before_publication_it_says_when(served_db: Database) -> None:
    make_contest(served_db, rules_around(server_now()))
    async with Browser(path=PAGE) as tab:
        await tab.open(PAGE, SloganGalleryState.load)
        assert tab.shown(SloganGalleryState, "screen") == "waiting"
        assert "kết quả hiện ở đây khi Ban Tổ chức công bố" in tab.shown(SloganGalleryState, "said")


async def test_judged_but_not_published_is_not_told(served_db: Database) -> None:
    judged = make_judged(served_db, now=server_now(), made_at=server_now())
    async with Browser(path=PAGE) as tab:
        await tab.open(PAGE, SloganGalleryState.load)
        await tab.send(SloganGalleryState.search, form={"search": "phuc vu"})
        assert tab.shown(SloganGalleryState, "screen") == "waiting"
        assert not any(one.text in tab.received for one in judged.slogans)


async def test_winners_first_then_the_others(served_db: Database) -> None:
    judged = make_published(served_db)
    async with Browser(path=PAGE) as tab:
        await tab.open(PAGE, SloganGalleryState.load)
        first, second = tab.shown(SloganGalleryState, "winners")
        assert (first.prize, first.text, first.facts) == ("Giải Nhất", judged.slogans[0].text, "Hạng 1 · 8,75 điểm")
        assert first.image == f"{PAGE}/KH-{judged.codes[0]:03}.png"
        assert second.prize == "Giải Nhì"
        [bloc] = tab.shown(SloganGalleryState, "blocs")
        assert [(row.text, row.prize, row.facts, row.image) for row in bloc.rows] == [
            (judged.slogans[2].text, "", "", "")
        ]
        await tab.send(SloganGalleryState.search, form={"search": "so y te"})
        assert [row.unit for row in tab.shown(SloganGalleryState, "winners")] == ["Sở Y tế"]
        assert judged.organiser.username not in tab.received
        assert tab.errors == []


@pytest.mark.parametrize("form", [None, 5, [], {"search": {}}, {"search": "\x00"}], ids=str)
async def test_other_types_show_everything(served_db: Database, form: object) -> None:
    make_published(served_db)
    async with Browser(path=PAGE) as tab:
        await tab.send(SloganGalleryState.search, form=form)
        assert (len(tab.shown(SloganGalleryState, "winners")), tab.errors) == (2, [])


async def test_the_home_page_leads_there_once_it_is_public(served_db: Database) -> None:
    now = server_now()
    judged = make_judged(served_db, now=now, made_at=now)
    before = slogan_card(home_view(served_db, participant_id=None, now=now))
    publish(served_db, actor=judged.organiser.username, note="", code=judged.organiser.code(now), now=now)
    after = slogan_card(home_view(served_db, participant_id=None, now=now + timedelta(minutes=1)))
    assert (before.published, after.published) == (False, True)
