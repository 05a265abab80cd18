"""Telephones: a code shown once, the telephone that uses it, and taking back what it may do."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pydantic
from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from karama.accounts import actions, duties, forms, problems
from karama.accounts.models import Device
from karama.accounts.queries import current_postings
from karama.accounts.queries.devices import actor_of_code, device_for, posting_of_code
from karama.accounts.routes import ANY_DUTY, PUBLIC, route_policy
from karama.accounts.views.saving import actor_of, safe_next, saved
from karama.journal import Actor, Problem
from karama.security import places, signing
from karama.sync import wire
from karama.sync.sending import terms_of
from karama.ui.notices import say
from karama.ui.rendering import page

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
LARGEST = 10_000


@route_policy(ANY_DUTY)
@never_cache
@get_or_post
def new_device(request: HttpRequest) -> HttpResponse:
    """Draw a code for a telephone. It is shown once, on this page and nowhere else."""
    by = actor_of(request)
    context: dict[str, Any] = {"refused": problems.NotByTelephone() if duties.needs_second_factor(by.duty) else None}
    if request.method == "POST":
        posting = request.posting  # type: ignore[attr-defined]
        made = actions.offer_enrolment(by=by, posting=posting.id).value
        app = request.build_absolute_uri("/field/") + "#" + made.code
        context = {"made": made, "app": app, "picture": _picture(app)}
    return page(request, "accounts/new_device.html", context)


def _picture(text: str) -> str:
    svg: str = get_adapter().build_totp_svg(text)
    return "data:image/svg+xml;base64," + wire.b64(svg.encode()).replace("-", "+").replace("_", "/")


@route_policy(ANY_DUTY)
@get_or_post
def revoke_device(request: HttpRequest, device: UUID) -> HttpResponse:
    """Take back what a telephone may do, after a question."""
    by = actor_of(request)
    found = device_for(by, device)
    form = forms.RevokeForm(request.POST or None)
    if saved(request, form, actions.revoke_device, device=device):
        say(request, _("This telephone may do nothing more. It empties itself when it next connects."))
        if "next" in request.GET:
            return redirect(safe_next(request))
        return redirect("accounts:me") if found.user_id == by.id else redirect("accounts:colleague", found.user_id)
    context = {"form": form, "device": found, "own": found.user_id == by.id}
    return page(request, "accounts/revoke_device.html", context)


class Enrolment(pydantic.BaseModel):
    """What a telephone sends to be let in."""

    model_config = pydantic.ConfigDict(extra="forbid")

    v: int
    code: str = pydantic.Field(max_length=40)
    device: UUID
    phone: UUID
    public_key: str = pydantic.Field(max_length=200)
    proof: str = pydantic.Field(max_length=200)
    system: str = pydantic.Field(default="", max_length=40)
    user: UUID | None = None
    """Whom it belongs to already; older apps do not say so. A code of somebody else is then not taken."""


@route_policy(PUBLIC)
@csrf_exempt
@never_cache
@require_POST
def enrol(request: HttpRequest) -> HttpResponse:
    """`POST /field/enrol`. Nobody is signed in on a telephone: who holds the code is let in, once."""
    try:
        told = Enrolment.model_validate_json(request.body if len(request.body) <= LARGEST else b"")
        by = actor_of_code(told.code)
        if by is None or told.user not in (None, by.id):
            raise problems.EnrolmentFailed()
        made = actions.enrol_device(
            by=by,
            code=told.code,
            device=told.device,
            phone=told.phone,
            public_key=told.public_key,
            proof_of_key=told.proof,
            system=told.system,
        ).value
    except (pydantic.ValidationError, Problem):
        refused = problems.EnrolmentFailed()
        what, do = str(refused.what), str(refused.do)
        return JsonResponse({"v": 1, "code": refused.code, "what": what, "do": do}, status=refused.status)
    return HttpResponse(json.dumps(_welcome(by, made), ensure_ascii=False), "application/json")


def _welcome(by: Actor, device: Device) -> dict[str, Any]:
    """What the telephone has to know before its first exchange: whom it speaks for, and this server's own key.

    The duty in which its code was drawn comes first; those that need a second factor are nothing for a telephone.
    """
    held = [one for one in current_postings(by.id) if not duties.needs_second_factor(one.duty)]
    drawn = posting_of_code(device)
    postings = [
        {"id": str(one.id), "duty": one.duty, "label": str(duties.label(one.duty))}
        for one in sorted(held, key=lambda one: one.id != drawn)
    ]
    return {
        "v": 1,
        "installation": places.installation_id(),
        "device": str(device.id),
        "user": str(by.id),
        "alias": by.name,
        "postings": postings,
        "daily": terms_of(by).daily,
        "server_key": wire.b64(signing.own_public_key()),
        "languages": [code for code, _name in settings.LANGUAGES],
    }
