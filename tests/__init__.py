# Part of outlook_calendar. LGPL-3, see LICENSE.
from . import (
    test_access,
    test_colleagues,
    test_connection,
    test_content,
    test_first_sync,
    test_hooks,
    test_mail,
    test_odd_answers,
    test_pull,
    test_push,
    test_removal,
    test_settings,
    test_sign_in,
    test_time,
    test_trouble,
    test_vault,
)
