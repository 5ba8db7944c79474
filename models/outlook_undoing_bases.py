# Part of outlook_calendar. LGPL-3, see LICENSE.
"""After an undo that Outlook does not follow: neither side sees it as news."""

from odoo import api, models


class OutlookUndoingBases(models.AbstractModel):
    """Lets the base of Odoo's side have the values that were put back."""

    _name = "outlook.undoing.bases"
    _description = "Outlook: Bases After Undoing"

    @api.model
    def _keep(self, link, row, names):
        """Keep fields from being sent; what waits besides keeps its old base."""
        if not link.recurrence_id:
            state = self.env["outlook.event.mapper"]._snapshot(link.event_id)
            own = {name: state[name] for name in names}
            link.base_odoo = link.base_odoo | own
            return
        state = self.env["outlook.series.mapper"]._state(link.recurrence_id, link)
        slot, base = (row.facts or {}).get("slot"), link.base_odoo
        common = {} if slot else {name: state[name] for name in names}
        days = dict(base["days"])
        for key in days.keys() | state["days"].keys():
            if key == slot or (not slot and self._is_about(base, state, key, names)):
                self._put(days, key, state["days"])
        link.base_odoo = base | common | {"days": dict(sorted(days.items()))}

    @api.model
    def _is_about(self, base, state, slot, names):
        """Whether a day differs from its base in these fields alone."""
        old, new = (one["days"].get(slot, {}) for one in (base, state))
        if old is None or new is None:
            return False
        changed = {k for k in old.keys() | new.keys() if old.get(k) != new.get(k)}
        return changed <= names

    @api.model
    def _put(self, days, slot, there):
        if slot in there:
            days[slot] = there[slot]
        else:
            days.pop(slot, None)
