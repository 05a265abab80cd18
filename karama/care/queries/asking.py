"""What is shown when an instrument is put to a person: languages, questions, and which are paused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from karama.accounts.queries.answering import asking_answers
from karama.care import cards, recordings, wording
from karama.care.access import SEE
from karama.care.models import DraftResponse, Mode
from karama.care.queries.company import VIOLENCE, company_of, topics_nobody_answers
from karama.care.wording import Wording
from karama.journal import ERASED, Absent, Actor, clock
from karama.journal.together import answered, together
from karama.people.models import Person
from karama.people.queries import person_in_reach
from karama.programme import packs
from karama.programme.days import today_at
from karama.programme.problems import NoPack
from karama.programme.queries import asking_places, safety_questions_open
from karama.rules.scoring import Card
from karama.rules.scoring.card import Item
from karama.rules.scoring.conditions import compiled
from karama.safety.queries import Emergency, emergency_at


@dataclass(frozen=True)
class Choice:
    """One instrument that may be started: its languages, or why it may not be asked.

    `languages`: (code, validated); `why`: empty, `wording`, or a reason of `rules.scoring.lock`.
    """

    card: Card
    languages: tuple[tuple[str, bool], ...]
    why: str = ""
    draft: UUID | None = None


@dataclass(frozen=True)
class Question:
    """One item as it is put: `answers` are (code, label), empty for free words; `given` what the draft holds,
    `spoken`: it can be heard, `quiet`: nothing tells that it exists while it is not put."""

    item: Item
    text: str
    answers: tuple[tuple[str, str], ...]
    given: str
    paused: bool
    spoken: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class AskPage:
    """A draft with its questions. `paused`: safety questions that nobody could answer to now are not put."""

    draft: DraftResponse
    person: Person
    card: Card
    wording: Wording
    validated: bool
    questions: tuple[Question, ...]

    @property
    def shown(self) -> tuple[Question, ...]:
        """The questions that are put."""
        return tuple(one for one in self.questions if not one.paused)

    @property
    def paused(self) -> int:
        """How many safety questions are not put and are told of: one about violence is not even counted."""
        return sum(1 for one in self.questions if one.paused and not one.quiet)


def kinds_open(person: Person) -> frozenset[str]:
    """The safety topics that may be asked of this person now: switched on by the pack, and somebody can answer.

    About violence only where somebody is named at the site to record it, about children where a duty for them works
    there. Without a pack, nothing.
    """
    try:
        asked = packs.find(person.programme.code).safety.questions
    except NoPack:
        return frozenset()
    if not safety_questions_open(person.site_id, clock.now()):
        return frozenset()
    return frozenset(topic for topic, on in asked.items() if on) - topics_nobody_answers(person.site_id)


def kinds_open_to(by: Actor, person: Person) -> frozenset[str]:
    """The same for this worker and this conversation: about violence only after she said that nobody can overhear."""
    found = kinds_open(person)
    return found if VIOLENCE not in found or company_of(by, person.id).may_ask else found - {VIOLENCE}


def somebody_on_shift(person: Person) -> bool:
    """Whether somebody could come to this person now, whatever the answers are."""
    return safety_questions_open(person.site_id, clock.now())


def choices_for(by: Actor, person: UUID) -> list[Choice]:
    """The instruments of the person's programme first, then the others, with the languages they can be asked in.

    Raises `Absent`.
    """
    found = person_in_reach(by, person, SEE)
    drafts = dict(DraftResponse.objects.filter(person_id=person, user_id=by.id).values_list("instrument", "id"))
    ours = _ours(found)
    open_to = set(by.compartments) - (set() if VIOLENCE in kinds_open_to(by, found) else {VIOLENCE})
    wanted = [card for card in cards.cards() if cards.compartment_of(card.code) in open_to]
    wanted.sort(key=lambda card: (ours.index(card.code) if card.code in ours else len(ours), card.name))
    return [_choice(card, _languages(found), drafts.get(card.code)) for card in wanted]


def _ours(person: Person) -> list[str]:
    try:
        return [one.code for one in packs.find(person.programme.code).instruments]
    except NoPack:
        return []


def _languages(person: Person) -> tuple[str, ...]:
    try:
        return packs.find(person.programme.code).languages
    except NoPack:
        return ()


def _choice(card: Card, wanted: tuple[str, ...], draft: UUID | None) -> Choice:
    why = wording.locked(card)
    if why is not None:
        return Choice(card, (), why, draft)
    rows = {row.language: row.validated for row in wording.installed(card.code) if row.version == card.version}
    if rows:
        others = {language: False for language in wanted if language not in rows}
        return Choice(card, tuple({**rows, **others}.items()), "", draft)
    if settings.KARAMA_DEMO:
        return Choice(card, tuple((language, language in dict(settings.LANGUAGES)) for language in wanted), "", draft)
    return Choice(card, (), "wording", draft)


def paused_in(by: Actor, person: UUID, card: Card) -> int:
    """How many questions of a card are paused for this person now, because nobody could answer to them."""
    open_kinds = kinds_open_to(by, person_in_reach(by, person, SEE)) | {VIOLENCE}
    return sum(1 for kinds in cards.safety_items(card).values() if kinds - open_kinds)


@dataclass(frozen=True)
class Paper:
    """An instrument to be printed for a person: every question, safety questions only where somebody can answer."""

    person: Person
    card: Card
    wording: Wording
    validated: bool
    questions: tuple[Question, ...]
    emergency: Emergency


def paper_of(by: Actor, person: UUID, card: Card, language: str) -> Paper:
    """A blank form. Raises `Absent`, and like `wording.asking`."""
    file = person_in_reach(by, person, SEE)
    open_kinds = _open_or_absent(by, file, card.code)
    asked = wording.asking(card, language)
    found = wording.words_for(card, language, asked)
    questions = tuple(
        Question(item, found.items.get(item.code, item.topic), _labels(item, found), "", False)
        for item in card.items
        if not cards.safety_items(card).get(item.code, frozenset()) - open_kinds
    )
    return Paper(file, card, found, asked.validated, questions, emergency_at(file.site_id))


def draft_of(by: Actor, person: UUID, instrument: str) -> DraftResponse | None:
    """The reader's own draft of an instrument for a person."""
    return DraftResponse.objects.filter(person_id=person, instrument=instrument, user_id=by.id).first()


def sheet_of(by: Actor, draft: UUID) -> UUID | None:
    """The paper from which the reader's own draft is typed in."""
    return DraftResponse.objects.filter(pk=draft, user_id=by.id).values_list("sheet", flat=True).first()


def has_draft(by: Actor, draft: UUID) -> bool:
    """Whether this is an open draft of the reader's own."""
    return DraftResponse.objects.filter(pk=draft, user_id=by.id).exists()


def page_of(by: Actor, draft: UUID) -> AskPage:
    """The questions of the reader's own draft. Raises `Absent` for anybody else's or out of reach."""
    row = DraftResponse.objects.filter(pk=draft, user_id=by.id, compartment__in=by.compartments).first()
    if row is None:
        raise Absent()
    person, *_who_answers = answered(
        together(person_in_reach.asking(by, row.person_id, SEE), asking_places(), asking_answers())
    )
    open_kinds = _open_or_absent(by, person, row.instrument)
    answers = row.unseal(row.answers_field)
    if answers is ERASED:
        raise Absent()
    card = cards.card(row.instrument, row.version)
    asked = wording.asking(card, row.language)
    words = wording.words_for(card, row.language, asked)
    given, heard = answers or {}, recordings.spoken(card.code, asked.language)
    questions = tuple(
        Question(
            item=item,
            text=words.items.get(item.code, item.topic),
            answers=_labels(item, words),
            given=given.get(item.code, ""),
            spoken=item.code in heard,
            paused=bool(cards.safety_items(card).get(item.code, frozenset()) - open_kinds),
            quiet=VIOLENCE in cards.safety_items(card).get(item.code, frozenset()),
        )
        for item in card.items
        if not _skipped(item, given)
    )
    return AskPage(row, person, card, words, asked.validated and row.mode != "interpreter", questions)


def _open_or_absent(by: Actor, person: Person, instrument: str) -> frozenset[str]:
    """The topics that are open. Raises `Absent` for an instrument about violence while that topic is closed: whoever
    looks over a shoulder sees what stands there for anything that is not there."""
    found = kinds_open_to(by, person)
    if cards.compartment_of(instrument) == VIOLENCE and VIOLENCE not in found:
        raise Absent()
    return found


def sound_of(by: Actor, draft: UUID, item: str) -> tuple[bytes, str]:
    """One question of the reader's own draft read aloud, and its media type. Raises `Absent`."""
    found = page_of(by, draft)
    row = recordings.in_force(found.card.code, found.wording.language).filter(item=item).first()
    content = recordings.load(row) if row is not None else None
    if row is None or content is None:
        raise Absent()
    return content, recordings.TYPES[row.format]


def _labels(item: Item, words: Wording) -> tuple[tuple[str, str], ...]:
    if item.answers is None:
        return ()
    return tuple(words.answers.get(item.answers, {}).items())


def _skipped(item: Item, given: Mapping[str, str]) -> bool:
    """Whether the card says that this item is not asked after the answers given so far."""
    if item.skip is None or item.skip.evidence.draft or given.get(item.code):
        return False
    return compiled(item.skip.asked_if)(given, {}, {}) is False


def tablet_of_today(person: Person, draft: UUID) -> int:
    """A number of one digit for a screen that is handed over at a site today, so that it is found again."""
    own = DraftResponse.objects.filter(
        mode=Mode.SELF, begun_on=today_at(person.site_id), person__site_id=person.site_id
    )
    return own.exclude(pk=draft).count() % 9 + 1
