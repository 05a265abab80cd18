"""Joining two files of one person, and separating them again. Nothing is rewritten; the more cautious counts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from karama.journal import Actor, Refused, action, clock, registries
from karama.people.access import MERGE
from karama.people.actions import shapes
from karama.people.actions.facility import forget_numbers
from karama.people.actions.file import hold
from karama.people.actions.identity import index_names
from karama.people.actions.pairing import remember_pair
from karama.people.attributes import person_attributes
from karama.people.joined import files_of
from karama.people.models import Assignment, ContactRules, HiddenFrom, Merge, NameKey, Person, Transfer
from karama.people.numbers import kept_as
from karama.people.problems import CannotJoin, ReasonMissing
from karama.rules import merge as rule
from karama.rules.permission import permit
from karama.security import vault


@action("people.join_files", access=MERGE, target=shapes.of_person)
def join_files(*, by: Actor, person: UUID, into: UUID, reason: shapes.Line) -> Merge:
    """Fold a file into the one that remains. Both keep their keys and facts; both doors stay closed to whom one was.

    Workers of the folded file are not carried over: the supervisor assigns them where they are needed.

    Raises:
        Refused: the actor may not join the remaining file. CannotJoin, ReasonMissing: see `problems`.
    """
    if not reason:
        raise ReasonMissing()
    if not permit(MERGE, by.attributes(), person_attributes(into), "care", clock.now()).allowed:
        raise Refused("into")
    first, second = sorted((person, into))
    held = {one: shapes.locked(one) for one in dict.fromkeys((first, second))}
    kept, folded = held[into], held[person]
    try:
        plan = rule.plan_merge(cautions(kept), cautions(folded))
    except rule.CannotMerge:
        raise CannotJoin() from None
    fact = Merge(person=folded, into=kept, deed="joined")
    fact.seal("reason", reason)
    fact.seal("before", {"kept": _told(plan.kept_before), "folded": _told(plan.folded_before)})
    fact.save()
    folded.status, folded.merged_into = "merged_into", kept
    folded.save()
    NameKey.objects.filter(person=folded).delete()
    for _room, answer in registries.on_merge:
        answer(by=by, source=folded.id, into=kept.id)
    _link(folded.id, kept.id)
    remember_pair(folded.id, kept.id, "same")
    return fact


def carry_over(*, by: Actor, source: UUID, into: UUID) -> None:
    """This room's answer to a merge: the shared "do not show to" list, the cautious contact, the stricter mode."""
    fact = Merge.objects.filter(person_id=source, into_id=into, deed="joined").order_by("-recorded_at").first()
    if fact is None:
        raise CannotJoin()
    before = fact.unseal("before")
    plan = rule.plan_merge(_read(before["kept"]), _read(before["folded"]))
    _apply(Person.objects.get(pk=into), plan.kept_after, came_from=source)
    kept = Person.objects.get(pk=into)
    for file in files_of(source):
        _hide(file, plan.folded_after.hidden_from, came_from=into)
    folded = Person.objects.get(pk=source)
    _hold_together(into, kept.held_by_team_id or folded.held_by_team_id)
    _close_proposals(source)


def _hold_together(into: UUID, team: UUID | None) -> None:
    """A file that one named team holds takes those joined with it along; whoever worked with them does no more."""
    if team is None:
        return
    for file in Person.objects.filter(pk__in=files_of(into), reach="usual"):
        hold(file, team)
        for current in Assignment.objects.filter(person=file, until__isnull=True):
            current.until = clock.now()
            current.save()


@action("people.separate_files", access=MERGE, target=shapes.of_person)
def separate_files(*, by: Actor, person: UUID, reason: shapes.Line) -> Merge:
    """Take a folded file out again. Every caution added since the joining stays with both.

    Raises:
        CannotJoin: the file is not folded into another, or one of them was erased. ReasonMissing.
    """
    if not reason:
        raise ReasonMissing()
    folded = shapes.locked(person)
    if folded.merged_into_id is None:
        raise CannotJoin()
    kept = shapes.locked(folded.merged_into_id)
    if not permit(MERGE, by.attributes(), person_attributes(kept.id), "care", clock.now()).allowed:
        raise Refused("into")
    joined = Merge.objects.filter(person=folded, into=kept, deed="joined").order_by("-recorded_at").first()
    if joined is None:
        raise CannotJoin()
    before = joined.unseal("before")
    try:
        plan = rule.plan_merge(_read(before["kept"]), _read(before["folded"]))
        kept_after, folded_after = rule.plan_undo(plan, cautions(kept), cautions(folded))
    except rule.CannotMerge:
        raise CannotJoin() from None
    fact = Merge(person=folded, into=kept, deed="separated")
    fact.seal("reason", reason)
    fact.save()
    folded.status, folded.merged_into = "active", None
    _apply(kept, kept_after, came_from=folded.id)
    _apply(folded, folded_after, came_from=kept.id)
    for _room, answer in registries.on_separate:
        answer(by=by, source=folded.id, into=kept.id)
    vault.unlink(folded.id)
    remember_pair(folded.id, kept.id, "not_same")
    return fact


def cautions(person: Person) -> rule.Cautions:
    """What must never become more open, of one file as it stands."""
    hidden = HiddenFrom.objects.filter(person=person, lifted_at__isnull=True).values_list("user_id", flat=True)
    return rule.Cautions(
        person=str(person.id),
        identity_mode=person.identity_mode,
        safe_contact=_contact(person),
        hidden_from=frozenset(str(one) for one in hidden),
        merged_into=None if person.merged_into_id is None else str(person.merged_into_id),
        erased=person.status == "erased",
    )


def _contact(person: Person) -> rule.SafeContact | None:
    rules = ContactRules.objects.filter(person=person).first()
    if rules is None:
        return None
    address, hours = kept_as(rules.channel, rules.text_of("address"), person.site_id), rules.text_of("safe_hours")
    return rule.SafeContact(rules.channel, address, hours)


def _apply(person: Person, after: rule.Cautions, *, came_from: UUID) -> None:
    person.identity_mode = after.identity_mode
    person.save()
    names, birth = person.unseal("names") or {}, person.unseal("birth") or {}
    index_names(person, names, birth.get("year"))
    forget_numbers(person)
    _hide(person.id, after.hidden_from, came_from=came_from)
    if after.safe_contact != _contact(person) and after.safe_contact is not None:
        rules = ContactRules.objects.filter(person=person).first() or ContactRules(person=person)
        rules.channel = after.safe_contact.channel
        rules.seal("address", after.safe_contact.address or None)
        rules.seal("safe_hours", after.safe_contact.hours or None)
        rules.seal("phrase", None)
        rules.save()


def _hide(person: UUID, users: frozenset[str], *, came_from: UUID) -> None:
    """Make the list in force say exactly this: what is missing is added, what the joining had added may go."""
    current = {str(row.user_id): row for row in HiddenFrom.objects.filter(person_id=person, lifted_at__isnull=True)}
    for user in sorted(users - set(current)):
        HiddenFrom.objects.create(person_id=person, user_id=UUID(user), since=clock.now(), came_from_id=came_from)
    for user in sorted(set(current) - users):
        row = current[user]
        if row.came_from_id == came_from:
            row.lifted_at = clock.now()
            row.save()


def _link(person: UUID, into: UUID) -> None:
    try:
        vault.link(person, into)
    except (ValueError, vault.Erased):
        raise CannotJoin() from None


def _close_proposals(folded: UUID) -> None:
    """A folded file is handed to no other site. Its guardians, relations and decisions stay where they were noted."""
    for row in Transfer.objects.filter(person_id=folded, state="proposed"):
        row.state, row.answered_at = "withdrawn", clock.now()
        row.save()


def _told(cautions_before: rule.Cautions) -> dict[str, Any]:
    contact = cautions_before.safe_contact
    return {
        "person": cautions_before.person,
        "identity_mode": cautions_before.identity_mode,
        "contact": None if contact is None else [contact.channel, contact.address, contact.hours],
        "hidden_from": sorted(cautions_before.hidden_from),
    }


def _read(told: dict[str, Any]) -> rule.Cautions:
    return rule.Cautions(
        person=told["person"],
        identity_mode=told["identity_mode"],
        safe_contact=None if told["contact"] is None else rule.SafeContact(*told["contact"]),
        hidden_from=frozenset(told["hidden_from"]),
    )
