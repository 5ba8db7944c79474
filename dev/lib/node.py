# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The linters that run on Node.js: eslint and prettier, installed by npm."""

import hashlib
import re
import shutil
import subprocess

from .places import ROOT
from .say import step
from .shell import run

MANIFEST = ROOT / "dev/package.json"
OLDEST = 20
PRETTY = ("static/**/*.{js,scss,xml}", "{data,security,views,wizards}/**/*.xml")


def is_there():
    """Whether this machine has npm and a Node.js that is new enough."""
    if not shutil.which("node") or not shutil.which("npm"):
        return False
    version = subprocess.run(["node", "--version"], capture_output=True, text=True)
    match = re.match(r"v(\d+)", version.stdout)
    return bool(match) and int(match[1]) >= OLDEST


def install(places):
    """Install the linters unless they are there."""
    folder = places.cache / "node"
    mark = folder / "package.sha256"
    wanted = hashlib.sha256(MANIFEST.read_bytes()).hexdigest()
    if mark.exists() and mark.read_text() == wanted:
        return
    step("Node.js: installing eslint and prettier")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(MANIFEST, folder)
    command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"]
    what = "Installing eslint and prettier (is there a network?)"
    run(command, what, log=places.logs / "npm.log", cwd=folder)
    mark.write_text(wanted)


def checks(places):
    """Return (name, command) of the checks; ``NODE_PATH`` is in ``variables``."""
    return [("eslint", eslint(places)), ("prettier", prettier(places, "--check"))]


def eslint(places, *options):
    """Return the command that looks for mistakes in the JavaScript."""
    program = places.cache / "node/node_modules/eslint/bin/eslint.js"
    return ["node", program, *options, "static"]


def prettier(places, mode):
    """Return the command that checks or rewrites the layout of JS, SCSS and XML."""
    program = places.cache / "node/node_modules/prettier/bin/prettier.cjs"
    return ["node", program, mode, "--log-level=warn", *PRETTY]


def variables(places):
    """Return the variables with which the two find their plugins."""
    return {"NODE_PATH": str(places.cache / "node/node_modules")}
