"""What of this room travels to telephones, and which of its actions come from them. Notes never travel down."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from karama.care import cards, recordings, showing, travelling
from karama.care.access import CAUTION, GIVE, NOTE, PLAN, SEE, SEE_BODY, SEE_EPISODES, SEE_MEDICINES, SESSION, WAITING
from karama.care.actions.planning import move_goal
from karama.care.models import (
    Activity,
    Caution,
    Episode,
    Goal,
    NoteReview,
    NurseVisit,
    Prescription,
    PrescriptionStop,
    Response,
    Session,
    Wait,
)
from karama.journal import ERASED, Actor
from karama.journal.readymade import Later, readymade
from karama.people.access import rows_near
from karama.rules.permission import Policy
from karama.sync import registries
from karama.sync.declared import Declaration, Down, Edit, Up, declare


def _near(model: type[Any], policy: Policy, **where: Any) -> Callable[[Actor, Collection[UUID]], Later]:
    """The rows about these people that this policy opens."""

    @readymade
    def rows(by: Actor, people: Collection[UUID]) -> QuerySet[Any]:
        found: QuerySet[Any] = model.objects.filter(person__in=list(people), **where)
        return rows_near(found, by=by, policy=policy)

    return rows.later


@readymade
def _responses(by: Actor, people: Collection[UUID]) -> QuerySet[Response]:
    """The newest version of answers, in the compartments of this duty."""
    rows = Response.objects.filter(person__in=list(people), amended_by__isnull=True, compartment__in=by.compartments)
    return rows_near(rows, by=by, policy=SEE)


def _counts(by: Actor, row: Response) -> str | None:
    """Total, band and lines of answers of which a telephone had shown something else, as JSON; None of all others."""
    if getattr(row, row.shown_field) is None:
        return None
    answers, shown = row.unseal(row.answers_field), row.unseal(row.shown_field)
    if answers is ERASED or shown is ERASED:
        return None
    own = showing.as_told(shown, cards.card(row.instrument, row.version), answers, row.language)
    return json.dumps({"total": own.total, "band": own.band, "cutoffs": dict(own.cutoffs)}, separators=(",", ":"))


@readymade
def _reviews(by: Actor, people: Collection[UUID]) -> QuerySet[NoteReview]:
    """What a supervisor wrote back about the notes of this worker; the notes themselves stay."""
    rows = NoteReview.objects.filter(person__in=list(people), note__author_id=by.id).select_related("note")
    return rows_near(rows, by=by, policy=NOTE)


def _session_of(by: Actor, row: NoteReview) -> str | None:
    """The session to which the note belongs."""
    return str(row.note.session_id) if row.note.session_id else None


def _goal_edit(by: Actor, arguments: Mapping[str, Any]) -> Edit | None:
    goal = Goal.objects.filter(pk=arguments["goal"]).first()
    if goal is None:
        return None

    def write(values: Mapping[str, Any]) -> None:
        move_goal(by=by, **{**arguments, "state": values["state"]})

    return Edit(
        kind=Goal.KIND,
        row=goal.pk,
        person=goal.person_id,
        values={"state": arguments["state"]},
        read=lambda: {"state": Goal.objects.values_list("state", flat=True).get(pk=goal.pk)},
        write=write,
    )


def _goal_person(arguments: Mapping[str, Any]) -> UUID | None:
    try:
        wanted = UUID(str(arguments.get("goal")))
    except ValueError:
        return None
    return Goal.objects.filter(pk=wanted).values_list("person_id", flat=True).first()


def _episode_person(arguments: Mapping[str, Any]) -> UUID | None:
    try:
        wanted = UUID(str(arguments.get("episode")))
    except ValueError:
        return None
    return Episode.objects.filter(pk=wanted).values_list("person_id", flat=True).first()


UP = (
    Up("care.open_episode", _("Care begins")),
    Up("care.record_response", _("Answers to a questionnaire")),
    Up("care.record_session", _("Session")),
    Up("care.write_note", _("Note")),
    Up("care.set_goal", _("Goal"), about=_episode_person),
    Up(
        "care.move_goal",
        _("Where a goal stands"),
        edits=_goal_edit,
        restore=lambda by, row, value: move_goal(by=by, goal=row, state=value),
        asks=lambda person, row: {"goal": row},
        about=_goal_person,
    ),
    Up("care.record_view", _("Own view and the wish of the person"), about=_episode_person),
    Up("care.check_waiting", _("Stayed in touch with somebody who waits")),
    Up("care.agree_caution", _("What to avoid")),
    Up("care.note_need", _("Need of an aid")),
    Up("care.record_body_session", _("Session with the body")),
    Up("care.tell_red_flags", _("Warning signs of the body")),
    Up("care.check_medicines", _("How somebody does with a medicine")),
    Up("care.record_visit", _("Visit to the nurse")),
    Up("care.tell_emergency", _("Emergency at the nurse's")),
    Up("care.wish_discussion", _("Wish to discuss"), about=_episode_person),
    Up("care.record_death", _("Death")),
    Up("care.say_goodbye", _("Goodbye before a site closes or a grant ends")),
)
STAYS: Mapping[str, tuple[str, ...]] = {
    "It corrects what others may have read; the newest version has to be in view.": (
        "care.amend_body_session",
        "care.amend_check",
        "care.amend_note",
        "care.amend_response",
        "care.amend_session",
        "care.amend_visit",
        "care.correct_stock",
    ),
    "It is decided with the whole record, or with colleagues.": (
        "care.agree_goal",
        "care.answer_closure",
        "care.attribute",
        "care.cancel_grant_closing",
        "care.cancel_site_closing",
        "care.change_episode_state",
        "care.close_episode",
        "care.decide_in_meeting",
        "care.decide_layer",
        "care.end_activity",
        "care.end_caution",
        "care.choose_activity",
        "care.finish_decision",
        "care.follow_death",
        "care.follow_need",
        "care.hand_over_caseload",
        "care.hold_meeting",
        "care.name_contact",
        "care.plan_grant_closing",
        "care.plan_site_closing",
        "care.review_note",
        "care.settle_next_step",
        "care.share_goal",
        "care.supervise",
        "care.take_back_death",
    ),
    "What is learnt in supervision stands on no telephone that can be taken away.": (
        "care.answer_question",
        "care.answer_supervision",
        "care.finish_supervision_task",
        "care.follow_question",
        "care.record_supervision",
        "care.review_alert",
        "care.review_stuck",
    ),
    "A paper is typed in where its number can be compared with what was entered before.": (
        "care.begin_paper",
        "care.keep_printed",
        "care.put_paper_aside",
        "care.settle_paper",
    ),
    "Who is expected, and what was tried for her, is asked with every visit of hers in view.": ("care.note_missed",),
    "Medicines and stock are counted where they lie.": (
        "care.dispense",
        "care.expire_stock",
        "care.prescribe",
        "care.receive_stock",
        "care.stop_prescription",
    ),
    "Drafts live on the telephone itself; a screen keeps its own.": (
        "care.answer_item",
        "care.call_colleague",
        "care.discard_draft",
        "care.finish_draft",
        "care.hand_over_draft",
        "care.keep_note_draft",
        "care.keep_visit_draft",
    ),
    "Of what is told alone nothing stands on a telephone that can be taken away.": (
        "care.answer_group",
        "care.answer_talk",
        "care.begin_talk",
        "care.finish_talk",
        "care.give_brief_intervention",
        "care.offer_service",
        "care.record_incident",
        "care.say_company",
    ),
    "A family is met with all of its members in view, and who may be known of is decided by every file of each.": (
        "care.amend_family_rating",
        "care.amend_family_session",
        "care.move_family_goal",
        "care.rate_family",
        "care.record_family_session",
        "care.set_family_goal",
    ),
    "An intake is told at the desk; of what somebody lived through nothing lies on a telephone.": (
        "care.answer_chapter",
        "care.answer_own_chapter",
        "care.begin_own_chapter",
        "care.end_own_chapter",
        "care.finish_chapter",
        "care.keep_chapter_words",
        "care.lower_urgency",
        "care.promise_call",
        "care.say_leaving",
        "care.screen",
        "care.settle_call",
        "care.skip_chapter",
    ),
    "It is brought in from files, or set up by whoever administers.": (
        "care.bring_episode",
        "care.bring_session",
        "care.install_recording",
        "care.install_wording",
        "care.name_focal_point",
        "care.record_permission",
        "care.remove_wording",
    ),
}


def install() -> None:
    """Called once, when Django is ready."""
    registries.knowledge.register("care", travelling.knowledge)
    registries.knowledge_kinds.register("care", travelling.kinds)
    registries.sounds.register("care", recordings.sound)
    held = ("episode", "occurred_on", "attended", "modality", "minutes", "techniques", "homework", "next_step")
    asked = ("episode", "instrument", "version", "wave", "occurred_on", "precision", "language", "mode", "validated")
    reviewed = ("note", "author_id", "decision", "words", "recorded_at")
    nursed = ("kind", "occurred_on", "return_on", "category", "certainty", "change")
    prescribed = ("occurred_on", "until_on", "renews", "medicine", "dose")
    declare(
        "care",
        Declaration(
            (
                Down(Episode, ("opened_on", "ended_on", "state", "lead"), _near(Episode, SEE_EPISODES)),
                Down(Response, (*asked, "answers", "answers_gbv"), _responses.later, extra={"counts": _counts}),
                Down(Session, held, _near(Session, SESSION, amended_by__isnull=True)),
                Down(Goal, ("episode", "state", "words"), _near(Goal, PLAN)),
                Down(Caution, ("agreed_on", "ended_on", "avoid"), _near(Caution, CAUTION)),
                Down(Wait, tuple(name for name in Wait.OPEN if name != "person"), _near(Wait, WAITING)),
                Down(Prescription, prescribed, _near(Prescription, SEE_MEDICINES)),
                Down(PrescriptionStop, ("prescription", "occurred_on"), _near(PrescriptionStop, SEE_MEDICINES)),
                Down(NoteReview, reviewed, _reviews.later, extra={"session": _session_of}),
                Down(Activity, ("chosen_on", "words"), _near(Activity, SEE_BODY, ended_on__isnull=True)),
                Down(NurseVisit, nursed, _near(NurseVisit, GIVE, amended_by__isnull=True)),
            ),
            UP,
            STAYS,
        ),
    )
