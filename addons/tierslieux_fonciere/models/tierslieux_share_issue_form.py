# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from stdnum.fr import siret

from odoo import fields, models

from ..domain import subscriber


class ShareIssueForm(models.Model):
    """Subscription from the public page: who subscribes, checked and written."""

    _inherit = "tierslieux.share.issue"

    def _holder_choices(self, user):
        """``[(value of the form, name)]``: for whom a user may subscribe."""
        own = user.partner_id
        return [
            ("self", own.name),
            *((str(one.id), one.name) for one in own._share_holders() - own),
            ("legal", ""),
        ]

    def _holder_of_choice(self, user, choice):
        """The contact of a choice: empty for a legal person yet unknown, None for a
        choice that is not the user's."""
        # sudo: the form writes who subscribes, on oneself or whom one represents
        own = user.partner_id
        if choice == "self":
            return own.sudo()
        if choice == "legal":
            return own.sudo().browse()
        found = own._share_holders() - own
        return found.filtered(lambda one: str(one.id) == choice) or None

    def _form_values(self, user, holder):
        """What is known already of a subscriber."""
        values = {
            "street": holder.street,
            "zip": holder.zip,
            "city": holder.city,
        }
        if holder == user.partner_id:
            values.update(name=holder.name)
        else:
            values.update(
                legal_name=holder.name,
                siret=holder.company_registry,
                function=user.partner_id.function,
            )
        return {name: value or "" for name, value in values.items()}

    def _form_errors(self, values, legal):
        """``{field: sentence}`` of what is missing or wrong in a form."""
        errors = {
            name: self.env._("This is needed for the register of shares.")
            for name in subscriber.missing(values, legal)
        }
        if legal and values.get("siret") and not siret.is_valid(values["siret"]):
            errors["siret"] = self.env._(
                "A SIRET has 14 digits: please check this one."
            )
        if not legal and "born_on" not in errors and not _day(values["born_on"]):
            errors["born_on"] = self.env._("This is not a date.")
        return errors

    def _subscribe_by_form(self, user, choice, quantity, values, conditions):
        """Write who subscribes, and reserve.

        :param values: without errors
        :raises UserError: as :meth:`_subscribe`
        """
        self.ensure_one()
        # sudo: a subscriber does not write on contacts, this act is the way in
        own = user.partner_id.sudo()
        holder = self._holder_of_choice(user, choice)
        france = self.env.ref("base.fr")
        address = {name: values[name].strip() for name in ("street", "zip", "city")}
        if holder == own:
            holder.write({"name": values["name"].strip(), **address})
            holder.country_id = holder.country_id or france
            return self._subscribe(
                holder, quantity, conditions, born_on=_day(values["born_on"])
            )
        legal = {
            **address,
            "name": values["legal_name"].strip(),
            "company_registry": siret.compact(values["siret"]),
        }
        if holder:
            holder.write(legal)
        else:
            # A number proves nothing: whoever gives one gets a contact of their own,
            # never that of somebody else.
            holder = own.create(
                {
                    **legal,
                    "is_company": True,
                    "country_id": france.id,
                    "share_representative_id": own.id,
                }
            )
        own.function = values["function"].strip()
        return self._subscribe(holder, quantity, conditions, representative=own)


def _day(text):
    try:
        return fields.Date.to_date(text)
    except ValueError:
        return None
