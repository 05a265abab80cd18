"""Handing a caseload over: by hand in one action, or to the supervisor when somebody leaves. Nobody is orphaned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import Q
from pydantic import Field

from karama.accounts.models import Posting, User
from karama.care import targets
from karama.care.access import EPISODE, HAND_OVER
from karama.care.actions import shapes
from karama.care.actions.inheriting import hand_on, pass_on
from karama.care.actions.planning import check_colleague
from karama.care.models import Episode, Wait
from karama.care.problems import NothingToHandOver
from karama.journal import Absent, Actor, action, clock
from karama.people.access import purpose_of
from karama.people.actions import assign, end_assignment
from karama.people.actions.conflicts import Said
from karama.people.joined import files_of, last_file
from karama.people.models import Assignment, HiddenFrom, Person
from karama.people.workers import workers_for
from karama.reception.actions import hand_over_appointments
from karama.rules.classes import CARE_DUTIES
from karama.rules.episodes import OPEN_STATES
from karama.rules.permission import permit

Receivers = Annotated[dict[UUID, UUID], Field(max_length=300)]
Related = Annotated[list[UUID], Field(max_length=300)]


def of_worker(*, by: Actor, user: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of handing a caseload over: whose it is, and at which of the actor's sites she has worked."""
    sites = Posting.objects.filter(user_id=user, site__in=by.sites).values_list("site_id", flat=True)
    return {"user": user, "site": next(iter(sites), None)}


@action("care.hand_over_caseload", access=HAND_OVER, target=of_worker)
def hand_over_caseload(
    *,
    by: Actor,
    user: UUID,
    receivers: Receivers,
    asked: bool = False,
    related: Related = [],  # noqa: B006 - pydantic copies it
    conflict_note: shapes.Line = "",
) -> int:
    """Give each of these people to the colleague named for her; all of them or none. Returns how many.

    `asked`: the receivers said for whom they are a relative, a neighbour or otherwise involved; these are `related`.

    Raises:
        ConflictOfInterest, ReasonMissing: somebody is related; see `people.assign`.
        NothingToHandOver: nobody named. Absent: somebody is not on this caseload, or not in the actor's reach.
        NoSuchColleague: a colleague who is not in care at the person's site.
    """
    if not receivers or not set(related) <= set(receivers):
        raise NothingToHandOver()
    now = clock.now()
    for person, to in receivers.items():
        target = targets.person_seen_by(by, person)
        reached = permit(EPISODE, by.attributes(), target, purpose_of(by), now).allowed
        if not reached or to == user or not _works_with(user, person):
            raise Absent()
        file = Person.objects.select_for_update(of=("self",)).get(pk=person)
        check_colleague(file, to, "receivers")
        said: Said = "declared" if person in related else "none" if asked else "not_asked"
        give(by, person, user, to, said, conflict_note if person in related else "")
    return len(receivers)


def _works_with(user: UUID, person: UUID) -> bool:
    leads = Episode.objects.filter(person_id=person, lead_id=user, state__in=OPEN_STATES)
    return leads.exists() or Assignment.objects.filter(person_id=person, user_id=user, until__isnull=True).exists()


def give(by: Actor, person: UUID, user: UUID, to: UUID, conflict: Said = "not_asked", note: str = "") -> None:
    """Everything that a worker holds of a person goes to a colleague, also what lies in a file that was joined with
    hers. `conflict`: what the colleague said when asked whether she is involved. Called inside an action."""
    files = files_of(person)
    held = Assignment.objects.filter(person_id=person, user_id=user, until__isnull=True).first()
    leads = Episode.objects.filter(person_id__in=files, lead_id=user, state__in=OPEN_STATES)
    lead = leads.exists() or (held is not None and held.role == "lead")
    role: Literal["lead", "member"] = "lead" if lead else "member"
    assign(by=by, person=person, user=to, role=role, conflict=conflict, conflict_note=note)
    hand_on(files, user, to)
    if held is not None:
        end_assignment(by=by, person=person, user=user)
    for episode in leads:
        episode.lead_id = to
        episode.save()
    for wait in Wait.objects.filter(person_id__in=files, contact_id=user, until_on__isnull=True):
        wait.contact_id = to
        wait.save()
    hand_over_appointments(by=by, person=person, user=user, to=to)


def keep_led(*, by: Actor, user: UUID) -> None:
    """When somebody has left a site, those whom she led there go to a supervisor, else to another in care there (D5).

    Called inside the action that ended her duty or locked her out. Where nobody is left at the site she stays named,
    and the page of the supervisors and directors above shows it. Her work with people there ends with her duty.
    """
    for episode in Episode.objects.filter(lead_id=user, state__in=OPEN_STATES).select_related("person"):
        file = last_file(episode.person)
        if file.status != "active" or still_there(user, file):
            continue
        to = successor(file, user)
        if to is not None:
            give(by, file.id, user, to)
    for wait in Wait.objects.filter(contact_id=user, until_on__isnull=True).select_related("person"):
        file = last_file(wait.person)
        to = None if still_there(user, file) else successor(file, user)
        if to is not None:
            wait.contact_id = to
            wait.save()
    _release(by, user)


def _release(by: Actor, user: UUID) -> None:
    """Whoever works somewhere else from now on, or nowhere, opens nobody's record here any more; and a person of whose
    care nobody else is there to take part goes to whoever is responsible next, also before an episode was begun."""
    rows = Assignment.objects.filter(user_id=user, until__isnull=True).select_related("person")
    at: dict[tuple[UUID, UUID | None], set[UUID]] = {}
    for held in rows.order_by("since", "id"):
        place = (held.person.site_id, held.person.held_by_team_id)
        if place not in at:
            at[place] = {one.user for one in workers_for(held.person)}
        there = at[place]
        if user in there:
            continue
        others = Assignment.objects.filter(person=held.person, until__isnull=True, user_id__in=there)
        to = None if others.exists() or held.person.status != "active" else successor(held.person, user)
        if to is not None:
            give(by, held.person_id, user, to)
        elif others.exists() or held.person.status != "active":
            held.until = clock.now()
            held.save()
            pass_on(person=held.person_id)


def still_there(user: UUID, person: Person) -> bool:
    """Whether the user may sign in and holds a duty of care where the person is met."""
    return bool(_in_care(person).filter(user_id=user).exists())


def leads_on(episode: Episode) -> bool:
    """Whether whoever is named as responsible still works where the person is met, and may see her."""
    file, lead = last_file(episode.person), episode.lead_id
    if lead is None or not still_there(lead, file):
        return False
    return not HiddenFrom.objects.filter(person=file, user_id=lead, lifted_at__isnull=True).exists()


def successor(person: Person, leaving: UUID) -> UUID | None:
    """Who is responsible next: a supervisor of the site, else the one in care there who works with the person."""
    hidden = HiddenFrom.objects.filter(person=person, lifted_at__isnull=True).values("user_id")
    rows = _in_care(person).exclude(user_id=leaving).exclude(user_id__in=hidden)
    found = list(rows.values_list("user_id", "duty"))
    with_her = set(Assignment.objects.filter(person=person, until__isnull=True).values_list("user_id", flat=True))
    found.sort(key=lambda one: (one[1] != "supervisor", one[0] not in with_her, str(one[0])))
    return found[0][0] if found else None


def supervisors_of(person: Person, but: Iterable[UUID]) -> list[UUID]:
    """Who supervises where the person is met and may see her. `but`: these are not wanted."""
    kept = HiddenFrom.objects.filter(person=person, lifted_at__isnull=True).values_list("user_id", flat=True)
    rows = _in_care(person).filter(duty="supervisor").exclude(user_id__in=[*but, *kept])
    return sorted(set(rows.values_list("user_id", flat=True)))


def _in_care(person: Person) -> Any:
    today = clock.day_in_utc()
    current = Q(from_on__lte=today) & (Q(until_on__isnull=True) | Q(until_on__gt=today))
    where = Q(site_id=person.site_id) | Q(site__isnull=True, programme_id=person.programme_id)
    if person.reach == "named_team":
        where = Q(team_id=person.held_by_team_id)
    active = User.objects.filter(is_active=True).values("id")
    return Posting.objects.filter(current, where, duty__in=CARE_DUTIES, user__in=active)
