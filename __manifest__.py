# Part of outlook_calendar. LGPL-3, see LICENSE.
{
    "name": "Outlook Calendar",
    "summary": "Odoo's calendar and Outlook's in step, both ways",
    "version": "19.0.1.0.0",
    "category": "Productivity/Calendar",
    "license": "LGPL-3",
    "author": "outlook_calendar contributors",
    "depends": ["calendar", "microsoft_account"],
    "external_dependencies": {
        "python": ["babel", "cryptography", "msal", "python-dateutil", "requests"],
    },
    "data": [
        "security/ir.model.access.csv",
        "security/outlook_rules.xml",
        "data/ir_cron.xml",
        "data/mail_template.xml",
        # Actions before the views that open them.
        "wizards/outlook_first_sync_views.xml",
        "wizards/outlook_disconnect_views.xml",
        "wizards/outlook_take_over_wizard_views.xml",
        "views/outlook_journal_views.xml",
        "views/outlook_outbox_views.xml",
        "views/outlook_link_views.xml",
        "views/outlook_account_views.xml",
        "views/calendar_event_views.xml",
        "views/res_users_views.xml",
        "views/res_config_settings_views.xml",
        "views/res_config_settings_rest_views.xml",
        "views/outlook_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["outlook_calendar/static/src/**/*"],
        "web.assets_unit_tests": ["outlook_calendar/static/tests/**/*"],
    },
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
