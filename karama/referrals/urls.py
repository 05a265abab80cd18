"""Addresses of this room: ids only, nothing personal."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "referrals"

urlpatterns: list[URLPattern] = []
