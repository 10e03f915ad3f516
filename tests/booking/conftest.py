"""The rules are tested as files: no Odoo, no database."""

from cli import rules

rules.load("tierslieux_booking")
rules.load("tierslieux_network")
