"""What of this room travels to telephones, which of its actions come from them, and what it answers to `sync`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from karama.journal import ERASED, Actor, clock, visible_to
from karama.journal.access_log import opening
from karama.journal.readymade import Later, readymade
from karama.people import travelling
from karama.people.access import ATTRIBUTES, FIELD, REGISTERING, purpose_of
from karama.people.actions.contact import leave_contact_undecided, set_contact_rules
from karama.people.actions.reserving import reserve_codes, unused_codes
from karama.people.models import Assignment, Consent, ContactRules, LimitsExplained, Person
from karama.people.numbers import kept_as
from karama.people.queries.family import in_lists
from karama.people.registries import restricted_among
from karama.rules.merge import NEITHER, NEVER, SafeContact
from karama.sync import registries
from karama.sync.declared import Declaration, Down, Edit, Up, declare


def caseload(by: Actor, most: int) -> list[UUID]:
    """The people on this worker's own caseload, whoever came last first; nobody whose record rests."""
    found = _caseload(by)
    resting = restricted_among(found)
    return [one for one in found if one not in resting][:most]


@readymade
def _caseload(by: Actor) -> QuerySet[Any]:
    own = Assignment.objects.filter(person=OuterRef("pk"), user_id=by.id, until__isnull=True)
    rows = visible_to(
        Person.objects.all(), by=by, policy=FIELD, purpose=purpose_of(by), now=clock.now(), attributes=ATTRIBUTES
    ).filter(Exists(own))
    mine = Max("assignments__since", filter=Q(assignments__user_id=by.id, assignments__until__isnull=True))
    return rows.annotate(came=mine).order_by("-came", "pk").values_list("pk", flat=True)


def near(by: Actor, people: Collection[UUID]) -> dict[UUID, str]:
    """The codes of those of them who stand in this actor's lists."""
    return dict(in_lists(by, people).values_list("pk", "code"))


def known(people: Collection[UUID]) -> set[UUID]:
    """Those of them who have, or had, a file here."""
    return set(Person.objects.filter(pk__in=list(people)).values_list("pk", flat=True))


def codes(by: Actor, device: UUID, number: int) -> Sequence[str]:
    """Codes for registering on this telephone; none for a duty that registers nobody."""
    if by.duty not in REGISTERING:
        return []
    unused = unused_codes(by.id, device)
    if len(unused) >= number:
        return unused
    return list(reserve_codes(by=by, device=device, number=number).value)


def _of(model: type[Any], lookup: str = "person_id__in", **where: Any) -> Callable[[Actor, Collection[UUID]], Later]:
    """The rows about these people, who are on the caseload already."""

    @readymade
    def rows(people: Collection[UUID]) -> QuerySet[Any]:
        found: QuerySet[Any] = model.objects.filter(**{lookup: list(people)}, **where)
        return found

    return lambda by, people: rows.later(people)


def _called(names: Any) -> Any:
    """Of a name only what to call her by travels."""
    return str(names.get("called", "")) if isinstance(names, Mapping) else None


# --- a way of contact, edited in two places


def _contact_edit(by: Actor, arguments: Mapping[str, Any]) -> Edit | None:
    found = ContactRules.objects.filter(person_id=arguments["person"]).values_list("pk", "person__site_id").first()
    if found is None:
        return None
    (row, site), channel = found, arguments["channel"]
    address = kept_as(channel, arguments["address"], site)
    wanted = NEVER if channel == "never" else SafeContact(channel, address, arguments["safe_hours"])

    def write(values: Mapping[str, Any]) -> None:
        _write_contact(by, arguments["person"], values["safe_contact"], wanted, arguments["phrase"])

    return Edit(
        kind=ContactRules.KIND,
        row=row,
        person=arguments["person"],
        values={"safe_contact": wanted},
        read=lambda: {"safe_contact": _contact_now(row)},
        write=write,
        cautious={"safe_contact": "safe_contact"},
    )


def _contact_now(row: UUID) -> SafeContact | None:
    found = ContactRules.objects.select_related("person").get(pk=row)
    if found.channel == "never":
        return NEVER
    if found.channel == "undecided":
        return NEITHER
    opening(found.person_id)
    address, hours = found.unseal("address"), found.unseal("safe_hours")
    if ERASED in (address, hours):
        return None
    return SafeContact(found.channel, kept_as(found.channel, address or "", found.person.site_id), hours or "")


def _write_contact(by: Actor, person: UUID, merged: SafeContact | None, wanted: SafeContact, phrase: str) -> None:
    """Write what is to stand: the arriving way, nobody, or neither. What stood already is left as it is."""
    if merged == NEITHER:
        leave_contact_undecided(by=by, person=person)
    elif merged in (wanted, NEVER):
        told: dict[str, Any] = (
            {} if merged == NEVER else {"address": wanted.address, "safe_hours": wanted.hours, "phrase": phrase}
        )
        set_contact_rules(by=by, person=person, channel=wanted.channel if merged == wanted else "never", **told)


def _restore_contact(by: Actor, row: UUID, value: Any) -> None:
    """The version that a person chose: a way, nobody, or still neither."""
    person = ContactRules.objects.values_list("person_id", flat=True).get(pk=row)
    told = value if isinstance(value, Mapping) else {"channel": "undecided"}
    if told["channel"] == "undecided":
        leave_contact_undecided(by=by, person=person)
        return
    words: dict[str, Any] = {"address": told.get("address", ""), "safe_hours": told.get("hours", "")}
    set_contact_rules(by=by, person=person, channel=told["channel"], **(words if told["channel"] != "never" else {}))


UP = (
    Up("people.register_person", _("Register a person")),
    Up("people.explain_limits", _("Limits of confidentiality explained")),
    Up("people.record_consent", _("Decision of the person")),
    Up("people.withdraw_consent", _("Decision taken back")),
    Up(
        "people.set_contact_rules",
        _("Safe way of contact"),
        edits=_contact_edit,
        restore=_restore_contact,
    ),
    Up("people.hide_from", _("Not to be shown to a colleague")),
)
STAYS: Mapping[str, tuple[str, ...]] = {
    "It is part of another action, or done by a job.": (
        "people.begin_rotation",
        "people.finish_rotation",
        "people.leave_contact_undecided",
        "people.note_suggestions",
        "people.repeat_withdrawal",
        "people.reserve_codes",
        "people.settle_erasure",
        "people.ask_best_interest",
    ),
    "It ends or moves a file, or opens it to others: that is weighed with the whole record in view.": (
        "people.accept_transfer",
        "people.assign",
        "people.close_file",
        "people.decide_pair",
        "people.decline_transfer",
        "people.end_assignment",
        "people.erase_person",
        "people.hold_file",
        "people.join_files",
        "people.keep_apart",
        "people.look_at_new_file",
        "people.propose_transfer",
        "people.release_file",
        "people.reopen_file",
        "people.say_conflict",
        "people.separate_files",
        "people.take_back_transfer",
        "people.unhide",
    ),
    "It opens the identity of somebody who does not travel, so it is asked of the server itself.": (
        "people.break_glass",
        "people.find_me",
        "people.open_find_me",
        "people.review_glass",
        "people.settle_effect",
        "people.set_find_me",
    ),
    "Names, families and who decides for a child are compared with other files, which do not travel.": (
        "people.add_family_member",
        "people.add_relation",
        "people.agree_guardian_knows",
        "people.begin_family",
        "people.correct_identity",
        "people.drop_number",
        "people.note_number",
        "people.decide_best_interest",
        "people.end_guardian",
        "people.end_relation",
        "people.leave_family",
        "people.name_guardian",
        "people.review_best_interest",
        "people.set_family_answer",
    ),
}


def install() -> None:
    """Called once, when Django is ready."""
    registries.knowledge.register("people", travelling.knowledge)
    registries.caseloads.register("people", caseload)
    registries.near.register("people", near)
    registries.known_people.register("people", known)
    registries.codes.register("people", codes)
    person = Down(
        Person,
        ("code", "identity_mode", "site", "status", "registered_on", "names", "age_band", "gender", "languages"),
        _of(Person, "pk__in"),
        person="pk",
        shaped={"names": _called},
    )
    contact = Down(ContactRules, ("channel", "address", "safe_hours", "phrase"), _of(ContactRules))
    said = (
        "sequence",
        "purpose",
        "decision",
        "recipient",
        "classes",
        "cites",
        "given_by",
        "expires_at",
        "text_version",
    )
    limits = Down(LimitsExplained, ("how", "text_version", "recorded_at"), _of(LimitsExplained))
    workers = Down(Assignment, ("user", "role", "since"), _of(Assignment, until__isnull=True))
    declare("people", Declaration((person, contact, Down(Consent, said, _of(Consent)), limits, workers), UP, STAYS))
