# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The reasons of ``domain/eligibility.py`` in words."""

from odoo.tools import format_date


def reason_text(env, reason):
    """A reason in a few words, whatever the expense."""
    return {
        "not_secured": env._("the agreement is not notified, or is closed"),
        "not_posted": env._("the entry is no longer posted"),
        "credit": env._("it is a credit"),
        "before_period": env._("dated before the period"),
        "after_period": env._("dated after the period"),
        "category": env._("a line of the report that is not allowed"),
        "action": env._("no action of the agreement bears it"),
        "flat": env._("a shared cost: the agreement has a flat rate"),
        "vat": env._("VAT is not taken"),
        "duplicate": env._("maybe a duplicate"),
        "evidence": env._("no receipt is attached"),
        "not_paid": env._("not paid yet"),
        "paid_late": env._("paid too late"),
        "nothing_left": env._("nothing is left of it"),
    }[reason]


def refusal_text(env, reason, rules):
    """A reason with the figures of the agreement."""
    if reason in ("before_period", "after_period"):
        return env._(
            "%(reason)s, which is from %(first)s to %(last)s",
            reason=reason_text(env, reason),
            first=format_date(env, rules.date_from),
            last=format_date(env, rules.date_to),
        )
    if reason == "paid_late":
        return env._("paid after %(day)s", day=format_date(env, rules.paid_until))
    return reason_text(env, reason)
