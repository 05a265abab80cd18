"""`{% load ui %}`: all components. Their exact syntax stands in `karama/ui/README.md`; `/style/` shows
them.
"""

from __future__ import annotations

from django import template

from karama.ui.tags import data, forms, frame, header, words

register = template.Library()
for kind in (words, header, frame, forms, data):
    register.tags.update(kind.register.tags)
    register.filters.update(kind.register.filters)
