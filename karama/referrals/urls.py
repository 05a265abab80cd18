"""Addresses of this room: ids only, nothing personal. What whoever receives opens says nothing but a random token."""

from __future__ import annotations

from django.urls import path

from karama.referrals.views import directory, following, incoming, lists, partner, referring

app_name = "referrals"

urlpatterns = [
    path("m/<path:token>/", partner.partner, name="partner"),
    path("referrals/", lists.lists, name="lists"),
    path("referrals/slip/", lists.slip, name="slip"),
    path("referrals/services/", directory.services, name="services"),
    path("referrals/services/new/", directory.new_service, name="new_service"),
    path("referrals/services/<uuid:service>/", directory.service, name="service"),
    path("referrals/services/<uuid:service>/edit/", directory.edit_service, name="edit_service"),
    path("referrals/services/<uuid:service>/verify/", directory.verify, name="verify_service"),
    path("referrals/services/<uuid:service>/close/", directory.close, name="close_service"),
    path("referrals/agreements/", directory.agreements, name="agreements"),
    path("referrals/agreements/<uuid:agreement>/end/", directory.end, name="end_agreement"),
    path("referrals/person/<uuid:person>/", referring.of_person, name="of_person"),
    path("referrals/person/<uuid:person>/new/", referring.new, name="new"),
    path("referrals/person/<uuid:person>/in/", incoming.receive, name="receive"),
    path("referrals/person/<uuid:person>/emergency/", referring.emergency, name="emergency"),
    path("referrals/<uuid:referral>/", following.referral, name="referral"),
    path("referrals/<uuid:referral>/followed/", following.followed, name="followed"),
    path("referrals/<uuid:referral>/take-up/", following.take_up, name="take_up"),
    path("referrals/<uuid:referral>/send/", referring.send, name="send"),
    path("referrals/<uuid:referral>/code/", referring.code, name="code"),
    path("referrals/<uuid:referral>/accept/", incoming.accept, name="accept"),
    path("referrals/<uuid:referral>/feedback/", incoming.feedback, name="feedback"),
    path("referrals/<uuid:referral>/hand-on/", lists.hand_on, name="hand_on"),
]
