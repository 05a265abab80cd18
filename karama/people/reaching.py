"""How a person may be reached by a neutral message: what `notices` asks in the moment in which one is to leave."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from karama.journal import Actor, clock
from karama.journal.access_log import opening_all
from karama.notices.actions import stop_all
from karama.notices.registries import Reach
from karama.people.deciding import refuses
from karama.people.joined import all_files_of, files_of
from karama.people.models import Consent, ContactRules, Person
from karama.people.numbers import country_of, used_as
from karama.people.registries import Executed, Stop, restricted_among
from karama.people.travelling import USUAL_WORDS
from karama.programme.days import zone_of
from karama.rules.messages import ContactRule, may_send
from karama.security import vault


def channels_of(person: UUID) -> list[ContactRules]:
    """The contact rules of every file of a person."""
    return list(ContactRules.objects.filter(person_id__in=files_of(person)).order_by("recorded_at", "id"))


def reach(*, person: UUID) -> Reach:
    """Whether, where, with which words and in which hours; every file of the person has to allow it."""
    file = Person.objects.filter(pk=person).first()
    if file is None or file.status != "active":
        return Reach("ended")
    if restricted_among(files_of(person)):
        return Reach("at_rest")
    if refuses_contact(file):
        return Reach("never")
    rows = channels_of(person)
    opening_all([one.person_id for one in rows])
    vault.warm([one.person_id for one in rows], "identity")
    country = country_of(file.site_id)
    numbers = [used_as(one.channel, one.text_of("address"), country) for one in rows]
    told = [
        ContactRule(one.channel, one.text_of("safe_hours"), bool(number))
        for one, number in zip(rows, numbers, strict=True)
    ]
    answer = may_send(told)
    if not answer.allowed:
        return Reach(answer.why)
    if len(set(numbers)) > 1:
        return Reach("undecided")
    phrase = next((words for one in rows if (words := one.text_of("phrase"))), "") or _usual_words(file)
    return Reach("", str(numbers[0]), phrase, answer.hours, zone_of(file.site_id))


def refuses_contact(file: Person) -> bool:
    """Whether a no to being contacted, or a yes taken back, stands in any file of the person: it goes before every
    way that was noted. Who was never asked, or lets it be asked later, is reached by the contact rules alone."""
    return refuses(file, "contact")


def may_carry(file: Person) -> bool:
    """Whether a paper may go home with this person: where a way of reaching her was agreed in every file and no no to
    being contacted stands. Where nothing is agreed, or two files say different things, nothing is carried."""
    ways = [one.channel for one in channels_of(file.id)]
    return bool(ways) and not {"never", "undecided"} & set(ways) and not refuses_contact(file)


def may_call(file: Person) -> bool:
    """Whether a colleague may call this person: every file agrees to a call, and no no to being contacted stands."""
    ways = {one.channel for one in channels_of(file.id)}
    return ways == {"call"} and not refuses_contact(file)


def end_contact(*, by: Actor, person: UUID, purpose: str, consent: Consent) -> list[Executed]:
    """A yes to being contacted was taken back, or a no was said: what waits to be sent stops in the same breath."""
    if purpose != "contact":
        return []
    for file in all_files_of(person):
        stop_all(by=by, person=file, for_ever=False, why="never")
    return [Executed(_("Messages"), "done", clock.now())]


def _usual_words(person: Person) -> str:
    """The house's own words in the person's language: neither who writes, nor where, when or why to come."""
    spoken = person.unseal("languages")
    known = {code for code, _name in settings.LANGUAGES}
    told = [one.split("-")[0] for one in spoken] if isinstance(spoken, list) else []
    code = next((one for one in told if one in known), settings.LANGUAGE_CODE) if told else "en"
    with translation.override(code):
        return str(USUAL_WORDS)


def stop_messages(*, by: Actor, person: UUID, why: Stop) -> None:
    """Messages stop in the same breath; after a death for ever."""
    for file in files_of(person):
        stop_all(by=by, person=file, for_ever=why == "death")
