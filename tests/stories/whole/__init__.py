"""The whole app in Chromium against a server of its own: days that are drawn, and what is left on a disk."""
