# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A calendar of a mailbox, and how it is kept in step."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# What the owner of a connection may change himself; the rest is bookkeeping.
CHOICES = frozenset({"is_synced", "direction", "tag_id", "color", "is_target"})


class OutlookCalendar(models.Model):
    """One calendar of one mailbox: how far it was read, and for which window."""

    _name = "outlook.calendar"
    _description = "Outlook Calendar"
    _order = "is_default desc, is_shared, is_gone, name, id"

    account_id = fields.Many2one(
        "outlook.account", required=True, readonly=True, ondelete="cascade", index=True
    )
    name = fields.Char(readonly=True)
    remote_id = fields.Char(required=True, readonly=True)
    owner = fields.Char(readonly=True)  # address of the mailbox that it belongs to
    is_default = fields.Boolean("Main calendar", readonly=True)
    is_shared = fields.Boolean("Shared with me", readonly=True)
    can_edit = fields.Boolean("May be changed", readonly=True, default=True)
    is_gone = fields.Boolean("Deleted in Outlook", readonly=True)
    is_synced = fields.Boolean("In step")
    is_target = fields.Boolean("New meetings")
    direction = fields.Selection(
        [
            ("both", "Both ways"),
            ("pull", "From Outlook to Odoo"),
            ("push", "From Odoo to Outlook"),
        ],
        default="both",
        required=True,
    )
    color = fields.Integer("Colour")
    tag_id = fields.Many2one(
        "calendar.event.type",
        ondelete="set null",
        help="Meetings that come in from this calendar get this tag in Odoo.",
    )
    delta_link = fields.Text(groups=fields.NO_ACCESS)  # opaque; empty: read everything
    window_start = fields.Datetime(readonly=True)
    window_end = fields.Datetime(readonly=True)
    read_number = fields.Integer(readonly=True)  # of the last full read begun
    is_reading_all = fields.Boolean(readonly=True)  # that read is not at its end yet
    is_complete = fields.Boolean(readonly=True)  # read to the end at least once
    last_pull = fields.Datetime(readonly=True)

    _remote_id_unique = models.UniqueIndex(
        "(account_id, remote_id)", "This calendar is known already."
    )

    def write(self, vals):
        """Let the owner change his choices; the rest is the add-on's own business."""
        if not self.env.su:
            if forbidden := set(vals) - CHOICES:
                names = ", ".join(sorted(forbidden))
                raise AccessError(
                    self.env._("These fields cannot be changed by hand: %(n)s", n=names)
                )
            self.account_id._check_owner()
        result = super().write(vals)
        if CHOICES & vals.keys():
            self._settle_choices(vals)
        return result

    def _settle_choices(self, vals):
        """Carry out what a choice means, and refuse what cannot be."""
        if vals.get("is_target"):
            self._take_target()
            self.sudo().target_since = self.env.cr.now()
        for calendar in self:
            calendar._check_choices()
        if vals.get("is_synced") or vals.get("direction") in ("both", "pull"):
            # What happened meanwhile is found by reading everything again.
            self.sudo()._forget_cursor()
            self.account_id._trigger_crons()
            links = self.env["outlook.link"].sudo()
            links = links.search([("calendar_id", "in", self.ids)])
            self.env["outlook.outbox"]._note_links(links)

    def _take_target(self):
        """Let new meetings go here, instead of to another calendar of the same owner.

        Those of a colleague go to his calendar, never the user's own ones.
        """
        for calendar in self:
            others = (calendar.account_id.calendar_ids - calendar).filtered(
                lambda one, new=calendar: (
                    one.is_target
                    and one.is_shared == new.is_shared
                    and (not new.is_shared or one.owner == new.owner)
                )
            )
            others.sudo().write({"is_target": False})

    def _check_choices(self):
        if not self.can_edit and self.direction != "pull":
            if self.is_synced and self.direction == "push":
                raise UserError(
                    self.env._("%(name)s cannot be changed in Outlook.", name=self.name)
                )
            self.sudo().direction = "pull"
        if self.is_target and not self._user():
            raise UserError(
                self.env._(
                    "%(owner)s has no user in Odoo, so nobody can make new meetings "
                    "for that calendar here.",
                    owner=self.owner,
                )
            )
        is_sure = self.env["outlook.connection"]._is_of_one_organization()
        if self.is_target and self.is_shared and not is_sure:
            raise UserError(
                self.env._(
                    "New meetings can go to the calendar of a colleague only when the "
                    "settings name your organization alone: Odoo cannot be sure that "
                    "it is his otherwise."
                )
            )
        if self.is_target and not self._may_push():
            raise UserError(
                self.env._(
                    "New meetings need a calendar that is in step and may be changed: "
                    "choose another one than %(name)s.",
                    name=self.name,
                )
            )

    def _may_pull(self):
        """Whether what happens in this calendar comes to Odoo."""
        is_read = self.is_synced and not self.is_gone and self.direction != "push"
        return is_read and self.account_id.direction != "push"

    def _may_push(self):
        """Whether what happens in Odoo goes to this calendar."""
        is_kept = self.is_synced and not self.is_gone and self.can_edit
        return is_kept and self.direction != "pull" and self.account_id._may_push()

    def _forget_cursor(self):
        """Read everything again at the next pull, for the window of that day."""
        self.write({"delta_link": False, "is_reading_all": False})

    @api.model
    def _of_account(self, account):
        """Return the calendars of an account that are read, the main one first."""
        return account.calendar_ids.filtered(lambda one: one._may_pull())
