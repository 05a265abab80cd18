"""Looking after colleagues: who works here, in which duty, who is away, who is locked out."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from karama.accounts import access, actions, duties, forms, queries, reach
from karama.accounts.models import Leave, Posting
from karama.accounts.queries.devices import devices_of
from karama.accounts.queries.staff import aliases_of
from karama.accounts.routes import ANY_DUTY, route_policy
from karama.accounts.views.fresh import fresh
from karama.accounts.views.saving import actor_of, saved
from karama.journal import Absent, Actor
from karama.journal.clock import now
from karama.programme.registries import colleagues
from karama.rules.permission import permit
from karama.ui.notices import say
from karama.ui.rendering import page

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@route_policy(access.STAFF_PAGES)
@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """Everybody within reach, by work alias."""
    by = actor_of(request)
    rows = [(row, [duties.label(one.duty) for one in row.postings]) for row in queries.staff(by)]
    return page(request, "accounts/staff.html", {"rows": rows, "may_add": by.duty == "administrator"})


@route_policy(access.STAFF_PAGES)
@require_safe
def colleague(request: HttpRequest, user: UUID) -> HttpResponse:
    """One colleague: duties, leave, sign-in. Never what she wrote about whom."""
    by = actor_of(request)
    row = queries.staff_member(by, user)
    leaves = queries.leaves(by, user)
    context = {
        "row": row,
        "postings": [(one, duties.label(one.duty)) for one in row.postings],
        "leaves": leaves,
        "deputies": aliases_of([one.deputy_id for one in leaves if one.deputy_id]),
        "devices": devices_of(by, user),
        "may_manage": _may_manage(by, user),
        "may_leave": by.duty in ("administrator", "supervisor"),
        "may_end": by.duty == "administrator",
    }
    return page(request, "accounts/colleague.html", context)


def _may_manage(by: Actor, user: UUID) -> bool:
    target = reach.of_user(by=by, user=user)
    return permit(access.MANAGE_USER, by.attributes(), target, "administration", now()).allowed


@route_policy(access.ADMINISTER_PAGES)
@fresh
@never_cache
@get_or_post
def new_user(request: HttpRequest) -> HttpResponse:
    """Add a colleague. Her first password is shown once, on this page and nowhere else."""
    form = forms.UserForm(request.POST or None)
    receipt = saved(request, form, actions.add_user)
    if receipt is not None:
        return page(request, "accounts/handed_over.html", {"made": receipt.value, "new": True})
    return page(request, "accounts/form.html", {"form": form, "title": _("Add a colleague"), "back": "accounts:staff"})


@route_policy(access.ADMINISTER_PAGES)
@fresh
@get_or_post
def give_duty(request: HttpRequest, user: UUID) -> HttpResponse:
    """Give a colleague a duty."""
    by = actor_of(request)
    row = queries.staff_member(by, user)
    if not _may_manage(by, user):
        raise Absent()
    form = forms.DutyForm(request.POST or None, by=by, initial={"work_alias": row.alias if row.postings else ""})
    place = form.cleaned_data.pop("place", {}) if request.method == "POST" and form.is_valid() else {}
    if saved(request, form, actions.give_duty, user=user, **place):
        say(request, _("The duty is given. It counts from its first day."))
        return redirect("accounts:colleague", user)
    return page(request, "accounts/form.html", {"form": form, "title": _("Give a duty"), "colleague": user})


@route_policy(access.ADMINISTER_PAGES)
@fresh
@get_or_post
def end_duty(request: HttpRequest, posting: UUID) -> HttpResponse:
    """End a duty at once, after a question."""
    by = actor_of(request)
    found = Posting.objects.filter(id=posting).first()
    if found is None:
        raise Absent()
    queries.staff_member(by, found.user_id)
    if request.POST.get("confirmed") == "yes":
        actions.end_duty(by=by, posting=posting)
        say(request, _("The duty has ended. What was done in it stays."))
        return redirect("accounts:staff")
    return page(
        request,
        "accounts/confirm.html",
        {
            "title": duties.label(found.duty),
            "question": _("End this duty now?"),
            "told": _("Access in this duty ends at once, in every browser. What this colleague wrote stays."),
            "label": _("End it"),
            "colleague": found.user_id,
        },
    )


@route_policy(access.ADMINISTER_PAGES)
@fresh
@get_or_post
def lock_user(request: HttpRequest, user: UUID) -> HttpResponse:
    """Lock a colleague out, after a question."""
    by = actor_of(request)
    queries.staff_member(by, user)
    if request.POST.get("confirmed") == "yes":
        actions.lock_user(by=by, user=user)
        say(request, _("This colleague is locked out, in every browser."))
        return redirect("accounts:colleague", user)
    return page(
        request,
        "accounts/confirm.html",
        {
            "title": _("Lock out"),
            "question": _("Lock this colleague out?"),
            "told": _(
                "This colleague cannot sign in until somebody allows it again. What they wrote stays; "
                "give their open work to others."
            ),
            "label": _("Lock out"),
            "colleague": user,
        },
    )


@route_policy(access.ADMINISTER_PAGES)
@fresh
@require_POST
def unlock_user(request: HttpRequest, user: UUID) -> HttpResponse:
    """Let her sign in again."""
    actions.unlock_user(by=actor_of(request), user=user)
    say(request, _("This colleague can sign in again."))
    return redirect("accounts:colleague", user)


@route_policy(access.ADMINISTER_PAGES)
@fresh
@never_cache
@get_or_post
def new_password(request: HttpRequest, user: UUID) -> HttpResponse:
    """A new password to hand over, after a question. Shown once."""
    by = actor_of(request)
    queries.staff_member(by, user)
    if request.POST.get("confirmed") == "yes":
        made = actions.new_password(by=by, user=user).value
        return page(request, "accounts/handed_over.html", {"made": made, "new": False})
    return page(
        request,
        "accounts/confirm.html",
        {
            "title": _("New password"),
            "question": _("Make a new password for this colleague?"),
            "told": _(
                "The present one stops working and every browser is signed out. Hand the new one over in person."
            ),
            "label": _("Make a new password"),
            "colleague": user,
        },
    )


@route_policy(access.ADMINISTER_PAGES)
@fresh
@get_or_post
def reset_second_factor(request: HttpRequest, user: UUID) -> HttpResponse:
    """Remove the second factor of somebody who lost hers, after a question."""
    by = actor_of(request)
    queries.staff_member(by, user)
    if request.POST.get("confirmed") == "yes":
        actions.reset_second_factor(by=by, user=user)
        say(request, _("The second factor is removed."))
        return redirect("accounts:colleague", user)
    return page(
        request,
        "accounts/confirm.html",
        {
            "title": _("Second factor"),
            "question": _("Remove the second factor of this colleague?"),
            "told": _("Make sure who is asking: meet or call your colleague. A new one is set up at the next sign-in."),
            "label": _("Remove it"),
            "colleague": user,
        },
    )


@route_policy(access.LEAVE_PAGES)
@get_or_post
def leave(request: HttpRequest, user: UUID) -> HttpResponse:
    """Enter a colleague's leave and who stands in."""
    by = actor_of(request)
    queries.staff_member(by, user)
    known = {one: name for site in sorted(by.sites) for one, name in colleagues(site, now()) if one != user}
    form = forms.LeaveForm(request.POST or None, colleagues=known.items())
    if saved(request, form, actions.set_leave, user=user):
        say(request, _("Saved."))
        return redirect("accounts:colleague", user)
    return page(request, "accounts/form.html", {"form": form, "title": _("Leave"), "colleague": user})


@route_policy(ANY_DUTY)
@require_POST
def cancel_leave(request: HttpRequest, leave: UUID) -> HttpResponse:
    """Take a leave back."""
    found = Leave.objects.filter(id=leave).first()
    actions.cancel_leave(by=actor_of(request), leave=leave)
    say(request, _("The leave is taken back."))
    if found is not None and found.user_id != request.user.pk:
        return redirect("accounts:colleague", found.user_id)
    return redirect("accounts:me")
