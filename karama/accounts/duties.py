"""The duties as one policy table: what each may open, why it reads, and what it may do in this room.

The default is nothing: a duty that is not in the table has no compartments and no reading purpose, so it sees nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from karama.rules.classes import DUTIES as CODES

PSYCHOSOCIAL: Final = frozenset({"general", "clinical", "body", "gbv", "protection", "torture", "kp_sogi", "child"})
MEDICAL: Final = frozenset({"general", "clinical", "body", "gbv", "protection", "torture", "kp_sogi", "hiv", "child"})
NOTHING: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class Duty:
    """A row of the table.

    `compartments`: the classes of fields it may open, where the relation to the person allows it too. `opens_people`:
    whether it may come near a participant's record at all. `second_factor`: it administers or exports.
    `whole_organisation`: it may be held for the whole organisation, not only in a programme.
    """

    code: str
    label: str | Promise
    sentence: str | Promise
    compartments: frozenset[str] = NOTHING
    purpose: str = "care"
    opens_people: bool = False
    second_factor: bool = False
    whole_organisation: bool = False


TABLE: Final = (
    Duty(
        "community_agent",
        _("Community psychosocial agent"),
        _("You listen, screen, visit and accompany the people on your caseload."),
        frozenset({"general", "clinical"}),
        opens_people=True,
    ),
    Duty(
        "psychologist",
        _("Psychologist"),
        _("You care for the people assigned to you and stand behind the agents of your site."),
        PSYCHOSOCIAL,
        opens_people=True,
    ),
    Duty(
        "prescriber",
        _("Psychiatrist or other prescriber"),
        _("You assess, prescribe and follow up the people referred to you."),
        MEDICAL,
        opens_people=True,
    ),
    Duty(
        "nurse",
        _("Nurse"),
        _("You receive, screen and follow up people and their medication."),
        frozenset({"general", "clinical", "body", "hiv"}),
        opens_people=True,
    ),
    Duty(
        "physiotherapist",
        _("Physiotherapist"),
        _("You work with the body: pain, movement, and what the person wants to be able to do."),
        frozenset({"general", "body"}),
        opens_people=True,
    ),
    Duty(
        "social_worker",
        _("Social worker"),
        _("You plan with people and families, and bring them to services."),
        frozenset({"general", "gbv", "protection", "child"}),
        opens_people=True,
    ),
    Duty(
        "legal_worker",
        _("Legal worker"),
        _("You accompany people to papers, courts and rights."),
        frozenset({"general", "legal", "protection"}),
        opens_people=True,
    ),
    Duty(
        "reception",
        _("Reception"),
        _("You welcome people and find their next appointment."),
        frozenset({"general"}),
        opens_people=True,
    ),
    Duty("interpreter", _("Interpreter"), _("You lend your voice. You open no record; you can raise a worry.")),
    Duty(
        "volunteer",
        _("Volunteer"),
        _("You welcome and accompany. You see little; you can raise a worry."),
        frozenset({"general"}),
        opens_people=True,
    ),
    Duty(
        "supervisor",
        _("Supervisor"),
        _("You support the colleagues of your sites and answer when somebody is in danger."),
        PSYCHOSOCIAL,
        purpose="supervision",
        opens_people=True,
    ),
    Duty("trainer", _("Trainer"), _("You teach and follow the learning of colleagues."), purpose="administration"),
    Duty(
        "advocacy_officer",
        _("Advocacy officer"),
        _("You bring what is known, as protected numbers, to those who decide."),
        purpose="statistics",
    ),
    Duty(
        "mel_officer",
        _("Monitoring, evaluation and learning officer"),
        _("You read numbers with their basis. You open no person's record."),
        purpose="statistics",
        second_factor=True,
    ),
    Duty(
        "researcher",
        _("Researcher"),
        _("You work with the agreed dataset of a study. You open no person's record."),
        purpose="statistics",
        second_factor=True,
    ),
    Duty(
        "data_import",
        _("Data import"),
        _("You bring in answers collected elsewhere, with the basis on which they may be kept."),
        frozenset({"general", "clinical"}),
        purpose="import",
        opens_people=True,
        second_factor=True,
        whole_organisation=True,
    ),
    Duty(
        "administrator",
        _("Administrator"),
        _("You look after sites, users and duties. You open no person's record."),
        purpose="administration",
        second_factor=True,
        whole_organisation=True,
    ),
    Duty(
        "data_protection_officer",
        _("Data protection officer"),
        _("You see to it that people can use their rights, and look at who opened what."),
        frozenset({"general"}),
        purpose="rights",
        opens_people=True,
        second_factor=True,
        whole_organisation=True,
    ),
    Duty(
        "director",
        _("Director"),
        _("You see how the programme stands. You open no person's record."),
        purpose="administration",
        second_factor=True,
        whole_organisation=True,
    ),
)

BY_CODE: Final = {duty.code: duty for duty in TABLE}


def duty(code: str) -> Duty:
    """The row of a duty. A code that is not in the table gets a row that opens nothing and is told nothing."""
    return BY_CODE.get(code) or Duty(code, _("Without duty"), "", purpose="")


def label(code: str) -> str | Promise:
    """A duty in words."""
    return duty(code).label


def choices() -> list[tuple[str, str | Promise]]:
    """For a form: every duty in the order of the table."""
    return [(one.code, one.label) for one in TABLE]


def needs_second_factor(code: str) -> bool:
    """Whether whoever holds this duty signs in with a second factor. An unknown duty does."""
    return BY_CODE[code].second_factor if code in BY_CODE else True


assert tuple(BY_CODE) == CODES, "the duties of rules/classes.py and of this table differ"
