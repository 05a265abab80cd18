"""What this room keeps about a person, as she may read it: herself, what she decided, and by which duty she was seen.

No colleague is named, nothing a colleague wrote is repeated, and nobody else's words or names stand here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.accounts import duties
from karama.journal import Actor
from karama.people import hours, queries, tongues, wordings
from karama.people.access import SEE
from karama.people.models.consent import Method
from karama.people.models.contact import Channel
from karama.people.models.person import AgeBand, Displacement, Gender, IdentityMode, SexForReports
from karama.people.queries import ConsentLine, PersonPage
from karama.people.queries.seen import Seen
from karama.people.registries import CopySection
from karama.ui.dates import day
from karama.ui.listing import in_a_row

OWN_ADDRESS = ("call", "sms_neutral")
"""Ways of contact whose address is the person's own; another one tells of somebody in between."""

STATES = {"done": _("done"), "pending": _("not yet done"), "cannot": _("what was read before cannot be called back")}


def readable_copy(*, by: Actor, person: UUID, language: str) -> list[CopySection]:
    """Her page, her decisions with whom they allow, and who has seen her record. Raises `Absent`."""
    shown = queries.person_page(by, person)
    decided = queries.consents(by, person)
    numbers = [(one.site, one.number) for one in queries.numbers_of(by, person, SEE)]
    return [
        CopySection(_("Who you are, as it is written here"), _who(shown)),
        *([CopySection(_("Your hospital numbers"), numbers)] if numbers else []),
        CopySection(_("How we may reach you"), _contact(shown)),
        CopySection(_("What you decided"), [(day(one.recorded_at), _decision(one)) for one in decided]),
        CopySection(_("With whom it may be shared"), _recipients(decided)),
        CopySection(_("Who has seen your record"), seen_by_duty(queries.who_has_seen(by, person))),
    ]


def _who(shown: PersonPage) -> list[tuple[Any, Any]]:
    fields = shown.fields
    names, birth = fields.get("names") or {}, fields.get("birth") or {}
    own = (fields.get("gender_own") or {}).get("words")
    pairs = [
        (_("Code"), shown.code),
        (_("Known"), dict(IdentityMode.choices)[shown.identity_mode]),
        (_("What to call you"), names.get("called")),
        (_("First name"), names.get("first")),
        (_("Last name"), names.get("last")),
        (_("Other spellings"), in_a_row(names.get("others", []))),
        (_("Birth year"), wordings.year_in_words(birth)),
        (_("Age"), dict(AgeBand.choices).get(fields.get("age_band") or "")),
        (_("Gender"), own or dict(Gender.choices).get(fields.get("gender") or "")),
        (_("Sex, where a report asks for it"), dict(SexForReports.choices).get(fields.get("sex_for_reporting") or "")),
        (_("Village or quarter"), fields.get("place")),
        (_("Languages"), tongues.named(fields.get("languages"))),
        (_("Situation"), dict(Displacement.choices).get(fields.get("displacement") or "")),
        (_("Ethnicity"), fields.get("ethnicity")),
        (_("Site"), shown.site),
        (_("Registered"), day(shown.registered_on)),
    ]
    return [(label, str(value)) for label, value in pairs if value]


def _contact(shown: PersonPage) -> list[tuple[Any, Any]]:
    rules = shown.contact
    if rules is None:
        return []
    pairs: list[tuple[Any, Any]] = [(_("Agreed way"), dict(Channel.choices)[rules["channel"]])]
    if rules["channel"] in OWN_ADDRESS:
        pairs.append((_("Number"), rules.get("address")))
    if rules["channel"] not in ("never", "undecided"):
        pairs += [(_("Safe hours"), hours.said(rules.get("safe_hours"))), (_("Words to use"), rules.get("phrase"))]
    return [(label, value) for label, value in pairs if value]


def _decision(one: ConsentLine) -> str:
    told = [f"{wordings.PURPOSES.get(one.purpose, one.purpose)}: {wordings.DECISIONS.get(one.decision, one.decision)}"]
    told.append(str(dict(Method.choices).get(one.method, "")))
    if one.expires_at:
        told.append(str(_("until %(day)s") % {"day": day(one.expires_at)}))
    told += [f"{effect.place}: {STATES[effect.state]}" for effect in one.effects]
    return " · ".join(str(part) for part in told if part)


def _recipients(decided: Iterable[ConsentLine]) -> list[tuple[Any, Any]]:
    """Each recipient of a yes that was given, and whether it stands."""
    return [
        (
            one.organisation or wordings.RECIPIENTS.get(one.recipient, one.recipient),
            _("since %(day)s") % {"day": day(one.recorded_at)} if one.in_force else _("ended"),
        )
        for one in decided
        if one.decision == "yes" and one.recipient not in ("none", "")
    ]


def seen_by_duty(rows: Iterable[Seen]) -> list[tuple[Any, Any]]:
    """By duty: how often, on which first and last day. Never by name."""
    times: dict[Any, int] = {}
    days: dict[Any, list[date]] = {}
    for one in rows:
        duty = str(_("The system")) if one.duty.startswith("job:") else str(duties.label(one.duty))
        times[duty] = times.get(duty, 0) + one.times
        days.setdefault(duty, []).append(one.on)
    return [
        (
            duty,
            _("%(count)d times, from %(first)s to %(last)s")
            % {"count": count, "first": day(min(days[duty])), "last": day(max(days[duty]))},
        )
        for duty, count in times.items()
    ]
