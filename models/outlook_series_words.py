# Part of outlook_calendar. LGPL-3, see LICENSE.
"""How a series repeats, in words, where Odoo has no such rule."""

from odoo import api, models

from ..core.series_state import rule_of


class OutlookSeriesWords(models.AbstractModel):
    """Says a rule in the language of its reader."""

    _name = "outlook.series.words"
    _description = "Outlook: Repetitions in Words"

    @api.model
    def _pattern(self, rule):
        """Return one line for a :class:`core.recurrence.Rule`; None: not known."""
        if rule is None:
            return self.env._("As set in Outlook")
        days = ", ".join(self._day(day) for day in rule.weekdays)
        if rule.ordinal:
            return self._of_ordinal(rule, days)
        if rule.frequency == "weekly":
            return self.env._(
                "Every %(count)s weeks on %(days)s", count=rule.interval, days=days
            )
        if rule.month_day:
            return self.env._(
                "On day %(day)s of every %(count)s months, or the last day of a "
                "shorter month",
                day=rule.month_day,
                count=rule.interval * (12 if rule.month else 1),
            )
        return self.env._("Every %(count)s days", count=rule.interval)

    @api.model
    def _of_state(self, state):
        """Return one line for the rule of a ``core.series_state``, with its end."""
        if not state:
            return self.env._("no repetition")
        rule, first = rule_of({"rule": state})
        words = [self._pattern(rule), self.env._("from %(day)s", day=first)]
        if rule and rule.until:
            words.append(self.env._("until %(day)s", day=rule.until))
        if rule and rule.count:
            words.append(self.env._("%(count)s times", count=rule.count))
        return ", ".join(words)

    @api.model
    def _of_ordinal(self, rule, days):
        ordinals = {
            1: self.env._("first"),
            2: self.env._("second"),
            3: self.env._("third"),
            4: self.env._("fourth"),
            -1: self.env._("last"),
        }
        return self.env._(
            "On the %(which)s of %(days)s, every %(count)s months",
            which=ordinals[rule.ordinal],
            days=days,
            count=rule.interval * (12 if rule.month else 1),
        )

    @api.model
    def _day(self, name):
        """Return the name of a weekday as the user's language has it."""
        weekday = self.env["calendar.recurrence"]._fields["weekday"]
        return dict(weekday._description_selection(self.env))[name[:3].upper()]
