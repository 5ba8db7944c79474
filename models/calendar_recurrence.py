# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Odoo's series: noted when they change, and made of the days that Outlook has too."""

from datetime import datetime, timedelta, timezone

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core.errors import UnsupportedRecurrence
from ..core.recurrence import DAYS
from ..core.recurrence_dates import dates, instants
from ..core.recurrence_odoo import rule_from_odoo
from .outlook_series_mapper import wall_of

_NOTED = "outlook_calendar.noted_series"
RULE_FIELDS = frozenset(
    {"rrule_type", "interval", "until", "count", "end_type", "event_tz", "byday"}
    | {"weekday", "day", "month_by", "mon", "tue", "wed", "thu", "fri", "sat", "sun"}
)
_HORIZON = 365  # days ahead for which meetings of a series without an end are made


class CalendarRecurrence(models.Model):
    """Notes changes of series; requests come later."""

    _inherit = "calendar.recurrence"

    outlook_link_ids = fields.One2many("outlook.link", "recurrence_id", copy=False)
    # The day from which the rule counts, in the zone of the series.
    outlook_first = fields.Date(copy=False, readonly=True)
    # To which day the meetings of a series without an end were made.
    outlook_horizon = fields.Date(copy=False, readonly=True)
    # How it repeats, in words, where Odoo has no such rule: its days are Outlook's.
    outlook_pattern = fields.Char(copy=False, readonly=True)

    # --- noting --------------------------------------------------------------

    def write(self, vals):
        """Note a change of the rule."""
        result = super().write(vals)
        if RULE_FIELDS & vals.keys():
            self._outlook_note()
        return result

    def unlink(self):
        """Note what has to be deleted in Outlook, unless another series takes over."""
        if not self.env.context.get("outlook_keeps_links"):
            events = self.env["calendar.event"]
            if events._outlook_is_watched():
                links = self.sudo().outlook_link_ids.filtered(events._outlook_goes_too)
                self.env["outlook.outbox"]._note_deletion(links)
                self.env["outlook.outbox"]._note_unsure_series(self)
        return super().unlink()

    def _outlook_note(self):
        """Remember the series until the transaction is about to end."""
        if not self or not self.env["calendar.event"]._outlook_is_watched():
            return
        precommit = self.env.cr.precommit
        noted = precommit.data.get(_NOTED)
        if noted is None:
            noted = precommit.data[_NOTED] = {}
            precommit.add(self.sudo().browse()._outlook_save_notes)
        # A mailbox that was read knows what it said, unless Odoo says more.
        pulling = self.env.context.get("outlook_from_account")
        for series_id in self.ids:
            noted.setdefault(series_id, set()).add(pulling)

    @api.model
    def _outlook_save_notes(self):
        """Turn the remembered series into outbox rows, in the same transaction."""
        noted = self.env.cr.precommit.data.pop(_NOTED, {})
        pairs = []
        for series in self.browse(noted).exists():
            but = noted[series.id]
            pulling = but.pop() if len(but) == 1 else None
            accounts = series._outlook_accounts(pulling)
            pairs += [(account.sudo(), series) for account in accounts]
        self.env["outlook.outbox"]._note_series(pairs)

    def _outlook_accounts(self, but):
        """Return the connections that the series may concern.

        :param but: id of a connection that is left out, or None
        """
        if lead := self._outlook_lead():
            return lead._outlook_accounts(but).get(lead.id, ())
        accounts = self.outlook_link_ids.account_id
        return accounts.filtered(lambda one: one.id != but and one._may_push())

    # --- what a series is made of --------------------------------------------

    def _outlook_meetings(self):
        """Return the meetings of the series, without the archived ones."""
        return self.calendar_event_ids.filtered("active")

    def _outlook_lead(self):
        """Return the meeting that stands for all where one is needed."""
        self.ensure_one()
        meetings = self._outlook_meetings()
        base = self.base_event_id
        return base if base in meetings else meetings.sorted("start")[:1] or base

    def _outlook_is_over(self):
        """Whether the last meeting of the series is over."""
        stops = self._outlook_meetings().mapped("stop")
        return bool(stops) and max(stops) < fields.Datetime.now()

    def _outlook_week_start(self):
        """Return the name of the first day of a week, as Odoo takes it."""
        return DAYS[self._get_lang_week_start().weekday]

    def _outlook_is_kept(self):
        """Whether the organizer's mailbox has, or will have, this series."""
        if not self.env["calendar.event"]._outlook_is_watched():
            return False
        if self.env["outlook.connection"]._is_at_rest():
            return False
        if self.sudo().outlook_link_ids.filtered(
            lambda link: link.organizes and link.is_shared and link._may_push()
        ):
            return True
        base = self.sudo().base_event_id
        account = self.env["outlook.account"]._of_organizer(base)
        return bool(account) and account._may_push()

    def _outlook_end(self):
        """Let the rule end with the last meeting that is left; without one, go."""
        for series in self.filtered(lambda one: one.sudo().outlook_link_ids):
            slots = self.env["outlook.series.mapper"]._slots(series.sudo())
            if slots:
                series.write({"end_type": "end_date", "until": max(slots.values())})
            else:
                series.unlink()

    @api.model
    def _outlook_extend_all(self):
        """Make the next meetings of the series without an end that Outlook has too."""
        domain = [("end_type", "=", "forever"), ("outlook_horizon", "!=", False)]
        for series in self.search(domain):
            # What comes from Outlook is made by the reading that sees it.
            led = series.outlook_link_ids.filtered(lambda x: "when" in x._fields_in())
            if not led and series._outlook_meetings():
                series._outlook_extend()

    def _outlook_extend(self):
        """Make the meetings from the horizon on to that of today."""
        lead = self._outlook_lead()
        first, last = self.outlook_horizon, self._outlook_limit()
        mapper = self.env["outlook.series.mapper"]
        ours = mapper._series(self)
        [values] = lead.with_context(active_test=False).copy_data()
        writer = self.env["outlook.event.writer"]
        vals_list = [
            values
            | writer._time_vals(ours.meeting(slot))
            | {
                "recurrence_id": self.id,
                "follow_recurrence": True,
                "outlook_slot": slot,
            }
            for slot in dates(ours.rule, ours.first, (first + timedelta(1), last))
        ]
        quiet = {"no_mail_to_attendees": True, "mail_create_nolog": True}
        events = self.env["calendar.event"].with_context(
            skip_contact_description=True, no_calendar_sync=True, **quiet
        )
        events.create(vals_list)
        self.outlook_horizon = last

    # --- making the meetings -------------------------------------------------

    def _inverse_rrule(self):
        """Keep a series without an end as one: its text has Odoo's 720 dates in it."""
        endless = self.filtered(
            lambda series: (
                series.end_type == "forever"
                and series.rrule == series._rrule_serialize()
            )
        )
        return super(CalendarRecurrence, self - endless)._inverse_rrule()

    def _get_occurrences(self, dtstart):
        """Of a pattern that Odoo has no rule for, the days are those it has."""
        if self.outlook_pattern:
            return sorted(self._outlook_meetings().mapped("start"))
        return super()._get_occurrences(dtstart)

    def _range_calculation(self, event, duration):
        """Give a series that Outlook has the days that it has there.

        Odoo counts weeks in UTC, and knows no horizon.

        :raise UserError: Outlook cannot repeat a meeting like this
        """
        ranges = super()._range_calculation(event, duration)
        if not self._outlook_is_kept():
            return ranges
        first = min((start for start, _stop in ranges), default=event.start)
        try:
            starts = list(self._outlook_starts(event.allday, first))
        except UnsupportedRecurrence as error:
            raise UserError(self.env["outlook.journal"]._reason(error.code)) from error
        return {(start, start + duration) for start in starts}

    def _outlook_starts(self, is_all_day, first):
        """Yield when the meetings begin, naive UTC.

        :param first: when the first one does
        :raise UnsupportedRecurrence: Outlook has no such rule
        """
        zone = "UTC" if is_all_day else self._get_timezone().zone
        wall = wall_of(first, zone)
        rule = rule_from_odoo(
            self._outlook_values(), wall.date(), self._outlook_week_start()
        )
        last = self._outlook_limit()
        if is_all_day:
            for day in dates(rule, wall.date(), (wall.date(), last)):
                yield datetime.combine(day, first.time())
            return
        end = datetime.combine(last, datetime.max.time(), tzinfo=timezone.utc)
        window = (first.replace(tzinfo=timezone.utc), end)
        for moment in instants(rule, wall, zone, window):
            yield moment.replace(tzinfo=None)

    def _outlook_values(self):
        """Return the values that tell the rule, see ``core.recurrence_odoo``."""
        [values] = self.read(sorted(RULE_FIELDS), load=False)
        return values

    def _outlook_limit(self):
        """Return the last day for which a meeting is made."""
        if self.end_type != "forever":
            return fields.Date.to_date("9999-12-29")
        organizer = self.sudo()._outlook_lead().user_id
        account = self.env["outlook.account"].sudo()
        account = account.search([("user_id", "=", organizer.id)])
        days = account.days_future or _HORIZON
        return fields.Date.today() + timedelta(days=days - 1)

    def _apply_recurrence(
        self,
        specific_values_creation=None,
        no_send_edit=False,
        generic_values_creation=None,
    ):
        """Keep in mind where the rule begins, and how far its meetings were made."""
        self._outlook_check_known()
        # The meetings are copies: Odoo has described the people in the first one.
        plain = self.with_context(skip_contact_description=True)
        detached = super(CalendarRecurrence, plain)._apply_recurrence(
            specific_values_creation=specific_values_creation,
            no_send_edit=no_send_edit,
            generic_values_creation=generic_values_creation,
        )
        for series in self:
            meetings = series._outlook_meetings()
            if not meetings:
                continue
            series.sudo().write(
                {
                    "outlook_first": self.env["outlook.series.mapper"]._day(
                        meetings.sorted("start")[:1], series
                    ),
                    "outlook_horizon": series.end_type == "forever"
                    and series._outlook_limit(),
                }
            )
            series._outlook_take_link(series.base_event_id)
        self._outlook_note()
        return detached

    def _outlook_check_known(self):
        """Refuse to make days by a rule that Odoo does not have."""
        if any(series.outlook_pattern for series in self):
            raise UserError(
                self.env._(
                    "This series repeats in a way that Odoo does not have. Change its "
                    "repetition or the time of all its meetings in Outlook."
                )
            )

    def _outlook_take_link(self, event):
        """Let the link of a single meeting stand for the series that it became."""
        links = self.env["outlook.link"].sudo().search([("event_id", "=", event.id)])
        links._become_series(self)
