# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What the model has found: each failure stays here as an example of its own.

``dev/explore`` prints a failing example in this form.
"""

from contextlib import contextmanager

from odoo.tests import tagged

from .machine import Repeating
from .stage import Stage
from .words import At, Days


@tagged("post_install", "-at_install")
class TestFound(Stage):
    @contextmanager
    def play(self):
        """Give the people of the model to act by hand; check in the end."""
        with self.example():
            state = Repeating(self)
            yield state
            state.settle()

    def test_a_private_invitation_of_a_colleague_comes_in(self):
        with self.play() as state:
            state.create_in_outlook(
                "carol", At(3, 9), invited=("ann",), also={"privacy": "private"}
            )

    def test_the_organizers_own_reminder_counts_whoever_is_read_first(self):
        with self.play() as state:
            state.create_in_outlook("bob", Days(1, 3), invited=("ann",))
            state.sync_all(first="ann")

    def test_handed_over_before_it_was_sent_becomes_a_copy(self):
        with self.play() as state:
            board = state.create_in_odoo("bob", At(3, 9))
            state.hand_over(board, "bob", to="carol")

    def test_what_odoo_deleted_is_not_brought_back_by_another_mailbox(self):
        with self.play() as state:
            board = state.create_in_outlook("bob", At(3, 9), invited=("ann",))
            state.sync("ann")
            state.delete_in_odoo(board, "ann")

    def test_nobody_is_invited_to_what_was_over_when_it_could_be_sent(self):
        with self.play() as state:
            state.create_in_odoo("ann", At(1, 9), invited=("zoe",))
            state.wait(hours=72)

    def test_nobody_hears_that_what_was_over_is_called_off(self):
        with self.play() as state:
            board = state.create_in_odoo("ann", At(1, 9), invited=("zoe",))
            state.settle()
            state.delete_in_odoo(board, "ann")
            state.wait(hours=72)

    def test_no_copy_is_made_of_what_the_organizers_mailbox_is_about_to_bring(self):
        """With it, a lost answer made a second meeting in Odoo."""
        with self.play() as state:
            board = state.create_in_odoo("bob", At(3, 9), invited=("ann",))
            state.go_wrong("lost create", skip=0)
            state.run_cron("push")
            self.assertEqual(len(self.outlook("ann")), 1)
            state.sync_all(first="ann")
            self.assertEqual(self.events(name="Meeting 0").id, board.event_id)

    def test_what_a_guest_brought_in_is_not_made_anew_for_its_organizer(self):
        with self.play() as state:
            state.create_in_outlook("bob", At(5, 8), invited=("ann", "zoe"))
            state.sync("ann")
            state.run_cron("push")

    def test_this_and_following_of_the_first_meeting_is_all(self):
        with self.play() as state:
            team = state.repeat_in_odoo("ann", 3, "daily", 2, invited=("bob",))
            state.settle()
            state.drop_in_odoo(team, "ann", nth=0, scope="future_events")

    def test_this_and_following_of_the_first_meeting_is_all_by_a_guest(self):
        with self.play() as state:
            team = state.repeat_in_odoo("ann", 3, "daily", 2, invited=("bob", "zoe"))
            state.change_series_in_odoo(
                team, "bob", 1, "future_events", {"subject": "Board"}
            )
            state.settle()
            state.drop_in_odoo(team, "bob", nth=1, scope="future_events")

    def test_a_guest_who_becomes_the_organizer_before_it_is_sent_invites(self):
        with self.play() as state:
            board = state.create_in_odoo("bob", At(6, 9), invited=("carol",))
            state.change_guests_in_odoo(board, "bob", add=("ann",))
            state.hand_over(board, "bob", to="ann")
            state.sync("bob")

    def test_what_odoo_changed_before_the_organizers_mailbox_came_is_kept(self):
        with self.play() as state:
            board = state.create_in_outlook("bob", Days(2), invited=("ann", "zoe"))
            state.sync("ann")
            state.change_in_odoo(board, "bob", {"reminder": 1440})
            state.answer_in_odoo(board, "ann", "tentativelyAccepted")

    def test_more_meetings_of_a_series(self):
        with self.play() as state:
            team = state.repeat_in_outlook("bob", 5, "weekly", 2)
            state.settle()
            state.recount_in_odoo(team, "ann", count=3)

    def test_the_organizers_values_of_a_series_count_whoever_is_read_first(self):
        with self.play() as state:
            team = state.repeat_in_outlook("bob", 3, "weekly", 4, invited=("ann",))
            own = {"show": "free", "reminder": 1440}
            state.change_series_in_outlook(team, "bob", own)
            state.sync_all(first="ann")

    def test_the_privacy_of_a_series_counts_whoever_is_read_first(self):
        with self.play() as state:
            team = state.repeat_in_outlook("bob", 3, "weekly", 4, invited=("ann",))
            state.change_series_in_outlook(team, "bob", {"privacy": "personal"})
            state.sync_all(first="ann")

    def test_the_privacy_of_a_day_counts_whoever_is_read_first(self):
        with self.play() as state:
            team = state.repeat_in_outlook("bob", 3, "weekly", 4, invited=("ann",))
            state.change_day_in_outlook(team, "bob", 1, {"privacy": "private"})
            state.sync_all(first="ann")

    def test_a_day_called_off_in_outlook_stays_so_when_odoo_makes_a_series_longer(self):
        with self.play() as state:
            team = state.repeat_in_outlook("bob", 3, "weekly", 4, invited=("ann",))
            state.settle()
            state.drop_in_outlook(team, "bob", 3)
            state.recount_in_odoo(team, "bob", 5)

    def test_a_series_that_odoo_made_shorter_stays_so_when_outlook_calls_a_day_off(
        self,
    ):
        with self.play() as state:
            team = state.repeat_in_odoo("bob", 3, "weekly", 4, invited=("ann",))
            state.settle()
            state.recount_in_odoo(team, "bob", 2)
            state.drop_in_outlook(team, "bob", 0)

    def test_a_day_moved_in_outlook_is_gone_when_odoo_has_ended_the_series(self):
        with self.play() as state:
            team = state.repeat_in_odoo("ann", 5, "weekly", 5, invited=("carol",))
            state.settle()
            state.change_series_in_odoo(
                team, "ann", 3, "future_events", {"tags": (), "place": ""}
            )
            state.drop_in_odoo(team, "bob", 1, "future_events")
            state.move_series_in_outlook(team, "ann", 4, 1)

    def test_nobody_hears_of_a_copy_with_guests_when_the_real_meeting_comes(self):
        with self.play() as state:
            state.wait(hours=192)
            party = ("ann", "bob", "zoe")
            board = state.create_in_odoo("carol", Days(3), invited=party)
            state.sync_all(first="bob")
            state.change_guests_in_outlook(board, "bob", add=party)
            state.change_guests_in_outlook(board, "ann", add=("yan",))

    def test_a_past_day_of_a_series_that_odoo_deletes_stays_in_outlook(self):
        with self.play() as state:
            team = state.repeat_in_outlook("ann", 5, "daily", 5, invited=("bob",))
            state.settle()
            state.wait(hours=192)
            state.drop_in_odoo(team, "bob", 2, "self_only")

    def test_a_series_that_is_over_when_it_could_be_sent_is_a_copy_for_each(self):
        with self.play() as state:
            state.wait(hours=192)
            state.repeat_in_odoo("ann", 3, "weekly", 2, invited=("bob", "zoe"))
            state.wait(hours=168)

    def test_a_reminder_that_odoo_takes_off_one_day_of_a_series_goes(self):
        with self.play() as state:
            team = state.repeat_in_outlook("bob", 3, "daily", 4)
            state.settle()
            change = {"reminder": None}
            state.change_series_in_odoo(team, "bob", 2, "self_only", change)

    def test_a_series_that_has_begun_is_ended_in_outlook_when_odoo_ends_it(self):
        with self.play() as state:
            team = state.repeat_in_outlook("ann", 5, "weekly", 3, invited=("bob",))
            state.settle()
            state.wait(hours=192)
            state.drop_in_odoo(team, "bob", 1, "future_events")

    def test_a_series_without_a_meeting_left_is_not_joined_by_a_guests_mailbox(self):
        with self.play() as state:
            party = ("ann", "bob", "zoe")
            team = state.repeat_in_odoo("bob", 5, "weekly", 5, invited=party)
            state.settle()
            state.change_series_in_outlook(team, "bob", {"online": True})
            state.drop_in_odoo(team, "bob", 4, "future_events")
            state.sync("bob")
            state.answer_series_in_outlook(team, "ann", 4, "declined", whole=True)
            state.move_series_in_odoo(team, "ann", 1, "future_events", -1)
            state.recount_in_outlook(team, "bob", 2)
            state.drop_in_odoo(team, "bob", 0, "self_only")
            state.move_series_in_odoo(team, "bob", 1, "future_events", -1)

    def test_a_day_that_could_not_be_sent_with_its_series_is_sent_later(self):
        with self.play() as state:
            team = state.repeat_in_odoo("bob", 5, "weekly", 2, invited=("carol",))
            state.go_wrong("conflict", skip=0)
            state.move_series_in_odoo(team, "ann", 1, "self_only", 3)

    def test_a_day_that_could_not_be_sent_after_its_series_moved_is_sent_later(self):
        with self.play() as state:
            team = state.repeat_in_odoo("bob", 5, "weekly", 3, invited=("carol",))
            state.move_series_in_odoo(team, "bob", 1, "self_only", 3)
            state.settle()
            state.move_series_in_odoo(team, "bob", 0, "all_events", 3)
            state.move_series_in_odoo(team, "bob", 1, "self_only", 3)
            state.go_wrong("conflict", skip=1)

    def test_odoo_makes_longer_what_outlook_moves(self):
        with self.play() as state:
            team = state.repeat_in_outlook("bob", 5, "weekly", 3)
            state.settle()
            state.recount_in_odoo(team, "ann", 5)
            state.move_series_in_outlook(team, "bob", 0, 3, whole=True)

    def test_odoo_makes_shorter_what_outlook_moves(self):
        with self.play() as state:
            team = state.repeat_in_outlook("bob", 5, "weekly", 4)
            state.settle()
            state.drop_in_outlook(team, "bob", 1)
            state.move_series_in_outlook(team, "bob", 0, 3, whole=True)
            state.recount_in_odoo(team, "ann", 2)

    def test_the_guest_of_a_private_meeting_is_read_before_its_organizer(self):
        with self.play() as state:
            private = {"privacy": "private"}
            board = state.create_in_odoo("bob", Days(6, 3), also=private)
            state.settle()
            state.change_guests_in_outlook(board, "bob", add=("ann", "zoe"))
            state.sync_all(first="ann")

    def test_a_guest_of_one_day_is_sent_when_the_answer_to_the_series_was_lost(self):
        with self.play() as state:
            party = ("ann", "yan", "zoe")
            team = state.repeat_in_odoo("ann", 5, "daily", 3, invited=party)
            state.invite_to_series_in_odoo(team, "bob", 1, "self_only", ("bob",))
            state.go_wrong("slow down", skip=2)
            state.run_cron("push")
            state.sync("ann")

    def test_what_is_restored_in_odoo_is_in_outlook_again(self):
        for is_read in (True, False):
            with self.subTest(is_read=is_read), self.play() as state:
                board = state.create_in_odoo("bob", At(4, 9), invited=("ann", "zoe"))
                state.settle()
                state.archive_in_odoo(board, "bob", active=False)
                state.sync("bob")
                if is_read:
                    state.settle()
                state.archive_in_odoo(board, "bob", active=True)
                state.settle()
                self.assertEqual(len(self.events(name="Meeting 0").outlook_link_ids), 2)

    def test_a_meeting_of_a_series_that_is_restored_in_odoo_is_in_outlook_again(self):
        with self.play() as state:
            party = ("ann", "bob", "yan")
            team = state.repeat_in_odoo("bob", 4, "weekly", 3, invited=party)
            state.settle()
            state.archive_series_in_odoo(team, "bob", 0, "all_events")
            state.settle()
            state.restore_in_odoo(team, "bob", 0)

    def test_a_series_that_outlook_moves_while_odoo_ends_its_repetition(self):
        with self.play() as state:
            team = state.repeat_in_odoo("bob", 4, "weekly", 2, invited=("ann", "yan"))
            state.settle()
            state.end_repeating_in_odoo(team, "bob", 3)
            state.move_series_in_outlook(team, "bob", 0, 3, whole=True)

    def test_a_meeting_that_begins_to_repeat_in_odoo_and_changes_in_outlook(self):
        with self.play() as state:
            board = state.create_in_odoo("bob", At(4, 9))
            state.settle()
            state.begin_repeating_in_odoo(board, "bob", "weekly", 3)
            state.change_in_outlook(board, "bob", {"place": "Ghent"})

    def test_guests_of_the_copy_of_a_private_meeting_stay_outside(self):
        with self.play() as state:
            private = {"privacy": "private"}
            board = state.create_in_odoo("bob", At(0, 9, 2), also=private)
            state.wait(hours=72)
            state.settle()
            state.forward_in_outlook(board, "bob", to=("ann", "yan"))

    def test_what_is_restored_after_the_end_of_its_series_stands_alone(self):
        with self.play() as state:
            team = state.repeat_in_outlook("ann", 3, "daily", 3)
            state.settle()
            state.recount_in_outlook(team, "ann", 2)
            state.settle()
            state.restore_in_odoo(team, "bob", 0)

    def test_outlook_calls_off_the_one_day_that_odoo_left_of_a_series(self):
        with self.play() as state:
            team = state.repeat_in_outlook("ann", 3, "daily", 2, invited=("zoe",))
            state.settle()
            state.move_series_in_odoo(team, "ann", 1, "future_events", -1)
            state.drop_in_outlook(team, "ann", 0)
