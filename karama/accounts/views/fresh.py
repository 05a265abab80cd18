"""Administration asks for the password again when it was not given within the last minutes."""

from __future__ import annotations

import functools
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from karama.ui.addresses import reverse
from karama.ui.routes import View


def fresh(view: View) -> View:
    """Send somebody to give her password again first. What a POST held is not kept: the form is shown again empty."""

    @functools.wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not get_adapter().is_reauthentication_required(app="karama.accounts"):
            return view(request, *args, **kwargs)
        back = request.get_full_path()
        return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")

    return asked
