# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Walks through the sandbox's sign-in pages as a person with a browser would."""

from urllib.parse import parse_qsl, urljoin, urlsplit

import lxml.html
import requests

_PAGES = 8


def sign_in(url, callback, username, password, ca_file, *, accept=True):
    """Sign in and accept or refuse the consent.

    :param url: where the add-on sends the browser
    :return: the query that comes back to ``callback``
    """
    with requests.Session() as session:
        session.trust_env = False
        session.verify = ca_file
        answer = session.get(url, allow_redirects=False)
        for _page in range(_PAGES):
            if answer.is_redirect:
                url = urljoin(answer.url, answer.headers["Location"])
                if url.startswith(callback):
                    return dict(parse_qsl(urlsplit(url).query))
                answer = session.get(url, allow_redirects=False)
            else:
                answer = _fill_in(session, answer, username, password, accept)
    raise AssertionError(f"the sign-in did not end: {urlsplit(url).path}")


def _fill_in(session, answer, username, password, accept):
    """Send the form of a page; the back button is there on the consent page alone."""
    form = lxml.html.fromstring(answer.content).forms[-1]
    fields = dict(form.form_values())
    known = {"loginfmt": username, "passwd": password}
    fields |= {name: known[name] for name in known if name in form.inputs}
    consent = form.action.endswith("/consent")
    button = "idBtn_Back" if consent and not accept else "idSIButton9"
    for found in form.xpath(f".//button[@id='{button}'][@name]"):
        fields[found.get("name")] = found.get("value")
    return session.post(
        urljoin(answer.url, form.action), data=fields, allow_redirects=False
    )
