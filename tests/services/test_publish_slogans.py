"""Publishing the slogans' result: only when judging is done and talked about, frozen, corrected with a reason."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuditEntry, JudgingNote, JudgingRound, Slogan, SloganPublication, SloganVersion, Unit
from cchc_app.services.organise_slogans import disqualify
from cchc_app.services.publish_slogans import publication_desk, publish
from cchc_app.services.slogan_gallery import Gallery, gallery, is_published, winning_slogan
from cchc_app.texts.formats import points_text
from tests.factories import make_contest
from tests.judged import AFTER, SCORES, make_judged
from tests.staff import STEP, Staffer, make_staff

TIED = (((9, 8), (8, 7), (10, 9)), ((9, 8), (8, 7), (10, 9)), ((5, 5), (4, 6), (5, 4)))
FAR_APART = (((10, 10), (2, 2), (9, 9)), ((7, 6), (7, 5), (6, 6)))


def go(db: Database, who: Staffer, *, note: str = "", step: int = 0, code: str | None = None) -> int:
    now = AFTER + step * STEP
    return publish(db, actor=who.username, note=note, code=who.code(now) if code is None else code, now=now)


def refusal(db: Database, who: Staffer, **wanted) -> ErrorCode | None:
    try:
        go(db, who, **wanted)
    except ContestError as error:
        return error.code
    return None


def published(db: Database) -> list[SloganPublication]:
    with db.read() as session:
        return list(session.exec(select(SloganPublication).order_by(SloganPublication.version)))  # type: ignore[arg-type]


def forget_author(db: Database, slogan_id: int) -> None:
    """A newer version without a name, as the database keeps it: versions themselves are never changed."""
    with db.write() as session:
        slogan = session.get_one(Slogan, slogan_id)
        old = session.exec(select(SloganVersion).where(SloganVersion.slogan_id == slogan_id)).one()
        newer = old.model_dump(exclude={"id"}) | {"number": 2, "author_public": False, "receipt": "T26-KH-2"}
        session.add(SloganVersion(**newer))
        slogan.version_number = 2


def test_nothing_is_public_before(db: Database) -> None:
    judged = make_judged(db)
    found = gallery(db, search="")
    assert (found.published, found.winners, found.others) == (False, (), ())
    assert (is_published(db), winning_slogan(db, code=f"KH-{judged.codes[0]:03}")) == (False, None)


def test_what_is_published_is_what_the_judges_said(db: Database) -> None:
    judged = make_judged(db)
    desk = publication_desk(db, actor=judged.organiser.username)
    assert (desk.obstacle, [(one.rank, one.prizes) for one in desk.awards]) == (
        None,
        [(1, ("Giải Nhất",)), (2, ("Giải Nhì",))],
    )
    assert go(db, judged.organiser) == 1
    found: Gallery = gallery(db, search="")
    assert [(one.text, one.unit, one.prizes, one.rank) for one in found.winners] == [
        (judged.slogans[0].text, judged.slogans[0].unit_name, ("Giải Nhất",), 1),
        (judged.slogans[1].text, judged.slogans[1].unit_name, ("Giải Nhì",), 2),
    ]
    assert [points_text(one.score) for one in found.winners] == list(SCORES[:2])
    [(bloc, others)] = found.others
    assert (bloc, [one.text for one in others], found.count) == ("cap_xa", [judged.slogans[2].text], 3)
    assert (found.version, found.published_at, is_published(db)) == (1, AFTER, True)
    with db.read() as session:
        logged = session.exec(select(AuditEntry).where(AuditEntry.action == Action.SLOGANS_PUBLISHED)).one()
    assert (logged.actor, logged.subject) == (judged.organiser.username, "slogan_publication:1")


def test_it_is_frozen_until_a_correction_says_why(db: Database) -> None:
    judged = make_judged(db)
    go(db, judged.organiser)
    with db.write() as session:
        session.get_one(Unit, judged.contest.unit_ids[0]).name = "Tên khác"
    disqualify(db, actor=judged.organiser.username, unit_code="U0", reason="Sao chép", now=AFTER)
    assert gallery(db, search="").winners[0].unit == judged.slogans[0].unit_name
    assert refusal(db, judged.organiser, step=1, note=" ") is ErrorCode.CORRECTION_REASON_MISSING
    assert go(db, judged.organiser, step=1, note="Loại một khẩu hiệu sao chép") == 2
    found = gallery(db, search="")
    assert (found.version, found.note, found.count) == (2, "Loại một khẩu hiệu sao chép", 2)
    assert [one.text for one in found.winners] == [judged.slogans[1].text, judged.slogans[2].text]
    first, second = published(db)
    assert (len(first.body["slogans"]), len(second.body["slogans"])) == (3, 2)
    desk = publication_desk(db, actor=judged.organiser.username)
    assert [one.version for one in desk.history] == [2, 1]


def test_only_when_judging_is_done(db: Database) -> None:
    judged = make_judged(db, close=False)
    assert refusal(db, judged.organiser) is ErrorCode.JUDGING_UNFINISHED
    assert published(db) == []


def test_before_there_is_a_round(db: Database) -> None:
    make_contest(db)
    who = make_staff(db, Role.ORGANISER)
    assert refusal(db, who) is ErrorCode.JUDGING_UNFINISHED
    desk = publication_desk(db, actor=who.username)
    assert (desk.result, desk.awards, desk.obstacle and desk.obstacle.code) == (None, (), ErrorCode.JUDGING_UNFINISHED)


def test_judges_far_apart_have_to_talk_first(db: Database) -> None:
    judged = make_judged(db, FAR_APART)
    with pytest.raises(ContestError, match="TALK_WITHOUT_NOTE") as refused:
        go(db, judged.organiser)
    assert refused.value.details == {"codes": f"KH-{judged.codes[0]:03}"}
    with db.write() as session:
        round_id = session.exec(select(JudgingRound.id)).one() or 0
        said = {"staff_id": judged.judges[1].id, "text": "Lạc đề", "written_at": AFTER}
        session.add(JudgingNote(round_id=round_id, slogan_id=judged.slogans[0].id, **said))
    assert go(db, judged.organiser) == 1


def test_a_tie_over_the_edge_is_shown_and_left_to_the_committee(db: Database) -> None:
    judged = make_judged(db, TIED)
    go(db, judged.organiser)
    found = gallery(db, search="")
    assert [(one.rank, one.prizes) for one in found.winners] == [(1, ("Giải Nhất", "Giải Nhì"))] * 2
    assert winning_slogan(db, code=f"KH-{judged.codes[0]:03}") is None  # no image of a prize nobody has decided
    assert len(publication_desk(db, actor=judged.organiser.username).awards[0].slogans) == 2


def test_an_author_is_named_only_when_agreed_and_only_as_long(db: Database) -> None:
    judged = make_judged(db)
    go(db, judged.organiser)
    names = [one.author for one in judged.slogans]
    assert [one.author for one in gallery(db, search="").winners] == names[:2]
    assert not any(name in str(one.body) for name in names for one in published(db))
    forget_author(db, judged.slogans[0].id)
    assert [one.author for one in gallery(db, search="").winners] == ["", names[1]]


def test_search_finds_text_and_unit_without_accents(db: Database) -> None:
    judged = make_judged(db)
    go(db, judged.organiser)
    found = gallery(db, search="LE CHAN")
    assert ([one.unit for one in found.winners], found.others, found.count) == (["UBND phường Lê Chân"], (), 3)
    assert gallery(db, search="khong co gi").winners == ()


def test_a_winner_has_an_image_nobody_else(db: Database) -> None:
    judged = make_judged(db)
    go(db, judged.organiser)
    first, _, last = (f"KH-{code:03}" for code in judged.codes)
    won = winning_slogan(db, code=first)
    assert won is not None
    assert (won.text, won.prize, won.unit) == (judged.slogans[0].text, "Giải Nhất", judged.slogans[0].unit_name)
    assert [winning_slogan(db, code=code) for code in (last, "KH-999", "", "../x")] == [None] * 4


def test_a_fresh_code_is_asked_for_last(db: Database) -> None:
    judged = make_judged(db, close=False)
    # Not in order yet: the code is not used up.
    assert refusal(db, judged.organiser) is ErrorCode.JUDGING_UNFINISHED
    with db.write() as session:
        for one in session.exec(select(JudgingRound)).all():
            one.closed_at = AFTER
    assert refusal(db, judged.organiser, code="000000") is ErrorCode.CODE_WRONG
    assert refusal(db, judged.organiser, code="") is ErrorCode.CODE_WRONG
    assert go(db, judged.organiser) == 1
    assert refusal(db, judged.organiser, note="Lần nữa") is ErrorCode.CODE_WRONG  # the same code again


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ORGANISER])
def test_nobody_else_publishes(db: Database, role: Role) -> None:
    make_judged(db)
    assert refusal(db, make_staff(db, role)) is ErrorCode.NOT_ALLOWED
    assert published(db) == []


def test_two_who_publish_at_once_make_two_versions_or_one(db: Database) -> None:
    judged = make_judged(db)
    others = [judged.organiser, make_staff(db, Role.ORGANISER)]
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda who: refusal(db, who), others))
    # The second one finds a publication: without a note it is no correction.
    assert sorted(done, key=str) == sorted([None, ErrorCode.CORRECTION_REASON_MISSING], key=str)
    assert [one.version for one in published(db)] == [1]
