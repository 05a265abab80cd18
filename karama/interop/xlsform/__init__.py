"""What travels in XLSForm: today the wording of questionnaires, inwards."""
