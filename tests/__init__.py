# Part of outlook_calendar. LGPL-3, see LICENSE.
