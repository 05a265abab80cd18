"""The whole app in Chromium against a server in processes of its own: days that are drawn, and what is left on a disk."""
