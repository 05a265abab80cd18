"""Every address. A route without a declared policy fails the route inventory test."""

from __future__ import annotations

from django.urls import include, path

ROOMS = (
    *("ui", "sync", "accounts", "notices", "programme", "people", "safety", "reception", "care"),
    *("groups", "outreach", "referrals", "voice", "staffcare", "evidence"),
)

urlpatterns = [path("", include(f"karama.{room}.urls")) for room in ROOMS]

handler400 = "karama.ui.rendering.bad_request"
handler403 = handler404 = "karama.ui.rendering.not_found"
handler500 = "karama.ui.rendering.server_error"
