# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Odoo's command as a file: with several processes it starts itself again by the name
it was started with, which ``python -m odoo`` does not have."""

import odoo.cli

if __name__ == "__main__":
    odoo.cli.main()
