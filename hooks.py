# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What happens once, when the add-on is installed and when it leaves."""

PARAMETERS = ("enabled", "tenant", "authority", "graph_url")


def post_init_hook(env):
    """Seal a client secret that another add-on left in plain text."""
    env["outlook.connection"]._seal_client_secret()


def uninstall_hook(env):
    """Leave nothing of ours behind; the app registration is shared with Odoo's own."""
    connection = env["outlook.connection"]
    secret = connection._registration().client_secret
    parameters = env["ir.config_parameter"].sudo()
    if secret:  # readable again for Odoo's own modules, which know no seal
        parameters.set_param("microsoft_calendar_client_secret", secret)
    for name in PARAMETERS:
        parameters.set_param(f"outlook_calendar.{name}", False)
