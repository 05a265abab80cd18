"""What this room leaves on the data protection officer's page: requests, passwords, telephones, assessments, records
whose days are over, what left the house, what was read elsewhere, what was erased."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from karama.accounts import duties
from karama.accounts.queries.staff import aliases_of
from karama.accounts.queries.watching import duties_of, handed_passwords, unseen_devices
from karama.journal import Actor, clock
from karama.people.overseeing import Leaving, OfficerList, Row
from karama.people.queries.erasures import erasures
from karama.ui.addresses import reverse
from karama.ui.dates import day
from karama.voice import queries, words

FIRST: Final = _("An administrator handed it over and knows it. Ask the colleague whether she has signed in herself.")


def lists() -> Sequence[OfficerList]:
    """For `people.overseeing.officer_lists`."""
    return [*_about_people(), *_about_colleagues(), *_about_the_house()]


def _about_people() -> list[OfficerList]:
    return [
        OfficerList(
            "requests",
            _("Requests about own records"),
            _("By code, the oldest first. The clock runs until what was granted is done."),
            _("Nobody waits for an answer"),
            found=queries.open_requests,
            rows=lambda by, part: [request_row(one) for one in part],
            order=5,
            grade="today",
        ),
        OfficerList(
            "keeping",
            _("Records whose days of keeping are over"),
            _("Nothing is deleted by itself: you look at each, and somebody else approves."),
            _("No record is due"),
            found=queries.records_due,
            rows=lambda by, part: [],
            order=50,
            href=reverse_lazy("voice:keeping"),
        ),
        OfficerList(
            "erased",
            _("Erased for good"),
            _("By the code that remains. Final: no copy of before can be opened any more."),
            _("Nobody was erased yet"),
            found=erasures,
            rows=lambda by, part: [],
            order=95,
            pressing=lambda by: 0,
            href=reverse_lazy("people:erasures"),
        ),
    ]


def _about_colleagues() -> list[OfficerList]:
    return [
        OfficerList(
            "passwords",
            _("Passwords that somebody else knows"),
            FIRST,
            _("Every colleague has a password of her own"),
            found=handed_passwords,
            rows=_passwords,
            order=25,
            grade="today",
        ),
        OfficerList(
            "telephones",
            _("Telephones nobody has seen for 30 days"),
            _("Call the colleague first: unsent work may lie on it. Lost or left behind: take it back."),
            _("Every telephone was seen within 30 days"),
            found=unseen_devices,
            rows=_telephones,
            order=70,
        ),
        OfficerList(
            "reads",
            _("Opened this week outside the own caseload"),
            _("How many people each colleague opened with whom she does not work. Ask her when it is many."),
            _("Nobody opened such a record"),
            found=queries.reads_outside,
            rows=lambda by, part: [
                Row(f"{one.alias} · {duties.label(one.duty)}", meta=_people(one.people)) for one in part
            ],
            order=85,
            pressing=lambda by: 0,
        ),
    ]


def _about_the_house() -> list[OfficerList]:
    return [
        OfficerList(
            "assessments",
            _("Impact assessments"),
            _("What could harm people because we keep their data, and what we do about it."),
            _("You look after no programme"),
            found=queries.assessments,
            rows=lambda by, part: [],
            order=40,
            grade="now",
            pressing=lambda by: len([one for one in queries.assessments(by) if one.state != "in_force"]),
            href=reverse_lazy("voice:assessments"),
        ),
        OfficerList(
            "exports",
            _("What left the house this month"),
            _("Copies, registers, packets, held work and backups: who, what, when, about how many."),
            _("Nothing left the house"),
            found=lambda by: queries.left_in(by, *queries.month_of("")),
            rows=lambda by, part: [],
            order=80,
            numbered=False,
            pressing=lambda by: 0,
            href=reverse_lazy("voice:exports"),
        ),
    ]


def request_row(one: queries.RequestLine) -> Row:
    """A request as a line."""
    return Row(
        words.RIGHTS[one.right],
        one.code,
        reverse("voice:request", args=[one.id]),
        one.grade if one.grade == "now" else words.STATE_BADGES[one.state],
        words.STATES[one.state],
        words.clock(one.left) or day(one.received_on),
    )


def _people(number: int) -> str:
    return ngettext("%(count)d person", "%(count)d people", number) % {"count": number}


def _passwords(by: Actor, part: Sequence[Any]) -> list[Row]:
    named = aliases_of([one.pk for one in part] + [one.password_by for one in part if one.password_by])
    held = duties_of([one.pk for one in part])
    found = []
    for one in part:
        giver = named.get(one.password_by, "") if one.password_by else ""
        who = _("%(who)s, handed over by %(giver)s") if giver else _("%(who)s, handed over at the set-up")
        told = who % {"who": named.get(one.pk, _("A colleague without a duty yet")), "giver": giver}
        label = duties.label(held[one.pk]) if one.pk in held else _("No duty yet")
        found.append(Row(told, badge="waiting", state=label, meta=day(one.password_at) if one.password_at else ""))
    return found


def _telephones(by: Actor, part: Sequence[Any]) -> list[Row]:
    named = aliases_of([one.user_id for one in part])
    held = duties_of([one.user_id for one in part])
    today = clock.day_in_utc()  # as the day is kept on which a telephone was seen
    back = reverse("voice:list", args=["telephones"])
    found = []
    for one in part:
        seen = getattr(one, "seen", None)
        told = _("seen %(days)d days ago") if seen is not None else _("never seen since it was let in")
        label = duties.label(held[one.user_id]) if one.user_id in held else _("No duty any more")
        found.append(
            Row(
                f"{label} · {named.get(one.user_id, '')}",
                href=f"{reverse('accounts:revoke_device', args=[one.id])}?next={back}",
                badge="waiting" if seen is not None else "unknown",
                state=told % {"days": (today - one.last_on).days},
                meta=day(one.last_on),
            )
        )
    return found


def leaving() -> Sequence[Leaving]:
    """For `people.overseeing.leaving`: copies for the person, and held work, whose room stands below this page."""
    return [
        Leaving(_("A readable copy was opened"), routes=("voice:copy",)),
        Leaving(_("A file of a record was made"), actions=("voice.make_file",)),
        Leaving(_("A file of a record was taken"), routes=("voice:download",)),
        Leaving(_("Held work of a telephone was taken as a file"), routes=("sync:held_file",)),
    ]
