#!/usr/bin/env python3
"""Sets Karama up in this folder and runs it. Needs Python 3.11 or newer and nothing else.

python3 run.py              set up, make a demo installation in .demo/, serve it, print address and sign-ins
python3 run.py test         set up what the tests need, run every test (--full: whole figures, every mutant)
python3 run.py COMMAND ...  the command line of Karama: init, serve, import, outcomes, backup ... (--help)
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
OLDEST_PYTHON = (3, 11)
TRIES = 3  # a package index that does not answer is asked again; a wrong digest is refused by pip each time


def stop(sentence: str) -> None:
    """End with one sentence that says what to do."""
    sys.exit(f"\n{sentence}")


def run(*command: str | Path, tries: int = 1) -> None:
    """Run a command here; ask again when it may have been the network; end when it still fails."""
    for attempt in range(1, tries + 1):
        if subprocess.run([str(part) for part in command], cwd=ROOT).returncode == 0:
            return
        if attempt < tries:
            print(f"That did not work; trying again ({attempt + 1} of {tries}).", flush=True)
            time.sleep(5 * attempt)
    told = " ".join(str(part) for part in command)
    stop(f"Could not finish: {told}\nMend what it says above, then start again.")


def works(*command: str | Path) -> bool:
    """Whether a command can be run at all."""
    try:
        return subprocess.run([str(part) for part in command], capture_output=True).returncode == 0
    except OSError:
        return False


def make_environment() -> None:
    """Make `.venv`, with pip inside when this Python can, and else for the pip of the machine."""
    if works(PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"):
        return
    if VENV.exists():
        shutil.rmtree(VENV)
    print("Setting up .venv (once).", flush=True)
    if can_import("ensurepip"):
        run(sys.executable, "-m", "venv", VENV)
    elif can_import("pip"):
        run(sys.executable, "-m", "venv", "--without-pip", VENV)
    elif hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        run("apt-get", "update", "-qq", tries=TRIES)
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "python3-venv", tries=TRIES)
        run(sys.executable, "-m", "venv", VENV)
    else:
        stop("This Python has neither venv nor pip. First:\n  sudo apt install python3-venv")


def can_import(module: str) -> bool:
    """Whether this Python has the module."""
    return importlib.util.find_spec(module) is not None


def pip(*arguments: str) -> None:
    """Run pip for `.venv`: its own, or the machine's pointed at it."""
    if works(PYTHON, "-m", "pip", "--version"):
        run(PYTHON, "-m", "pip", *arguments, tries=TRIES)
    elif can_import("pip"):
        run(sys.executable, "-m", "pip", "--python", str(PYTHON), *arguments, tries=TRIES)
    else:
        stop("There is no pip for .venv. Run this once, then start again:\n  sudo apt install python3-pip")


def install(name: str) -> None:
    """Install a hash-locked list, only when it changed since the last time."""
    wanted = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    stamp = VENV / f"installed-{name}.txt"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    print(f"Installing what requirements/{name}.txt lists (only when it changed).", flush=True)
    started = time.monotonic()
    options = [
        "--require-hashes",
        "--no-deps",
        "--only-binary",
        ":all:",
        "--disable-pip-version-check",
        "--quiet",
    ]
    pip("install", *options, "--requirement", f"requirements/{name}.txt")
    stamp.write_text(wanted, encoding="utf-8")
    print(f"Installed in {time.monotonic() - started:.0f} s.", flush=True)


def put_on_path() -> None:
    """Make `import karama` and the `karama` command work in `.venv`, from any folder."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    answer = subprocess.run([str(PYTHON), "-c", code], capture_output=True, text=True, check=True)
    (Path(answer.stdout.strip()) / "karama-here.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    if os.name != "nt":
        command = SCRIPTS / "karama"
        command.write_text(f'#!/bin/sh\nexec "{PYTHON}" -m karama "$@"\n', encoding="utf-8")
        command.chmod(0o755)


def main(arguments: list[str]) -> None:
    """Set up, then become the tests, the demo or the command line."""
    if sys.version_info < OLDEST_PYTHON:
        stop(f"Karama needs Python 3.11 or newer; this is {sys.version.split()[0]}. Debian 12 has it.")
    testing = arguments[:1] == ["test"]
    make_environment()
    install("dev" if testing else "run")
    put_on_path()
    if arguments[:1] in ([], ["demo"], ["test"], ["serve"]):
        run(PYTHON, "-c", "from karama.ui.messages import compile_all; compile_all()")
        run(PYTHON, "field/build.py", *(["--testing"] if testing else []))
    if testing:
        os.chdir(ROOT)
        become("tests.machinery", *arguments[1:])
    become("karama", *(arguments or ["demo", "--home", str(ROOT / ".demo")]))


def become(module: str, *arguments: str) -> None:
    """Run a module in `.venv`, from the folder one stands in, and end with its answer."""
    command = [str(PYTHON), "-m", module, *arguments]
    if os.name != "nt":
        sys.stdout.flush()
        os.execv(PYTHON, command)  # Ctrl-C then reaches the server itself, which ends what it is doing
    sys.exit(subprocess.run(command).returncode)


if __name__ == "__main__":
    main(sys.argv[1:])
