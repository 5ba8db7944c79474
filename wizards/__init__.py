# Part of outlook_calendar. LGPL-3, see LICENSE.
from . import (
    outlook_disconnect,
    outlook_disconnect_line,
    outlook_first_sync,
    outlook_first_sync_line,
    outlook_first_sync_series,
    outlook_take_over_wizard,
)
