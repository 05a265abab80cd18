"""This room's answers to a merge and to an erasure."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from karama.care.actions.dying import end_all
from karama.care.days import today_of
from karama.care.deaths import standing
from karama.care.models import (
    Activity,
    AlertReview,
    AssistiveNeed,
    Attribution,
    BodySession,
    BriefIntervention,
    Caution,
    Closure,
    ClosureAnswer,
    CompanySaid,
    Death,
    DeathStep,
    DeathTakenBack,
    DecisionDone,
    Discussed,
    DiscussionWish,
    Dispensing,
    DraftResponse,
    Episode,
    FamilyAttendance,
    FamilyGoalWords,
    FamilyRating,
    Farewell,
    Goal,
    GoalStep,
    GroupAnswer,
    IntakeChapter,
    IntakeDraft,
    IntakeScreening,
    LayerStep,
    Leaving,
    MedicineCheck,
    MissedVisit,
    Mode,
    NextStep,
    Note,
    NoteDraft,
    NoteReview,
    NurseVisit,
    Offer,
    OwnView,
    Prescription,
    PrescriptionStop,
    Question,
    Response,
    Session,
    StuckReview,
    SupervisionPerson,
    Talk,
    TalkDraft,
    ViolenceIncident,
    VisitDraft,
    Wait,
    WaitCheck,
    WhatHappened,
)
from karama.care.problems import AnsweringNow
from karama.journal import Actor
from karama.notices.files import speak_again
from karama.people.joined import files_of

COURSE = (
    NextStep,
    Attribution,
    Farewell,
    DecisionDone,
    Discussed,
    DiscussionWish,
    DeathTakenBack,
    DeathStep,
    Death,
    ClosureAnswer,
    Closure,
    WaitCheck,
    Wait,
    LayerStep,
    OwnView,
    GoalStep,
    Goal,
)
"""What hangs on an episode, the newest layer first."""

MEDICAL = (
    VisitDraft, MissedVisit, Dispensing, PrescriptionStop, Activity, Caution, AssistiveNeed,
)  # fmt: skip
"""The ledger of a stock names nobody and stays."""

SUPERVISION = (AlertReview, StuckReview, Question, SupervisionPerson)
"""That somebody was spoken about in supervision goes with her; what colleagues agreed among themselves stays."""

CORRECTED = (
    Response,
    Note,
    Session,
    FamilyAttendance,
    FamilyRating,
    NurseVisit,
    BodySession,
    MedicineCheck,
    IntakeScreening,
    IntakeChapter,
    WhatHappened,
)
"""Facts of which a newer version may stand: the newest goes first."""

APART = (CompanySaid, TalkDraft, Talk, BriefIntervention, GroupAnswer, Offer, ViolenceIncident)
"""What was said alone, and the conversation by code."""

INTAKE = (IntakeDraft, Leaving)
"""A draft of a chapter stays with its file when files are joined: what was said in it is not asked again."""


def stay_with_their_file(*, by: Actor, source: UUID, into: UUID) -> None:
    """A merge rewrites nothing here: answers and episodes stay with the file they were taken for, and the pages of the
    remaining file show both (`queries.files`). Unfinished drafts of the folded file go: they count nowhere, and their
    alerts went out with the answers. Where a death stands in either file, it is the death of both.

    Raises:
        AnsweringNow: the person answers alone in the file that would be folded.
    """
    recently = today_of(source) - timedelta(days=1)
    if DraftResponse.objects.filter(person_id=source, mode=Mode.SELF, begun_on__gte=recently).exists():
        raise AnsweringNow()
    DraftResponse.objects.filter(person_id=source).delete()
    NoteDraft.objects.filter(person_id=source).delete()
    VisitDraft.objects.filter(person_id=source).delete()
    TalkDraft.objects.filter(person_id=source).delete()
    CompanySaid.objects.filter(person_id=source).delete()
    if standing().filter(person_id__in=files_of(into)).exists():
        end_all(by, into)


def part(*, by: Actor, source: UUID, into: UUID) -> None:
    """When files are separated again, whoever's own files tell of no death is not silent any more. A death that was
    recorded since the joining is one of the file that remains, and silences both."""
    files = files_of(into)
    if not standing().filter(person_id__in=files).exists():
        speak_again(files)


def empty_rows(*, by: Actor, person: UUID) -> None:
    """Delete everything of an erased person, the newest correction first."""
    for plain in (
        DraftResponse,
        NoteDraft,
        NoteReview,
        FamilyGoalWords,
        *COURSE,
        *MEDICAL,
        *APART,
        *SUPERVISION,
        *INTAKE,
    ):
        plain.objects.filter(person_id=person).erase()
    for corrected in CORRECTED:
        while (rows := corrected.objects.filter(person_id=person, amended_by__isnull=True)).exists():
            corrected.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).erase()
    while (last := Prescription.objects.filter(person_id=person, renewed_by__isnull=True)).exists():
        Prescription.objects.filter(pk__in=list(last.values_list("pk", flat=True))).erase()
    Episode.objects.filter(person_id=person).erase()
