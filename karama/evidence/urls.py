"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from karama.evidence import views

urlpatterns = [
    path("outcomes/", views.index, name="outcomes_index"),
    path("outcomes/<slug:programme>/", views.outcomes, name="outcomes"),
    path("registers/", views.registers_index, name="registers_index"),
    path("registers/<slug:programme>/", views.registers, name="registers"),
    path(
        "registers/<slug:programme>/<slug:register>/<slug:month>/<slug:form>/",
        views.register_file,
        name="register_file",
    ),
]
