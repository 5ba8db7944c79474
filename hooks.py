# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What happens once, when the add-on is installed and when it leaves."""

from .models.outlook_connection import CLIENT_SECRET
from .models.outlook_vault import PREFIX


def post_init_hook(env):
    """Seal a client secret that another add-on left in plain text."""
    env["outlook.connection"]._seal_client_secret()


def uninstall_hook(env):
    """Leave nothing of ours behind; the app registration is shared with Odoo's own.

    Tables, columns, scheduled actions and views go with the add-on. Items in Outlook
    keep the stamps by which an add-on that is installed again knows them.
    """
    registration = env["outlook.connection"]._registration()
    parameters = env["ir.config_parameter"].sudo()
    kept = parameters.get_param(CLIENT_SECRET) or ""
    if kept.startswith(PREFIX):
        # Readable again for Odoo's own modules, which know no seal; one that cannot be
        # opened here helps nobody.
        parameters.set_param(CLIENT_SECRET, registration.client_secret or False)
    parameters.search([("key", "=like", "outlook\\_calendar.%")]).unlink()
