"""Who is meant in free words: names with what Arabic writes onto them, other spellings, duties as people say them."""

from __future__ import annotations

import pytest

from karama.accounts.actions import change_alias
from karama.accounts.models import Posting
from karama.knowledge.value_sets import duties_said
from karama.voice import pace
from karama.voice.asked import standing_of
from karama.voice.incoming import plain
from karama.voice.naming import named_in, with_bare
from karama.voice.said_duties import duties_in
from tests.voice.conftest import Clinic, clinic
from tests.voice.saying import crowd, mariam, sent

__all__ = ["clinic"]


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    pace.forget()


NADIA = ("Nadya shouts", "la señora Nadía", "ذهبت ونادية تصرخ", "قلت لنادية", "كنت بنادية", "وبالنادية", "Naadia")
UNSEEN = (
    "Na\u00addia shouts",
    "Na\u200bdia",
    "Na\u200ddia shouts",
    "N\u202eadi\u202ca",
    "قلت لنـــاديـة",
    "نا\u200cدية",
)
NOT_NADIA = ("No me dijeron nada", "Nadie escucha", "nadar", "نعم", "The nurse said nothing")


@pytest.mark.parametrize("words", NADIA)
def test_a_name_is_found_with_prefixes_and_in_other_spellings(clinic: Clinic, words: str) -> None:
    """VO390: in free words a name is found with "and", "to", "in" and the article written onto it, and spelt otherwise
    with the same sound."""
    assert clinic["nadia"].id in named_in(words)


@pytest.mark.parametrize("words", UNSEEN)
def test_what_nobody_sees_hides_no_name(clinic: Clinic, words: str) -> None:
    """VO403: a soft hyphen, a joiner, a mark that turns the text round and a stretched line within a name hide nobody;
    where a joiner stands between two words both are words."""
    assert clinic["nadia"].id in named_in(words)
    assert clinic["nadia"].id in named_in("me dijo\u200cnadia otra vez")
    assert "supervisor" in duties_in("la super\u00advisora me grita")


@pytest.mark.parametrize("words", NOT_NADIA)
def test_a_word_that_only_resembles_a_name_names_nobody(clinic: Clinic, words: str) -> None:
    """VO377: a common word that has the same consonants as a short name is not that name."""
    assert clinic["nadia"].id not in named_in(words)


def test_what_arabic_writes_onto_a_word() -> None:
    """VO378: every form without conjunction, preposition and article, none shorter than three letters; other scripts
    stay as they are."""
    assert {"وبالنادية", "النادية", "نادية"} <= with_bare(("وبالنادية",))
    assert with_bare(("ولد",)) == {"ولد"}
    assert with_bare(("Wanda",)) == {"Wanda"}


SAID = [
    ("la supervisora me grita", "supervisor"),
    ("المشرفة تصرخ علينا", "supervisor"),
    ("وللمشرفة", "supervisor"),
    ("the supervisors shout", "supervisor"),
    ("La Superviseure crie", "supervisor"),
    ("msimamizi ananipigia kelele", "supervisor"),
    ("el director pide dinero", "director"),
    ("المديرة", "director"),
    ("a social worker asked for money", "social_worker"),
    ("la enfermera", "nurse"),
    ("الممرضة", "nurse"),
    ("l'infirmière", "nurse"),
    ("el psicólogo", "psychologist"),
    ("الأخصائية النفسية", "psychologist"),
]


@pytest.mark.parametrize(("words", "duty"), SAID)
def test_a_duty_is_found_in_free_words(words: str, duty: str) -> None:
    """VO391: the duties as people say them, in the languages of these pages, with prefixes, accents and endings."""
    assert duty in duties_in(words)


def test_every_language_of_the_page_has_words_for_the_supervisor() -> None:
    """VO379: who leads a site, and who leads the organisation, is known by a word in each of eight languages; a message
    without any of them names no duty."""
    assert len(duties_said()["supervisor"]) >= 8
    assert len(duties_said()["director"]) >= 8
    assert duties_in("The queue is long and nobody listens to us", "the tall one with the cap") == set()


def test_whoever_holds_a_duty_said_in_free_words_is_not_asked(clinic: Clinic) -> None:
    """VO400: a complaint in whose words the supervisor stands is not hers to answer, nor her line's; a thanks is."""
    mariam(clinic)
    crowd(clinic)
    for words in ("la supervisora me grita", "المشرفة تصرخ علينا", "The supervisor shouts"):
        standing = standing_of(sent(clinic, words, kind="complaint"))
        assert standing is not None
        assert clinic["nadia"].id in standing.barred
        assert standing.owner == clinic["leila"].id
        thanked = standing_of(sent(clinic, words, kind="thanks"))
        assert thanked is not None
        assert clinic["nadia"].id in thanked.permitted


@pytest.mark.parametrize(
    ("alias", "words"),
    [
        ("Omar", "عمر يصرخ في وجهي"), ("Ali", "قال لي علي ألا أعود"), ("Layla", "ذهبت الى ليلى"),
        ("Huda", "وهدى تأخذ مالي"),
        ("Rima", "Reema takes money"), ("Jo", "Jo takes money"), ("MK", "I paid MK twice"), ("N7", "n7 takes money"),
    ],
)  # fmt: skip
def test_usual_names_and_short_ones(clinic: Clinic, alias: str, words: str) -> None:
    """VO502: usual names are found in either script, and an alias of two letters or with a digit as a whole word."""
    by = clinic.hire(f"colleague{len(alias)}", "nurse", clinic.here)
    change_alias(by=by, posting=Posting.objects.get(user_id=by.id).id, work_alias=alias)
    assert by.id in named_in(words)
    for other in ("jo no se nada", "the market", "على الطريق", "N70 is a road"):
        assert by.id not in named_in(other), other


APART = [
    ("Ra'ed", "Ra'ed hit me"), ("Ra'ed", "Ra\u2019ed hit me"), ("Ra'ed", "Raed hit me"), ("Ra\u02bced", "رائد ضربني"),
    ("Mu'azu", "Muazu ya buge ni"), ("Muazu", "Mu'azu ya buge ni"), ("N'Dri", "Ndri m'a frappée"),
    ("J.P.", "J.P. takes money"), ("J.P.", "JP takes money"), ("JP", "J.P. takes money"), ("Bo Li", "bo li shouts"),
    ("Abdul Rahman", "Abdulrahman hit me"), ("Abdulrahman", "Abdul Rahman hit me"), ("Abubakar", "Abu Bakar ya"),
    ("عبد الرحمن", "وعبدالرحمن ضربني"), ("Abdulrahman", "عبد الرحمن ضربني"), ("Jean-Marc", "Jeanmarc crie"),
]  # fmt: skip


@pytest.mark.parametrize(("alias", "words"), APART)
def test_a_name_in_parts(clinic: Clinic, alias: str, words: str) -> None:
    """VO568: a name is found with or without what stands within it (apostrophe, dot, hyphen), written in one word or in
    two, and where it has short parts only; no other two words are taken for it."""
    by = clinic.hire("colleague", "nurse", clinic.here)
    change_alias(by=by, posting=Posting.objects.get(user_id=by.id).id, work_alias=alias)
    assert by.id in named_in(words)
    assert by.id in named_in("", words)
    for other in (
        "lo red una",
        "I muse a zulu",
        "Dr. I am ill. It is bad",
        "a boy, little",
        "abdomen, the man",
        "J. has P",
    ):
        assert by.id not in named_in(other), other


@pytest.mark.parametrize("between", ["\t", "\r", "\x0b", "\x85", "\u2028", "\n", "\r\n"])
def test_no_name_grows_together_with_its_neighbour(clinic: Clinic, between: str) -> None:
    """VO569: a tab or any end of a line, as a list that is pasted has them, parts words; what is no writing goes."""
    mariam(clinic)
    crowd(clinic)
    told = plain(f"shouted{between}Nadia{between}again")
    assert clinic["nadia"].id in named_in(told)
    assert not {"\t", "\r", "\x0b", "\x85"} & set(told)
    assert plain("a\0b") == "ab"


def test_a_short_name_at_the_end_of_an_answer(clinic: Clinic) -> None:
    """VO570: where a name is asked for, a short one is found after forty letters of description, too."""
    by = clinic.hire("colleague", "nurse", clinic.here)
    change_alias(by=by, posting=Posting.objects.get(user_id=by.id).id, work_alias="MK")
    assert by.id in named_in("", "the tall man who always sits at the reception desk, mk")
