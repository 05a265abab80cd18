"""Addresses of this room: ids only, nothing personal."""

from __future__ import annotations

from django.urls import path

from karama.staffcare.views import asking, listening, own

app_name = "staffcare"

urlpatterns = [
    path("talk/", asking.talk, name="talk"),
    path("talk/time/", asking.another_time, name="time"),
    path("talk/mine/", own.mine, name="mine"),
    path("talk/listen/", listening.listen, name="listen"),
    path("talk/<uuid:support>/", own.own, name="own"),
    path("talk/<uuid:support>/also/", own.also, name="also"),
    path("talk/<uuid:support>/talked/", own.talked, name="talked"),
    path("talk/<uuid:support>/withdraw/", own.call_off, name="withdraw"),
    path("talk/<uuid:support>/delete/", own.delete, name="delete"),
    path("talk/asked/<uuid:support>/", listening.asked, name="asked"),
    path("talk/asked/<uuid:support>/answer/", listening.answer, name="answer"),
    path("talk/offer/<uuid:offer>/", listening.offer, name="offer"),
]
