"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from karama.evidence import views

urlpatterns = [
    path("outcomes/", views.index, name="outcomes_index"),
    path("outcomes/<slug:programme>/", views.outcomes, name="outcomes"),
]
