# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Who gets which mail: the README's table of *Mail*, written down by hand.

For each operation, by who invites: what Odoo sends, and what Outlook sends. "" stands
for an organizer without a connection, for whom Odoo mails as without the add-on. Bob is
a colleague, Zoe and Dan are customers. Whether Bob is connected makes no difference,
unless a rule says so.
"""

INVITED = "bob invitation, zoe invitation"
UPDATED = "bob update, zoe update"
CANCELLED = "bob cancellation, zoe cancellation"
ASKED_AND_CANCELLED = "ann cancellation, bob cancellation, zoe cancellation"
# Outlook ends the former series and makes another one: two mails each.
SPLIT = "bob invitation, bob update, zoe invitation, zoe update"
REMINDED = "ann reminder, bob reminder, zoe reminder"

# (Odoo's, Outlook's) by who invites.
QUIET = dict.fromkeys(("outlook", "odoo", "none", ""), ("", ""))


def by_outlook(mails):
    """Outlook mails where it invites; Odoo has no such mail."""
    return QUIET | {"outlook": ("", mails)}


def by_both(odoo, outlook):
    """Either side mails where it is the one that invites."""
    return QUIET | {"outlook": ("", outlook), "odoo": (odoo, ""), "": (odoo, "")}


def by_odoo_always(mails):
    """Odoo mails whoever invites."""
    return dict.fromkeys(QUIET, (mails, ""))


ONE_MEETING = {
    "create_one": by_both(INVITED, INVITED),
    "create_a_past_one": QUIET,
    "change_the_title": by_outlook(UPDATED),
    "change_the_text": by_outlook(UPDATED),
    "change_the_place": by_outlook(UPDATED),
    "change_the_time": by_both(UPDATED, UPDATED),
    "change_what_is_anns_own": QUIET,
    "save_without_a_change": QUIET,
    "add_a_guest": by_both("dan invitation", "dan invitation"),
    "remove_a_guest": by_outlook("zoe cancellation"),
    # An answer goes out from the mailbox of whoever gave it.
    "bob_accepts": QUIET | {("outlook", True): ("", "ann response")},
    "zoe_declines_by_her_link": QUIET,
    "archive": by_outlook(CANCELLED),
    "restore": by_outlook(INVITED),
    "archive_and_restore_at_once": QUIET,
    "delete": by_outlook(CANCELLED),
    "delete_on_the_form": by_both(ASKED_AND_CANCELLED, CANCELLED),
    "duplicate": by_both(INVITED, INVITED),
    "send_a_reminder": by_odoo_always(REMINDED),
    "hand_over_to_bob": QUIET,
    # It stays in the mailbox that organizes it; without one, Bob's choice counts.
    "hand_over_and_move": by_both(UPDATED, UPDATED) | {"none": (UPDATED, "")},
    "change_a_past_one": QUIET,
    "take_a_guest_off_a_past_one": QUIET,
    "delete_a_past_one": QUIET,
}
SERIES = {
    "create_a_series": by_both(INVITED, INVITED),
    "series_title_of_one": by_outlook(UPDATED),
    "series_time_of_one": by_both(UPDATED, UPDATED),
    "series_title_of_the_rest": by_outlook(SPLIT),
    "series_time_of_the_rest": by_both(UPDATED, SPLIT),
    "series_title_of_all": by_outlook(UPDATED),
    "series_time_of_all": by_outlook(UPDATED),
    "series_guest_added_to_all": by_both("dan invitation", "dan invitation"),
    "series_one_archived": by_outlook(CANCELLED),
    "series_one_archived_and_restored": by_outlook(INVITED),
    "series_all_archived": by_outlook(CANCELLED),
    "series_all_archived_and_restored": by_outlook(INVITED),
    "series_one_deleted": by_outlook(CANCELLED),
    # What is left is one change of the series.
    "series_rest_deleted": by_outlook(UPDATED),
    "series_all_deleted": by_outlook(CANCELLED),
    "series_all_deleted_on_the_form": by_both(ASKED_AND_CANCELLED, CANCELLED),
}
FROM_OUTLOOK = {
    "import_one": QUIET,
    "import_a_series": QUIET,
    "import_a_change": QUIET,
    "import_an_answer": QUIET,
    "import_a_deletion": QUIET,
    # What Outlook has invited to, Outlook tells of, whatever is chosen for others.
    # Nobody has read it where Ann is not connected, unless Bob has: then Odoo mails.
    "change_an_imported_one": dict.fromkeys(("outlook", "odoo", "none"), ("", UPDATED))
    | {("", False): ("", ""), ("", True): (UPDATED, "")},
}
CONNECTION = {
    "connect_with_old_meetings": QUIET,
    # Its guests know it from Odoo, which goes on to tell them.
    "change_one_made_before": QUIET
    | dict.fromkeys(("outlook", "odoo", ""), (UPDATED, "")),
    "disconnect": QUIET,
    "connect_again": QUIET,
    "reinstall": QUIET,
    "sign_in_again": QUIET,
    "restart": QUIET,
    "compare": QUIET,
    "update_the_module": QUIET,
    "bob_connects_later": QUIET,
}
# Without a connection of Ann's there is nothing to choose.
CHOICE = {
    "choose_outlook": dict.fromkeys(("odoo", "none"), ("", INVITED))
    | dict.fromkeys(("outlook", ""), ("", "")),
    "choose_outlook_for_one_made_before": dict.fromkeys(
        ("outlook", "odoo", "none"), ("", INVITED)
    )
    | {"": ("", "")},
    "choose_outlook_and_move": dict.fromkeys(("outlook", "odoo", "none"), ("", UPDATED))
    | {"": (UPDATED, "")},
    "choose_outlook_for_a_series": dict.fromkeys(("odoo", "none"), ("", INVITED))
    | dict.fromkeys(("outlook", ""), ("", "")),
    "choose_outlook_for_a_past_one": QUIET,
    "choose_outlook_on_a_new_one": dict.fromkeys(
        ("outlook", "odoo", "none"), ("", INVITED)
    )
    | {"": (INVITED, "")},
    "choose_odoo_on_a_new_one": dict.fromkeys(QUIET, (INVITED, "")),
    "choose_nobody_on_a_new_one": QUIET | {"": (INVITED, "")},
    "choose_odoo_before_it_is_sent": by_odoo_always(INVITED) | {"none": ("", "")},
    "choose_otherwise_for_the_connection": QUIET,
    "fill_in_the_form": by_both(INVITED, INVITED),
}


def expected(rule, mode, is_guest_connected):
    """Return what Odoo and what Outlook send in a situation."""
    return rule.get((mode, is_guest_connected)) or rule[mode]
