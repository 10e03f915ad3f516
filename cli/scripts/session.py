"""An Odoo environment for the scripts beside: configuration, registry, transaction."""

import contextlib

import odoo.api
import odoo.modules.registry
from odoo.tools import config


@contextlib.contextmanager
def session(conf):
    """Open the configuration's database; committed at the end."""
    config.parse_config(["-c", conf, "--no-http"], setup_logging=True)
    [name] = config["db_name"]
    registry = odoo.modules.registry.Registry(name)
    with registry.cursor() as cr:
        yield odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})


def progress(label, done, total):
    """Tell the command line, which reads our output, how far the work is."""
    print("progress", label, done, total, sep="\t", flush=True)
