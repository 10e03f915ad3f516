"""The pass's rules as pure functions: standard library only, no Odoo.

Money is integer cents, time is integer minutes since 1970 in UTC, ratios are exact.
"""
