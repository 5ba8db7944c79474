# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Fills the demo's database; runs in Odoo's shell, where ``env`` is the superuser's.

The people are those of the sandbox's own seed, so that an Odoo user and a mailbox of
the same address exist for each of them.
"""

from datetime import timedelta

PEOPLE = (
    ("ann", "Ann Archer", "Europe/Paris"),
    ("bob", "Bob Baker", "Europe/London"),
    ("carol", "Carol Chen", "America/New_York"),
)
DOMAIN = "contoso.example"
# Organizer, what, days from today, hour in UTC, minutes, guests.
MEETINGS = (
    ("ann", "Budget round", 1, 11, 60, ("bob", "carol")),
    ("ann", "Supplier call", 3, 13, 30, ()),
    ("bob", "Code review", 2, 10, 60, ("ann",)),
)


def add_people(env):
    """Return the demo users by login; login and password are the same word."""
    env.company.name = "Contoso"
    group = env.ref("base.group_user")
    quiet = env["res.users"].with_context(no_reset_password=True)
    users = {}
    for login, name, zone in PEOPLE:
        users[login] = quiet.create(
            {
                "login": login,
                "password": login,
                "name": name,
                "email": f"{login}@{DOMAIN}",
                "tz": zone,
                "group_ids": [(6, 0, group.ids)],
            }
        )
    return users


def add_meetings(env, users):
    """Put meetings into Odoo's calendars, for the first sync to find."""
    midnight = env.cr.now().replace(hour=0, minute=0, second=0, microsecond=0)
    for organizer, name, days, hour, minutes, guests in MEETINGS:
        start = midnight + timedelta(days=days, hours=hour)
        people = [users[login].partner_id.id for login in (organizer, *guests)]
        event = env["calendar.event"].with_user(users[organizer])
        event.with_context(no_mail_to_attendees=True).create(
            {
                "name": name,
                "start": start,
                "stop": start + timedelta(minutes=minutes),
                "partner_ids": [(6, 0, people)],
            }
        )


def connect(env, app, addresses):
    """Point the add-on to the sandbox.

    :param app: ``client_id`` and ``client_secret`` of the sandbox's registration
    :param addresses: ``odoo``, ``authority`` and ``graph_url``
    """
    parameters = env["ir.config_parameter"]
    parameters.set_param("web.base.url", addresses["odoo"])
    parameters.set_param("web.base.url.freeze", "True")
    parameters.set_param("microsoft_calendar_client_id", app["client_id"])
    env["outlook.connection"]._set_client_secret(app["client_secret"])
    parameters.set_param("outlook_calendar.tenant", "common")
    parameters.set_param("outlook_calendar.authority", addresses["authority"])
    parameters.set_param("outlook_calendar.graph_url", addresses["graph_url"])
    parameters.set_param("outlook_calendar.enabled", "True")
