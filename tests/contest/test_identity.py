"""Article 2: what a person types about themselves."""

import itertools
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.identity import (
    CitizenId,
    IdentityWarning,
    IdKind,
    check_pin,
    mask,
    normalise_digits,
    normalise_name,
    parse_birth_date,
    parse_citizen_id,
    parse_phone,
    warnings,
)

TODAY = date(2025, 11, 5)
BORN = date(1989, 3, 5)
NUMBER = "031089004271"
PERSON = parse_citizen_id(NUMBER)


def refusal(call, *args, **kwargs) -> ErrorCode:
    with pytest.raises(ContestError) as caught:
        call(*args, **kwargs)
    return caught.value.code


@pytest.mark.parametrize(
    ("raw", "province", "year", "male"),
    [
        pytest.param("031089004271", "031", 1989, True, id="man, 1900s"),
        pytest.param("030195004271", "030", 1995, False, id="woman, 1900s"),
        pytest.param("001204004271", "001", 2004, True, id="man, 2000s"),
        pytest.param("079307004271", "079", 2007, False, id="woman, 2000s"),
        pytest.param(" 031 089\u00a0004.271 ", "031", 1989, True, id="spaces, NBSP and dots"),
        pytest.param("031-0-89\u2013004271", "031", 1989, True, id="dashes"),
        pytest.param("\ufeff0310\u200b89004271\u00ad", "031", 1989, True, id="zero-width and soft hyphen"),
        pytest.param("０３１０８９００４２７１", "031", 1989, True, id="full-width digits"),
        pytest.param("٠٣١٠٨٩٠٠٤٢٧١", "031", 1989, True, id="Arabic-Indic digits"),
        pytest.param("999089004271", "999", 1989, True, id="an unknown province only warns"),
    ],
)
def test_twelve_digits(raw: str, province: str, year: int, male: bool) -> None:
    assert parse_citizen_id(raw) == CitizenId(normalise_digits(raw), IdKind.CCCD, province, year, male)


def test_nine_digits_say_nothing() -> None:
    assert parse_citizen_id("031 234 567") == CitizenId("031234567", IdKind.CMND, None, None, None)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        pytest.param("", ErrorCode.CITIZEN_ID_EMPTY, id="nothing"),
        pytest.param(" .-\u200b", ErrorCode.CITIZEN_ID_EMPTY, id="only separators"),
        pytest.param("03108900427l", ErrorCode.CITIZEN_ID_CHARACTERS, id="letter l for 1"),
        pytest.param("031089004271;DROP", ErrorCode.CITIZEN_ID_CHARACTERS, id="SQL"),
        pytest.param("03108900427\u00b2", ErrorCode.CITIZEN_ID_CHARACTERS, id="superscript two"),
        pytest.param("+31089004271", ErrorCode.CITIZEN_ID_CHARACTERS, id="plus sign"),
        pytest.param("12345678", ErrorCode.CITIZEN_ID_LENGTH, id="8 digits"),
        pytest.param("1234567890", ErrorCode.CITIZEN_ID_LENGTH, id="10 digits"),
        pytest.param("31489004271", ErrorCode.CITIZEN_ID_LENGTH, id="11 digits that no zero repairs"),
        pytest.param("0310890042711", ErrorCode.CITIZEN_ID_LENGTH, id="13 digits"),
        pytest.param("031489004271", ErrorCode.CITIZEN_ID_CENTURY, id="born 2100s"),
        pytest.param("031989004271", ErrorCode.CITIZEN_ID_CENTURY, id="born 2300s"),
    ],
)
def test_refused_numbers(raw: str, code: ErrorCode) -> None:
    assert refusal(parse_citizen_id, raw) is code


def test_eleven_digits_suggest_the_lost_zero() -> None:
    with pytest.raises(ContestError) as caught:
        parse_citizen_id("31 089 004271")
    assert caught.value.code is ErrorCode.CITIZEN_ID_LOST_ZERO
    assert caught.value.details == {"suggestion": NUMBER}
    assert str(caught.value) == "CITIZEN_ID_LOST_ZERO"
    assert repr(caught.value) == "ContestError('CITIZEN_ID_LOST_ZERO')"


@pytest.mark.parametrize(
    ("number", "born", "expected"),
    [
        pytest.param(NUMBER, BORN, (), id="all usual"),
        pytest.param(NUMBER, date(1990, 3, 5), (IdentityWarning.BIRTH_YEAR_MISMATCH,), id="year contradicts"),
        pytest.param("000089004271", BORN, (IdentityWarning.PROVINCE_UNKNOWN,), id="province 000"),
        pytest.param("031207004271", date(2007, 11, 5), (), id="18 today"),
        pytest.param("031207004271", date(2007, 11, 6), (IdentityWarning.AGE_UNUSUAL,), id="18 tomorrow"),
        pytest.param("031049004271", date(1949, 11, 6), (), id="75, 76 tomorrow"),
        pytest.param("031049004271", date(1949, 11, 5), (IdentityWarning.AGE_UNUSUAL,), id="76 today"),
        pytest.param("031234567", date(1990, 3, 5), (), id="a CMND contradicts nothing"),
        pytest.param("999089004271", date(2015, 1, 1), tuple(IdentityWarning), id="everything at once"),
    ],
)
def test_warnings_never_block(number: str, born: date, expected: tuple[IdentityWarning, ...]) -> None:
    found = warnings(citizen_id=parse_citizen_id(number), birth_date=born, today=TODAY, province_codes={"030", "031"})
    assert found == expected


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (NUMBER, "031•••••••71"),
        ("031234567", "03•••••67"),
        ("12345", "•••••"),
        ("", ""),
    ],
)
def test_mask(number: str, shown: str) -> None:
    assert mask(number) == shown


@given(st.from_regex(r"[0-9]{9}|[0-9]{12}", fullmatch=True))
def test_masks_and_reprs_leak_nothing(number: str) -> None:
    shown = mask(number)
    assert len(shown) == len(number)
    assert sum(char.isdigit() for char in shown) == {12: 5, 9: 4}[len(number)]
    assert shown in repr(CitizenId(number, IdKind.CCCD, None, None, None))
    assert number not in repr(CitizenId(number, IdKind.CCCD, None, None, None))


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        pytest.param("Nguyễn Đức Thiện", "Nguyễn Đức Thiện", id="as it should be"),
        pytest.param(unicodedata.normalize("NFD", "Nguyễn Đức Thiện"), "Nguyễn Đức Thiện", id="NFD"),
        pytest.param("L\u00ea\u0323 Th\u01b0\u0309", "L\u1ec7 Th\u1eed", id="half composed"),
        pytest.param("  Trần\u00a0\tThị   B\u200bình\u00ad ", "Trần Thị Bình", id="odd spaces, invisible characters"),
        pytest.param("Ðặng Ɖình", "Đặng Đình", id="look-alikes of Đ"),
        pytest.param("H\u2019Hen Niê", "H'Hen Niê", id="curly apostrophe"),
        pytest.param("Y-Bhăm K. Êban", "Y-Bhăm K. Êban", id="hyphen and dot"),
        pytest.param("Siu H\u01a1\u0306m", "Siu H\u01a1\u0306m", id="a mark no letter composes with"),
        pytest.param("thuỷ", "thuỷ", id="case and tone style stay as typed"),
        pytest.param("A" * 100, "A" * 100, id="100 letters"),
        pytest.param(unicodedata.normalize("NFD", "ế" * 100), "ế" * 100, id="300 code points that compose to 100"),
    ],
)
def test_names(raw: str, name: str) -> None:
    assert normalise_name(raw) == name


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        pytest.param("", ErrorCode.NAME_EMPTY, id="nothing"),
        pytest.param("\u200b \u00a0", ErrorCode.NAME_EMPTY, id="nothing visible"),
        pytest.param("A" * 101, ErrorCode.NAME_TOO_LONG, id="101 letters"),
        pytest.param("Nguyễn Văn " + "A" * 189, ErrorCode.NAME_TOO_LONG, id="200 characters"),
        pytest.param("<script>alert(1)</script>", ErrorCode.NAME_CHARACTERS, id="script"),
        pytest.param("Nguyễn Văn 2", ErrorCode.NAME_CHARACTERS, id="digit"),
        pytest.param("Nguyễn\x00Văn", ErrorCode.NAME_CHARACTERS, id="control character"),
        pytest.param("\u041d\u0433uyen", ErrorCode.NAME_CHARACTERS, id="Cyrillic look-alikes"),
        pytest.param("a\u0300\u0316\u0317\u0318\u0319n", ErrorCode.NAME_CHARACTERS, id="stacked marks"),
        pytest.param("Lan \U0001f600", ErrorCode.NAME_CHARACTERS, id="emoji"),
        pytest.param("=cmd|' /C calc'!A0", ErrorCode.NAME_CHARACTERS, id="spreadsheet formula"),
        pytest.param("A", ErrorCode.NAME_TOO_SHORT, id="one letter"),
        pytest.param("- . '", ErrorCode.NAME_TOO_SHORT, id="no letter"),
    ],
)
def test_refused_names(raw: str, code: ErrorCode) -> None:
    assert refusal(normalise_name, raw) is code


@given(st.lists(st.sampled_from("aăâdđeêioôơuưyềếểễệỡựẪ hntĐ'-."), min_size=3, max_size=60).map("".join))
def test_a_name_in_any_form_is_one_name_and_stays_it(text: str) -> None:
    typed = f"An {text}"
    name = normalise_name(typed)
    assert name == normalise_name(unicodedata.normalize("NFD", typed))
    assert name == normalise_name(name)
    assert unicodedata.is_normalized("NFC", name)


@pytest.mark.parametrize(
    "raw",
    [
        "05/03/1989",
        "5/3/1989",
        "1989-03-05",
        "05-03-1989",
        "05.03.1989",
        "05031989",
        " 05 / 03 / 1989 ",
        "０５/０３/１９８９",
    ],
)
def test_birth_date_forms(raw: str) -> None:
    assert parse_birth_date(raw, today=TODAY) == BORN


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        pytest.param("", ErrorCode.BIRTH_DATE_EMPTY, id="nothing"),
        pytest.param("  ", ErrorCode.BIRTH_DATE_EMPTY, id="spaces"),
        pytest.param("29/02/1989", ErrorCode.BIRTH_DATE_INVALID, id="no leap year"),
        pytest.param("03/25/1989", ErrorCode.BIRTH_DATE_INVALID, id="month first"),
        pytest.param("05/03/89", ErrorCode.BIRTH_DATE_INVALID, id="two-digit year"),
        pytest.param("1989", ErrorCode.BIRTH_DATE_INVALID, id="year only"),
        pytest.param("hôm qua", ErrorCode.BIRTH_DATE_INVALID, id="words"),
        pytest.param("31/12/1899", ErrorCode.BIRTH_DATE_INVALID, id="before 1900"),
        pytest.param("06/11/2025", ErrorCode.BIRTH_DATE_FUTURE, id="tomorrow"),
    ],
)
def test_refused_birth_dates(raw: str, code: ErrorCode) -> None:
    assert refusal(parse_birth_date, raw, today=TODAY) is code


@pytest.mark.parametrize(("raw", "born"), [("01/01/1900", date(1900, 1, 1)), ("05/11/2025", TODAY)])
def test_birth_dates_at_the_limits(raw: str, born: date) -> None:
    assert parse_birth_date(raw, today=TODAY) == born


@pytest.mark.parametrize("raw", ["274913", "２７４９１３", "27 49 13", "112233", "123457"])
def test_good_pins(raw: str) -> None:
    assert check_pin(raw, citizen_id=PERSON, birth_date=BORN) == normalise_digits(raw)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", ErrorCode.PIN_LENGTH),
        ("12345", ErrorCode.PIN_LENGTH),
        ("2749135", ErrorCode.PIN_LENGTH),
        ("27491a", ErrorCode.PIN_LENGTH),
        ("000000", ErrorCode.PIN_REPEATED),
        ("777777", ErrorCode.PIN_REPEATED),
        ("123456", ErrorCode.PIN_SEQUENCE),
        ("654321", ErrorCode.PIN_SEQUENCE),
        ("567890", ErrorCode.PIN_SEQUENCE),
        ("098765", ErrorCode.PIN_SEQUENCE),
        ("121212", ErrorCode.PIN_SEQUENCE),
        ("123123", ErrorCode.PIN_SEQUENCE),
        ("050389", ErrorCode.PIN_FROM_IDENTITY),
        ("890305", ErrorCode.PIN_FROM_IDENTITY),
        ("031089", ErrorCode.PIN_FROM_IDENTITY),
        ("900427", ErrorCode.PIN_FROM_IDENTITY),
        ("004271", ErrorCode.PIN_FROM_IDENTITY),
    ],
)
def test_refused_pins(raw: str, code: ErrorCode) -> None:
    assert refusal(check_pin, raw, citizen_id=PERSON, birth_date=BORN) is code


@pytest.mark.parametrize(
    ("raw", "phone"),
    [
        ("", None),
        ("  ", None),
        ("0912345678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("84912345678", "0912345678"),
        ("(0225) 3.842.000", "02253842000"),
        ("+84 (225) 3842000", "02253842000"),
    ],
)
def test_phones(raw: str, phone: str | None) -> None:
    assert parse_phone(raw) == phone


@pytest.mark.parametrize("raw", ["091234567", "09123456789", "0112345678", "912345678", "+1 202 555 0100", "không có"])
def test_refused_phones(raw: str) -> None:
    assert refusal(parse_phone, raw) is ErrorCode.PHONE_INVALID


@given(st.text(max_size=40))
def test_any_input_is_a_value_or_a_typed_refusal(raw: str) -> None:
    calls = (
        lambda: parse_citizen_id(raw),
        lambda: normalise_name(raw),
        lambda: parse_birth_date(raw, today=TODAY),
        lambda: check_pin(raw, citizen_id=PERSON, birth_date=BORN),
        lambda: parse_phone(raw),
    )
    codes = set()
    for call in calls:
        try:
            call()
        except ContestError as refused:
            codes.add(refused.code)
    assert codes <= set(ErrorCode)


def test_every_code_is_unique_and_well_formed() -> None:
    codes = list(ErrorCode.__members__.values())
    assert len({code.value for code in codes}) == len(ErrorCode.__members__)
    assert [code for code in codes if not (code.value.startswith("CCHC-") and code.value[5:].isdigit())] == []
    assert all(len(one.value) == len(two.value) for one, two in itertools.pairwise(codes))
