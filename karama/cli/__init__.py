"""The command line: `karama init | serve | demo | check | import | outcomes | score | wording | user | ...`.

Exit codes: 0 done · 1 done in part (rows refused, questions nobody can answer) · 2 wrong usage · 3 refused, nothing
changed · 4 the data differ from the journal, or a backup cannot be trusted.
"""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "init": ("setting_up", "Make an installation: data folder, keys, organisation, first users."),
    "serve": ("serving", "Serve the pages and run the jobs."),
    "demo": ("demonstration", "Make and serve a marked demonstration installation."),
    "check": ("keeping", "Recompute the journal and compare it with the data."),
    "import": ("importing", "Bring in people, episodes, sessions, appointments and responses kept elsewhere."),
    "outcomes": ("numbers", "How people fared between two waves."),
    "register": ("registering", "Make a register of others from the records."),
    "score": ("numbers", "Score one response; needs no installation."),
    "wording": ("wording", "Official wording of instruments: add, list, remove."),
    "user": ("users", "Users and their duties."),
    "programme": ("programmes", "Programmes, their sites, and what they still lack."),
    "backup": ("keeping", "Write a backup that only the recovery kit can open."),
    "rotate": ("rotating", "Change the wrapping keys; makes erasures final."),
    "open": ("opening", "Print a sealed file of held work that was kept from a desk."),
    "restore": ("keeping", "Restore a backup: whole or not at all."),
}
PACKAGE = "karama.cli"


class Commands(click.Group):
    """Loads a command's module when it is called, so that `karama score` does not wait for Django."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = import_module(f"{PACKAGE}.{COMMANDS[name][0]}")
        command: click.Command = getattr(module, f"{name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_module, text) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version="0.1.0", prog_name="karama")
def main() -> None:
    """Karama: the software of a mental health and psychosocial support programme.

    KARAMA_HOME names the data folder (default: the folder `karama` in your own folder).
    """
