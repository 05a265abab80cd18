"""Every address. A route without a declared policy fails the route inventory test."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

ROOMS = ["accounts", "programme", "people", "safety", "care", "evidence"]

urlpatterns = [
    path("", include("karama.ui.urls")),
    *(path("", include(f"karama.{room}.urls")) for room in ROOMS if find_spec(f"karama.{room}") and find_spec(f"karama.{room}.urls")),
]
