"""Who may come near episodes and answers: near the person (`people.access`), in a compartment the duty opens."""

from __future__ import annotations

from typing import Final

from karama.accounts import duties
from karama.people.access import (
    ASSIGNED,
    AT_SITE,
    CONSENT,
    CONTACT,
    LIVING_FILE,
    NOT_HIDDEN,
    REGISTERING,
    SEARCH,
    SUPERVISING,
    near,
)
from karama.programme.access import SETUP
from karama.rules.classes import CARE_DUTIES
from karama.rules.permission import All, Among, Any, Condition, Duty, In, Includes, Is, Not, Policy, Same
from karama.safety import access as safety

CLINICAL: Final = ("community_agent", "nurse", "prescriber", "psychologist", "supervisor")
"""Duties that ask and read questionnaires: duties of care whose compartments hold the clinical one."""

IN_COMPARTMENT: Final[Condition] = Among("compartment", "compartments")
IN_CARE: Final[Condition] = All(Duty(*CARE_DUTIES), near(ASSIGNED, SUPERVISING))
IMPORTED: Final[Condition] = Is("mode", "imported")
IMPORTING: Final[Condition] = All(NOT_HIDDEN, Is("reach", "usual"), Duty("data_import"), AT_SITE, IMPORTED)

BRING: Final = Policy(
    "care.bring",
    All(LIVING_FILE, NOT_HIDDEN, Is("reach", "usual"), Duty("data_import"), AT_SITE),
    frozenset({"import"}),
)
"""To take over episodes and sessions from a programme's own sheets."""

RECORD: Final = Policy(
    "care.record", All(LIVING_FILE, Any(All(IN_CARE, Duty(*CLINICAL), IN_COMPARTMENT, Not(IMPORTED)), IMPORTING))
)
"""To record answers. The import operator records imported ones, whose content she has in her file anyway."""

ASK: Final = Policy("care.ask", All(LIVING_FILE, IN_CARE, Duty(*CLINICAL), IN_COMPARTMENT))
"""To put questions to a person and keep a draft."""

AMEND: Final = Policy(
    "care.amend",
    All(
        In("status", ("active", "closed", "merged_into")), Any(All(IN_CARE, Duty(*CLINICAL), IN_COMPARTMENT), IMPORTING)
    ),
)
SEE: Final = Policy("care.see", All(LIVING_FILE, IN_CARE, Duty(*CLINICAL)))
"""The answers of a person; which of them, the compartments decide."""

SEE_EPISODES: Final = Policy("care.see_episodes", All(LIVING_FILE, IN_CARE))
EPISODE: Final = Policy("care.episode", All(LIVING_FILE, IN_CARE))
"""To open an episode or change where it stands."""

SESSION: Final = Policy("care.session", All(LIVING_FILE, IN_CARE, Duty(*CLINICAL, "social_worker")))
"""To write down that a session was held or missed."""

NEXT_STEP: Final = Policy("care.next_step", All(SESSION.condition, Any(Same("worker", "id"), Duty("supervisor"))))
"""To say that what a session left to do is done or not needed: whoever is to do it, and her supervisor."""

NOTE: Final = Policy("care.note", All(LIVING_FILE, IN_CARE, Duty(*CLINICAL)))
"""To write and read notes."""

AMEND_NOTE: Final = Policy("care.amend_note", All(LIVING_FILE, IN_CARE, Duty(*CLINICAL), Same("author", "id")))
"""Only who wrote a note corrects it; a colleague writes a note of her own."""

REVIEW: Final = Policy("care.review", All(LIVING_FILE, IN_CARE, Duty("supervisor"), Not(Same("author", "id"))))
"""To co-sign what somebody else wrote."""

PLAN: Final = Policy("care.plan", All(LIVING_FILE, IN_CARE, Duty(*CLINICAL)))
"""Goals, the worker's own view, the decided layer: what is told in care."""

AGREEING: Final = (*CLINICAL, "physiotherapist")
AGREE_GOAL: Final = Policy("care.agree_goal", All(LIVING_FILE, IN_CARE, Duty(*AGREEING)))
"""To write down a goal that the person agrees to share: both disciplines work towards it. It opens nothing else."""

SHARED_PLAN: Final = Policy("care.shared_plan", All(LIVING_FILE, IN_CARE))
"""The goals that a person agreed to share: everybody in care who works with her reads them."""

WAITING: Final = Policy("care.waiting", All(LIVING_FILE, IN_CARE))
"""To name who stays in touch with a waiting person, and to note that somebody did."""

CLOSE: Final = Policy("care.close", All(LIVING_FILE, IN_CARE, Duty(*CLINICAL)))
APPROVE: Final = Policy("care.approve", All(LIVING_FILE, IN_CARE, Duty("supervisor"), Not(Same("author", "id"))))
"""Nobody approves the closure she asked for herself."""

TAKE_BACK_DEATH: Final = Policy("care.take_back_death", CLOSE.condition)
"""To say that a death was written down by mistake: whoever may write one down, so that nobody who lives waits long for
care; among them the supervisors of the site."""

DEATH_STEP: Final = Policy("care.death_step", All(LIVING_FILE, IN_CARE, Duty("supervisor")))
"""What follows a death: support for the bereaved, and the review without blame."""

HAND_OVER: Final = Policy(
    "care.hand_over", All(Duty(*CARE_DUTIES), Any(All(Duty("supervisor"), AT_SITE), Same("user", "id")))
)
"""A caseload goes on by the hand of its worker or of the supervisor of a site where she works."""

SUPERVISE: Final = Policy("care.supervise", All(Duty("supervisor"), AT_SITE, Not(Same("user", "id"))))
"""To say whose notes at a site are co-signed; nobody says it of herself."""

SUPERVISION: Final = Policy("care.supervision", All(Duty("supervisor"), AT_SITE))
"""To write down that colleagues of one's own site were supervised."""

READ_SUPERVISION: Final = Policy(
    "care.read_supervision",
    All(Duty(*CARE_DUTIES), Any(Same("author", "id"), Includes("supervised", "id"), Includes("above", "id"))),
)
"""Whoever held it, whoever was supervised, and who supervises the supervisor (`above`); nobody else, never a director:
what is learnt in supervision is not for appraisal."""

ANSWER_SUPERVISION: Final = Policy("care.answer_supervision", All(Duty(*CARE_DUTIES), Same("supervisee", "id")))
FINISH_SUPERVISION_TASK: Final = Policy("care.finish_supervision_task", All(Duty(*CARE_DUTIES), Same("owner", "id")))
REVIEW_ALERT: Final = Policy(
    "care.review_alert", All(Duty("supervisor"), safety.ANSWER.condition, Not(Same("closed_by", "id")))
)
"""To read what became of an alert once more, after a colleague closed it."""

ASKED_ABOUT: Final = Policy(
    "care.alert_asked_about", All(Duty(*CARE_DUTIES), safety.NOT_BARRED, Same("closed_by", "id"))
)
"""To read what a supervisor asks of an alert that one closed oneself."""

REVIEW_STUCK: Final = Policy("care.review_stuck", All(LIVING_FILE, IN_CARE, Duty("supervisor")))
"""To look at somebody with whom it does not move: it is as it should be, the colleague is asked, or taken over."""

_ASKED: Final[Condition] = Same("to", "id")
_RECORD: Final[Condition] = Any(
    All(
        Is("about", "alert"),
        safety.NOT_BARRED,
        Duty(*CARE_DUTIES),
        Any(_ASKED, All(Duty("supervisor"), safety.ANSWER.condition)),
    ),
    All(Is("about", "note"), NOTE.condition),
    All(Is("about", "episode"), SEE_EPISODES.condition),
)
QUESTION: Final = Policy("care.question", _RECORD)
"""To read what a supervisor asks, and the answer: whoever may read the record that it is about. Of an alert, whoever is
asked and who answers for it."""

ANSWER_QUESTION: Final = Policy("care.answer_question", All(_ASKED, _RECORD))
FOLLOW_QUESTION: Final = Policy("care.follow_question", All(Duty("supervisor"), Same("follower", "id"), _RECORD))
"""To read the answer, to ask once more, or to say that none is needed: who asked; where she can no more, every other
supervisor who may read it (`asking.of_question`)."""

MEETING: Final = Policy("care.meeting", All(Duty(*CARE_DUTIES), AT_SITE))
"""To hold a meeting at one's own site. Whom it speaks of, each decision asks for itself."""

DISCUSS: Final = Policy("care.discuss", All(LIVING_FILE, IN_CARE))
"""To ask that a person be discussed, and to write down what was decided or done."""

CLOSE_SITE: Final = Policy("care.close_site", All(Duty("supervisor", "director"), AT_SITE))
"""To plan that work at a site ends."""

CLOSE_GRANT: Final = Policy(
    "care.close_grant", All(Duty("administrator", "director"), Among("programme", "programmes"))
)
"""To plan that what a grant pays ends. It opens counts, and nobody's list."""

FAREWELL: Final = Policy("care.farewell", All(LIVING_FILE, IN_CARE, Duty(*CLINICAL, "social_worker")))
"""To say goodbye before a site closes or a grant ends."""

ATTRIBUTE: Final = Policy("care.attribute", All(LIVING_FILE, IN_CARE, Duty("supervisor")))
"""To write down which grant pays for an episode, against what is worked out."""

STATISTICS: Final = Policy(
    "care.statistics",
    All(Duty("mel_officer", "director", "supervisor", "data_import", "researcher"), Among("programme", "programmes")),
    frozenset({"statistics"}),
)
"""To have answers counted: rows without identity, read by analytics, never shown."""

WORDING: Final = Policy("care.wording", Duty("administrator", SETUP))
PAGES: Final = Policy("care.pages", Duty(*CLINICAL))
EPISODE_PAGES: Final = Policy("care.episode_pages", Duty(*sorted(CARE_DUTIES)))
SESSION_PAGES: Final = Policy("care.session_pages", Duty(*CLINICAL, "social_worker"))
SUPERVISOR_PAGES: Final = Policy("care.supervisor_pages", Duty("supervisor"))
GRANT_PAGES: Final = Policy("care.grant_pages", Duty("administrator", "director", "supervisor"))
SITE_PAGES: Final = Policy("care.site_pages", Duty("supervisor", "director"))

GIVING: Final = ("nurse", "prescriber")
"""Duties that hand out medicines and see people as a nurse does."""
MEDICINE_READERS: Final = (*GIVING, "psychologist", "supervisor")
BODY_READERS: Final = (*MEDICINE_READERS, "physiotherapist")

CODING: Final = ("prescriber",)
"""Duties that may name a code of ICD-11 beside what it looks like; whoever reads visits reads it."""

PRESCRIBE: Final = Policy("care.prescribe", All(LIVING_FILE, IN_CARE, Duty("prescriber")))
GIVE: Final = Policy("care.give", All(LIVING_FILE, IN_CARE, Duty(*GIVING)))
"""To hand out a medicine, to ask how a person does with it, to see somebody as a nurse does."""

SEE_MEDICINES: Final = Policy("care.see_medicines", All(LIVING_FILE, IN_CARE, Duty(*MEDICINE_READERS)))
STOCK: Final = Policy("care.stock", All(Duty(*GIVING), AT_SITE))
SEE_STOCK: Final = Policy("care.see_stock", All(Duty(*GIVING, "supervisor"), AT_SITE))
TREAT_BODY: Final = Policy("care.treat_body", All(LIVING_FILE, IN_CARE, Duty("physiotherapist")))
SEE_BODY: Final = Policy("care.see_body", All(LIVING_FILE, IN_CARE, Duty(*BODY_READERS)))
CAUTION: Final = Policy("care.caution", All(LIVING_FILE, IN_CARE))
"""What to avoid with a person: agreed and read by everybody in care with this person; it never says why."""

NEED: Final = Policy("care.need", All(LIVING_FILE, IN_CARE))
PRESCRIBER_PAGES: Final = Policy("care.prescriber_pages", Duty("prescriber"))
GIVING_PAGES: Final = Policy("care.giving_pages", Duty(*GIVING))
MEDICINE_PAGES: Final = Policy("care.medicine_pages", Duty(*MEDICINE_READERS))
STOCK_PAGES: Final = Policy("care.stock_pages", Duty(*GIVING, "supervisor"))
BODY_PAGES: Final = Policy("care.body_pages", Duty(*BODY_READERS))
AGREEING_PAGES: Final = Policy("care.agreeing_pages", Duty(*AGREEING))
TREATING_PAGES: Final = Policy("care.treating_pages", Duty("physiotherapist"))

FOCAL_DUTIES: Final = tuple(sorted(CARE_DUTIES & {one.code for one in duties.TABLE if "gbv" in one.compartments}))
"""Duties of care that open what is told about violence: one of them is named at a site to record it."""

NAME_FOCAL: Final = Policy(
    "care.name_focal_point", All(Duty("supervisor", "administrator"), AT_SITE, Not(Same("user", "id")))
)
"""To say who records violence at a site; nobody says it of herself."""

INCIDENT: Final = Policy(
    "care.incident", All(LIVING_FILE, IN_CARE, Duty(*FOCAL_DUTIES), Includes("focal_points", "id"))
)
"""To record and read what was told about violence: the colleague named at the person's site, and near the person."""

COMPANY: Final = Policy("care.company", All(LIVING_FILE, IN_CARE))
"""To say who is in the room."""

OFFER: Final = Policy("care.offer", All(LIVING_FILE, IN_CARE))
"""To write down that a service was offered: all who are in care with the person."""

TALK: Final = Policy("care.talk", All(LIVING_FILE, IN_CARE, Duty(*CLINICAL)))
"""The short conversation of a contact by code, the group somebody names, brief interventions."""

PAPER_PAGES: Final = Policy("care.paper_pages", Duty(*REGISTERING))
FOCAL_PAGES: Final = Policy("care.focal_pages", Duty("supervisor", "administrator"))
INCIDENT_PAGES: Final = Policy("care.incident_pages", Duty(*FOCAL_DUTIES))

TAKING_IN: Final = ("nurse", "prescriber", "psychologist", "supervisor")
"""Duties that speak with somebody at the beginning, in two screenings and in chapters."""
OPENING_OWN: Final = tuple(one.code for one in duties.TABLE if one.code in TAKING_IN and "torture" in one.compartments)
"""Those of them that open what happened. For the others there is no such chapter, whether one stands or not."""

INTAKE: Final = Policy("care.intake", All(LIVING_FILE, IN_CARE, Duty(*TAKING_IN)))
"""To screen, to go through the chapters of an intake and to read them."""

OWN_CHAPTER: Final = Policy("care.own_chapter", All(LIVING_FILE, IN_CARE, Duty(*OPENING_OWN)))
"""To ask by category what happened, once, and to read it; to ask how the person leaves, and to call afterwards."""

INTAKE_PAGES: Final = Policy("care.intake_pages", Duty(*TAKING_IN))
OWN_CHAPTER_PAGES: Final = Policy("care.own_chapter_pages", Duty(*OPENING_OWN))

PAPERED: Final[dict[str, Policy]] = {
    "consent": CONSENT,
    "session": SESSION,
    "body": TREAT_BODY,
    "visit": GIVE,
    "follow_up": GIVE,
    "closing": CLOSE,
    "instrument": SEE,
    "plan": safety.PLAN,
    "contact": CONTACT,
    "need": NEED,
    "family": SESSION,
    "guardian": CONTACT,
    "interest": CONTACT,
    "prescription": PRESCRIBE,
    "screening": INTAKE,
    "screening_2": INTAKE,
    "chapter": INTAKE,
}
"""Form on paper -> what its own action asks: whoever may do that prints it for a person and types it in."""

PAPER: Final = Policy(
    "care.paper",
    Any(
        All(Is("form", "registration"), Duty(*REGISTERING), AT_SITE),
        All(Is("form", "consent"), LIVING_FILE, near(ASSIGNED, SUPERVISING)),
        *(All(Is("form", form), one.condition) for form, one in PAPERED.items() if form != "consent"),
    ),
)
"""To type in a paper: whoever may do what its form does."""

PRINT_PAPER: Final = Policy("care.print_paper", Any(All(Is("form", "blank"), Duty(*REGISTERING)), PAPER.condition))
"""To keep that sheets were printed: blank ones, or for a person near whom one may do what the form does."""

PUT_ASIDE: Final = Policy("care.put_paper_aside", All(Duty(*REGISTERING), Same("printed_by", "id")))
"""To say that a sheet will never be typed in: whoever printed it."""

SETTLE_PAPER: Final = Policy("care.settle_paper", All(Duty(*REGISTERING), SEARCH.condition))
"""To say that a sheet of registration is of somebody on file: whoever registers and finds her in a search."""
