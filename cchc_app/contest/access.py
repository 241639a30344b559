"""Who may act: the roles of the contest, and what each role may do. Held to docs/access.md by a test."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a signed-in (or anonymous) person is to the contest. The values are stored."""

    VISITOR = "visitor"
    PARTICIPANT = "participant"
    UNIT_REPRESENTATIVE = "unit_representative"
    JUDGE = "judge"
    QUESTION_EDITOR = "question_editor"
    ORGANISER = "organiser"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """Something a role may do beyond what the public pages offer."""

    TAKE_QUIZ = "take_quiz"
    WRITE_SLOGAN = "write_slogan"
    ENTER_DESK = "enter_desk"  # the staff's own pages
    JUDGE_SLOGANS = "judge_slogans"
    READ_QUESTIONS = "read_questions"
    EDIT_QUESTIONS = "edit_questions"
    READ_CONTEST = "read_contest"
    RUN_CONTEST = "run_contest"
    REVEAL_CITIZEN_ID = "reveal_citizen_id"
    READ_AUDIT_LOG = "read_audit_log"
    MANAGE_STAFF = "manage_staff"
    MANAGE_INSTALLATION = "manage_installation"


PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.VISITOR: frozenset(),
    Role.PARTICIPANT: frozenset({Permission.TAKE_QUIZ}),
    Role.UNIT_REPRESENTATIVE: frozenset({Permission.TAKE_QUIZ, Permission.WRITE_SLOGAN}),
    Role.JUDGE: frozenset({Permission.ENTER_DESK, Permission.JUDGE_SLOGANS}),
    Role.QUESTION_EDITOR: frozenset({Permission.ENTER_DESK, Permission.READ_QUESTIONS, Permission.EDIT_QUESTIONS}),
    Role.ORGANISER: frozenset(
        {
            Permission.ENTER_DESK,
            Permission.READ_QUESTIONS,
            Permission.READ_CONTEST,
            Permission.RUN_CONTEST,
            Permission.REVEAL_CITIZEN_ID,
        }
    ),
    Role.AUDITOR: frozenset(
        {
            Permission.ENTER_DESK,
            Permission.READ_QUESTIONS,
            Permission.READ_CONTEST,
            Permission.REVEAL_CITIZEN_ID,
            Permission.READ_AUDIT_LOG,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.ENTER_DESK,
            Permission.READ_AUDIT_LOG,
            Permission.MANAGE_STAFF,
            Permission.MANAGE_INSTALLATION,
        }
    ),
}

# Permissions that change nothing but the log of who looked.
READING = frozenset(
    {
        Permission.ENTER_DESK,
        Permission.READ_QUESTIONS,
        Permission.READ_CONTEST,
        Permission.REVEAL_CITIZEN_ID,
        Permission.READ_AUDIT_LOG,
    }
)


def allows(role: Role, permission: Permission) -> bool:
    """Whether a role may do something."""
    return permission in PERMISSIONS[role]


STAFF_ROLES = tuple(role for role in Role if allows(role, Permission.ENTER_DESK))
