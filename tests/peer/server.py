# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The Odoo server of the run, as a browser and as its database see it."""

import subprocess
import sys

import requests

import odoo
from odoo import api
from odoo.modules.registry import Registry
from odoo.tests.common import HOST, get_db_name
from odoo.tools import config


class RpcError(Exception):
    """Odoo refused a call; the text is its message to the user."""


def address():
    """Return the address of the server."""
    return f"http://{HOST}:{odoo.service.server.server.httpd.server_port}"


class Committed:
    """A context manager: a superuser's environment, committed at the end."""

    def __enter__(self):
        self.cr = Registry(get_db_name()).cursor().__enter__()
        return api.Environment(self.cr, api.SUPERUSER_ID, {"tz": "UTC"})

    def __exit__(self, *problem):
        return self.cr.__exit__(*problem)


class Browser:
    """Somebody's browser, logged in.

    :param login: which is the password too
    """

    def __init__(self, login):
        self.session = requests.Session()
        names = {"db": get_db_name(), "login": login, "password": login}
        self.call("/web/session/authenticate", **names)

    def call(self, route, **params):
        """Send JSON-RPC and return the result.

        :raise RpcError: the answer is an error
        """
        body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        answer = self.session.post(address() + route, json=body, timeout=60)
        answer.raise_for_status()
        decoded = answer.json()
        if "error" in decoded:
            raise RpcError(decoded["error"]["data"]["message"])
        return decoded["result"]

    def follow(self, route, query):
        """Open an address without going on to where it leads; return the answer."""
        return self.session.get(address() + route, params=query, allow_redirects=False)


def change_module(name, what):
    """Install, update or uninstall an add-on, as the list of apps does.

    In a process of its own: Odoo forbids it in one that runs tests.

    :param what: ``install``, ``upgrade`` or ``uninstall``
    """
    script = f"""
module = env["ir.module.module"].search([("name", "=", "{name}")])
module.button_immediate_{what}()
env.cr.commit()
"""
    database = get_db_name()
    options = ["-d", database, "--no-http", "--log-level=warn", "-c", config["config"]]
    subprocess.run(
        [sys.executable, "-m", "odoo", "shell", *options],
        input=script,
        text=True,
        check=True,
        timeout=300,
    )
    config["test_enable"] = False  # or Odoo runs the tests of all that it loads
    try:
        Registry.new(database)
    finally:
        config["test_enable"] = True
