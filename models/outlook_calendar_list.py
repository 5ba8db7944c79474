# Part of outlook_calendar. LGPL-3, see LICENSE.
"""The list of a mailbox's calendars, which Outlook has and Odoo shows."""

from datetime import timedelta

from odoo import api, fields, models

from ..core.calendar_colors import color_from_graph

_LIST_EVERY = timedelta(days=1)


class OutlookCalendar(models.Model):
    """Learns which calendars there are."""

    _inherit = "outlook.calendar"

    @api.model
    def _find(self, account, outlook):
        """Bring the list up to date when it is a day old; Graph has no delta for it."""
        now = fields.Datetime.now()
        listed = account.calendars_listed_at
        is_old = not listed or now - listed >= _LIST_EVERY
        if is_old or not account.calendar_ids:
            self._refresh(account, outlook)

    @api.model
    def _refresh(self, account, outlook):
        """Ask for the calendars, and keep what the owner has chosen for each."""
        known = {calendar.remote_id: calendar for calendar in account.calendar_ids}
        own, listed = account._addresses(), self.browse()
        for row in outlook.list_calendars():
            vals = self._vals(row, own)
            calendar = known.get(row["id"])
            if calendar:
                changed = {k: v for k, v in vals.items() if calendar[k] != v}
                changed.pop("color", None)  # the owner may have chosen another
                calendar.write(changed)
            else:
                is_main = vals["is_default"]
                calendar = self.create(
                    vals
                    | {
                        "account_id": account.id,
                        "remote_id": row["id"],
                        "is_synced": is_main,
                        "is_target": is_main,
                        "direction": "both" if vals["can_edit"] else "pull",
                    }
                )
            listed |= calendar
        self._take_gone(account, account.calendar_ids - listed)
        account.calendars_listed_at = fields.Datetime.now()

    @api.model
    def _vals(self, row, own):
        owner = row.get("owner") or {}
        address = str(owner.get("address") or "").lower()
        return {
            "name": row.get("name") or self.env._("(No title)"),
            "owner": address or False,
            "is_default": row.get("isDefaultCalendar") is True,
            "is_shared": bool(address) and address not in own,
            "can_edit": row.get("canEdit") is not False,
            "color": color_from_graph(str(row.get("color") or "")),
            "is_gone": False,
        }

    @api.model
    def _take_gone(self, account, calendars):
        """Stop reading calendars that are not there any more.

        Nobody is asked about their meetings one by one: all of them stay in Odoo.
        """
        for calendar in calendars.filtered(lambda one: not one.is_gone):
            if calendar.is_synced:
                account._note("skip", self._farewell(calendar), direction="in")
            calendar.is_gone = True
            if calendar.is_shared:
                calendar.is_target = False
        if not account.calendar_ids.filtered(
            lambda one: one.is_target and not one.is_gone and not one.is_shared
        ):
            main = account.calendar_ids.filtered("is_default")[:1]
            main.write({"is_target": True, "is_synced": True})

    @api.model
    def _farewell(self, calendar):
        """Return what the user is told of a calendar that is not there any more."""
        if calendar.is_shared:
            return self.env._(
                "%(owner)s does not share the calendar %(name)s with you any more. Its "
                "meetings stay in Odoo.",
                owner=calendar.owner,
                name=calendar.name,
            )
        return self.env._(
            "The calendar %(name)s is gone in Outlook. Its meetings stay in Odoo.",
            name=calendar.name,
        )
