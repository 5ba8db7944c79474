# Part of outlook_calendar. LGPL-3, see LICENSE.
"""New items: taken in as their owner chose, and recognised all the same."""

from odoo import api, models


class OutlookIntake(models.AbstractModel):
    """Creates single meetings in the form that is wanted."""

    _inherit = "outlook.intake"

    @api.model
    def _create(self, calendar, items, links):
        """Create in full, as a busy time, or nothing but a link."""
        forms = {one.remote_id: calendar._form_of_new([one.event]) for one in items}
        out = [item for item in items if forms[item.remote_id] == "leave_out"]
        rest = [
            calendar._busy(item) if forms[item.remote_id] == "busy" else item
            for item in items
            if forms[item.remote_id] != "leave_out"
        ]
        form = self.env["outlook.withholding"]
        if out:
            stale = [links[one.remote_id].id for one in out if one.remote_id in links]
            self.env["outlook.link"].browse(stale).unlink()
            form._leave_out(calendar, out)
        if not rest:
            return None
        own = self.with_context(default_brought_in=True)
        result = super(OutlookIntake, own)._create(calendar, rest, links)
        form._give_way(calendar.account_id, rest)
        return result

    @api.model
    def _deleted_uids(self, items):
        """What is left out was not deleted: another mailbox may bring it."""
        uids = super()._deleted_uids(items)
        if not uids or any(item.is_lent for item in items):
            return uids
        found = self.env["outlook.link"].sudo()
        found = found.search(
            [
                ("ical_uid", "in", list(uids)),
                ("event_id", "=", False),
                ("recurrence_id", "=", False),
                ("problem", "=", False),
            ]
        )
        return set(found.filtered(lambda link: not link._is_block()).mapped("ical_uid"))


class OutlookSeriesIntake(models.AbstractModel):
    """Creates series in the form that is wanted: a private day hides them all."""

    _inherit = "outlook.series.intake"

    @api.model
    def _take(self, calendar, link, found, stamps):
        """Let the link of what was left out know all days."""
        if link:
            days = tuple(found.series.exceptions.values())
            link = link.with_context(outlook_days=days)
        return super()._take(calendar, link, found, stamps)

    @api.model
    def _create(self, calendar, found):
        """Create in full, as busy times, or nothing but a link."""
        events = [found.item.event, *found.series.exceptions.values()]
        wanted, form = calendar._form_of_new(events), self.env["outlook.withholding"]
        if wanted == "leave_out":
            form._leave_out(calendar, [found.item])
            return None
        if wanted == "busy":
            found = calendar._busy(found)
        own = self.with_context(default_brought_in=True)
        result = super(OutlookSeriesIntake, own)._create(calendar, found)
        form._give_way(calendar.account_id, [found.item])
        return result


class OutlookRecognition(models.AbstractModel):
    """Joins single meetings; a busy time is nobody's but its owner's."""

    _inherit = "outlook.recognition"

    @api.model
    def _by_ical_uid(self, items):
        """Do not take somebody's busy time for the meeting."""
        found = super()._by_ical_uid(items)
        lent = {item.remote_id for item in items if item.is_lent}
        blocks = self.env["outlook.withholding"]
        return {
            remote_id: match
            for remote_id, match in found.items()
            if remote_id in lent or not blocks._is_block(match.event)
        }

    @api.model
    def _join(self, calendar, item, match):
        """Join in the form that is wanted."""
        form = self.env["outlook.withholding"]
        wanted = calendar._form([item.event])
        row = form._former(calendar, item)
        if form._is_to_go(row, match.event, wanted):
            form._drop(match.event)
            self.env["outlook.intake"]._create(calendar, [item], {})
            return None
        if wanted != "full" and form._is_lent_block(match.event):
            if wanted == "leave_out":
                form._leave_out(calendar, [item])
                return None
            item = calendar._busy(item)
        own = self.with_context(default_brought_in=row.brought_in)
        return super(OutlookRecognition, own)._join(calendar, item, match)


class OutlookSeriesRecognition(models.AbstractModel):
    """Joins series."""

    _inherit = "outlook.series.recognition"

    @api.model
    def _by_ical_uid(self, item):
        """Do not take somebody's busy times for the series."""
        match = super()._by_ical_uid(item)
        blocks = self.env["outlook.withholding"]
        if match and not item.is_lent and blocks._is_block(match.event):
            return None
        return match

    @api.model
    def _join(self, calendar, found, match):
        """Join in the form that is wanted."""
        form, item = self.env["outlook.withholding"], found.item
        wanted = calendar._form([item.event, *found.series.exceptions.values()])
        row = form._former(calendar, item)
        if form._is_to_go(row, match.event, wanted):
            form._drop(match.event)
            self.env["outlook.series.intake"]._create(calendar, found)
            return None
        if wanted != "full" and form._is_lent_block(match.event):
            if wanted == "leave_out":
                form._leave_out(calendar, [item])
                return None
            found = calendar._busy(found)
        own = self.with_context(default_brought_in=row.brought_in)
        return super(OutlookSeriesRecognition, own)._join(calendar, found, match)
