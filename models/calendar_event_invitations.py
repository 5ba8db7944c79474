# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The field *Invitations*, and the sentence that says whom a save mails."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .calendar_recurrence import RULE_FIELDS
from .outlook_event_mapper import FIELDS_READ

_SCOPES = ("all_events", "future_events")
SCOPES_OF_WIZARD = {"next": "future_events", "all": "all_events"}
# What the sentence depends on. Answers are none of it, nor what is the reader's own.
_NOT_SAID = {"attendee_ids", "active", "alarm_ids", "categ_ids"}
_SAID = ("outlook_invitations", "recurrence_update")
_ON_FORM = sorted(((FIELDS_READ - _NOT_SAID) | RULE_FIELDS).union(_SAID))


class CalendarEvent(models.Model):
    """Lets a person choose who invites, and see whom that mails."""

    _inherit = "calendar.event"

    # What a person chose; empty: what the organizer's connection says.
    outlook_invited_by = fields.Selection(
        selection=lambda self: self.env["outlook.invitations"]._choices(),
        readonly=True,
    )
    outlook_invitations = fields.Selection(
        selection=lambda self: self.env["outlook.invitations"]._choices(),
        string="Invitations",
        compute="_compute_outlook_invitations",
        inverse="_inverse_outlook_invitations",
        help="Outlook: the meeting in your Outlook has the guests, and Outlook tells "
        "them of it and of every change. Odoo: your Outlook has a copy without guests, "
        "and Odoo mails them. Nobody: a copy, and no mail.",
    )
    outlook_can_choose = fields.Boolean(compute="_compute_outlook_invitations")
    outlook_has_invited = fields.Boolean(compute="_compute_outlook_invitations")
    outlook_mail_notice = fields.Char(compute="_compute_outlook_mail_notice")

    @api.depends("user_id", "outlook_invited_by", "outlook_item_ids.kind")
    @api.depends_context("uid")
    def _compute_outlook_invitations(self):
        invitations = self.env["outlook.invitations"]
        hidden = self.filtered(
            lambda one: not self.env.su and one._check_private_event_conditions()
        )
        hidden.outlook_invitations = False
        hidden.outlook_can_choose = hidden.outlook_has_invited = False
        for event in self - hidden:
            known = (event._origin or event).sudo()
            if event.user_id != known.user_id:  # is being handed over on the form
                known = event.sudo()
            event.outlook_invitations = invitations._of(known)
            event.outlook_can_choose = bool(event.outlook_invitations)
            event.outlook_has_invited = bool(event._origin) and (
                invitations._has_invited(event._origin.sudo())
            )

    def _inverse_outlook_invitations(self):
        for event in self:
            choice = event.outlook_invitations
            if choice:
                self.env["outlook.invitations"]._choose(event.sudo(), choice)

    @api.depends(*_ON_FORM)
    @api.depends_context("uid")
    def _compute_outlook_mail_notice(self):
        """Computed while a form is filled in: what is saved mails nobody."""
        forecast = self.env["outlook.mail.forecast"]
        for event in self:
            is_on_form = isinstance(event.id, api.NewId)
            event.outlook_mail_notice = is_on_form and forecast._sentence(event)

    # --- choosing ----------------------------------------------------------------

    def write(self, vals):
        """Carry a choice out."""
        is_choice = "outlook_invitations" in vals
        if is_choice:
            self._outlook_check_invitations(vals)
        result = super().write(vals)
        if is_choice:
            self._outlook_note()
        return result

    def copy(self, default=None):
        """Let the connection say who invites to a duplicate."""
        return super().copy({"outlook_invited_by": False} | (default or {}))

    def _outlook_check_invitations(self, vals):
        """Refuse a choice for a part of a series, or one that comes too late."""
        choice = vals["outlook_invitations"]
        invitations = self.env["outlook.invitations"]
        others = self.sudo().filtered(lambda one: invitations._of(one) != choice)
        if choice != "outlook":
            for event in others:
                invitations._check(event)
        series = others.recurrence_id.calendar_event_ids.filtered("active")
        if vals.get("recurrence_update") not in _SCOPES and series - self:
            raise UserError(
                self.env._(
                    "The guests of a series are invited to all of it. Choose to change "
                    "all of its events."
                )
            )

    # --- deleting ------------------------------------------------------------------

    def action_unlink_event(self, attendee_id=None, recurrence=False):
        """Offer Odoo's mail to the guests only where Odoo is the one to tell them.

        Where it is not, Odoo deletes at once, but one event of a series alone.
        """
        is_silent = all(
            self.env["outlook.status"]._silences_odoo(one) for one in self.sudo()
        )
        known = self.with_context(outlook_is_silent=is_silent)
        scope = SCOPES_OF_WIZARD.get(recurrence, recurrence)
        if is_silent and len(self) == 1 and self.recurrence_id and scope in _SCOPES:
            known.action_mass_deletion(scope)
            known = known.browse()
        return super(CalendarEvent, known).action_unlink_event(attendee_id, recurrence)
