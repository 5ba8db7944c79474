# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Where the connections were made: a copy of the database talks to no mailbox."""

from urllib.parse import urlsplit

from odoo import api, models

HOME = "outlook_calendar.home"
_OWN_MACHINE = frozenset({"127.0.0.1", "::1"})


class OutlookConnection(models.AbstractModel):
    """Tells this database from its copies.

    At the first sign-in the host name of Odoo's address is sealed for this database
    and kept. A copy under another name or ``database.uuid``, or without the key, cannot
    open it; one that has all three is known by its address.
    """

    _inherit = "outlook.connection"

    @api.model
    def _is_at_rest(self):
        """Rest in a copy, too."""
        return super()._is_at_rest() or self._is_copy()

    @api.model
    def _is_copy(self):
        """Whether the connections were made in another place than this one."""
        sealed = self.env["ir.config_parameter"].sudo().get_param(HOME)
        return bool(sealed) and self._host() not in self._homes(sealed)

    @api.model
    def _homes(self, sealed):
        """Return the host names that were sealed here; empty in a copy."""
        return self.env["outlook.vault"]._open(sealed).split()

    @api.model
    def _host(self):
        """Return the host name of Odoo's address; ports and schemes tell nothing."""
        url = self.env["ir.config_parameter"].sudo().get_param("web.base.url") or ""
        host = urlsplit(url).hostname or "localhost"
        return "localhost" if host in _OWN_MACHINE else host

    @api.model
    def _settle(self):
        """Note that tokens are kept here; in a copy nothing changes by itself."""
        if not self.env["ir.config_parameter"].sudo().get_param(HOME):
            self._settle_anew()

    @api.model
    def _settle_anew(self):
        """Make this place the home; further addresses of one database add up."""
        parameters = self.env["ir.config_parameter"].sudo()
        hosts = {*self._homes(parameters.get_param(HOME)), self._host()}
        sealed = self.env["outlook.vault"]._seal(" ".join(sorted(hosts)))
        parameters.set_param(HOME, sealed)

    @api.model
    def _why_at_rest(self):
        """Return why nobody can connect, ``""`` when everybody can."""
        if self._has_odoo_module():
            return self.env._(
                "Odoo's own Outlook add-on is installed. An administrator can take it "
                "over in the settings; until then this one stays still."
            )
        if not self._is_enabled():
            return self.env._("An administrator has to set up Outlook Calendar first.")
        if self._is_copy():
            return self.env._(
                "This is a copy of an Odoo database, or it has moved. It talks to no "
                "mailbox until an administrator says in the settings that it may."
            )
        return ""
