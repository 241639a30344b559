"""The wording: one sentence per refusal, in one voice, in one Unicode form."""

import ast
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import cchc_app.texts
from cchc_app.contest.access import STAFF_ROLES, Permission
from cchc_app.contest.errors import ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.texts import admin, formats, message
from cchc_app.texts.errors import SENTENCES

MODULES = sorted(Path(cchc_app.texts.__file__).parent.glob("*.py"))
DETAILS = {
    ErrorCode.CITIZEN_ID_LOST_ZERO: {"suggestion": "031085012345"},
    ErrorCode.SIGN_IN_LOCKED: {"until": datetime(2025, 11, 3, 2, 5, tzinfo=UTC)},
    ErrorCode.ANOTHER_CONTEST: {"title": "Hội thi"},
    ErrorCode.CHANGED_MEANWHILE: {"by": "An", "at": datetime(2025, 11, 3, 2, 5, tzinfo=UTC)},
    ErrorCode.NUMBER_INVALID: {"lowest": 1, "highest": 9},
    ErrorCode.PERIOD_RUNNING: {"until": datetime(2025, 11, 9, 17, 0, tzinfo=UTC)},
    ErrorCode.PAPERS_OPEN: {"count": 3},
    ErrorCode.RESULT_EXISTS: {"version": 1, "by": "An", "at": datetime(2025, 11, 9, 17, 0, tzinfo=UTC)},
    ErrorCode.DIFFERENCES_UNSEEN: {"count": 3},
    ErrorCode.DECISION_INVALID: {"places": 2},
    ErrorCode.SLOGANS_STILL_COME: {"until": datetime(2025, 11, 10, 17, 0, tzinfo=UTC)},
    ErrorCode.JUDGES_LACKING: {"slogans": "Sở Y tế"},
    ErrorCode.EXCEPTION_TOO_EARLY: {"closes_at": datetime(2025, 11, 10, 17, 0, tzinfo=UTC)},
    ErrorCode.TALK_WITHOUT_NOTE: {"codes": "KH-003"},
    ErrorCode.POINTS_INVALID: {"lowest": 0, "highest": 10},
    ErrorCode.SCORES_INCOMPLETE: {"left": 3},
    ErrorCode.ROUND_INCOMPLETE: {"left": 3},
    ErrorCode.FIELD_TOO_LONG: {"most": 200},
    ErrorCode.UPLOAD_TOO_LARGE: {"most": 20},
    ErrorCode.SANCTION_IN_FORCE: {"by": "lan.nguyen", "at": datetime(2025, 11, 3, 2, 5, tzinfo=UTC)},
    ErrorCode.EXTRA_TIME_INVALID: {"most": 120},
    ErrorCode.FREEZE_INVALID: {"most": 1440},
    ErrorCode.UNIT_EDITED: {"by": "lan.nguyen", "at": datetime(2025, 11, 3, 2, 5, tzinfo=UTC)},
    ErrorCode.PERIOD_NOT_OPEN: {"opens_at": datetime(2025, 11, 2, 17, 0, tzinfo=UTC)},
    ErrorCode.SLOGAN_NOT_OPEN: {"opens_at": datetime(2025, 11, 2, 17, 0, tzinfo=UTC)},
    ErrorCode.SLOGAN_CLOSED: {"closes_at": datetime(2025, 11, 10, 17, 0, tzinfo=UTC)},
    ErrorCode.SLOGAN_CONFLICT: {"by": "Trần Thị Hà", "at": datetime(2025, 11, 10, 3, 32, tzinfo=UTC)},
    ErrorCode.SLOGAN_TOO_FEW_WORDS: {"words": 9, "fewest": 10, "most": 20, "missing": 1},
    ErrorCode.SLOGAN_TOO_MANY_WORDS: {"words": 21, "fewest": 10, "most": 20, "surplus": 1},
    ErrorCode.SLOGAN_TOO_LONG: {"characters": 5000, "most": 300},
    ErrorCode.EXPLANATION_TOO_LONG: {"words": 301, "most": 300},
    ErrorCode.FILE_KIND_MISMATCH: {"ending": ".csv", "kind": "PDF"},
    ErrorCode.COLUMN_MISSING: {"title": "Câu hỏi"},
    ErrorCode.COLUMN_REPEATED: {"title": "Câu hỏi"},
    ErrorCode.PART_IGNORED: {"title": "Trang 2"},
    ErrorCode.CELL_BROKEN: {"value": "#REF"},
    ErrorCode.CELLS_TOO_MANY: {"columns": 16},
    ErrorCode.CELL_NOT_TEXT: {"value": "0.5"},
    ErrorCode.TEXT_TOO_LONG: {"length": 2001, "limit": 2000},
    ErrorCode.TEXT_LEGACY: {"encoding": "TCVN3", "suggestion": "Việt Nam"},
    ErrorCode.KEY_INVALID: {"value": "1"},
    ErrorCode.KEY_NO_SUCH_OPTION: {"value": "F"},
    ErrorCode.CODE_REPEATED: {"first_row": 2},
    ErrorCode.CODE_LOST_ZERO: {"suggestion": "001"},
    ErrorCode.DATE_IS_NUMBER: {"suggestion": "05/09/2025"},
    ErrorCode.QUESTION_TYPE_REFUSED: {"kind": "tự luận"},
    ErrorCode.WEIGHT_INVALID: {"value": "150"},
    ErrorCode.GRADE_DROPPED: {"value": "2"},
    ErrorCode.QUESTION_CHANGED: {"by": "lan.nguyen", "at": datetime(2025, 11, 2, 17, 0, tzinfo=UTC)},
    ErrorCode.QUESTIONS_TOO_MANY: {"most": 2000},
}


def strings(module: Path) -> list[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def test_every_refusal_has_one_sentence() -> None:
    assert set(SENTENCES) == set(ErrorCode)
    assert len(set(SENTENCES.values())) == len(SENTENCES)


@pytest.mark.parametrize("code", list(ErrorCode), ids=lambda code: code.name)
def test_sentence_is_whole(code: ErrorCode) -> None:
    text = message(code, DETAILS.get(code))
    assert text[0].isupper()
    assert text.endswith(".")
    assert "{" not in text


def test_instants_in_sentences_are_local() -> None:
    text = message(ErrorCode.PERIOD_NOT_OPEN, DETAILS[ErrorCode.PERIOD_NOT_OPEN])
    assert text == "Tuần thi chưa mở. Bạn quay lại lúc 00:00 ngày 03/11/2025."


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_wording_is_composed_and_calm(module: Path) -> None:
    for text in strings(module):
        assert unicodedata.is_normalized("NFC", text)
        assert "!" not in text


def test_formats() -> None:
    instant = datetime(2025, 11, 12, 2, 14, 7, 318_000, tzinfo=UTC)
    midnight = datetime(2025, 11, 16, 17, 0, tzinfo=UTC)
    assert formats.date_text(date(2025, 11, 3)) == "03/11/2025"
    assert formats.instant_date(midnight) == "17/11/2025"
    assert formats.short_date(midnight) == "17/11"
    assert formats.clock(instant) == "09:14"
    assert formats.clock_and_date(instant) == "09:14 ngày 12/11/2025"
    assert formats.second_and_date(instant) == "09:14:07 12/11/2025"
    assert formats.second_and_day(instant) == "09:14:07 12/11"
    assert formats.end_of_window(midnight) == "24:00 Chủ Nhật 16/11"
    assert formats.end_of_window(instant) == "09:14 Thứ Tư 12/11"
    assert formats.end_with_year(midnight) == "24:00 ngày 16/11/2025"
    assert formats.grouped(8412) == "8.412"
    assert formats.grouped(1_234_567) == "1.234.567"
    assert formats.duration_words(1_200_000) == "20 phút"
    assert formats.duration_words(90_000) == "1 phút 30 giây"
    assert formats.duration_words(0) == "0 giây"
    assert formats.time_used_words(582_318) == "09 phút 42 giây"
    assert formats.minutes_and_seconds(582_999) == "09:42"
    assert formats.exact_time(582_318) == "09:42,318"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('{"role":"judge"}', '{"role":"auditor"}', "vai trò: Giám khảo → vai trò: Giám sát"),
        ("{}", '{"invitation":4,"role":"organiser"}', "lời mời: 4, vai trò: Ban Tổ chức"),
        ('{"ranked":true}', '{"ranked":false}', "xếp hạng: có → xếp hạng: không"),
        ("{}", '{"unheard":"of"}', "unheard: of"),
        ("{}", "{}", ""),
    ],
)
def test_changes_of_the_log_in_words(before: str, after: str, words: str) -> None:
    assert admin.change(before, after) == words


def test_everything_staff_do_and_may_has_words() -> None:
    assert set(admin.ACTIONS) == set(Action)
    assert set(admin.PERMISSIONS) == set(Permission)
    assert set(admin.ROLES) == set(STAFF_ROLES)
