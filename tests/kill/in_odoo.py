# Part of outlook_calendar. LGPL-3, see LICENSE.
"""What people do in Odoo; it runs in Odoo's shell, where ``env`` is the superuser's."""

from datetime import timedelta

ANN, BOB = "ann@contoso.example", "bob@contoso.example"
REDIRECT = "http://localhost:8069/microsoft_account/authentication"
GUESTS = [f"guest{number}@customer.example" for number in range(4)]


def connect(env, addresses, twins, alone):
    """Let Ann, who has meetings in Odoo, sign in and press *Start*.

    :param addresses: ``client_id``, ``client_secret``, ``authority``, ``graph`` and
        ``ca`` of the sandbox
    :param twins: ``[subject, start, stop]`` of what she has in Outlook, too
    :param alone: how many meetings she has in Odoo alone
    """
    configure(env, addresses)
    groups = ("base.group_user", "base.group_partner_manager")
    for login in (ANN, BOB):
        env["res.users"].with_context(no_reset_password=True).create(
            {
                "login": login,
                "name": login.partition("@")[0].capitalize(),
                "email": login,
                "tz": "Europe/Brussels",
                "group_ids": [(6, 0, [env.ref(name).id for name in groups])],
            }
        )
    mine = of_ann(env)
    meetings = [{"name": n, "start": a, "stop": b} for n, a, b in twins]
    meetings += [at(env, n, f"Odoo {n}") for n in range(alone)]
    quiet = mine["calendar.event"].with_context(no_mail_to_attendees=True)
    quiet.create(meetings)
    env.flush_all()
    env.cr.execute(
        "UPDATE calendar_event SET create_date = create_date - interval '1 day'"
    )
    env.invalidate_all()
    sign_in(mine, addresses["ca"]).action_start()


def of_ann(env):
    """Return Ann's environment."""
    user = env["res.users"].search([("login", "=", ANN)])
    return env(user=user.id, context={"skip_contact_description": True})


def configure(env, addresses):
    """Point the add-on to the sandbox; no other scheduled action gets between."""
    ours = [
        env.ref(f"outlook_calendar.ir_cron_outlook_{n}").id for n in ("pull", "push")
    ]
    env["ir.cron"].search([("id", "not in", ours)]).active = False
    parameters = env["ir.config_parameter"]
    parameters.set_param("microsoft_calendar_client_id", addresses["client_id"])
    env["outlook.connection"]._set_client_secret(addresses["client_secret"])
    parameters.set_param("outlook_calendar.enabled", "True")
    parameters.set_param("outlook_calendar.tenant", "organizations")
    parameters.set_param("outlook_calendar.authority", addresses["authority"])
    parameters.set_param("outlook_calendar.graph_url", addresses["graph"])
    parameters.set_param("web.base.url", "http://localhost:8069")


def sign_in(mine, ca_file):
    """Return Ann's connection, signed in as in a browser."""
    from odoo.addons.outlook_calendar.tests import common

    identity = mine["outlook.connection"].sudo()._identity()
    flow = identity.start(REDIRECT, "s")
    answer = common.sign_in(flow["auth_uri"], ANN, "ann-Sandbox1", ca_file)
    signed_in = identity.finish(flow, answer)
    return mine["outlook.account"]._signed_in(signed_in, identity.cache)


def at(env, number, name, **vals):
    """Return what a new meeting is created from, at a time of its own."""
    midnight = env.cr.now().replace(hour=0, minute=0, second=0, microsecond=0)
    start = midnight + timedelta(days=50 + number // 8, hours=8 + number % 8)
    return {"name": name, "start": start, "stop": start + timedelta(hours=1), **vals}


def change(env):
    """Let Ann change 200 meetings; nothing is sent yet."""
    mine = of_ann(env)
    contacts = env["res.partner"].search([("email", "in", GUESTS)])
    own = mine["calendar.event"].search(
        [
            ("name", "=like", "Own %"),
            ("start", ">", env.cr.now() + timedelta(days=2)),
            ("allday", "=", False),
        ],
        order="id",
    )
    create(mine, contacts)  # 68
    change_singles(own, contacts)  # 80
    own[80:115].unlink()  # 35
    change_series(mine)  # 7
    answer(mine)  # 10


def create(mine, contacts):
    """Create 60 meetings, every other one with guests, and eight series."""
    events = mine["calendar.event"]
    people = [(4, mine.user.partner_id.id), *((4, one.id) for one in contacts[:2])]
    for number in range(60):
        guests = {"partner_ids": people} if number % 2 else {}
        events.create(at(mine, 100 + number, f"New {number}", **guests))
    rule = {"recurrency": True, "rrule_type": "daily", "interval": 1}
    rule |= {"end_type": "count", "count": 4, "event_tz": "Europe/Brussels"}
    for number in range(8):
        guests = {"partner_ids": people} if number % 2 else {}
        events.create(at(mine, 200 + number, f"New series {number}", **rule, **guests))


def change_singles(own, contacts):
    """Rename 40 meetings, move 20, invite to 20."""
    for event in own[:40]:
        event.name += " II"
    for event in own[40:60]:
        hour = timedelta(minutes=30)
        event.write({"start": event.start + hour, "stop": event.stop + hour})
    for event in own[60:80]:
        event.partner_ids = [(4, contacts[3].id)]


def change_series(mine):
    """Rename five series and delete two."""
    series = (
        mine["calendar.recurrence"]
        .search([], order="id")
        .filtered(lambda one: one.base_event_id.name.startswith("Daily"))
    )
    for one in series[:5]:
        event = one.base_event_id
        name = f"{event.name} II"
        event.write({"recurrence_update": "all_events", "name": name})
    for one in series[5:7]:
        one.base_event_id.action_mass_deletion("all_events")


def answer(mine):
    """Accept five invitations of Bob's, decline three, say maybe to two."""
    invited = mine["calendar.event"].search([("name", "=like", "Invited %")])
    own = invited.attendee_ids.filtered(
        lambda one: one.partner_id == mine.user.partner_id
    ).sorted(lambda one: one.event_id.name)
    own[:5].do_accept()
    own[5:8].do_decline()
    own[8:].do_tentative()
