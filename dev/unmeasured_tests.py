# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A pytest plugin: classes of tests that are not measured, by one of Odoo's tags.

Measuring takes three quarters of a test's time once more. These classes try the same in
many situations, or what others reach as well.
"""

TAG = "outlook_unmeasured"


def pytest_collection_modifyitems(items):
    """Let pytest-cov pause during the tests of classes with the tag."""
    for item in items:
        if TAG in getattr(item.cls, "test_tags", ()):
            item.add_marker("no_cover")
