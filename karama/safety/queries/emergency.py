"""What to do when nobody answers: the local instruction of the site, the verified service, and numbers to call."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language

from karama.knowledge.packs import Pack, SiteSafety
from karama.programme.queries import emergency_words, place
from karama.safety.lines import pack_of

NUMBER = re.compile(r"\+?[\d٠-٩۰-۹][\d٠-٩۰-۹ ()./-]{1,22}[\d٠-٩۰-۹]")


@dataclass(frozen=True)
class Emergency:
    """Words of the pack in the reader's language, what holds out of hours, the service, and numbers that were checked.

    `numbers`: (as written, for a tel: link).
    """

    words: str = ""
    out_of_hours: str = ""
    service: str = ""
    numbers: tuple[tuple[str, str], ...] = ()


def emergency_at(site: UUID | None) -> Emergency:
    """The instruction of a site. Not about a participant, so it is shown to whoever has raised an alert."""
    found = place(site)
    if found is None:
        return Emergency()
    pack = pack_of(found.programme.code)
    entry = next((one for one in pack.safety.sites if one.site == found.code), None) if pack else None
    answer = emergency_words(found.id)
    return Emergency(
        words=_said(pack, entry.emergency if entry else None),
        out_of_hours=(answer.out_of_hours if answer else "") or _said(pack, entry.out_of_hours if entry else None),
        service=answer.service if answer else "",
        numbers=tuple(_numbers(entry, answer.service_contact if answer else "")),
    )


def _said(pack: Pack | None, texts: object) -> str:
    if pack is None or not hasattr(texts, "get"):
        return ""
    language = (get_language() or "en").split("-")[0]
    told = texts.get(language) or texts.get("en") or texts.get(pack.languages[0])
    return str(told or "")


def verified_number(entry: SiteSafety | None) -> str:
    """The emergency number, only when somebody has verified it."""
    proven = entry is not None and entry.number_evidence is not None and not entry.number_evidence.draft
    return entry.emergency_number if entry is not None and proven else ""


def numbers_in(contact: str) -> list[str]:
    """The numbers that stand in what was written down of a service."""
    return [one.strip() for one in dict.fromkeys(NUMBER.findall(contact))]


def _numbers(entry: SiteSafety | None, contact: str) -> list[tuple[str, str]]:
    """The emergency number and the service's own, each as written and as it is dialled."""
    own = verified_number(entry)
    return [(one, _dial(one)) for one in dict.fromkeys([*([own.strip()] if own else []), *numbers_in(contact)])]


def _dial(number: str) -> str:
    digits = "".join(str(int(sign)) for sign in number if sign.isdigit())
    return ("+" if number.strip().startswith("+") else "") + digits
