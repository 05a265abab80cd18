"""Addresses of this room: ids and the code of an instrument, nothing personal."""

from __future__ import annotations

from django.urls import path

from karama.care import aparturls, familyurls, medicalurls, paperurls
from karama.care.views import (
    answers,
    asking,
    course,
    ending,
    episodes,
    leaving,
    meetings,
    own,
    sessions,
    supervising,
    supervisions,
)

app_name = "care"
urlpatterns = [
    path("people/<uuid:person>/answers/", answers.answers, name="answers"),
    path("people/<uuid:person>/answers/<slug:instrument>/", answers.history, name="history"),
    path("people/<uuid:person>/ask/", asking.choose, name="choose"),
    path("people/<uuid:person>/ask/<slug:instrument>/", asking.start, name="start"),
    path("people/<uuid:person>/ask/<slug:instrument>/paper/", asking.paper, name="paper"),
    path("people/<uuid:person>/episodes/new/", episodes.new_episode, name="new_episode"),
    path("people/<uuid:person>/sessions/new/", sessions.new_session, name="new_session"),
    path("sessions/<uuid:session>/correct/", sessions.amend_held, name="amend_session"),
    path("people/<uuid:person>/notes/", sessions.notes, name="notes"),
    path("people/<uuid:person>/notes/new/", sessions.new_note, name="new_note"),
    path("people/<uuid:person>/notes/draft/", sessions.draft_note, name="draft_note"),
    path("notes/<uuid:note>/", sessions.note, name="note"),
    path("notes/<uuid:note>/correct/", sessions.amend, name="amend_note"),
    path("notes/<uuid:note>/review/", sessions.review, name="review_note"),
    path("asking/<uuid:draft>/", asking.ask, name="ask"),
    path("asking/<uuid:draft>/list/", asking.ask_list, name="ask_list"),
    path("asking/<uuid:draft>/stay/", asking.stay, name="stay"),
    path("asking/<uuid:draft>/hand/", own.hand, name="hand"),
    path("asking/<uuid:draft>/own/", own.own, name="own"),
    path("asking/<uuid:draft>/own/signal/", own.own_signal, name="own_signal"),
    path("asking/<uuid:draft>/own/help/", own.own_help, name="own_help"),
    path("asking/<uuid:draft>/own/sound/<slug:item>/", own.sound, name="sound"),
    path("asking/<uuid:draft>/own/thanks/", own.own_thanks, name="own_thanks"),
    path("asking/<uuid:draft>/finish/", asking.finish, name="finish"),
    path("asking/<uuid:draft>/discard/", asking.discard, name="discard"),
    path("answers/<uuid:response>/", answers.response, name="response"),
    path("answers/<uuid:response>/versions/", answers.versions, name="versions"),
    path("answers/<uuid:response>/correct/", answers.amend, name="amend"),
    path("episodes/<uuid:episode>/", episodes.episode, name="episode"),
    path("episodes/<uuid:episode>/plan/", course.plan, name="plan"),
    path("episodes/<uuid:episode>/pathway/", course.pathway, name="pathway"),
    path("episodes/<uuid:episode>/waiting/", course.waiting, name="waiting"),
    path("episodes/<uuid:episode>/close/", course.close, name="close"),
    path("episodes/<uuid:episode>/discuss/", meetings.wish, name="wish"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new/<uuid:site>/<slug:meeting_kind>/", meetings.new_meeting, name="new_meeting"),
    path("meetings/<uuid:meeting>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:meeting>/<uuid:episode>/", meetings.decide, name="decide"),
    path("decisions/<uuid:discussed>/", meetings.decision, name="decision"),
    path("closing/", leaving.sites, name="closing_sites"),
    path("closing/<uuid:site>/", leaving.closing_site, name="closing_site"),
    path("closing/<uuid:site>/cancel/", leaving.cancel_closing, name="cancel_closing"),
    path("closing/grants/<uuid:grant>/", ending.closing_grant, name="closing_grant"),
    path("closing/grants/<uuid:grant>/cancel/", ending.cancel_grant, name="cancel_grant"),
    path("closing/grants/<uuid:grant>/finish/", ending.finish_grant, name="finish_grant"),
    path("people/<uuid:person>/goodbye/", leaving.farewell, name="farewell"),
    path("people/<uuid:person>/goodbye/<uuid:closing>/", leaving.farewell_of, name="farewell_of"),
    path("episodes/<uuid:episode>/grants/", ending.attribution, name="attribution"),
    path("goals/<uuid:goal>/", course.goal, name="goal"),
    path("waits/<uuid:wait>/", course.check, name="check_waiting"),
    path("closures/<uuid:closure>/", course.answer, name="answer_closure"),
    path("supervision/", supervising.supervision, name="supervision"),
    path("supervision/mine/", supervisions.mine, name="supervisions"),
    path("supervision/held/<uuid:supervision>/", supervisions.held, name="supervision_held"),
    path("supervision/agreed/<uuid:task>/", supervisions.finish, name="finish_supervision_task"),
    path("supervision/alerts/<uuid:closed>/", supervisions.review, name="review_alert"),
    path("supervision/<uuid:user>/held/", supervisions.hold, name="hold_supervision"),
    path("supervision/<uuid:user>/", supervising.cosign, name="supervise"),
    path("handover/<uuid:user>/", supervising.hand_over, name="hand_over"),
    path("people/<uuid:person>/died/", supervising.record, name="record_death"),
    path("deaths/<uuid:death>/", supervising.death, name="death"),
]
urlpatterns += medicalurls.urlpatterns
urlpatterns += aparturls.urlpatterns
urlpatterns += familyurls.urlpatterns
urlpatterns += paperurls.urlpatterns
