# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import get_lang

from ..domain.shares import HUNDRED, by_percent, split, thousandths


class FundingShared(models.AbstractModel):
    """What is paid by shares of sources: a phase, or an action that has its own.

    Heirs have ``share_ids`` and ``_shared_field``, the cost their shares are of.
    """

    _name = "tierslieux.funding.shared"
    _description = "Costs shared among sources"

    _shared_field = None

    @api.constrains("share_ids")
    def _check_shares(self):
        for place in self:
            total = place._share_thousandths()
            if total > HUNDRED:
                raise ValidationError(
                    self.env._(
                        "The shares of “%(place)s” sum to %(total)s, more than 100 %%.",
                        place=place.name,
                        total=format_percent(self.env, total),
                    )
                )

    def _share_thousandths(self):
        return sum(thousandths(share.percent) for share in self.share_ids)

    def _share_cents(self):
        """``{share: cents}``: what the shares come to, summing to the cost exactly when
        they are a hundred per cent together."""
        self.ensure_one()
        cents = round(self[self._shared_field] * 100)
        percents = [thousandths(share.percent) for share in self.share_ids]
        if sum(percents) <= HUNDRED:
            amounts, _left = by_percent(cents, percents)
        else:
            # being written, or refused soon
            amounts = split(cents, percents)
        return dict(zip(self.share_ids, amounts, strict=True))

    def _share_problems(self):
        """A sentence for each place whose shares are not a hundred per cent."""
        return [
            self.env._(
                "The shares of “%(place)s” sum to %(total)s instead of 100 %%.",
                place=place.name,
                total=format_percent(self.env, total),
            )
            for place in self
            if place[self._shared_field]
            and (total := place._share_thousandths()) != HUNDRED
        ]


def format_percent(env, thousandths_of_percent):
    """A percentage with the decimals it has, as the user writes it."""
    number = f"{thousandths_of_percent / 1000:.3f}".rstrip("0").rstrip(".")
    return env._("%s %%", number.replace(".", get_lang(env).decimal_point))
