# Part of outlook_calendar. LGPL-3, see LICENSE.
"""HTML pages from the folder ``templates``; every value in them is escaped."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.wrappers import Response

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

_HEADERS = {"Cache-Control": "no-store", "X-Frame-Options": "DENY"}


def page(name: str, status: int = 200, **values: Any) -> Response:
    """Return the page made from template ``name``."""
    html = _TEMPLATES.get_template(name).render(**values)
    return Response(html, status, _HEADERS, mimetype="text/html")
