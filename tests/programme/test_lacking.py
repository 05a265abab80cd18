"""Whatever a pack can lack is said in words, with a way out, in every language."""

from __future__ import annotations

import ast
import inspect

import pytest
from django.utils import translation

from karama.knowledge.packs import Lack, lacking
from karama.programme.lacking import MISSING_AT_A_SITE, MISSING_IN_THE_PACK, in_words, where_in_words

VALUES = {
    "language": "ckb", "duty": "reception", "topic": "suicide", "line": "a", "instrument": "asq", "text": "limits",
    "languages": "ar, ckb",
}  # fmt: skip


def codes_in_source() -> set[str]:
    """The first argument of each `Lack(...)` in the module that finds what is lacking."""
    tree = ast.parse(inspect.getsource(lacking))
    return {
        str(call.args[0].value)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "Lack"
        and isinstance(call.args[0], ast.Constant)
    }


def test_every_lack_has_words() -> None:
    """PG050: each code that the knowledge can name has a sentence and a way out, and no sentence is left over."""
    assert codes_in_source() == set(MISSING_IN_THE_PACK)
    assert len(MISSING_AT_A_SITE) == 6


@pytest.mark.parametrize("language", ["en", "ar", "es"])
def test_no_word_is_english_in_another_language(language: str) -> None:
    """PG051: sentence, way out and place are said in the language of the reader."""
    for code in MISSING_IN_THE_PACK:
        lack = Lack(code, "site mosul", True, VALUES)
        with translation.override("en"):
            english = (*in_words(lack), where_in_words(lack.where))
        with translation.override(language):
            said = (*in_words(lack), where_in_words(lack.where))
        assert all(part.strip() for part in said)
        if language != "en":
            assert not set(said) & set(english), code
