"""Two questions for a lost card, and finding a person by them: slowly, seldom, and never in secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from karama.journal import Actor, action, canonical, clock, visible_to
from karama.people import words
from karama.people.access import ATTRIBUTES, CONTACT, FIND_ME, OPEN_FIND_ME, SEARCH
from karama.people.actions import shapes
from karama.people.joined import file_that_remains
from karama.people.models import FindMe, FindTry, NewFile, Person
from karama.people.problems import AnswerTooShort, TwoQuestions
from karama.programme.models import Site
from karama.rules.matching.letters import tokens
from karama.security import digests

MANY_AT_A_SITE = 4
"""A site is locked for everybody after so many times the tries of one colleague."""

SHORTEST = 3
"""Letters an answer needs."""


@dataclass(frozen=True)
class Tries:
    """Wrong tries that count now, by one colleague and at the whole site, and how many are allowed to each."""

    own: int
    site: int
    allowed: int

    @property
    def locked(self) -> bool:
        """Whether the way is closed for this colleague."""
        return self.own >= self.allowed or self.site >= self.allowed * MANY_AT_A_SITE


def _at_site(*, by: Actor, site: UUID, **_arguments: Any) -> Mapping[str, object]:
    programme = Site.objects.filter(pk=site).values_list("programme_id", flat=True).first()
    return {"site": site, "programme": programme}


@action("people.set_find_me", access=CONTACT, target=shapes.of_person)
def set_find_me(
    *,
    by: Actor,
    person: UUID,
    first: shapes.Code,
    first_answer: shapes.Line,
    second: shapes.Code,
    second_answer: shapes.Line,
) -> FindMe:
    """Keep two answers of a person as one digest. Neither answer can be read again, by anybody.

    Raises:
        TwoQuestions: twice the same question, or one the programme does not have. AnswerTooShort.
    """
    file = shapes.locked(person)
    known = {code for code, _words in words.find_me_questions(file.programme_id)}
    if first == second or not {first, second} <= known:
        raise TwoQuestions()
    row = FindMe.objects.filter(person_id=person).first() or FindMe(person_id=person)
    row.site_id = file.site_id
    row.first, row.second = first, second
    row.digest = answers_digest(file.site_id, {first: first_answer, second: second_answer})
    row.save()
    return row


@action("people.find_me", access=FIND_ME, target=_at_site)
def find_me(
    *,
    by: Actor,
    site: UUID,
    first: shapes.Code,
    first_answer: shapes.Line,
    second: shapes.Code,
    second_answer: shapes.Line,
) -> FindTry:
    """Try two answers at a site. How it ended is written down; whom it found is on the answer's `found` only.

    A wrong answer, somebody out of reach and somebody hidden are one outcome. When locked nothing is compared.
    Raises: TwoQuestions, AnswerTooShort.
    """
    place = Site.objects.select_for_update().get(pk=site)
    if first == second:
        raise TwoQuestions()
    digest = answers_digest(site, {first: first_answer, second: second_answer})
    made = FindTry(site_id=site, outcome="locked")
    found: UUID | None = None
    if not tries(by, place).locked:
        fits = _fitting(by, site, digest)
        made.outcome = {0: "wrong", 1: "found"}.get(len(fits), "several")
        found = fits[0] if len(fits) == 1 else None
    made.save()
    made.found = found  # type: ignore[attr-defined]
    return made


@action("people.open_find_me", access=OPEN_FIND_ME, target=_at_site)
def open_find_me(*, by: Actor, site: UUID) -> FindTry:
    """A supervisor opens a locked way again, after having asked what happened."""
    made = FindTry(site_id=site, outcome="opened")
    made.save()
    return made


@action("people.look_at_new_file", access=OPEN_FIND_ME, target=shapes.of_person)
def look_at_new_file(*, by: Actor, person: UUID) -> NewFile:
    """A supervisor has looked whether a file without a name is a second one of somebody."""
    row = NewFile.objects.get(person_id=person)
    row.looked_at = clock.now()
    row.save()
    return row


def answers_digest(site: UUID, answers: Mapping[str, str]) -> bytes:
    """One slow digest over both answers, in the order of their questions, spelt alike. Raises AnswerTooShort."""
    plain = {code: " ".join(tokens(answer)) for code, answer in answers.items()}
    if any(len(answer) < SHORTEST for answer in plain.values()):
        raise AnswerTooShort()
    told = canonical.text([site.hex, sorted([code, answer] for code, answer in plain.items())])
    return digests.slow_keyed("people.find_me", told.encode("utf-8"))


def tries(by: Actor, site: Site) -> Tries:
    """Wrong tries since the lock began to count or a supervisor opened it."""
    rules = words.people_rules_of(site.programme_id)
    since = clock.now() - rules.locked_for
    rows = FindTry.objects.filter(site_id=site.pk, recorded_at__gte=since)
    opened = rows.filter(outcome="opened").order_by("-recorded_at").values_list("recorded_at", flat=True).first()
    wrong = rows.filter(outcome__in=("wrong", "several"))
    if opened is not None:
        wrong = wrong.filter(recorded_at__gt=opened)
    return Tries(wrong.filter(author_id=by.id).count(), wrong.count(), rules.tries)


def note_new_file(by: Actor, person: Person, said: str) -> None:
    """Write beside a file without a name how it was made sure that it is no second one.

    What this colleague tried within the last hour counts more than what the form says.
    """
    hour = FindTry.objects.filter(
        site_id=person.site_id, author_id=by.id, recorded_at__gte=clock.now() - timedelta(hours=1)
    )
    outcomes = set(hour.values_list("outcome", flat=True))
    if "locked" in outcomes:
        said = "locked"
    elif outcomes & {"wrong", "several"}:
        said = "not_found"
    NewFile.objects.create(person=person, said=said)


def _fitting(by: Actor, site: UUID, digest: bytes) -> list[UUID]:
    kept = FindMe.objects.filter(digest=digest, site_id=site).values_list("person_id", flat=True)
    people = Person.objects.filter(pk__in={file_that_remains(one) for one in kept})
    rows = visible_to(people, by=by, policy=SEARCH, purpose="care", now=clock.now(), attributes=ATTRIBUTES)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:2])
