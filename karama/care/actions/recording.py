"""Recording answers: checked against the card, sealed, and whatever needs somebody raised in the same breath."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, cast
from uuid import UUID

from karama.care import cards, showing, targets, wording
from karama.care.access import RECORD
from karama.care.actions import shapes
from karama.care.days import today_of
from karama.care.models import Episode, Response
from karama.care.problems import DayDoesNotFit, DoesNotBelong
from karama.journal import Actor, action, clock, foreseen
from karama.journal.problems import Problem
from karama.notices.actions import tell
from karama.rules.scoring import Card
from karama.safety.actions import foresee_alerts, raise_alert


def _foresee(*, by: Actor, many: Sequence[Mapping[str, Any]]) -> None:
    """For an import: the files and the open alerts of everybody whose answers will raise one."""
    told = set()
    for one in many:
        if not (one["historic"] or one["mode"] == "imported"):
            continue
        with suppress(Problem):
            card = cards.card(one["instrument"], one["version"] or None)
            if card.safety:
                signals = cards.signals(card, cards.whole(card, one["answers"]))
                told |= {(one["person"], signal.kind) for signal in signals if signal.state == "positive"}
    if told:
        foresee_alerts(told)


@action(
    "care.record_response",
    access=RECORD,
    target=targets.of_answers,
    targets=targets.of_many_answers,
    foresee=_foresee,
)
def record_response(
    *,
    by: Actor,
    person: UUID,
    instrument: shapes.Code,
    version: shapes.Version = "",
    answers: shapes.Answers,
    wave: shapes.Wave = "",
    on: date | None = None,
    precision: shapes.Precision = "day",
    language: shapes.Language = "",
    mode: shapes.Mode = "interviewer",
    episode: UUID | None = None,
    historic: bool = False,
    source: shapes.Source = "",
    shown: shapes.Shown = "",
) -> Response:
    """Record what a person answered to an instrument, in part or in whole; each positive safety answer raises an alert.

    `answers`: item -> answer code, a missing code, or nothing; what is absent is kept as `not_asked`. `version`: empty
    for the current one. `on`: empty with the precision `unknown`. `historic`: imported answers always are. A language
    that nobody validated turns the mode into `interpreter`. `shown`: what the telephone had made of the answers. Where
    this server makes something else of them its own result counts, both are kept, whichever shows a danger raises it,
    and the author and her supervisors are told.

    Raises:
        UnknownInstrument, AnswersDoNotFit, ItemUnknown, NothingAnswered, DayDoesNotFit, WordingMissing, Locked,
        DoesNotBelong: see `problems`. Nothing is kept then.
    """
    card = cards.card(instrument, version or None)
    found = cards.whole(card, answers)
    return keep(
        by=by,
        card=card,
        answers=found,
        row=Response(
            person_id=person,
            episode_id=_checked(episode, person),
            wave=wave,
            **day_of(on, precision, person),
            source=source,
            **asked_as(card, language, mode),
        ),
        historic=historic or mode == "imported",
        shown=shown,
    )


def keep(
    *,
    by: Actor,
    card: Card,
    answers: Mapping[str, str],
    row: Response,
    historic: bool,
    told: Collection[str] = (),
    shown: str = "",
) -> Response:
    """Seal the answers, save the row and raise what needs somebody. `told`: safety rules already told of."""
    row.instrument, row.version = card.code, card.version
    row.compartment = cards.compartment_of(card.code)
    row.seal(row.answers_field, answers)
    apart = showing.told_apart(shown, card, answers, row.language)
    if apart:
        row.seal(row.shown_field, shown)
    row.save()
    own = alarm(by=by, card=card, answers=answers, person=row.person_id, record=row.id, historic=historic, told=told)
    if apart:
        _tell_apart(by, card, row, shown, own)
    return row


def _tell_apart(by: Actor, card: Card, row: Response, shown: str, own: Collection[str]) -> None:
    """A telephone had shown something else: raise the danger that it alone showed, and tell of it."""
    for rule in showing.rules_shown(shown, card):
        if rule is None or rule.code not in own:
            kind, grade = (rule.kind, rule.grade) if rule else (showing.UNCLEAR, "now")
            raise_alert(by=by, person=row.person_id, kind=kind, grade=grade, source="answer", source_record=row.id)
    for user in showing.who_is_told(by, row):
        tell(by=by, user=user, kind=showing.NOTICE, place=row.id)


def alarm(
    *,
    by: Actor,
    card: Card,
    answers: Mapping[str, str],
    person: UUID,
    record: UUID,
    historic: bool = False,
    told: Collection[str] = (),
) -> list[str]:
    """Raise an alert for each positive safety rule not yet `told`; return the codes of all that are positive."""
    positive = [signal for signal in cards.signals(card, answers) if signal.state == "positive"]
    for signal in positive:
        if signal.code not in told:
            raise_alert(
                by=by,
                person=person,
                kind=signal.kind,
                grade=signal.grade,
                source="answer",
                source_record=record,
                historic=historic,
            )
    return [signal.code for signal in positive]


def day_of(on: date | None, precision: str, person: UUID) -> dict[str, object]:
    """The day and how exactly it is known. The next day still fits: a telephone may be ahead. Raises `DayDoesNotFit`.

    Up to the day of UTC nothing is asked: everywhere on earth it is no later than the next day.
    """
    if on is None and precision != "unknown":
        raise DayDoesNotFit()
    if precision == "unknown":
        return {"occurred_on": None, "precision": "unknown"}
    if on is not None and on > clock.day_in_utc() and (on - today_of(person)).days > 1:
        raise DayDoesNotFit()
    return {"occurred_on": on, "precision": precision}


def asked_as(card: Card, language: str, mode: str) -> dict[str, object]:
    """Language, mode, validation and wording of answers. Raises `WordingMissing`, `Locked`."""
    if mode == "imported":
        validated = not language or wording.is_validated(card.code, language)
        return {"language": language, "mode": mode, "validated": validated, "wording": ""}
    asked = _asking(card, language)
    validated = asked.validated and mode != "interpreter"
    return {
        "language": language,
        "mode": mode if asked.validated else "interpreter",
        "validated": validated,
        "wording": asked.digest,
    }


def _asking(card: Card, language: str) -> wording.Asking:
    """In which words, looked up once for all answers of a batch: whoever takes a wording away does it elsewhere."""
    known = foreseen("care.asking")
    key = (card.code, card.version, language)
    if key not in known:
        known[key] = wording.asking(card, language)
    return cast(wording.Asking, known[key])


def _checked(episode: UUID | None, person: UUID) -> UUID | None:
    if episode is not None and not Episode.objects.filter(pk=episode, person_id=person).exists():
        raise DoesNotBelong()
    return episode
