"""Answers taken one by one. A draft counts nowhere, but an alert is never a draft: it goes out with the answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from pydantic import Field

from karama.care import cards, targets, wording
from karama.care.access import ASK
from karama.care.actions import shapes
from karama.care.actions.recording import alarm, asked_as, day_of, keep
from karama.care.days import today_of
from karama.care.models import DraftResponse, Episode, Mode, Response
from karama.care.problems import (
    CannotHandOver,
    DoesNotBelong,
    DraftOpen,
    NobodyOnShift,
    NoSuchColleague,
    OnlyImported,
    SayIfActed,
)
from karama.journal import ERASED, Absent, Actor, action, clock
from karama.notices.actions import tell
from karama.notices.models import Notice
from karama.people import workers
from karama.people.actions import papers
from karama.people.models import Paper
from karama.people.problems import PaperTakenOver
from karama.programme.days import today_at
from karama.programme.queries import safety_questions_open
from karama.safety.models import AlertSource
from karama.safety.standing import open_ones

Acted = Literal["", "yes", "no", "unknown"]


@action("care.answer_item", access=ASK, target=targets.of_answers)
def answer_item(
    *,
    by: Actor,
    person: UUID,
    instrument: shapes.Code,
    answers: shapes.Answers,
    wave: shapes.Wave = "",
    language: shapes.Language = "",
    mode: shapes.Mode = "interviewer",
    episode: UUID | None = None,
    paper: UUID | None = None,
) -> DraftResponse:
    """Keep one or more answers in the worker's draft. A positive safety answer raises its alert at once.

    Answers given before stay; an answer given again replaces the first in the draft, and clears no alert. `paper`: the
    sheet on which they stand, said when the draft begins.

    Raises:
        AnswersDoNotFit, ItemUnknown, WordingMissing, Locked, OnlyImported, DoesNotBelong: see `problems`.
        DraftOpen: there is a draft of other answers, which a paper must not be mixed with.
    """
    if mode == "imported":
        raise OnlyImported()
    sheet = papers.being_typed(by, paper, "instrument", person)
    draft = DraftResponse.objects.filter(person_id=person, instrument=instrument, user_id=by.id).first()
    if draft is None:
        if episode is not None and not Episode.objects.filter(pk=episode, person_id=person).exists():
            raise DoesNotBelong()
        card = cards.card(instrument)
        asked = asked_as(card, language, mode)
        draft = DraftResponse(
            person_id=person,
            user_id=by.id,
            episode_id=episode,
            compartment=cards.compartment_of(instrument),
            instrument=instrument,
            version=card.version,
            wave=wave,
            language=language,
            mode=str(asked["mode"]),
            begun_on=today_of(person),
            sheet=sheet.id if sheet is not None else None,
        )
    elif sheet is not None and draft.sheet != sheet.id:
        raise DraftOpen()
    return _add(by, draft, answers)


def _add(by: Actor, draft: DraftResponse, answers: Mapping[str, str | None]) -> DraftResponse:
    card = cards.card(draft.instrument, draft.version)
    before = draft.unseal(draft.answers_field) or {}
    raised = set(draft.unseal("raised") or ())
    given = {item: answer for item, answer in answers.items() if answer}
    cards.whole(card, {**before, **given} or {card.items[0].code: None})
    both = {**before, **given}
    draft.seal(draft.answers_field, both)
    anew = {item for item, answer in given.items() if before.get(item) != answer} & set(cards.safety_items(card))
    told = (
        () if anew and not _still_open(draft) else raised
    )  # what was dealt with long ago does not silence a new answer
    positive = alarm(by=by, card=card, answers=both, person=draft.person_id, record=draft.id, told=told)
    draft.seal("raised", sorted(raised | set(positive)))
    draft.save()
    return draft


def _still_open(draft: DraftResponse) -> bool:
    """Whether an alert that this draft raised is still open."""
    sources = AlertSource.objects.filter(source_record_id=draft.id).select_related("alert")
    return bool(open_ones(one.alert for one in sources))


def _own(*, by: Actor, draft: UUID, **_more: Any) -> Mapping[str, object]:
    row = DraftResponse.objects.filter(pk=draft, user_id=by.id).values("person_id", "compartment", "mode").first()
    if row is None:
        return {}
    return {**targets.person_seen_by(by, row["person_id"]), "compartment": row["compartment"], "mode": row["mode"]}


@action("care.finish_draft", access=ASK, target=_own)
def finish_draft(
    *,
    by: Actor,
    draft: UUID,
    on: date | None = None,
    precision: shapes.Precision = "day",
    taken_by: UUID | None = None,
    acted: Acted = "",
) -> Response:
    """Turn the worker's draft into a response and remove the draft. What was not reached is kept as `not_asked`.

    The response keeps the draft's id, so that an alert raised while it was a draft names the response. `taken_by`: the
    colleague who wrote the answers on paper. `acted`: whether something was done about a safety answer on that day;
    asked for when the paper is older than today.

    What began with a sheet is of its day, and taken by whom it says: all else that is said of these is not used.

    Raises:
        NothingAnswered, DayDoesNotFit, WordingMissing, Locked: see `problems`. NoSuchColleague: nobody of the person's
        site took it. SayIfActed: a safety answer on an older paper, and it is not said whether anything was done.
        PaperEntered, PaperTakenOver: the sheet was entered meanwhile, or a colleague goes on with it.
    """
    row = DraftResponse.objects.select_related("person").get(pk=draft)
    sheet = _sheet_of(by, row)
    if sheet is not None:
        on, precision, taken_by = sheet.taken_on, _as_precise(sheet), sheet.taken_by_id
        acted = acted or _acted_on(sheet)
    elif taken_by is not None and taken_by not in {one.user for one in workers.workers_for(row.person)}:
        raise NoSuchColleague("taken_by")
    today = today_at(row.person.site_id)
    late = on is not None and on < today
    if row.unseal("raised") and late and not acted:
        raise SayIfActed()
    answers = row.unseal(row.answers_field)
    if answers is ERASED:
        raise Absent()
    card = cards.card(row.instrument, row.version)
    response = Response(
        id=row.id,
        person_id=row.person_id,
        episode_id=row.episode_id,
        wave=row.wave,
        source="",
        taken_by_id=taken_by,
        **day_of(on or today, precision, row.person_id),
        **asked_as(card, row.language, row.mode),
    )
    told = row.unseal("raised") or ()
    response.seal("acted", acted or None if told else None)
    kept = keep(by=by, card=card, answers=cards.whole(card, answers or {}), row=response, historic=False, told=told)
    papers.enter(sheet, kept)
    row.delete()
    return kept


def _sheet_of(by: Actor, draft: DraftResponse) -> Paper | None:
    try:
        return papers.being_typed(by, draft.sheet, "instrument", draft.person_id)
    except Absent:
        raise PaperTakenOver() from None


def _acted_on(sheet: Paper) -> Acted:
    """Whether something was done about the danger that a sheet tells, as it was said when the sheet was begun."""
    told = sheet.unseal("told")
    said = told.get("acted", "") if isinstance(told, dict) else ""
    return cast("Acted", said) if said in ("yes", "no", "unknown") else ""


def _as_precise(sheet: Paper) -> shapes.Precision:
    return cast("shapes.Precision", sheet.precision)


@action("care.hand_over_draft", access=ASK, target=_own)
def hand_over_draft(*, by: Actor, draft: UUID, alone: bool = False) -> DraftResponse:
    """The person goes on answering by themselves. `alone`: the worker leaves the room.

    Raises:
        CannotHandOver: the questions are not in a validated wording of the person's language, so somebody has to read
        and explain them. NobodyOnShift: nobody could come to a person who is alone.
    """
    row = DraftResponse.objects.select_related("person").get(pk=draft)
    if not wording.asking(cards.card(row.instrument, row.version), row.language).validated:
        raise CannotHandOver()
    if alone and not safety_questions_open(row.person.site_id, clock.now()):
        raise NobodyOnShift()
    row.mode = Mode.SELF
    row.save()
    return row


@action("care.call_colleague", access=ASK, target=_own)
def call_colleague(*, by: Actor, draft: UUID, tablet: Annotated[int, Field(ge=0, le=9)] = 0) -> Notice:
    """The colleague who handed the screen over is to look at it: a notice with its number and nothing else. The alert
    itself went out with the answer, whatever becomes of this."""
    told: Notice = tell(by=by, user=by.id, kind=f"care.tablet_{tablet}", place=None).value
    return told


@action("care.discard_draft", access=ASK, target=_own)
def discard_draft(*, by: Actor, draft: UUID) -> None:
    """Throw the worker's own draft away. Alerts that its answers raised stay."""
    DraftResponse.objects.get(pk=draft).delete()
