"""AT050-AT052: what is not on a form is not taken, whoever sends it (P3); what is sent leaves one row (P14).

Every form of every page is filled in as it stands on the page and sent twice: as it is, and with a hostile value for
every field of every table beside it. Both must do the same things with the same arguments, by the same author.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db.models import BooleanField, DateField, Field, ForeignKey, IntegerField, UUIDField

from karama.journal.models import Access, Entry
from karama.ui.requests import NOT_KEPT
from tests.attacks import oracle
from tests.attacks.calling import LEAVES, address, found_in, leaks
from tests.attacks.ground import Ground, undone
from tests.attacks.routes import Route, routes

RULES = oracle.rules()
SENDERS: Final = (
    "community_agent.assigned", "psychologist.assigned", "social_worker.assigned", "supervisor.near",
    "data_protection_officer.near", "administrator.near", "reception.near",
)  # fmt: skip
BESIDE: Final = {
    "by": "", "actor": "", "actor_id": "", "op_id": "01900000-0000-7000-8000-000000000001", "historic": "on",
    "device_at": "2020-01-01T00:00:00Z", "is_staff": "on", "is_superuser": "on", "compartments": "general",
}  # fmt: skip
ANOTHER_WAY: Final = {"people:transfer": {"site"}, "people:workers": {"own"}, "care:ask": {"words"}}
"""Names of another form of the same page, which stands there in another state of the file: sent, it is that form."""
EVERYDAY = 45


@dataclass
class _Form(HTMLParser):
    """The first form in the main part of a page: where it goes, its fields as they stand, one choice of each."""

    sent: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    """Every name on the page: another of its forms may send it."""
    to: str = ""
    main: bool = False
    inside: bool = False
    found: bool = False
    area: str = ""
    select: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.main = self.main or tag == "main"
        if tag == "form" and self.main and not self.found and told.get("method") == "post":
            self.inside = self.found = True
            self.to = told.get("action") or ""
        name = told.get("name") or ""
        self.names.add(name)
        if not self.inside or (not name and tag != "option"):
            return
        if tag == "input":
            self._input(name, told)
        elif tag == "textarea":
            self.area = name
            self.sent[name] = ["Words."]
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and told.get("value"):
            self._choose(self.select, told, "selected")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = ""

    def _choose(self, name: str, told: dict[str, str | None], marked: str) -> None:
        if marked in told or name not in self.sent:
            self.sent[name] = [told.get("value") or "on"]

    def _input(self, name: str, told: dict[str, str | None]) -> None:
        kind, value = told.get("type") or "text", told.get("value") or ""
        if kind in ("radio", "checkbox"):
            self._choose(name, told, "checked")
        elif kind not in ("submit", "button", "file"):
            typed = {"number": "1", "date": "2026-01-02", "time": "08:00", "hidden": ""}
            self.sent[name] = [FITTING.get(name) or value or typed.get(kind, "Words")]


FITTING = {"address": "+57 310 123 4567"}
"""What is no word: a form refuses one."""


def hostile(ground: Ground) -> dict[str, str]:
    """A value for every field of every table that would give the sender, or somebody else, more than is hers."""
    found = dict(BESIDE) | {name: str(ground.users["samir"]) for name in ("by", "actor", "actor_id")}
    for model in apps.get_models():
        for one in model._meta.get_fields():
            if isinstance(one, Field) and model.__module__.startswith("karama."):
                found[one.name] = found[one.attname] = _value(ground, one)
    return found


def _value(ground: Ground, one: Field[Any, Any]) -> str:
    if isinstance(one, ForeignKey | UUIDField):
        place = "site_far" if "site" in one.name else "programme_far" if "programme" in one.name else ""
        return str(ground.ids[place] if place else ground.users["samir"])
    if isinstance(one, BooleanField):
        return "on"
    if isinstance(one, DateField):
        return "2020-01-01"
    return "1" if isinstance(one, IntegerField) else str(one.choices[-1][0]) if one.choices else "administrator"


def test_what_is_not_on_the_form_is_not_taken(ground: Ground, karama_seed: int, full_run: bool) -> None:
    """AT050: fields of the tables sent beside a form change nothing: the same actions, arguments, author and answer.

    AT051: a form that is sent leaves exactly one row in the access log, done or refused; and the answer shows nothing
    that its sender may not see. A sample of the pages in an everyday run, each of them in a full run.
    """
    pairs = [(who, one) for who in SENDERS for one in routes() if one.name not in LEAVES and _opens(who, one)]
    some = pairs if full_run else random.Random(karama_seed).sample(pairs, EVERYDAY)
    wrong, sent, done = _attack(ground, some)
    assert not wrong, "\n".join(wrong)
    assert sent >= 5
    assert done >= 2, "the forms were filled in so badly that nothing was done"


ALWAYS = ("accounts:own_leave", "people:correct", "people:contact", "care:episode")


def test_some_forms_are_attacked_in_every_run(ground: Ground) -> None:
    """AT052: the same for some forms of an agent that write about herself, a person and her care."""
    some = [("community_agent.assigned", one) for one in routes() if one.name in ALWAYS]
    wrong, sent, done = _attack(ground, some)
    assert not wrong, "\n".join(wrong)
    assert (sent, done) == (len(ALWAYS), len(ALWAYS))


def _attack(ground: Ground, pairs: list[tuple[str, Route]]) -> tuple[list[str], int, int]:
    """What is wrong, how many forms were sent, and how many of them did something."""
    beside = hostile(ground)
    wrong: list[str] = []
    sent = done = 0
    for who, route in sorted(pairs, key=lambda pair: (pair[0], pair[1].name)):
        form = _form(ground, who, route)
        if form is None:
            continue
        sent += 1
        foreign = {name: [value] for name, value in beside.items() if name not in form.names}
        plain, more = _send(ground, who, form.to, form.sent), _send(ground, who, form.to, foreign | form.sent)
        done += bool(plain.entries)
        wrong += [f"{who} {route.name}: {said}" for said in _compared(who, plain, more)]
    return wrong, sent, done


def _opens(who: str, route: Route) -> bool:
    rule = RULES[route.name]
    return rule.kind not in ("public", "account") and not rule.post and rule.lets_in(who)


def _form(ground: Ground, who: str, route: Route) -> _Form | None:
    browser = ground.browser(who)
    with undone():
        answer = browser.get(address(route, ground.ids))
    if (
        answer.status_code not in (200, NOT_KEPT)
        or answer.streaming
        or not answer.headers["Content-Type"].startswith("text/html")
    ):
        return None  # a file has no form
    form = _Form()
    form.feed(answer.content.decode())
    form.sent.pop("csrfmiddlewaretoken", None)
    form.names |= ANOTHER_WAY.get(route.name, set())
    form.to = form.to or address(route, ground.ids)
    return form if form.found else None


@dataclass
class _Done:
    """What a form did when it was sent."""

    status: int
    to: str
    body: str
    entries: list[tuple[str, UUID, str, bytes]]
    rows: int


def _send(ground: Ground, who: str, to: str, values: dict[str, list[str]]) -> _Done:
    with undone():
        rows, seq = Access.objects.count(), Entry.objects.count()
        answer = ground.browser(who).post(to, values)
        new = Entry.objects.filter(seq__gt=seq).order_by("seq")
        told = [(a, actor, duty, bytes(digest)) for a, actor, duty, digest in
                new.values_list("action", "actor_id", "actor_duty", "digest")]  # fmt: skip
        return _Done(
            answer.status_code, answer.headers.get("Location", ""), answer.content.decode(), told,
            Access.objects.count() - rows,
        )  # fmt: skip


NAMING_WHAT_WAS_MADE = ("notices.tell", "notices.queue", "staffcare.offer")
"""Actions inside another one that name the record it has just made, or the moment of it: each time another one."""


def _compared(who: str, plain: _Done, more: _Done) -> list[str]:
    wrong = [f"broke with {one.status}" for one in (plain, more) if one.status >= 500]
    wrong += [f"{one.rows} rows in the access log" for one in (plain, more) if one.rows != 1]
    wrong += [f"shows {one}" for one in leaks(who, plain.body + more.body)]
    wrong += [f"sends her on to an address with {one}" for one in found_in(plain.to + more.to)]
    if plain.status != more.status:
        wrong.append(f"{plain.status} becomes {more.status} by what is not on the form")
    if [one[:3] for one in plain.entries] != [one[:3] for one in more.entries]:
        wrong.append(f"{plain.entries} becomes {more.entries}")
    pairs = zip(plain.entries, more.entries, strict=False)
    changed = [a[0] for a, b in pairs if a[3] != b[3] and a[0] not in NAMING_WHAT_WAS_MADE]
    return wrong + [f"{action} was done with other arguments" for action in changed]
