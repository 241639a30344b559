"""Addresses people may be sent on to are of this site, in every spelling."""

from urllib.parse import parse_qs, urlsplit

import pytest

from cchc_app import routes


def test_a_question_is_added_to_what_an_address_already_holds() -> None:
    assert routes.with_query("/a", {}) == "/a"
    assert routes.with_query("/a", {"tim": "lê"}) == "/a?tim=l%C3%AA"
    assert routes.with_query("/a?bang=1#x", {"tim": "b"}) == "/a?bang=1&tim=b#x"
    assert routes.result_tables(0, 2, routes.UNITS_VIEW) == "/quan-tri/ket-qua?bang=0&ban=2&xem=don-vi#cac-bang"
    assert routes.prize_tables(3) == "/quan-tri/giai-thuong?bang=3#cac-bang"


@pytest.mark.parametrize("path", ["/", "/thi", "/ket-qua/HP25-W2-7KQF-31", "/xep-hang?tuan=2", "/the-le#dieu-9"])
def test_own_paths_pass(path: str) -> None:
    assert routes.local_path(path) == path


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "thi",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/thi",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/thi\r\nSet-Cookie: a=b",
        " /thi",
        "/thi\x00",
        "/" + "a" * 500,
        "/dang-nhap?tiep=/thi",
        "/dang-ky",
        "/phien/nhan?ve=x",
        None,
        5,
        ["/thi"],
    ],
)
def test_everything_else_is_the_default(raw: object) -> None:
    assert routes.local_path(raw, default="/thi") == "/thi"


def test_builders_survive_queries_inside_paths() -> None:
    path = "/xep-hang?tuan=2&don-vi=1"
    for url in (routes.session_ticket("abc", path), routes.sign_in(path), routes.register(path, 2)):
        assert parse_qs(urlsplit(url).query)["tiep"] == [path]


@pytest.mark.parametrize(
    "path", ["/quan-tri/khau-hieu", "/quan-tri/khau-hieu?trang-thai=none&tim=L%C3%AA", "/quan-tri"]
)
def test_the_staffs_door_leads_back_to_the_question(path: str) -> None:
    assert routes.staff_path(path) == path


@pytest.mark.parametrize(
    "raw",
    ["/thi", "/quan-tri/khac", "//evil.example/quan-tri", "/quan-tri/khau-hieu/../x", "/quan-tri?\r\nX: y", None, 5],
)
def test_the_staffs_door_leads_nowhere_else(raw: object) -> None:
    assert routes.staff_path(raw) == routes.STAFF
