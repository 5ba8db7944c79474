# Part of outlook_calendar. LGPL-3, see LICENSE.
"""``dev/format``: put every file into the layout that ``dev/test lint`` asks for."""

import os

from . import node
from .machine import prepare
from .places import ROOT
from .shell import run
from .suites import child_environment


def main(arguments):
    """Rewrite Python, JavaScript, SCSS and XML in place."""
    if arguments:
        print("usage: dev/format (it takes no arguments)")
        return 2
    places, _odoo = prepare()
    variables = {**child_environment(places), **node.variables(places)}
    ruff = places.venv / "bin" / "ruff"
    commands = [[ruff, "check", "--fix", "."], [ruff, "format", "."]]
    if node.is_there():
        node.install(places)
        commands.append(node.prettier(places, "--write"))
    for command in commands:
        name = os.path.basename(command[1 if command[0] == "node" else 0])
        print(run(command, name, env=variables, cwd=ROOT), end="")
    return 0
