"""Who may come near a person: duty and relation and site, never a user for whom she does not exist.

The default is no. A file held by one named team opens to nobody else, whatever the relation.
"""

from __future__ import annotations

from typing import Final, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from karama.accounts import duties
from karama.journal import Actor, Many, clock, visible_to
from karama.journal.visibility import Attributes
from karama.people.models import Assignment, HiddenFrom
from karama.rules.classes import CARE_DUTIES
from karama.rules.permission import All, Among, Any, Condition, Duty, In, Includes, Is, Not, Policy, Same

Row = TypeVar("Row", bound=Model)

WITH_PEOPLE: Final = tuple(sorted(CARE_DUTIES | {"legal_worker"}))
"""Duties that work with participants themselves."""

REGISTERING: Final = (*WITH_PEOPLE, "reception", "volunteer")
"""Duties that may search and register."""

ASSIGNABLE: Final = frozenset((*WITH_PEOPLE, "volunteer"))
"""Duties that may be put on a person's care."""


NUMBERING: Final = ("nurse", "prescriber", "reception")
"""Duties that are offered the number of a hospital while somebody is registered."""


def purpose_of(by: Actor) -> str:
    """The purpose that goes with the actor's duty (`accounts.duties`) in the access log; empty lets nobody in."""
    return duties.duty(by.duty).purpose


def attributes_at(path: str = "") -> dict[str, str | Many]:
    """The attributes of a person, seen from a row that reaches her by the lookup `path` ("", "episode__person")."""
    lead = f"{path}__" if path else ""
    at = f"{path}_id" if path else "pk"
    return {
        "person": at,
        "programme": f"{lead}programme_id",
        "site": f"{lead}site_id",
        "status": f"{lead}status",
        "identity_mode": f"{lead}identity_mode",
        "reach": f"{lead}reach",
        "held_by_team": f"{lead}held_by_team_id",
        "assigned": Many(Assignment, owner="person_id", value="user_id", at=at, where={"until__isnull": True}),
        "leads": Many(
            Assignment, owner="person_id", value="user_id", at=at, where={"until__isnull": True, "role": "lead"}
        ),
        "hidden_from": Many(HiddenFrom, owner="person_id", value="user_id", at=at, where={"lifted_at__isnull": True}),
    }


ATTRIBUTES: Final[Attributes] = attributes_at()


def rows_near(rows: QuerySet[Row, Row], *, by: Actor, policy: Policy, path: str = "person") -> QuerySet[Row, Row]:
    """Of rows that hang on a person by the lookup `path`, those that this policy opens to the actor now."""
    return visible_to(
        rows, by=by, policy=policy, purpose=purpose_of(by), now=clock.now(), attributes=attributes_at(path)
    )


def person_attributes(person: UUID) -> dict[str, object]:
    """What a policy may ask about a person (`attributes.person_attributes`); empty when there is no such person."""
    from karama.people import attributes

    return attributes.person_attributes(person)


NOT_HIDDEN: Final[Condition] = Not(Includes("hidden_from", "id"))
LIVING_FILE: Final[Condition] = In("status", ("active", "closed"))
AT_SITE: Final[Condition] = Among("site", "sites")
ASSIGNED: Final[Condition] = All(Duty(*ASSIGNABLE), AT_SITE, Includes("assigned", "id"))
"""Works with her, in a duty where she is met: what somebody holds at another site opens nothing of this one."""

SUPERVISING: Final[Condition] = All(Duty("supervisor"), Among("programme", "programmes"), AT_SITE)
OFFICER: Final[Condition] = All(Duty("data_protection_officer"), Among("programme", "programmes"))


def near(*relations: Condition) -> Condition:
    """One of the relations; or, for a file held by one named team, that team and nobody else.

    Never a user on the "do not show to" list. Rooms above build their policies about a person with this.
    """
    usual = All(Is("reach", "usual"), Any(*relations))
    held = All(Is("reach", "named_team"), Among("held_by_team", "teams"), Duty(*WITH_PEOPLE))
    return All(NOT_HIDDEN, Any(usual, held))


def _living(*relations: Condition) -> Condition:
    return All(LIVING_FILE, near(*relations))


WATCHING: Final[Condition] = Duty("supervisor", "data_protection_officer")
"""Who may look at and shorten a "do not show to" list, also of a file that one named team holds."""

SEE: Final = Policy(
    "people.see", All(In("status", ("active", "closed", "merged_into")), near(ASSIGNED, SUPERVISING, OFFICER))
)
"""The person's page."""

SEARCH: Final = Policy("people.search", _living(All(Duty(*REGISTERING), AT_SITE), ASSIGNED, OFFICER))
"""To be named in a search: it keeps a second file from being opened for one person, and serves requests for rights."""

LIST: Final = Policy("people.list", _living(ASSIGNED, SUPERVISING))
"""To stand in a list of people."""

REGISTER: Final = Policy("people.register", All(Duty(*REGISTERING, "data_import"), AT_SITE))
RESERVE: Final = Policy("people.reserve_codes", Duty(*REGISTERING))
"""To have codes for registering without signal."""

FIELD: Final = Policy("people.field", _living(ASSIGNED))
"""To travel on a worker's telephone: only her own caseload."""

ASSIGN: Final = Policy("people.assign", _living(SUPERVISING, All(ASSIGNED, Includes("leads", "id"))))
SAY_CONFLICT: Final = Policy("people.say_conflict", _living(ASSIGNED))
"""To say of oneself that one is a relative, a neighbour or otherwise involved."""

HIDE: Final = Policy("people.hide", _living(ASSIGNED, SUPERVISING, OFFICER))
SEE_HIDDEN: Final = Policy("people.see_hidden", All(WATCHING, _living(SUPERVISING, OFFICER)))
UNHIDE: Final = Policy("people.unhide", All(WATCHING, _living(SUPERVISING, OFFICER)))
CONTACT: Final = Policy("people.contact", _living(ASSIGNED, SUPERVISING))
IMPORTING: Final[Condition] = All(Duty("data_import"), AT_SITE)
CONSENT: Final = Policy("people.consent", _living(ASSIGNED, SUPERVISING, IMPORTING))
PROTECT: Final = Policy("people.protect", All(Duty("social_worker", "supervisor"), _living(ASSIGNED, SUPERVISING)))
"""To decide in a child's best interest; the pack names which of these duties does so in a programme."""

WITHDRAW: Final = Policy("people.withdraw", _living(ASSIGNED, SUPERVISING, OFFICER, All(Duty("reception"), AT_SITE)))
"""Taking a yes back is open to more duties than giving one."""

CORRECT: Final = Policy("people.correct", _living(ASSIGNED, SUPERVISING, OFFICER))
CLOSE: Final = Policy("people.close", _living(SUPERVISING, All(ASSIGNED, Includes("leads", "id"))))
HOLD: Final = Policy("people.hold", _living(SUPERVISING, OFFICER))
"""To give a file to one named team only, or back."""

MERGE: Final = Policy(
    "people.merge", All(Duty("supervisor"), In("status", ("active", "closed", "merged_into")), near(SUPERVISING))
)
NUMBERS: Final = Policy("people.numbers", _living(ASSIGNED, SUPERVISING))
"""The numbers that hospitals gave a person: read, written down and taken off by who works with her."""

WHO_SAW: Final = Policy("people.who_saw", _living(ASSIGNED, SUPERVISING, OFFICER))
JOINED: Final = Policy(
    "people.joined_files",
    All(NOT_HIDDEN, Any(Is("reach", "usual"), All(Is("reach", "named_team"), Among("held_by_team", "teams")))),
)
"""Of files that are one person's, those from which this actor is not kept away."""

IMPORT: Final = Policy("people.import", All(LIVING_FILE, NOT_HIDDEN, Is("reach", "usual"), IMPORTING))

FIND_ME: Final = Policy("people.find_me", All(Duty(*REGISTERING), AT_SITE))
"""To try two answers for a lost card."""

OPEN_FIND_ME: Final = Policy("people.open_find_me", All(Duty("supervisor"), AT_SITE))
"""To open the way again after too many wrong tries, and to look at files that came without a name."""

ANSWER_TRANSFER: Final = Policy(
    "people.answer_transfer",
    All(Duty("supervisor"), LIVING_FILE, NOT_HIDDEN, Is("reach", "usual"), Among("to_site", "sites")),
)
"""To accept or decline a person whom another site proposes to hand over."""

HEARS_ANSWER: Final = Policy(
    "people.hears_answer",
    All(Duty(*ASSIGNABLE), LIVING_FILE, NOT_HIDDEN, Is("reach", "usual"), Among("from_site", "sites"),
        Same("proposed_by", "id")),
)  # fmt: skip
"""To read what became of one's own proposal, also when the other site has taken the person over: her code, no more."""

PAIRING_JOB: Final = "job:pairing"
"""The duty of the comparison by machine."""

SUGGEST: Final = Policy("people.suggest", Duty(PAIRING_JOB))

ERASURE_JOB: Final = "job:erasure"
"""The duty of the job that finishes interrupted erasures at start-up."""

SETTLE: Final = Policy("people.settle_erasure", Duty(ERASURE_JOB))
ERASE: Final = Policy("people.erase", Duty(ERASURE_JOB))
"""Nobody erases alone: a room above does it inside an action of its own, after a second person approved."""

RESTORE_JOB: Final = "job:restore"
"""The duty of the job that finishes a restore before the installation opens."""

REPEAT_WITHDRAWAL: Final = Policy("people.repeat_withdrawal", Duty(RESTORE_JOB))

BREAK_GLASS: Final = Policy(
    "people.break_glass",
    All(LIVING_FILE, NOT_HIDDEN, Is("reach", "usual"), Duty(*sorted(CARE_DUTIES))),
    frozenset({"safety"}),
)
"""In danger of life any duty of care opens a few fields of any record but one that is hidden from her or held apart."""

REVIEWABLE: Final[Condition] = All(In("status", ("active", "closed", "merged_into")), NOT_HIDDEN)
SEE_GLASS: Final = Policy("people.see_glass", All(REVIEWABLE, OFFICER))
"""To read why a record was opened in an emergency, and what was read in it since."""

DIRECTOR: Final[Condition] = All(Duty("director"), Among("programme", "programmes"), Is("left_to_director", True))
REVIEW_GLASS: Final = Policy("people.review_glass", All(REVIEWABLE, Any(OFFICER, DIRECTOR)))
"""To say what a review came to: the officer, and the director about what no officer may look at."""

GLASS_PAGES: Final = Policy("people.glass_pages", Duty("data_protection_officer", "director"))
SETTLE_EFFECT: Final = Policy("people.settle_effect", All(REVIEWABLE, OFFICER))
"""To write down that what a withdrawal left open is done."""

EMERGENCY_PAGES: Final = Policy("people.emergency_pages", Duty(*sorted(CARE_DUTIES)))
ROTATION_JOB: Final = "job:rotation"
"""The duty of the job that rotates the keys every month."""

ROTATE: Final = Policy("people.rotate_keys", Duty(ROTATION_JOB, "administrator"))
"""To rotate the keys: which makes the erasures before it final."""

SEARCH_PAGES: Final = Policy("people.search_pages", Duty(*REGISTERING, "data_protection_officer"))
OUTSIDE: Final = Policy(
    "people.outside",
    All(
        Duty(*REGISTERING), LIVING_FILE, NOT_HIDDEN, Is("reach", "usual"), Among("programme", "programmes"),
        Not(AT_SITE), Not(Includes("assigned", "id")),
    ),
)  # fmt: skip
"""Somebody of whom a searcher may learn that a record may exist, where the pack says so: never who."""

REGISTER_PAGES: Final = Policy("people.register_pages", Duty(*REGISTERING))
LIST_PAGES: Final = Policy("people.list_pages", Duty(*ASSIGNABLE))
PERSON_PAGES: Final = Policy("people.person_pages", Duty(*ASSIGNABLE, "data_protection_officer"))
CARE_PAGES: Final = Policy("people.care_pages", Duty(*ASSIGNABLE))
PROTECT_PAGES: Final = Policy("people.protect_pages", Duty("social_worker", "supervisor"))
JOIN_PAGES: Final = Policy("people.join_pages", Duty("supervisor"))
ERASE_PAGES: Final = Policy("people.erase_pages", Duty("data_protection_officer"))
"""Which duties may come to a page at all; the person's own policy decides what is found there."""
