"""The components as template tags, a file per kind; `templatetags/ui.py` hands them all to templates."""
