"""The content security policy: everything from this server, nothing inline, no frame, no third party.

Settings may use it whole: `from karama.ui.csp import POLICY as CONTENT_SECURITY_POLICY`. Importing needs no
Django settings.
"""

from __future__ import annotations

from csp.constants import NONE, SELF

POLICY: dict[str, dict[str, list[str]]] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "frame-src": [NONE],
        "object-src": [NONE],
    }
}
"""`data:` images: the picture an authenticator app reads when a second factor is set up. A picture cannot
run or send.
"""
