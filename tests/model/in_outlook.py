# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What people do in Outlook, and what others do to their mailboxes: rules."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from ...sandbox.problem import GraphProblem
from ..common import graph_time, guest
from .words import (
    ADDRESSES,
    BOSS,
    MEETINGS,
    Days,
    answers,
    colleagues,
    connected,
    guests,
    times,
)
from .words import outlook_changes as changes


class NotHis(Exception):
    """Nobody would do that to a meeting of somebody else."""


class InOutlook:
    """Rules; each acts as a person, and does nothing where Outlook refuses."""

    @rule(target=MEETINGS, who=colleagues, time=times, invited=guests, also=changes)
    def create_in_outlook(self, who, time, invited=(), also=None):
        """Make a meeting in Outlook."""
        meeting = self.new_meeting()
        body = self._body(meeting, {"subject": "Meeting", "time": time, **(also or {})})
        attendees = [guest(ADDRESSES[name]) for name in invited if name != who]
        person = self.stage.person(who)

        def create():
            body["attendees"] = attendees
            item = self.stage.sandbox.exchange.create_event(person, body)
            meeting.uids.add(item["iCalUId"])

        self._act(meeting, who, create)
        return meeting

    @rule(meeting=MEETINGS, who=colleagues, change=changes)
    def change_in_outlook(self, meeting, who, change):
        """Change one or two fields of the own item."""
        self._patch(meeting, who, lambda item: self._body(meeting, change))

    @rule(meeting=MEETINGS, who=colleagues, add=guests, remove=guests)
    def change_guests_in_outlook(self, meeting, who, add=(), remove=()):
        """Invite some, take others off the list; that is the organizer's to do."""

        def body(item):
            if not item["isOrganizer"]:
                raise NotHis
            gone = {ADDRESSES[name] for name in remove}
            there = item["attendees"]
            kept = [a for a in there if a["emailAddress"]["address"] not in gone]
            new = [guest(ADDRESSES[name]) for name in add if name != who]
            return {"attendees": [*kept, *new]}

        meeting.may_go |= bool(remove)
        self._patch(meeting, who, body)

    @rule(meeting=MEETINGS, who=colleagues, answer=answers)
    def answer_in_outlook(self, meeting, who, answer):
        """Say whether one comes."""

        def respond(exchange, person, item):
            exchange.respond(person, item["id"], answer)
            meeting.answered.discard(ADDRESSES[who])

        self._act_on_item(meeting, who, respond)

    @rule(meeting=MEETINGS, who=colleagues, to=guests)
    def forward_in_outlook(self, meeting, who, to):
        """Forward a meeting; the recipients become guests."""
        rows = [{"emailAddress": {"address": ADDRESSES[name]}} for name in to]
        self._act_on_item(
            meeting,
            who,
            lambda exchange, person, item: exchange.forward(person, item["id"], rows),
        )

    @rule(meeting=MEETINGS, who=colleagues, cancel=st.booleans())
    def delete_in_outlook(self, meeting, who, cancel=False):
        """Delete the own item, or call the meeting off."""

        def delete(exchange, person, item):
            (exchange.cancel if cancel else exchange.delete_event)(person, item["id"])
            meeting.may_go = True
            meeting.left.add(who)

        self._act_on_item(meeting, who, delete)

    @rule(meeting=MEETINGS, who=connected)
    def touch_in_outlook(self, meeting, who):
        """Let the server give the item a new version that says nothing new."""
        if item := self.item(meeting, who):
            person = self.stage.person(who)
            self.stage.sandbox.exchange.touch_event(person, item["id"])

    @rule(target=MEETINGS, who=connected, time=times, also=changes)
    def invite_from_outside(self, who, time, also=None):
        """Let somebody from outside invite."""
        meeting = self.new_meeting()
        also = {"subject": "Their board", "time": time, **(also or {})}
        body = self._body(meeting, also)
        body.pop("isOnlineMeeting", None)
        body["attendees"] = [guest(ADDRESSES[who])]

        def invite():
            item = self.stage.sandbox.exchange.receive_invitation(
                self.stage.person(who), BOSS, body, "The Boss"
            )
            meeting.uids.add(item["iCalUId"])

        self._act(meeting, who, invite)
        return meeting

    # --- how they do it ----------------------------------------------------------

    def item(self, meeting, who):
        """Return the item of somebody's mailbox; None when there is none."""
        self.learn(meeting)
        items = [i for i in self.stage.outlook(who) if i["iCalUId"] in meeting.uids]
        return min(items, key=lambda item: item["isCancelled"], default=None)

    def _patch(self, meeting, who, body):
        """Change the own item.

        :param body: a function from the item to the body of the PATCH
        """
        self._act_on_item(
            meeting,
            who,
            lambda exchange, person, item: exchange.update_event(
                person, item["id"], body(item)
            ),
        )

    def _act_on_item(self, meeting, who, work):
        if item := self.item(meeting, who):
            exchange, person = self.stage.sandbox.exchange, self.stage.person(who)
            self._act(meeting, who, lambda: work(exchange, person, item))

    def _act(self, meeting, who, work):
        """Do something in Outlook, or nothing when it is refused."""
        before = self.outlook_view(meeting, who)
        try:
            work()
        except (GraphProblem, NotHis):
            return
        self.done_in_outlook(meeting, who, before)

    def _body(self, meeting, change):
        """Return the members of a POST or PATCH."""
        body = {}
        for name, value in meeting.named(change).items():
            body |= getattr(self, f"_member_of_{name}")(value)
        return body

    def _member_of_subject(self, value):
        return {"subject": value}

    def _member_of_body(self, value):
        return {"body": {"contentType": "html", "content": value}}

    def _member_of_place(self, value):
        return {"location": {"displayName": value}}

    def _member_of_places(self, value):
        return {"locations": [{"displayName": name} for name in value]}

    def _member_of_privacy(self, value):
        return {"sensitivity": value}

    def _member_of_show(self, value):
        return {"showAs": value}

    def _member_of_time(self, value):
        start, end = value.span
        times = {"start": graph_time(start), "end": graph_time(end)}
        if isinstance(value, Days):
            for time in times.values():
                time["dateTime"] += "T00:00:00"
        return {**times, "isAllDay": isinstance(value, Days)}

    def _member_of_reminder(self, value):
        if value is None:
            return {"isReminderOn": False}
        return {"isReminderOn": True, "reminderMinutesBeforeStart": value}

    def _member_of_tags(self, value):
        return {"categories": list(value)}

    def _member_of_importance(self, value):
        return {"importance": value}

    def _member_of_online(self, value):
        return {"isOnlineMeeting": value}
