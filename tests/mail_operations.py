# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What happens in the life of a meeting, for the mail matrix.

Each is a generator: up to its ``yield`` it prepares, and what follows is the operation
whose mails are counted.
"""

from odoo.fields import Command

from .common import guest
from .mail_stage import MailStage

ZOE, BOB = "zoe@customer.example", "bob@contoso.example"


class Operations(MailStage):
    """The operations, each named as its row is."""

    # --- one meeting -------------------------------------------------------------

    def create_one(self):
        yield
        self.board()

    def create_a_past_one(self):
        yield
        self.board(hours=-48)

    def change_the_title(self):
        event = self.board()
        yield
        self.save(event, name="Other")

    def change_the_text(self):
        event = self.board()
        yield
        self.save(event, description="<p>Agenda</p>")

    def change_the_place(self):
        event = self.board()
        yield
        self.save(event, location="Ghent")

    def change_the_time(self):
        event = self.board()
        yield
        self.save(event, **self.later(event, hours=1))

    def change_what_is_anns_own(self):
        alarm = self.env["calendar.alarm"].search(
            [("alarm_type", "=", "notification")], limit=1
        )
        event = self.board()
        yield
        tags = self.env["calendar.event.type"]
        tag = tags.search([("name", "=", "Fun")]) or tags.create({"name": "Fun"})
        own = {"alarm_ids": [Command.link(alarm.id)], "show_as": "free"}
        self.save(event, categ_ids=[Command.link(tag.id)], privacy="private", **own)

    def save_without_a_change(self):
        event = self.board()
        yield
        self.save(event, name=event.name, location=event.location)

    def add_a_guest(self):
        event = self.board()
        yield
        self.save(event, partner_ids=[Command.link(self.dan.id)])

    def remove_a_guest(self):
        event = self.board()
        yield
        self.save(event, partner_ids=[Command.unlink(self.zoe.id)])

    def bob_accepts(self):
        event = self.board()
        yield
        partner = self.bob.partner_id
        mine = event.attendee_ids.filtered(lambda one: one.partner_id == partner)
        mine.with_user(self.bob).do_accept()

    def zoe_declines_by_her_link(self):
        event = self.board()
        yield
        event.attendee_ids.filtered(lambda x: x.partner_id == self.zoe).do_decline()

    def archive(self):
        event = self.board()
        yield
        event.with_user(self.ann).action_archive()

    def restore(self):
        event = self.board()
        event.with_user(self.ann).action_archive()
        self.settle()
        yield
        event.with_user(self.ann).action_unarchive()

    def archive_and_restore_at_once(self):
        event = self.board()
        yield
        event.with_user(self.ann).action_archive()
        event.with_user(self.ann).action_unarchive()

    def delete(self):
        event = self.board()
        yield
        event.with_user(self.ann).unlink()

    def delete_on_the_form(self):
        event = self.board()
        yield
        self.delete_as_from_form(event)

    def duplicate(self):
        event = self.board()
        yield
        event.with_user(self.ann).copy()

    def send_a_reminder(self):
        alarm = self.env["calendar.alarm"].search(
            [("alarm_type", "=", "email")], limit=1
        )
        self.board(alarm_ids=[Command.set(alarm.ids)], hours=24)
        with self.ahead(hours=24, minutes=2 - alarm.duration_minutes):
            yield
            manager = self.env["calendar.alarm_manager"]
            manager.with_context(lastcall=self.now)._send_reminder()

    def hand_over_to_bob(self):
        event = self.board()
        yield
        self.save(event, user_id=self.bob.id)

    def hand_over_and_move(self):
        event = self.board()
        self.save(event, user_id=self.bob.id)
        self.settle()
        yield
        self.save(event, **self.later(event, hours=1))

    # --- what is over --------------------------------------------------------------

    def change_a_past_one(self):
        event = self.board()
        with self.ahead(days=3):
            yield
            self.save(event, name="Other", description="<p>Minutes</p>")
            self.save(event, **self.later(event, hours=1))
            self.settle()
            yield

    def take_a_guest_off_a_past_one(self):
        event = self.board()
        with self.ahead(days=3):
            yield
            self.save(event, partner_ids=[Command.unlink(self.zoe.id)])
            self.settle()
            yield

    def delete_a_past_one(self):
        event = self.board()
        with self.ahead(days=3):
            yield
            event.with_user(self.ann).unlink()
            self.settle()
            yield

    # --- series --------------------------------------------------------------------

    def create_a_series(self):
        yield
        self.team()

    def series_title_of_one(self):
        meetings = self.team()
        yield
        self.edit(meetings[1], name="Other")

    def series_time_of_one(self):
        meetings = self.team()
        yield
        self.move(meetings[1], hours=1)

    def series_title_of_the_rest(self):
        meetings = self.team()
        yield
        self.edit(meetings[2], "future_events", name="Other")

    def series_time_of_the_rest(self):
        meetings = self.team()
        yield
        self.move(meetings[2], "future_events", hours=1)

    def series_title_of_all(self):
        meetings = self.team()
        yield
        self.edit(meetings[0], "all_events", name="Other")

    def series_time_of_all(self):
        meetings = self.team()
        yield
        self.move(meetings[0], "all_events", hours=1)

    def series_guest_added_to_all(self):
        meetings = self.team()
        yield
        self.edit(meetings[0], "all_events", partner_ids=[Command.link(self.dan.id)])

    def series_one_archived(self):
        meetings = self.team()
        yield
        meetings[1].with_user(self.ann).action_mass_archive("self_only")

    def series_one_archived_and_restored(self):
        meetings = self.team()
        meetings[1].with_user(self.ann).action_mass_archive("self_only")
        self.settle()
        yield
        meetings[1].with_user(self.ann).action_unarchive()

    def series_all_archived(self):
        meetings = self.team()
        yield
        meetings[0].with_user(self.ann).action_mass_archive("all_events")

    def series_all_archived_and_restored(self):
        meetings = self.team()
        meetings[0].with_user(self.ann).action_mass_archive("all_events")
        self.settle()
        yield
        meetings.with_user(self.ann).action_unarchive()

    def series_one_deleted(self):
        meetings = self.team()
        yield
        meetings[1].with_user(self.ann).unlink()

    def series_all_deleted_on_the_form(self):
        meetings = self.team()
        yield
        self.delete_as_from_form(meetings[0], "all_events")

    def series_rest_deleted(self):
        meetings = self.team()
        yield
        meetings[2].with_user(self.ann).action_mass_deletion("future_events")

    def series_all_deleted(self):
        meetings = self.team()
        yield
        meetings[0].with_user(self.ann).action_mass_deletion("all_events")

    # --- what Outlook says ----------------------------------------------------------

    def _in_outlook(self, **body):
        invited = [guest(ZOE), guest(BOB)]
        return self.in_outlook("ann", "Board", attendees=invited, **body)

    def import_one(self):
        self._in_outlook()
        yield

    def import_a_series(self):
        self.series_in_outlook(attendees=[guest(ZOE), guest(BOB)])
        yield

    def import_a_change(self):
        item = self._in_outlook()
        self.settle()
        self.change_in_outlook(
            "ann",
            item,
            subject="Other",
            attendees=[guest(ZOE), guest("dan@customer.example")],
            **self.times(self.day(3)),
        )
        yield

    def import_an_answer(self):
        self._in_outlook()
        self.settle()
        self.sandbox.exchange.respond(
            self.person("bob"), self.own_item("bob")["id"], "accepted"
        )
        yield

    def import_a_deletion(self):
        item = self._in_outlook()
        self.settle()
        self.delete_in_outlook("ann", item)
        yield

    def change_an_imported_one(self):
        self._in_outlook()
        self.settle()
        event = self.events(name="Board")
        yield
        if event:
            self.save(event, **self.later(event, hours=1))
