"""Who may act: the roles of the contest."""

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
