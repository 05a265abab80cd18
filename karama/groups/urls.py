"""Addresses of this room: ids and a number, nothing personal."""

from __future__ import annotations

from django.urls import path

from karama.groups.views import activities, checks, groups, measures, meetings, plans, sheets

app_name = "groups"
urlpatterns = [
    path("groups/", groups.mine, name="mine"),
    path("groups/new/<uuid:site>/", groups.new, name="new"),
    path("groups/check-ins/", checks.check_ins, name="check_ins"),
    path("groups/check-ins/<uuid:check_in>/", checks.check_in, name="check_in"),
    path("groups/places/<uuid:seat>/", groups.seat, name="seat"),
    path("groups/meetings/<uuid:held>/", meetings.meeting, name="meeting"),
    path("groups/meetings/<uuid:held>/settle/", meetings.settle, name="settle"),
    path("groups/meetings/<uuid:held>/observe/", meetings.observe, name="observe"),
    path("groups/meetings/<uuid:held>/sheet/", sheets.sheet, name="sheet"),
    path("groups/<uuid:group>/", groups.group, name="group"),
    path("groups/<uuid:group>/add/", groups.add, name="add"),
    path("groups/<uuid:group>/facilitators/", groups.facilitators, name="facilitators"),
    path("groups/<uuid:group>/cycle/", groups.cycle, name="cycle"),
    path("groups/<uuid:group>/measures/", measures.measures, name="measures"),
    path("groups/<uuid:group>/cycle/<int:cycle>/", groups.past, name="past"),
    path("groups/<uuid:group>/cycle/<int:cycle>/measures/", measures.measures, name="past_measures"),
    path("groups/<uuid:group>/plan/", plans.plan, name="plan"),
    path("groups/<uuid:group>/end/", groups.end, name="end"),
    path("groups/<uuid:group>/worry/", meetings.worry, name="worry"),
    path("groups/<uuid:group>/sign/", sheets.signing, name="signing"),
    path("groups/<uuid:group>/meeting/<int:number>/", meetings.record, name="record"),
    path("activities/", activities.activities, name="activities"),
    path("activities/new/<uuid:site>/", activities.new_activity, name="new_activity"),
    path("activities/sign/<uuid:site>/", sheets.open_signing, name="open_signing"),
    path("activities/<uuid:gathering>/", activities.activity, name="activity"),
    path("activities/<uuid:gathering>/correct/", activities.correct, name="correct_activity"),
]
