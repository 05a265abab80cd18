"""Addresses of screenings and chapters: ids and neutral codes; none tells what somebody lived through."""

from __future__ import annotations

from django.urls import path

from karama.care.views import intake, intakeown

urlpatterns = [
    path("people/<uuid:person>/intake/", intake.intake, name="intake"),
    path("people/<uuid:person>/intake/screening/<int:stage>/", intake.screening, name="screening"),
    path("people/<uuid:person>/intake/own/", intakeown.own, name="intake_own"),
    path("people/<uuid:person>/intake/leaving/", intakeown.leaving, name="leaving"),
    path("people/<uuid:person>/intake/after/", intakeown.after, name="after_leaving"),
    path("people/<uuid:person>/intake/<slug:part>/", intake.chapter, name="intake_chapter"),
    path("people/<uuid:person>/intake/<slug:part>/words/", intake.keep_words, name="intake_words"),
    path("calls/<uuid:promised>/", intakeown.call, name="promised_call"),
]
