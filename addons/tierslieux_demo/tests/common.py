# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

VENUES = 20
PEOPLE = 60


def load(env, venues=VENUES, people=PEOPLE):
    """Load a small network inside the transaction of a test, whatever the database
    holds: what was there is put aside, the transaction takes it back."""
    aside = env["tierslieux.venue"].with_context(active_test=False).search([])
    if aside:
        aside.unlink()
    env["tierslieux.demo"].load(venues=venues, people=people, commit=False)
