"""What travels in FHIR: today the wording of questionnaires, inwards."""
