"""What supervisors ask of colleagues, and the answers: for who asked, for who is asked, beside the record."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from karama.accounts.models import Posting
from karama.accounts.queries import aliases_of
from karama.care.access import CLINICAL, FOLLOW_QUESTION, QUESTION, SEE_EPISODES
from karama.care.asking import of_question, opens
from karama.care.models import Question
from karama.care.queries.files import deepest, living_rows
from karama.journal import ERASED, Absent, Actor, clock
from karama.journal.access_log import opening_all
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks, together
from karama.notices.queries import silent_among
from karama.people.access import purpose_of
from karama.people.joined import last_file
from karama.people.models import Assignment, HiddenFrom, Person
from karama.rules.classes import CARE_DUTIES
from karama.rules.permission import permit
from karama.safety.models import Alert

MOST = 100
Place = tuple[UUID, UUID | None, UUID | None, str]
"""Who, at which site or in which programme, in which duty."""


@dataclass(frozen=True)
class AskedLine:
    """A question in a list, by code and without a word of it. `state`: waits, answered, or gone: whoever was asked
    does not work here, or with this person, any more."""

    id: UUID
    about: str
    code: str
    who: str
    since: date
    state: str


@dataclass(frozen=True)
class QuestionShown:
    """A question with its answer. `asker` and `asked` are aliases; `words` are empty for who does not open them."""

    row: Question
    code: str
    asker: str
    asked: str
    words: str
    answer: str

    @property
    def waits(self) -> bool:
        """Whether an answer is still wanted."""
        return not self.row.ended and self.row.answered_on is None

    @property
    def unread(self) -> bool:
        """Whether there is an answer that nobody has said to have read."""
        return not self.row.ended and self.row.answered_on is not None


@dataclass(frozen=True)
class QuestionPage:
    """`answers`: the reader is asked and has not answered; `follows`: she asked, and it is not over. `plain`: asked
    once more, everybody in care with the person could read it. `newer`: what the reader was asked since about the same
    thing, and has not answered."""

    shown: QuestionShown
    answers: bool
    follows: bool
    gone: bool
    plain: bool
    newer: UUID | None


@asks
def asked_by(by: Actor) -> Asks[list[AskedLine]]:
    """What this supervisor asked and has not read an answer to, and what others asked who can read it no more, the
    oldest first. After a death nobody is asked how care goes on; what was written and done is asked about all the same,
    for the review without blame."""
    if by.duty != "supervisor":
        return []
    rows = yield _open_of.later(by, (yield from deepest.asking()))
    users, files = list({user for one in rows for user in (one.asked_id, one.asker_id)}), _files(rows)
    dead, names, placed, working, hidden = yield from together(
        silent_among.asking(files), aliases_of.asking(users), _rows(_places, users), _pairs(_works, users, files),
        _pairs(_kept, users, files),
    )  # fmt: skip
    return [
        AskedLine(
            one.id,
            one.about,
            file.code if file is not None else "",
            names.get(one.asked_id, ""),
            one.asked_on,
            "answered" if one.answered_on else "waits" if _able(one, file, placed, working, hidden) else "gone",
        )
        for one in sorted(rows, key=lambda row: (row.asked_on, row.id))
        for file in [last_file(one.person) if one.person is not None else None]
        if file is None or file.id not in dead or one.about != "episode"
        if _is_hers(by, one, file, placed, hidden)
    ]


def _is_hers(
    by: Actor,
    one: Question,
    file: Person | None,
    placed: Collection[Place],
    hidden: Collection[tuple[UUID, UUID]],
) -> bool:
    """Whether the reader follows it: she asked, or in the stead of who did. Looked at closely only where it is not
    plain from where both work."""
    if one.asker_id == by.id and (file is None or file.site_id in by.sites):
        return True
    if file is not None and one.about != "alert" and (file.id, one.asker_id) not in hidden:
        held = [each for each in placed if each[0] == one.asker_id and each[3] == "supervisor"]
        if file.reach == "usual" and any(_is_there(file, site, programme) for _user, site, programme, _duty in held):
            return False
    target = of_question(by=by, question=one.id)
    return permit(FOLLOW_QUESTION, by.attributes(), target, purpose_of(by), clock.now()).allowed


def _is_there(file: Person, site: UUID | None, programme: UUID | None) -> bool:
    return site == file.site_id or (site is None and programme == file.programme_id)


def _files(rows: Iterable[Question]) -> list[UUID]:
    return list({last_file(one.person).id for one in rows if one.person is not None})


def _able(
    one: Question,
    file: Person | None,
    placed: Collection[Place],
    working: Collection[tuple[UUID, UUID]],
    hidden: Collection[tuple[UUID, UUID]],
) -> bool:
    """Whether whoever is asked still works in care where the person is met, and with her."""
    held = [each for each in placed if each[0] == one.asked_id]
    if file is None:
        return bool(held)
    here = [duty for _user, site, programme, duty in held if site == file.site_id or programme == file.programme_id]
    pair = (file.id, one.asked_id)
    near = one.about == "alert" or pair in working or "supervisor" in here
    return bool(here) and near and pair not in hidden


@readymade
def _open_of(by: Actor, deep: int) -> QuerySet[Question, Question]:
    """Her own first; of others, those of whom another question says whether who asked can read the answer."""
    rows = Question.objects.filter(ended="").exclude(asked_id=by.id)
    raised = Alert.objects.filter(site__in=by.sites).values("pk")
    own = Q(asker_id=by.id) | Q(person__isnull=True, subject__in=raised)
    told = _near(by, rows, deep, own).annotate(other=Case(When(asker_id=by.id, then=0), default=1))
    return told.select_related("person").order_by("other", "asked_on", "id")[:MOST]


def _near(by: Actor, rows: QuerySet[Question, Question], deep: int, own: Q) -> QuerySet[Question, Question]:
    """About people near whom the reader works, or about an alert: of that she reads what the alert lets her."""
    near = living_rows(rows, by=by, policy=SEE_EPISODES, deep=deep).values("pk")
    hidden = HiddenFrom.objects.filter(person=OuterRef("person"), user_id=by.id, lifted_at__isnull=True)
    return rows.filter(Q(pk__in=near) | own & Q(about="alert") & ~Exists(hidden))


def _rows(question: Any, users: list[UUID]) -> Asks[list[Any]]:
    return list((yield question.later(users, clock.day_in_utc()))) if users else []


def _pairs(question: Any, users: list[UUID], files: list[UUID]) -> Asks[set[Any]]:
    return set((yield question.later(users, files))) if users and files else set()


@readymade
def _places(users: list[UUID], today: date) -> QuerySet[Any]:
    current = Q(from_on__lte=today) & (Q(until_on__isnull=True) | Q(until_on__gt=today))
    rows = Posting.objects.filter(current, user__in=users, duty__in=CARE_DUTIES, user__is_active=True)
    return rows.values_list("user_id", "site_id", "programme_id", "duty")


@readymade
def _works(users: list[UUID], files: list[UUID]) -> QuerySet[Any]:
    rows = Assignment.objects.filter(user__in=users, person__in=files, until__isnull=True)
    return rows.values_list("person_id", "user_id")


@readymade
def _kept(users: list[UUID], files: list[UUID]) -> QuerySet[Any]:
    rows = HiddenFrom.objects.filter(user__in=users, person__in=files, lifted_at__isnull=True)
    return rows.values_list("person_id", "user_id")


@asks
def asked_of(by: Actor) -> Asks[list[AskedLine]]:
    """What supervisors want to know of the reader, the oldest first: for her Today."""
    if by.duty not in CARE_DUTIES:
        return []
    told = yield _asked.later(by, (yield from deepest.asking()))
    rows = [one for one in told if one.about != "note" or by.duty in CLINICAL]
    dead = yield from silent_among.asking(_files(rows))
    return [
        AskedLine(one.id, one.about, file.code if file is not None else "", "", one.asked_on, "waits")
        for one in rows
        for file in [last_file(one.person) if one.person is not None else None]
        if file is None or file.id not in dead or one.about != "episode"
    ]


@readymade
def _asked(by: Actor, deep: int) -> QuerySet[Question, Question]:
    own = Q(asked_id=by.id)
    told = _near(by, Question.objects.filter(own, answered_on__isnull=True, ended=""), deep, own)
    return told.select_related("person").order_by("asked_on", "id")[:MOST]


def question_page(by: Actor, question: UUID) -> QuestionPage:
    """One question, for whoever may read the record it is about. Raises `Absent`."""
    target, now = of_question(by=by, question=question), clock.now()
    if not permit(QUESTION, by.attributes(), target, purpose_of(by), now).allowed:
        raise Absent()
    row = Question.objects.select_related("person").get(pk=question)
    follows = not row.ended and permit(FOLLOW_QUESTION, by.attributes(), target, purpose_of(by), now).allowed
    waits = not row.ended and row.answered_on is None
    gone = follows and any(one.id == row.id and one.state == "gone" for one in asked_by(by))
    plain = follows and opens(row.asked_id, row.about, row.subject, row.person_id) is False
    open_since = Question.objects.filter(about=row.about, subject=row.subject, asked_id=by.id, ended="")
    newer = open_since.filter(answered_on__isnull=True).exclude(pk=row.pk).order_by("-id").values_list("id", flat=True)
    return QuestionPage(_shown(by, [row])[0], waits and row.asked_id == by.id, follows, gone, plain, newer.first())


def questions_about(by: Actor, subjects: Iterable[UUID]) -> list[QuestionShown]:
    """What was asked about a record that the reader may read, the oldest first."""
    rows = Question.objects.filter(subject__in=list(subjects)).select_related("person")
    return _shown(by, list(rows.order_by("asked_on", "id")))


def _shown(by: Actor, rows: list[Question]) -> list[QuestionShown]:
    opening_all([one.person_id for one in rows if one.person_id is not None])
    names = aliases_of({one.asked_id for one in rows} | {one.asker_id for one in rows})
    found = []
    for one in rows:
        told = one.unseal(one.place) if one.place == "plain" or "clinical" in by.compartments else None
        words = {} if told is None or told is ERASED else told
        code = last_file(one.person).code if one.person is not None else ""
        found.append(
            QuestionShown(
                one,
                code,
                names.get(one.asker_id, ""),
                names.get(one.asked_id, ""),
                words.get("words", ""),
                words.get("answer", ""),
            )
        )
    return found
