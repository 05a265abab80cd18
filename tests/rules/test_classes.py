"""The lists that exist once."""

from __future__ import annotations

from karama.rules import classes


def test_every_compartment_has_its_class() -> None:
    """PM040: every compartment says as which data class it is shared, or that it never is."""
    assert set(classes.DATA_CLASS_OF) == set(classes.COMPARTMENTS)
    assert {name for name in classes.DATA_CLASS_OF.values() if name} <= set(classes.DATA_CLASSES)
    assert {name for name, shared in classes.DATA_CLASS_OF.items() if shared is None} == {"staff", "complaint"}


def test_codes_are_unique() -> None:
    """PM041: no list names a code twice."""
    for name in (
        "COMPARTMENTS",
        "DATA_CLASSES",
        "CONSENT_PURPOSES",
        "READING_PURPOSES",
        "PURPOSES",
        "DUTIES",
        "MISSINGNESS",
        "IDENTITY_MODES",
        "RECIPIENTS",
        "CONSENT_STATES",
        "CAPACITIES",
        "OVERRIDES",
        "LEGAL_BASES",
    ):
        codes = getattr(classes, name)
        assert len(codes) == len(set(codes)), name


def test_sensitive_classes() -> None:
    """PM042: every class but contact, general and clinical is sensitive: it is opted into on its own."""
    assert set(classes.DATA_CLASSES) - classes.SENSITIVE_CLASSES == {"contact", "general", "clinical"}
    assert set(classes.DUTIES) >= classes.CARE_DUTIES
