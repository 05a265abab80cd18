"""What comes in without an account: from the page, from paper, and under a token. Nothing sincere is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from datetime import time as clock_time
from uuid import UUID

from karama.journal import Actor, action
from karama.rules import complaints as law
from karama.rules.disclosure import day_after
from karama.security import vault
from karama.voice.access import PUBLIC_JOB, SEND, TYPE_IN
from karama.voice.actions.danger import of_site
from karama.voice.actions.words import Attachments, DangerCode, FaceCode, Key, Kind, Line, Time, Words
from karama.voice.around import Around, around_now
from karama.voice.asked import standing_of
from karama.voice.meant import meant
from karama.voice.models import Feedback, FeedbackKeptFrom, FeedbackSound, FeedbackStep
from karama.voice.problems import NothingSaid
from karama.voice.readers import users

PUBLIC = Actor(id=UUID("0190c0de-0000-7000-8000-0000000005a1"), kind="job", duty=PUBLIC_JOB, name="Public page")


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
    chosen: bool = False,
) -> Feedback:
    """Keep a message from the page. Place and day are coarse already; called inside `clock.told_as` that day.
    `chosen`: whoever wrote said herself of which kind it is; otherwise names are looked for in its words, whatever it
    counts as.

    Raises:
        NothingSaid: neither a face nor a word nor a danger.
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
    return _keep(row, face, words, about_duty, about_words, chosen)


@action("voice.type_in_feedback", access=TYPE_IN, target=of_site, purpose="rights")
def type_in_feedback(
    *,
    by: Actor,
    site: UUID,
    programme: UUID | None,
    kept_site: UUID | None,
    received_on: date,
    time: Time,
    kind: Kind,
    face: FaceCode = "",
    words: Words = "",
    about_duty: Line = "",
    about_words: Line = "",
    danger: DangerCode = "none",
    answer_key: Key = "",
    chosen: bool = False,
    attachments: Attachments = (),
) -> Feedback:
    """Keep what somebody wrote on paper, or said aloud (`attachments`: the bytes come after). Place and day are coarse
    already (`kept_site`), like those of the page; called inside `clock.told_as` that day. A danger in it is told by
    `raise_danger` before.

    Raises:
        NothingSaid: neither a face nor a word nor a sound nor a danger.
    """
    row = Feedback(
        programme_id=programme,
        site_id=kept_site,
        channel="paper",
        received_on=received_on,
        time=time,
        kind=kind,
        danger=danger,
        answer_key=answer_key,
    )
    kept = _keep(row, face, words, about_duty, about_words, chosen, said=bool(attachments))
    for one in {named.sha256: named for named in attachments}.values():
        FeedbackSound.objects.create(feedback=kept, digest=one.sha256, media=one.mime, size=one.size)
    return kept


@action("voice.disagree", access=SEND, purpose="rights")
def disagree(*, by: Actor, feedback: UUID, words: Words) -> FeedbackStep | None:
    """Whoever wrote it does not agree with the answer: somebody else looks at it again. No step when it may not be.
    Whoever is named or meant in the new words, and her line, is kept from the whole message from now on.

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
    around = around_now()
    named = meant("complaint", "none", words, "", law.Post(None, "", row.programme_id, row.site_id), around)
    counted = standing.kind == row.kind or "passed_on" in [one.step for one in standing.steps]
    _keep_from(row, named, around, as_named=counted)
    return made


def _keep(row: Feedback, face: str, words: str, duty: str, about: str, chosen: bool, *, said: bool = False) -> Feedback:
    if not (face or words or about or said) and row.danger == "none":
        raise NothingSaid()
    after = day_after(row.received_on, row.time)  # the true moment of its keys would undo what was coarsened
    vault.create_keys([row.id], made_at=datetime.combine(after, clock_time(), UTC))
    for name, told in {"face": face, "words": words, "about": about, "about_duty": duty}.items():
        row.seal(name, told or None)
    row.save()
    around = around_now()
    here = law.Post(None, "", row.programme_id, row.site_id)
    named = meant(row.kind, row.danger, words, about, here, around, chosen=chosen)
    named |= around.holding((duty,), here) if duty else set()
    _keep_from(row, named, around)
    return row


def _keep_from(row: Feedback, named: set[UUID], around: Around, *, as_named: bool = True) -> None:
    """Keep it from these and from their line. `as_named`: not where it counts as about somebody whom nobody here knows
    by that name: a name that is added would else open it to the site again.
    """
    line = law.in_line(named, around.known) - law.by_office(named, around.known) if named else frozenset()
    already = set(FeedbackKeptFrom.objects.filter(feedback=row).values_list("user_id", flat=True))
    for user in sorted(users(line) - already):
        why = "named" if as_named and user in named else "in_line"
        FeedbackKeptFrom.objects.create(feedback=row, user_id=user, why=why)
