"""Addresses of this room: ids only; what a worry is about never stands in an address."""

from __future__ import annotations

from django.urls import path

from karama.safety.views import alerts, incidents, plans, steps, worries

app_name = "safety"
urlpatterns = [
    path("worry/", worries.worry, name="worry"),
    path("worry/now/", worries.now, name="now"),
    path("worry/<uuid:source>/", worries.raised, name="raised"),
    path("people/<uuid:person>/plan/", plans.plan, name="plan"),
    path("people/<uuid:person>/plan/renew/", plans.renew_plan, name="renew_plan"),
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/new/", incidents.new_incident, name="new_incident"),
    path("incidents/<uuid:incident>/", incidents.incident, name="incident"),
    path("people/<uuid:person>/incident/", incidents.incident_about, name="incident_about"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/review/", alerts.review, name="review"),
    path("alerts/<uuid:alert>/", alerts.alert, name="alert"),
    path("alerts/<uuid:alert>/<slug:kind>/", steps.step, name="step"),
]
