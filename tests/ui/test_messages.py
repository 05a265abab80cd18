"""Catalogues: everything that is said is said in every language."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from karama.ui import messages
from karama.ui.messages import catalogue
from karama.ui.messages import fill as filling
from karama.ui.messages.extract import MEASURE, Message, from_card, from_python, from_template


def test_messages_in_python_are_found() -> None:
    """UI043: every way to mark a message in Python is found."""
    source = """
from django.utils.translation import gettext_lazy as _
A = _("one") + gettext("two %(n)s") + gettext_lazy("thr" "ee")
B = ngettext("a day", "days", n), pgettext("month", "may")
C = untranslated("no")
"""
    found = list(from_python(source))
    assert [(m.msgid, m.plural, m.context) for m in found] == [
        ("one", "", ""),
        ("two %(n)s", "", ""),
        ("three", "", ""),
        ("a day", "days", ""),
        ("may", "", "month"),
    ]


def test_messages_under_another_name_are_found() -> None:
    """UI070: a function of translation that a module calls by a name of its own is found too."""
    source = """
from django.utils.translation import gettext as _now
from django.utils.translation import ngettext as many
A = _now("within %(span)s") + many("one", "some", n)
"""
    assert [(m.msgid, m.plural) for m in from_python(source)] == [("within %(span)s", ""), ("one", "some")]


def test_labels_of_measures_are_found() -> None:
    """UI061: the labels of an instrument card are messages too, in a context of their own and without underscores."""
    card = """
items = [{ code = "q1", topic = "sleep" }]
answer_sets = { often = { not_at_all = 0 } }
bandings = [{ bands = [{ low = 0, label = "mild" }] }]
cutoffs = [{ population = "primary_care", purpose = "possible depression" }]
"""
    found = list(from_card(card))
    assert [m.msgid for m in found] == ["sleep", "not at all", "mild", "primary care", "possible depression"]
    assert {m.context for m in found} == {MEASURE}


def test_messages_in_templates_are_found() -> None:
    """UI044: every way to mark a message in a template is found, with the same words Django looks up."""
    source = """{% translate "one" %}{% trans 'two' as x %}{% card title=_("three") %}{{ _("four")|upper }}
{% blocktranslate trimmed with n=a|length %}
  five {{ n }}
  at 100%
{% endblocktranslate %}{% blocktranslate count n=a %}one day{% plural %}{{ n }} days{% endblocktranslate %}
{% translate "may" context "month" %}{% translate "six: 5 %" %}"""
    assert [(m.msgid, m.plural, m.context) for m in from_template(source)] == [
        ("one", "", ""),
        ("two", "", ""),
        ("three", "", ""),
        ("four", "", ""),
        ("five %(n)s at 100%%", "", ""),
        ("one day", "%(n)s days", ""),
        ("may", "", "month"),
        ("six: 5 %%", "", ""),
    ]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(catalogue, "LOCALE", tmp_path)
    return tmp_path


def test_words_survive_a_message_that_comes_back(own: Path) -> None:
    """UI045: a message that disappears and returns keeps its words and is unreviewed again."""
    catalogue.update("es", [Message("Yes"), Message("No")])
    po = catalogue.load("es")
    po.find("Yes").msgstr, po.find("Yes").comment = "Sí", ""
    po.save()
    assert catalogue.update("es", [Message("No")]) == 1
    assert catalogue.update("es", [Message("Yes"), Message("No")]) == 1
    entry = catalogue.load("es").find("Yes")
    assert (entry.msgstr, entry.comment) == ("Sí", catalogue.UNREVIEWED)


def test_catalogues_compile_without_gettext(own: Path) -> None:
    """UI046: the binary catalogue is made in Python, only when it is older than its source."""
    catalogue.update("es", [Message("Yes")])
    po = catalogue.load("es")
    po.find("Yes").msgstr = "Sí"
    po.save()
    assert [path.name for path in messages.compile_all()] == ["django.mo"]
    assert polib.mofile(str(own / "es" / "LC_MESSAGES" / "django.mo")).find("Yes").msgstr == "Sí"
    assert messages.compile_all() == []


@pytest.mark.parametrize("language", messages.GROWING)
def test_little_is_lacking_in_the_other_languages(language: str) -> None:
    """UI071: of a language that is still growing at most a fifth falls back to English."""
    every = messages.messages_of_package()
    assert len(messages.missing(language, every)) * 5 <= len(every)


@pytest.mark.parametrize("language", messages.WHOLE)
def test_everything_is_said_in_every_language(language: str) -> None:
    """UI047: every message of the package has words in the languages that are whole."""
    lacking = [
        f"{m.msgid!r} ({', '.join(m.places)})" for m in messages.missing(language, messages.messages_of_package())
    ]
    assert not lacking, (
        f"{len(lacking)} without words in {language}: python -m karama.ui.messages missing\n" + "\n".join(lacking)
    )


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_placeholders_are_the_same(language: str) -> None:
    """UI048: a translation has the placeholders of its message, so that no page fails in one language."""
    assert catalogue.unequal(language) == []


@pytest.mark.parametrize(("comments", "reviewed"), [(("", ""), True), (("", "unreviewed"), False)])
def test_a_language_is_reviewed_when_each_entry_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, comments: tuple[str, ...], reviewed: bool
) -> None:
    """UI072: one unreviewed entry makes a language unreviewed; what is no longer used does not."""
    monkeypatch.setattr(catalogue, "LOCALE", tmp_path)
    written = catalogue.load("sw")
    written += [
        polib.POEntry(msgid=f"Word {number}", msgstr="x", comment=comment, occurrences=[("a.py", "")])
        for number, comment in enumerate(comments)
    ]
    written.append(polib.POEntry(msgid="Gone", msgstr="x", comment="unreviewed", obsolete=True))
    catalogue.path_of("sw").parent.mkdir(parents=True)
    written.save(str(catalogue.path_of("sw")))
    catalogue.is_reviewed.cache_clear()
    assert catalogue.is_reviewed("sw") is reviewed
    catalogue.is_reviewed.cache_clear()


def test_words_of_a_context_go_to_it_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """UI075: filled in from a file, words under a context reach that message; others reach what has no words yet."""
    made = polib.POFile()
    for context, words in ((None, ""), ("a verb", ""), ("a goal", "Abierta")):
        made.append(polib.POEntry(msgid="Open", msgctxt=context, msgstr=words))
    kept = tmp_path / "es.po"
    made.save(str(kept))
    words = tmp_path / "words.json"
    words.write_text('{"Open": "Abierto", "a verb\\u0004Open": "Abrir"}', encoding="utf-8")
    for name, told in (("update", lambda *_: None), ("messages_of_package", list), ("path_of", lambda _: kept)):
        monkeypatch.setattr(filling, name, told)
    monkeypatch.setattr(filling, "load", lambda _language: polib.pofile(str(kept)))
    assert filling.fill("es", words) == 2
    assert {one.msgctxt: one.msgstr for one in polib.pofile(str(kept))} == {
        None: "Abierto",
        "a verb": "Abrir",
        "a goal": "Abierta",
    }
