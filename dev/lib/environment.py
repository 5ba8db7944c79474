# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The virtual environment: what Odoo needs, what the add-on needs, what tests need."""

import hashlib
import re
import shutil
import subprocess
import sys

from .places import ROOT
from .say import Bar, Missing, step
from .shell import failure, run

BASE = ROOT / "dev/requirements.txt"
CLIENTS = ROOT / "dev/requirements-clients.txt"
SYSTEM = "/usr/bin"
_COLLECTED = re.compile(
    r"(?:Collecting|Requirement already satisfied:) ([\w.-]+)"
    r"|Processing \S*/(\w[\w.]*)-\d[^/]*"  # a file of a local index
)


def create(places, odoo):
    """Make the virtual environment and bring it up to its requirements."""
    if not places.python.exists():
        step(f"Python: making a virtual environment in {places.venv}")
        _make(places.venv)
    pth = _site_packages(places) / "odoo.pth"
    if not pth.exists() or pth.read_text().strip() != str(odoo.path):
        pth.write_text(f"{odoo.path}\n")
    _bring_up(places, BASE)


def add_clients(places):
    """Add the programs that the fidelity tests run against the sandbox."""
    _bring_up(places, CLIENTS)


def _bring_up(places, requirements):
    """Install a file's requirements unless that was done before."""
    mark = places.venv / f"{requirements.stem}.sha256"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if mark.exists() and mark.read_text() == wanted:
        return step(f"Python: {requirements.stem} found in {places.venv}")
    _install(places, requirements)
    mark.write_text(wanted)
    return None


def _make(folder):
    python = _interpreter()
    hint = "does it lack venv? On Debian: apt-get install python3-venv"
    what = f"Making a virtual environment with {python} ({hint})"
    run([python, "-m", "venv", "--clear", folder], what)


def _interpreter():
    """Return the Python for the environment: the system's, if it is of our version.

    Distributions optimize theirs by profiles: it takes three quarters of the time of
    one that pyenv has built.
    """
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    found = shutil.which(f"python{version}", path=SYSTEM)
    can = "import ensurepip, venv"  # Debian has packages of their own for these
    if found and not subprocess.run([found, "-c", can], capture_output=True).returncode:
        return found
    return sys.executable


def _site_packages(places):
    return next(places.venv.glob("lib/python3*/site-packages"))


def _install(places, requirements):
    """Install the requirements; the bar counts those that pip has collected."""
    names = re.findall(r"^([\w.-]+)", requirements.read_text(), re.MULTILINE)
    waiting = {_normal(name) for name in names}
    bar = Bar("Python packages", len(waiting), "packages")
    output = []
    command = [places.python, "-m", "pip", "install", "--no-input", "-r", requirements]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout:
            output.append(line)
            waiting -= _collected(line)
            bar.show(bar.total - len(waiting))
    bar.close()
    log = places.logs / "pip.log"
    log.write_text("".join(output))
    if process.returncode:
        what = "Installing the Python packages (is there a network?)"
        raise Missing(failure(what, "".join(output), log))


def _collected(line):
    """Return the name of the package that a line of pip's is about, in a set."""
    match = _COLLECTED.match(line)
    return {_normal(match[1] or match[2])} if match else set()


def _normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()
