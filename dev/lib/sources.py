# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Odoo 19's sources: the checkout that a person has, or Debian's package."""

import hashlib
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import debian
from .say import Missing, step

VARIABLE = "OUTLOOK_CALENDAR_ODOO"
# Odoo itself, and what its web client links to by relative links into usr/share.
PACKAGES = (
    "odoo-19",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-font-awesome",
    "fonts-inconsolata",
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "fonts-glyphicons-halflings",
)
# Debian leaves these out; the asset bundles name them, and a 404 there is an error
# in the browser's console, which fails every browser test.
EMPTY_FILES = ("mail/static/lib/selfie_segmentation/selfie_segmentation.js",)


@dataclass(frozen=True)
class Odoo:
    """Odoo's sources.

    :ivar path: what Python must find on its path to import ``odoo``
    :ivar addons: the folders that hold Odoo's own add-ons
    :ivar identity: changes when the sources change
    """

    path: Path
    addons: tuple[Path, ...]
    identity: str


def find(places):
    """Return Odoo's sources, downloaded when there are none."""
    if asked := os.environ.get(VARIABLE):
        return _checkout(Path(asked).expanduser().resolve())
    path = places.unpacked / "usr/lib/python3/dist-packages"
    if (path / "odoo/release.py").exists():
        step(f"Odoo 19: found in {places.unpacked}")
    else:
        debian.configure(places.apt)
        files = debian.download(places.apt, PACKAGES)
        step(f"Odoo 19: unpacking into {places.unpacked}")
        debian.unpack(files, places.unpacked)
        shutil.rmtree(places.apt)  # 130 MB that nobody needs again
    for name in EMPTY_FILES:
        _mend(path / "odoo/addons" / name)
    notes = places.unpacked / "packages", path / "odoo-19.0.egg-info/PKG-INFO"
    return Odoo(path, (path / "odoo/addons",), _identity(path, *notes))


def _checkout(path):
    """Return the checkout of a person who has Odoo's sources already."""
    if not (path / "odoo/release.py").exists():
        raise Missing(f"{VARIABLE} names {path}, which has no odoo/release.py in it.")
    release = (path / "odoo/release.py").read_text()
    if not re.search(r"^version_info = \(19, 0\b", release, re.MULTILINE):
        raise Missing(f"{VARIABLE} names {path}, which is not Odoo 19.0.")
    step(f"Odoo 19: the checkout {path}")
    folders = (path / "addons", path / "odoo/addons")
    present = tuple(folder for folder in folders if folder.is_dir())
    return Odoo(path, present, _identity(path))


def _identity(path, *notes):
    """Return a digest that is another one after an update of the sources."""
    parts = [str(path), (path / "odoo/release.py").read_text()]
    parts += [note.read_text() for note in notes if note.is_file()]
    if (path / ".git").exists():
        git = ["git", "-C", str(path), "rev-parse", "HEAD"]
        parts.append(subprocess.run(git, capture_output=True, text=True).stdout)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _mend(path):
    """Put an empty file where Debian's package lacks one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
