"""Addresses of what a family does as one: ids, nothing personal."""

from __future__ import annotations

from django.urls import path

from karama.care.views import family

urlpatterns = [
    path("people/<uuid:person>/family/sessions/new/", family.new_session, name="family_session"),
    path("people/<uuid:person>/family/sessions/<uuid:family_session>/", family.amend, name="amend_family_session"),
    path("people/<uuid:person>/family/goals/new/", family.new_goal, name="new_family_goal"),
    path("people/<uuid:person>/family/goals/<uuid:family_goal>/", family.goal, name="family_goal"),
    path("people/<uuid:person>/family/worry/", family.worry, name="family_worry"),
    path("people/<uuid:person>/family/own/", family.own, name="family_own"),
    path("people/<uuid:person>/family/own/<uuid:family_rating>/", family.amend_own, name="amend_family_rating"),
]
