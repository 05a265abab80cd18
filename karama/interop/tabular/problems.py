"""What can be wrong with a table, so that the person who made it can mend it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal.problems import Problem, Text


class UnreadableFile(Problem):
    """The file as a whole cannot be read. Nothing was imported."""

    code = "tabular.unreadable"
    what = _("This file cannot be read as a table.")
    do = _("Save it as CSV (UTF-8), XLSX or Parquet and try again. Nothing was imported.")


class WrongEncoding(UnreadableFile):
    """The bytes are not text in the encoding that was named."""

    code = "tabular.encoding"
    what = _("The letters in this file are not stored as UTF-8.")
    do = _(
        "Save it again as CSV UTF-8, or name its encoding, for example --encoding windows-1256 for Arabic "
        "or --encoding windows-1252 for Spanish. Nothing was imported."
    )


class WrongMapping(Problem):
    """The columns that were named do not fit the file or the instrument. Nothing was imported."""

    code = "tabular.mapping"
    do = _("Compare with the columns the preview lists. Nothing was imported.")

    def __init__(self, what: Text) -> None:
        super().__init__(what=what)
