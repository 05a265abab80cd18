"""`python -m karama` is the same as `karama`."""

from __future__ import annotations

from karama.cli import main

main(prog_name="karama")
