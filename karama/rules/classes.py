"""The lists that exist once: compartments, data classes, purposes, duties, missingness, identity modes.

Every count of combinations in a test is computed from these tuples. A code is permanent: it is stored in
records and journals, so it may be retired but never renamed or given another meaning.
"""

from __future__ import annotations

from typing import Final

COMPARTMENTS: Final = (
    "general",  # that the person takes part, when and where; attendance
    "clinical",  # answers, scores, plans, session notes
    "body",  # pain, movement, what the person can do again: read by physiotherapists, who read no notes
    "gbv",  # gender-based violence
    "protection",  # trafficking, armed-group past, ethnicity, religion
    "torture",  # the history of torture or detention, as told in care
    "forensic",  # documentation for a court, apart from therapy
    "kp_sogi",  # sexual orientation, gender identity, key population
    "hiv",
    "legal",  # papers, statelessness, court dates
    "child",  # child protection
    "staff",  # the wellbeing of staff and volunteers
    "complaint",  # complaints about staff
    "trial",  # allocation and blinded assessment of a study
)
"""Who may open a field. A new field is restricted: it names one of these or nobody sees it."""

DATA_CLASSES: Final = (
    "contact",  # name, telephone, address: who the person is
    "general",
    "clinical",
    "gbv",
    "protection",
    "torture",
    "forensic",
    "kp_sogi",
    "hiv",
    "legal",
    "child",
    "trial",
)
"""What a person may agree to share. Identity is a class of its own: it never travels inside another."""

SENSITIVE_CLASSES: Final = frozenset(DATA_CLASSES) - {"contact", "general", "clinical"}
"""Classes that are opted into one by one: a consent naming several of them must have asked for each."""

DATA_CLASS_OF: Final[dict[str, str | None]] = {
    "general": "general",
    "clinical": "clinical",
    "body": "clinical",
    "gbv": "gbv",
    "protection": "protection",
    "torture": "torture",
    "forensic": "forensic",
    "kp_sogi": "kp_sogi",
    "hiv": "hiv",
    "legal": "legal",
    "child": "child",
    "staff": None,  # never shared on a participant's consent
    "complaint": None,  # never shared on a participant's consent
    "trial": "trial",
}
"""Compartment -> the data class its fields are shared as; None: no consent ever shares it."""

CONSENT_PURPOSES: Final = (
    "care",
    "notes",
    "share",
    "report",
    "photo",
    "quotation",
    "research",
    "forensic",
    "contact",
)
"""What a participant is asked about, one by one. None of them implies another."""

READING_PURPOSES: Final = (
    "care",
    "supervision",
    "safety",
    "rights",
    "administration",
    "statistics",
    "import",
)
"""Why a member of staff opens a page. Written in the access log."""

PURPOSES: Final = tuple(dict.fromkeys(CONSENT_PURPOSES + READING_PURPOSES))
"""Every purpose a policy may name; any other purpose is refused."""

DUTIES: Final = (
    "community_agent",
    "psychologist",
    "prescriber",
    "nurse",
    "physiotherapist",
    "social_worker",
    "legal_worker",
    "reception",
    "interpreter",
    "volunteer",
    "supervisor",
    "trainer",
    "advocacy_officer",
    "mel_officer",
    "researcher",
    "data_import",
    "administrator",
    "data_protection_officer",
    "director",
)
"""The roles of the programme. A person may hold several and acts in one at a time."""

CARE_DUTIES: Final = frozenset(
    (
        "community_agent",
        "psychologist",
        "prescriber",
        "nurse",
        "physiotherapist",
        "social_worker",
        "supervisor",
    )
)
"""Duties that may own an alert and speak with the person about it."""

MISSINGNESS: Final = ("skipped", "refused", "not_asked", "dont_know")
"""Why an answer is absent. None of them is ever zero."""

IDENTITY_MODES: Final = ("named", "alias", "coded", "anonymous")
"""How a person chose to be known; from most to least identifying."""

RECIPIENTS: Final = (
    "none",  # nobody outside the care team
    "partner_health",
    "partner_protection",
    "partner_legal",
    "authority",
    "researcher",
    "public",
)
"""Who may receive what a person agreed to share."""

CONSENT_STATES: Final = ("given", "refused", "withdrawn", "expired", "never_asked")
"""Where a consent stands; "later" is recorded as never_asked. Expired also follows from its end date."""

CAPACITIES: Final = ("own", "minor", "limited", "guardian_unsafe")
"""Who decides: the person; guardian and assent (minor, limited); or a best-interest decision."""

OVERRIDES: Final = ("none", "vital_interest", "mandatory_report")
"""Legal bases that are tried when consent does not allow."""

LEGAL_BASES: Final = (
    "consent",
    "vital_interest",
    "public_interest",
    "legitimate_interest",
    "contract",
    "legal_obligation",
)
"""Legal bases of the ICRC Handbook on Data Protection, chapter 3 (2024)."""
