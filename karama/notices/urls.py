"""Addresses of this room: ids only."""

from __future__ import annotations

from django.urls import path

from karama.notices import reports, views

app_name = "notices"
urlpatterns = [
    path("notices/", views.notices, name="list"),
    path("notices/read/", views.read_all_of_them, name="read_all"),
    path("notices/report/", reports.report, name="report"),
    path("notices/<uuid:notice>/", views.open_one, name="open"),
]
