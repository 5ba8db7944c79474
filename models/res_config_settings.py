# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The settings, and the *Test* that says what is wrong with them."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..core.errors import OutlookError
from ..core.findings import FINDINGS
from ..graph.client import new_session
from ..graph.registration import check_registration
from .outlook_connection import CLIENT_ID, GRAPH_URL

KINDS = ("common", "organizations", "consumers")


class ResConfigSettings(models.TransientModel):
    """Adds *Outlook Calendar* to the integrations."""

    _inherit = "res.config.settings"

    outlook_enabled = fields.Boolean(
        "Outlook Calendar", config_parameter="outlook_calendar.enabled"
    )
    outlook_client_id = fields.Char("Client ID")
    outlook_client_secret = fields.Char("Client secret")  # write-only
    outlook_has_secret = fields.Boolean(readonly=True)
    outlook_tenant_kind = fields.Selection(
        [
            ("common", "Work, school and personal accounts"),
            ("organizations", "Work and school accounts"),
            ("consumers", "Personal accounts"),
            ("tenant", "One organization only"),
        ],
        string="Account types",
        default="common",
        required=True,
    )
    outlook_tenant = fields.Char("Tenant ID")
    outlook_redirect_uri = fields.Char("Redirect URI", readonly=True)

    @api.model
    def get_values(self):
        """Return the settings; the secret itself is never among them."""
        connection = self.env["outlook.connection"]
        registration = connection._registration()
        is_kind = registration.tenant in KINDS
        return super().get_values() | {
            "outlook_client_id": registration.client_id,
            "outlook_has_secret": bool(registration.client_secret),
            "outlook_tenant_kind": registration.tenant if is_kind else "tenant",
            "outlook_tenant": False if is_kind else registration.tenant,
            "outlook_redirect_uri": connection._redirect_uri(),
        }

    def set_values(self):
        """Store the settings; an empty secret keeps the one there is."""
        parameters = self.env["ir.config_parameter"].sudo()
        client_id = parameters.get_param(CLIENT_ID) or ""
        result = super().set_values()
        if (self.outlook_client_id or "") != client_id:
            # Odoo's own module has a field for the same parameter: the one that was
            # changed counts.
            parameters.set_param(CLIENT_ID, self.outlook_client_id)
        tenant = self.outlook_tenant_kind
        if tenant == "tenant":
            tenant = (self.outlook_tenant or "").strip() or "common"
        parameters.set_param("outlook_calendar.tenant", tenant)
        if self.outlook_client_secret:
            self.env["outlook.connection"]._set_client_secret(
                self.outlook_client_secret.strip()
            )
            self.outlook_client_secret = False  # not even in a transient row
        if self.outlook_enabled:
            self.env["outlook.account"]._trigger_crons()
        return result

    def action_outlook_test(self):
        """Ask Microsoft whether the saved settings work; answer in plain words."""
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(self.env._("Only an administrator can test this."))
        self.set_values()
        problem = self._outlook_problem()
        return {
            "type": "ir.actions.client",
            "tag": "outlook_calendar.test_answer",
            "params": {
                "type": "danger" if problem else "success",
                "sticky": bool(problem),
                "title": self.env._("Outlook Calendar"),
                "message": problem
                or self.env._("Everything is in order: users can connect."),
            },
        }

    @api.model
    def _outlook_problem(self):
        """Return the first problem as a sentence, ``""`` when there is none."""
        connection = self.env["outlook.connection"]
        registration = connection._registration()
        if not registration.client_id:
            return self.env._("Enter the client ID of your app registration.")
        if not registration.client_secret:
            return self.env._("Enter the client secret of your app registration.")
        uri = connection._redirect_uri()
        try:
            findings = check_registration(
                registration,
                new_session(),
                uri,
                graph_url=connection._param("graph_url", GRAPH_URL),
            )
        except OutlookError as error:
            return self.env["outlook.journal"]._sentence(error)
        for finding in findings:
            if not finding.ok:
                return self._outlook_finding_text(finding, uri)
        return ""

    @api.model
    def _outlook_finding_text(self, finding, uri):
        known = FINDINGS.get(finding.code)
        if known:
            return self.env._(known, uri=uri)
        return self.env._(
            "Microsoft refuses the app registration (%(code)s).", code=finding.code
        )
