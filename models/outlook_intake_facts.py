# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What a link remembers of its item."""

from odoo import api, models

from ..core.snapshot import snapshot

# What of a private item is shown to those who read the calendar of its owner.
SHOWN = frozenset({"when", "show_as"})


class OutlookIntake(models.AbstractModel):
    """Writes down the state of Outlook's side."""

    _inherit = "outlook.intake"

    @api.model
    def _link_vals(self, calendar, item, record, kind):
        """Return values of a link whose Outlook side is as ``item`` says."""
        return {
            "account_id": calendar.account_id.id,
            "calendar_id": calendar.is_shared and calendar.id,
            "event_id": record.id,
            "remote_id": item.remote_id,
            "kind": kind,
            **self._facts(item, calendar, kind),
        }

    @api.model
    def _facts(self, item, calendar, kind, base=None):
        """Return what a link remembers of the item.

        :param base: the snapshot that it has already
        """
        return {
            "ical_uid": item.ical_uid,
            "is_organizer": item.is_organizer,
            "organizer_name": item.organizer and item.organizer.name,
            "etag": item.etag,
            "zone": item.zone,
            "is_online": item.event.online,
            "show_as": item.event.show_as,
            "importance": item.importance,
            "web_link": item.web_link,
            "is_gone": False,
            "is_hidden": item.is_hidden,
            "guest_names": self.env["outlook.link"]._names_of(
                calendar.account_id, [item.event]
            ),
            "base_outlook": self._snapshot(item, calendar, kind, base),
        }

    @api.model
    def _snapshot(self, item, calendar, kind, base=None):
        """Return the snapshot; of a guest's mailbox, his own answer alone is reliable.

        Graph: an attendee's item does not show the others' answers reliably. What is
        hidden counts as it was when it was last shown.
        """
        state = snapshot(item.event)
        if item.is_hidden and base:
            return base | {name: state[name] for name in SHOWN}
        if kind == "meeting" and not item.is_organizer:
            own = calendar._addresses()
            state["responses"] = {
                address: answer
                for address, answer in state["responses"].items()
                if address in own
            }
        return state
