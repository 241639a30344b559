"""The roles' permissions: as the product says, and as docs/access.md says."""

import re
from pathlib import Path

import pytest

from cchc_app.contest.access import PERMISSIONS, READING, STAFF_ROLES, Permission, Role, allows

DOCUMENT = Path(__file__).parents[2] / "docs" / "access.md"
ROW = re.compile(r"^\| `(\w+)` \| [^|]+ \| ([\w, ]+) \|$", re.MULTILINE)


def test_the_document_says_what_the_code_does() -> None:
    told = {name: set(roles.split(", ")) for name, roles in ROW.findall(DOCUMENT.read_text("utf-8"))}
    done = {permission.value: {role.value for role in Role if allows(role, permission)} for permission in Permission}
    assert told == done


def test_every_role_has_its_row() -> None:
    assert set(PERMISSIONS) == set(Role)
    assert PERMISSIONS[Role.VISITOR] == frozenset()


def test_staff_are_judge_and_above() -> None:
    assert STAFF_ROLES == (Role.JUDGE, Role.QUESTION_EDITOR, Role.ORGANISER, Role.AUDITOR, Role.ADMINISTRATOR)


def test_the_auditor_reads_all_an_organiser_reads_and_changes_nothing() -> None:
    assert PERMISSIONS[Role.ORGANISER] & READING <= PERMISSIONS[Role.AUDITOR] <= READING
    assert allows(Role.AUDITOR, Permission.READ_AUDIT_LOG)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_manage_staff_and_keys(role: Role) -> None:
    assert not allows(role, Permission.MANAGE_STAFF)
    assert not allows(role, Permission.MANAGE_INSTALLATION)


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_staff_never_take_part_as_staff(role: Role) -> None:
    assert not allows(role, Permission.TAKE_QUIZ)


def test_one_role_changes_the_contest() -> None:
    assert [role for role in Role if allows(role, Permission.RUN_CONTEST)] == [Role.ORGANISER]
