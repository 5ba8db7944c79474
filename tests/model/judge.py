# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What has to be true when both sides have come to rest."""

from collections import Counter
from datetime import datetime, timedelta

from hypothesis.stateful import rule

from ...core.reasons import REASONS
from . import views
from .words import ADDRESSES, COLLEAGUES, CONNECTED, NEWS

_ROUNDS = 12
# What a guest may not change of a copy of a colleague's meeting.
_SHARED = ("subject", "body", "time", "place")
_NOT_GUESTS = (*_SHARED, "privacy", "show", "reminder", "tags")
_ALL = (*_NOT_GUESTS, "guests", "answers")
# Of these both sides' changes add up, or Odoo's are not sent.
_ADD_UP = ("guests", "answers", "tags")
# What a guest is told who answers once more after he has declined, or whose private
# invitation is read before its organizer's mailbox.
_TOLD = {
    REASONS[code] for code in ("answer_gone", "answer_refused", "guest_unknown_yet")
}


class Judge:
    """Brings both sides to rest, and compares them."""

    @rule()
    def settle(self):
        """Sync until nothing moves any more; both sides then have to be equal."""
        self.stage.sandbox.faults.clear()
        for _round in range(_ROUNDS):
            waiting = self.stage.outbox(state="waiting") or self.stage.env[
                "outlook.link"
            ].search([("problem", "!=", False)])
            self.stage.pass_time(timedelta(hours=2 if waiting else 0, minutes=5))
            before = self._traces()
            for name in CONNECTED:
                account = self.stage.accounts[name]
                self._let_work(lambda account=account: self.stage.sync(account))
            if before == self._traces() and not self.stage.outbox(state="waiting"):
                break
        else:
            raise AssertionError("the two sides do not come to rest")
        self.check()

    def _traces(self):
        """Return what changes when a sync writes on either side."""
        events = self.stage.events()
        return (
            len(self.stage.writes()),
            len(self.stage.outlook_mails()),
            [(event.id, event.write_date) for event in events],
            [(one.id, one.state) for one in events.attendee_ids],
        )

    def check(self):
        """Check everything that holds at rest."""
        for meeting in self.known:
            self.learn(meeting)
        self._check_troubles()
        self._check_twins()
        for meeting in self._singles():
            self._check_presence(meeting)
            self._check_links(meeting)
            self._check_mails(meeting)
            meeting.written.clear()

    def _singles(self):
        """Return the meetings that do not repeat."""
        return [meeting for meeting in self.known if not meeting.is_series]

    # --- nothing failed, nothing is there twice -------------------------------------

    def _check_troubles(self):
        env = self.stage.env
        failed = self.stage.journal("fail")
        failed = failed.filtered(lambda row: row.summary not in _TOLD)
        assert not failed, failed.mapped(lambda row: (row.summary, row.details))
        rows = self.stage.outbox().filtered(lambda row: row.reason not in _TOLD)
        assert not rows, rows.mapped("reason")
        problems = env["outlook.link"].search([("problem", "!=", False)])
        problems = problems.filtered(lambda link: not self._is_of_a_copy(link))
        assert not problems, problems.mapped("problem")
        for account in self.stage.accounts.values():
            assert account.state == "connected", account.state
            assert not account.error_message, account.error_message

    def _is_of_a_copy(self, link):
        """Whether somebody invited people to the copy of his private meeting.

        Odoo hears nothing of the guests of a copy, so they have to stay outside.
        """
        known = self.stage.env["outlook.link"].search(
            [("ical_uid", "=", self._uid(link)), ("kind", "=", "copy")]
        )
        return bool(known) and link.problem in _TOLD

    def _uid(self, link):
        """Return the iCalUId of the item of a link."""
        accounts = self.stage.accounts.items()
        [name] = [n for n, account in accounts if account == link.account_id]
        exchange, person = self.stage.sandbox.exchange, self.stage.person(name)
        return exchange.event(person, link.remote_id)["iCalUId"]

    def _outside(self, name, items):
        """Return the links of items that cannot come in; see ``_is_of_a_copy``."""
        account, uids = self.stage.accounts[name], {one["iCalUId"] for one in items}
        links = self.stage.env["outlook.link"].search(
            [("account_id", "=", account.id), ("problem", "!=", False)]
        )
        return links.filtered(lambda link: self._uid(link) in uids)

    def _check_twins(self):
        """No meeting, and no item, is there twice or comes from nowhere."""
        events = self.stage.events() - self.stage.events_before
        events = events.filtered(lambda one: not self.is_of_series(one.name))
        mine = {meeting.event_id for meeting in self.known if meeting.event_id}
        strangers = events.filtered(lambda event: event.id not in mine)
        assert not strangers, f"meetings from nowhere: {strangers.mapped('name')}"
        assert len(mine) == sum(bool(one.event_id) for one in self.known), "one for two"
        uids = {uid for meeting in self.known for uid in meeting.uids}
        for name in COLLEAGUES:
            items = self.stage.outlook(name)
            there = Counter(
                item["iCalUId"]
                for item in items
                if not self.is_of_series(item["subject"])
            )
            assert there.keys() <= uids, f"items from nowhere in the mailbox of {name}"
            assert set(there.values()) <= {1}, f"twice in the mailbox of {name}"

    # --- what has to be there is there ----------------------------------------------

    def _check_presence(self, meeting):
        event = self.event(meeting)
        for name in CONNECTED:
            items = [
                item
                for item in self.stage.outlook(name)
                if item["iCalUId"] in meeting.uids and not item["isCancelled"]
            ]
            rest = [item for item in items if not self._is_let_go(item)]
            assert len(rest) <= 1, f"{meeting}: twice in the mailbox of {name}"
            items = rest or items
            if not meeting.may_go and (items or meeting.event_id):
                assert event.active, f"{meeting}: lost in Odoo"
            link = event.outlook_link_ids.filtered(
                lambda one, name=name: one.account_id == self.stage.accounts[name]
            )
            wanted = name not in meeting.left and self._belongs_to(event, name)
            if event.active and (items or wanted):
                there = link or self._outside(name, items)
                assert there, f"{meeting}: not in the mailbox of {name}"
            stays = name in meeting.unread or self._stays(items[0]) if items else True
            if not (event.active or stays):
                raise AssertionError(f"{meeting}: left in the mailbox of {name}")

    def _belongs_to(self, event, name):
        """Whether somebody who takes part in Odoo has the meeting in his mailbox.

        Of a meeting that somebody who is not connected organizes in Outlook, Odoo
        cannot bring anything to those who are not invited there.
        """
        user = self.stage.users[name]
        out = event.attendee_ids.filtered(lambda one: one.state == "declined")
        takes_part = event.user_id == user or user.partner_id in event.partner_ids
        takes_part = takes_part and user.partner_id not in out.partner_id
        links = event.outlook_link_ids
        if links.filtered("organizes"):
            return takes_part and not views.is_over(views.in_odoo(event)["time"])
        return takes_part and not links.filtered(
            lambda one: one.kind == "meeting" and not one.is_gone
        )

    def _stays(self, item):
        """Whether an item stays in Outlook when its meeting is gone in Odoo."""
        if not item["isOrganizer"]:
            return True  # somebody else's
        return item["attendees"] and views.is_over(views.in_outlook(item)["time"])

    def _is_let_go(self, item):
        """Whether it cannot be deleted any more without mail about the past."""
        return item["isOrganizer"] and self._stays(item)

    # --- field by field ---------------------------------------------------------------

    def _check_links(self, meeting):
        event = self.event(meeting)
        if not event.active:
            return
        for link in event.outlook_link_ids.filtered(lambda one: not one.is_gone):
            name = next(
                n for n, a in self.stage.accounts.items() if a == link.account_id
            )
            person = self.stage.person(name)
            item = self.stage.sandbox.exchange.event(person, link.remote_id)
            ours, theirs = self._sides(event, item)
            names = self._comparable(meeting, event, link, item)
            apart = {n: (ours[n], theirs[n]) for n in names if ours[n] != theirs[n]}
            assert not apart, f"{meeting}, mailbox of {name}: {apart}"
            if item["isOrganizer"] and (
                link.kind == "meeting" or self._is_own(event, link)
            ):
                self._check_values(meeting, theirs, {*names} - {*_ADD_UP})
                self._check_alone(meeting, name, item)
            self._check_own_answer(meeting, event, item, name)

    def _sides(self, event, item):
        """Return both views, without the one who organizes."""
        ours, theirs = views.in_odoo(event), views.in_outlook(item)
        organizer = item["organizer"]["emailAddress"]["address"].lower()
        for view in (ours, theirs):
            view["guests"] = [one for one in view["guests"] if one != organizer]
            view["answers"].pop(organizer, None)
        return ours, theirs

    def _comparable(self, meeting, event, link, item):
        """Return the fields that both sides have to agree on."""
        if not item["isOrganizer"]:
            return ()
        is_copy = link.kind == "copy"
        guests = item["attendees"] or not is_copy
        is_over = guests and event.stop < datetime.now()
        meeting.held_back = is_over and bool(meeting.written or meeting.held_back)
        if meeting.held_back:
            return ()  # its guests would get mail
        if is_copy:
            return _NOT_GUESTS if self._is_own(event, link) else _SHARED
        return _NOT_GUESTS + ("guests",)

    def _is_own(self, event, link):
        """Whether the owner of a mailbox organizes the meeting in Odoo."""
        return event.user_id == link.account_id.user_id

    def _check_values(self, meeting, view, names):
        """What one side alone changed is what both have now."""
        for name in names:
            possible = meeting.possible(name)
            assert possible is None or view[name] in possible, (
                f"{meeting}: {name} is {view[name]}, expected one of {possible}"
            )

    def _check_alone(self, meeting, name, item):
        """What only Outlook knows is as it was left there."""
        there = {**item, "categories": "Holiday" in item["categories"]}
        for member, value in meeting.alone[name].items():
            assert there[member] == value, f"{meeting}: {member} was {value}"

    def _check_own_answer(self, meeting, event, item, name):
        elsewhere = meeting.answered | meeting.unlisted
        if item["isOrganizer"] or ADDRESSES[name] in elsewhere:
            return
        partner = self.stage.users[name].partner_id
        own = event.attendee_ids.filtered(lambda one: one.partner_id == partner)
        there = views.own_answer(item)
        assert own.state == there, f"{meeting}: {name} {own.state} in Odoo, {there}"

    # --- mail -----------------------------------------------------------------------

    def _check_mails(self, meeting):
        """Nobody got more mails than there was news, or from both sides at once."""
        from_outlook = Counter(
            mail.recipient
            for mail in self.stage.outlook_mails()
            if mail.uid in meeting.uids and mail.kind in NEWS
        )
        for address, count in (meeting.from_odoo + from_outlook).items():
            assert count <= meeting.works, f"{meeting}: {count} mails to {address}"
        rest = meeting.rest
        new = meeting.from_odoo - rest["odoo"], from_outlook - rest["outlook"]
        both = new[0].keys() & new[1].keys()
        assert not both or meeting.works > rest["works"] + 1, (
            f"{meeting}: both sides mailed {both}"
        )
        rest.update(
            odoo=Counter(meeting.from_odoo), outlook=from_outlook, works=meeting.works
        )
