"""The catalogues of the interface, without gettext tools on the machine: find, list, compile.

`compile_all` runs at start; `python -m karama.ui.messages extract | missing | compile` is for whoever
writes words.
"""

from karama.ui.messages.catalogue import (
    GROWING,
    LANGUAGES,
    LOCALE,
    WHOLE,
    compile_all,
    is_reviewed,
    load,
    missing,
    update,
)
from karama.ui.messages.extract import Message, messages_of_package

__all__ = [
    "GROWING",
    "LANGUAGES",
    "LOCALE",
    "WHOLE",
    "Message",
    "compile_all",
    "is_reviewed",
    "load",
    "messages_of_package",
    "missing",
    "update",
]
