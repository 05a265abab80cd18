"""Reading in this room: the first argument is who asks, and nothing comes back that she may not see."""

from karama.people.actions.series import person_with_key, persons_with_keys
from karama.people.deciding import Around, limits_shown, reportable
from karama.people.queries.caseloads import Caseload, Line, caseload
from karama.people.queries.decisions import ConsentLine, consents, may, standing_refusals
from karama.people.queries.due import DueLine, count_of_decisions_due, decisions_due
from karama.people.queries.duplicates import (
    count_of_new_files,
    count_of_pairs,
    locked_ways,
    new_files,
    pairs,
)
from karama.people.queries.emergency import (
    ToReview,
    find_in_emergency,
    opened_in_emergency,
    overdue,
    review_page,
    to_review,
    without_reviewer,
)
from karama.people.queries.family import FamilyPage, Together, family_page, kept_from, kept_from_user, together
from karama.people.queries.ground import Ground, ground_of_care
from karama.people.queries.page import PersonPage, fields_of, person_in_reach, person_page, shown_names
from karama.people.queries.papers import PaperLine, TypedIn, papers_of, sites_of, typed_in
from karama.people.queries.protection import (
    GuardianLine,
    InterestLine,
    Protection,
    count_of_waiting_for_protection,
    guardian_may_know,
    guardians_of,
    protection,
    waiting_for_protection,
)
from karama.people.queries.search import Found, find, found_by_code, may_exist_outside, note_found, search
from karama.people.queries.seen import Seen, who_has_seen
from karama.people.queries.transfers import (
    count_of_transfers_asked,
    leads_at,
    open_work_of,
    transfer_of,
    transfers,
)

__all__ = [
    "ToReview",
    "overdue",
    "without_reviewer",
    "PaperLine",
    "TypedIn",
    "papers_of",
    "sites_of",
    "typed_in",
    "find_in_emergency",
    "opened_in_emergency",
    "review_page",
    "to_review",
    "FamilyPage",
    "Together",
    "kept_from",
    "kept_from_user",
    "together",
    "count_of_new_files",
    "count_of_pairs",
    "count_of_transfers_asked",
    "family_page",
    "leads_at",
    "locked_ways",
    "may_exist_outside",
    "new_files",
    "note_found",
    "open_work_of",
    "pairs",
    "transfer_of",
    "transfers",
    "Around",
    "Caseload",
    "ConsentLine",
    "DueLine",
    "Found",
    "GuardianLine",
    "InterestLine",
    "Line",
    "PersonPage",
    "Protection",
    "Seen",
    "caseload",
    "consents",
    "count_of_decisions_due",
    "count_of_waiting_for_protection",
    "decisions_due",
    "fields_of",
    "find",
    "found_by_code",
    "Ground",
    "ground_of_care",
    "guardian_may_know",
    "guardians_of",
    "limits_shown",
    "may",
    "person_in_reach",
    "person_page",
    "person_with_key",
    "persons_with_keys",
    "protection",
    "reportable",
    "search",
    "shown_names",
    "standing_refusals",
    "waiting_for_protection",
    "who_has_seen",
]
