"""What comes in without an account: from the page, from paper, and under a token. Nothing sincere is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from karama.journal import Actor, action
from karama.programme.queries import place
from karama.rules import complaints as law
from karama.rules.classes import CARE_DUTIES
from karama.rules.disclosure import day_after
from karama.safety.actions import keep_from, raise_worry
from karama.safety.lines import OUTSIDE, Lines
from karama.security import vault
from karama.voice.access import PUBLIC_JOB, SEND, TYPE_IN
from karama.voice.asked import around_now, standing_of
from karama.voice.coarse import kept_of
from karama.voice.models import Feedback, FeedbackKeptFrom, FeedbackStep
from karama.voice.naming import named_in
from karama.voice.problems import NothingSaid

PUBLIC = Actor(id=UUID("0190c0de-0000-7000-8000-0000000005a1"), kind="job", duty=PUBLIC_JOB, name="Public page")

LONGEST = 20_000
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Key = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]
Kind = Literal["thanks", "suggestion", "complaint", "sensitive"]
FaceCode = Literal["", "good", "so_so", "bad"]
DangerCode = Literal["none", "child", "life"]
Time = Literal["day", "week", "month"]
Users = Annotated[list[UUID], Field(max_length=200)]

WORRY_OF = {"child": "child_in_danger", "life": "harm_to_others"}


@action("voice.send_feedback", access=SEND, purpose="rights")
def send_feedback(
    *,
    by: Actor,
    programme: UUID | None,
    site: UUID | None,
    received_on: date,
    time: Time,
    kind: Kind,
    face: FaceCode = "",
    words: Words = "",
    about_duty: Line = "",
    about_words: Line = "",
    danger: DangerCode = "none",
    answer_key: Key = "",
    held: bool = False,
) -> Feedback:
    """Keep a message from the page. Place and day are coarse already; called inside `clock.told_as` that day.

    Raises:
        NothingSaid: neither a face nor a word.
    """
    row = Feedback(
        programme_id=programme,
        site_id=site,
        channel="web",
        received_on=received_on,
        time=time,
        kind=kind,
        danger=danger,
        answer_key=answer_key,
        held=held,
    )
    return _keep(row, face, words, about_duty, about_words)


def _of_site(*, by: Actor, site: UUID, **_more: Any) -> Mapping[str, object]:
    return {"site": site}


@action("voice.type_in_feedback", access=TYPE_IN, target=_of_site, purpose="rights")
def type_in_feedback(
    *,
    by: Actor,
    site: UUID,
    kind: Kind,
    face: FaceCode = "",
    words: Words = "",
    about_duty: Line = "",
    about_words: Line = "",
    danger: DangerCode = "none",
    answer_key: Key = "",
) -> Feedback:
    """Keep what somebody wrote on paper. Place and day are coarsened like those of the page.

    Raises:
        NothingSaid: neither a face nor a word.
    """
    here = place(site)
    kept = kept_of(here.programme_id if here else None, here)
    row = Feedback(
        programme_id=kept.programme,
        site_id=kept.site,
        channel="paper",
        received_on=kept.on,
        time=kept.time,
        kind=kind,
        danger=danger,
        answer_key=answer_key,
    )
    made = _keep(row, face, words, about_duty, about_words)
    if danger != "none":
        _alert(by, site, danger, kind, words, about=about_words, duty=about_duty)
    return made


@action("voice.raise_danger", access=SEND, purpose="safety")
def raise_danger(
    *,
    by: Actor,
    site: UUID | None,
    danger: DangerCode,
    kind: Kind,
    words: Words,
    about: Line = "",
    duty: Line = "",
    anywhere: bool = False,
) -> UUID:
    """Say to whoever answers for safety that somebody is in danger. Its moment is the true one: a life comes first.

    When it is about somebody who works here, nobody who is named, in line, or of that site is told; others are.
    `anywhere`: no place was named, `site` only stands for the programme, so nobody of any of its sites is told.
    """
    return _alert(by, site, danger, kind, words, about=about, duty=duty, anywhere=anywhere)


@action("voice.disagree", access=SEND, purpose="rights")
def disagree(*, by: Actor, feedback: UUID, words: Words) -> FeedbackStep | None:
    """Whoever wrote it does not agree with the answer: somebody else looks at it again. No step when it may not be.

    Called inside `clock.told_as`. Raises `NothingSaid` without words.
    """
    if not words:
        raise NothingSaid()
    row = Feedback.objects.select_for_update().filter(pk=feedback).first()
    standing = standing_of(feedback) if row is not None else None
    if row is None or standing is None:
        return None
    if "disagreed" not in law.steps_after(standing.kind, standing.state, standing.disagreements):
        return None
    made = FeedbackStep(feedback=row, place=len(standing.steps) + 1, step="disagreed")
    made.seal("words", words)
    made.save()
    return made


def _keep(row: Feedback, face: str, words: str, duty: str, about: str) -> Feedback:
    if not (face or words or about):
        raise NothingSaid()
    after = day_after(row.received_on, row.time)  # the true moment of its keys would undo what was coarsened
    vault.create_keys([row.id], made_at=datetime.combine(after, time(), UTC))
    for name, told in {"face": face, "words": words, "about": about, "about_duty": duty}.items():
        row.seal(name, told or None)
    row.save()
    named = _meant(row.kind, row.danger, words, about)
    line = law.in_line(named, around_now().posts) if named else frozenset()
    for user in sorted(one for one in line if isinstance(one, UUID)):
        FeedbackKeptFrom.objects.create(feedback=row, user_id=user, why="named" if user in named else "in_line")
    return row


def _meant(kind: str, danger: str, words: str, about: str) -> set[UUID]:
    """Who is named: beside the question whatever the face; in free words not where it is thanks or a suggestion."""
    return named_in(words if kind in ("complaint", "sensitive") or danger != "none" else "", about)


def _alert(
    by: Actor,
    site: UUID | None,
    danger: str,
    kind: str,
    words: str,
    *,
    about: str,
    duty: str,
    anywhere: bool = False,
) -> UUID:
    here = place(site)
    spot = law.Post(None, "", here.programme_id if here else None, None if anywhere else site)
    named = _meant(kind, danger, words, about)
    unknown = bool(about) and not named and not duty  # said to be about somebody whom nobody here knows by this name
    shut = _shut_out(by, site, spot, "sensitive" if unknown else kind, named, duty)
    first = next(iter(shut), None)
    made = raise_worry(by=by, kind=WORRY_OF[danger], words=words[:2000], site=site, involves=first).value
    for user in shut[1:]:
        keep_from(by=by, alert=made.alert_id, user=user, reason="-")
    return UUID(str(made.id))


def _shut_out(by: Actor, site: UUID | None, spot: law.Post, kind: str, named: set[UUID], duty: str) -> list[UUID]:
    """From whom a danger is kept: who is named and who is in line; of what is sensitive everybody who works at the
    site or looks after it.

    When nobody else who answers would be left: everybody posted there; then only those named; then nobody at all.
    """
    around = around_now()
    accused = _users(one for one in around.posts if duty and one.duty == duty and law.overlaps(one, spot))
    accused |= named
    line = {one for one in law.in_line(accused, around.posts) if isinstance(one, UUID)}
    of_it = [one for one in around.posts if kind == "sensitive" and law.overlaps(one, spot)]
    there = _users(one for one in of_it if one.site is not None)
    widest = line | there | _users(one for one in of_it if one.duty not in law.NEXT)
    outside = {one.id for one in Lines(around.now).outside(site, False)} - {by.id} - around.absent
    might_be_told = _users(one for one in around.posts if one.duty in CARE_DUTIES or one.duty in OUTSIDE)
    for wanted in (widest, line | there, line, accused):
        shut = wanted & might_be_told
        if shut and outside - shut:
            return sorted(shut, key=lambda one: (one == by.id, one))  # whoever types it in is shut out last
    return []


def _users(posts: Iterable[law.Post]) -> set[UUID]:
    return {one.user for one in posts if isinstance(one.user, UUID)}
