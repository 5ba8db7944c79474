# Part of outlook_calendar. LGPL-3, see LICENSE.
"""A template database: what the add-on depends on, installed once and copied often.

Its name carries a digest of all that it is made from, so that a new Odoo or a new
dependency makes a new one. Attachments are kept in the database, so that a copy of
the database is a whole copy.
"""

import ast
import hashlib

from .places import ROOT
from .say import step
from .shell import locked

PREFIX = "template_"
# Building the scripts and styles of the web client takes a while: nobody has to wait.
BUILD_PAGES = 'env["ir.qweb"]._pregenerate_assets_bundles()'
EDITION = "1"  # another one makes every template anew
SCRIPT = """
env["ir.config_parameter"].set_param("ir_attachment.location", "db")
env["ir.attachment"].force_storage()
"""


def depends():
    """Return the add-ons that the manifest depends on."""
    manifest = ast.literal_eval((ROOT / "__manifest__.py").read_text())
    return tuple(manifest["depends"])


def template(process, modules=None):
    """Return the name of the template database, made when it is missing.

    :param modules: the add-ons in it, the manifest's dependencies by default
    """
    modules = modules or depends()
    made_from = "\n".join((EDITION, process.odoo.identity, *modules))
    name = PREFIX + hashlib.sha256(made_from.encode()).hexdigest()[:12]
    cluster = process.cluster
    with locked(process.places.cache / "template-lock"):
        names = cluster.names()
        if name in names:
            step(f"Database: template found, {name}")
            return name
        step(f"Database: making the template {name} with {', '.join(modules)}")
        building = f"making_{name}"
        cluster.drop(building)
        process.install(building, ("base", *modules))
        process.script(building, SCRIPT, "Moving attachments into the template")
        rename = f'ALTER DATABASE "{building}" RENAME TO "{name}"'
        cluster.command("psql", "-qXc", rename, "postgres")
    return name
