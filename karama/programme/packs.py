"""What this room needs of a pack (`knowledge/programmes/<code>/`): where to work, who is asked next, and its
page in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from karama.knowledge.pack_grants import DeclaredGrant, grants_of
from karama.knowledge.packs import Pack, PackError, packs, programme
from karama.programme.problems import NoPack
from karama.ui.listing import in_a_row

TOPICS: dict[str, Promise] = {
    "suicide": later("suicide"),
    "gbv": later("gender-based violence"),
    "child_protection": later("child protection"),
    "injecting": later("injecting drugs"),
}


@dataclass(frozen=True)
class Section:
    """A heading of the programme's page and its lines."""

    heading: str
    lines: tuple[str, ...]


def codes() -> tuple[str, ...]:
    """The codes of the packs that ship."""
    return packs()


def find(code: str) -> Pack:
    """The pack of a programme. Raises `NoPack` when there is none or it cannot be read."""
    try:
        return programme(code)
    except PackError as error:
        raise NoPack(field="code") from error


def grants(pack: Pack) -> tuple[DeclaredGrant, ...]:
    """The grants that a pack declares. Raises `NoPack` when the file is wrong, or names what the pack does not have."""
    try:
        found = grants_of(pack.code)
    except PackError as error:
        raise NoPack(field="code") from error
    sites, services = {one.code for one in pack.sites}, {one.code for one in pack.services}
    if any(not (set(one.sites) <= sites and set(one.services) <= services) for one in found):
        raise NoPack(field="code")
    return found


def services_by_code(code: str) -> dict[str, frozenset[str]]:
    """4Ws sub-code -> the services of a programme that stand under it; empty without a pack."""
    try:
        services = find(code).services
    except NoPack:
        return {}
    return {one.four_ws: frozenset(two.code for two in services if two.four_ws == one.four_ws) for one in services}


def words(texts: Mapping[str, str], languages: Iterable[str] = ()) -> str:
    """The text in the reader's language, else in the first language of the pack that has one, else in English,
    else in any."""
    for language in (get_language() or "", *languages, "en"):
        if language in texts:
            return texts[language]
    return next(iter(texts.values()), "")


def sections(pack: Pack) -> list[Section]:
    """What a pack says, for its page: languages, populations, services, measures and when, who is asked next,
    consent.
    """
    topics = [str(TOPICS.get(topic, topic)) for topic, asked in pack.safety.questions.items() if asked]
    found = [
        Section(_("Languages"), (", ".join(pack.languages),)),
        Section(_("People it is for"), tuple(words(one.names, pack.languages) for one in pack.populations)),
        Section(_("Services and who may give them"), tuple(_services(pack))),
        Section(_("Measures and when they are asked"), tuple(_measures(pack))),
        Section(_("Questions about danger that are switched on"), tuple(topics)),
        Section(_("Who is asked when somebody is in danger"), tuple(_chain(pack))),
        Section(_("Consents that can be asked"), tuple(f"{one.purpose} ({one.version})" for one in pack.consent_texts)),
    ]
    return [section for section in found if section.lines]


def _services(pack: Pack) -> Iterable[str]:
    from karama.programme.registries import duty_words

    for one in pack.services:
        cadres = in_a_row(duty_words(code) for code in one.cadres)
        yield f"{words(one.names, pack.languages)}: {cadres}" if cadres else words(one.names, pack.languages)


def _measures(pack: Pack) -> Iterable[str]:
    waves = {wave.code: words(wave.names, pack.languages) for wave in pack.waves}
    for one in pack.instruments:
        when = [waves.get(wave, wave) for wave in one.waves]
        if one.every_sessions:
            every = ngettext("every %(n)s session", "every %(n)s sessions", one.every_sessions)
            when.append(every % {"n": one.every_sessions})
        yield f"{one.code}: {', '.join(when)}"


def _chain(pack: Pack) -> Iterable[str]:
    from karama.programme.registries import duty_words

    own = {"responder": _("Responder of the site"), "deputy": _("Deputy of the site")}
    for place, step in enumerate(pack.safety.chain, start=1):
        yield f"{place}. {own.get(step.who) or duty_words(step.who)}"
