# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from stdnum.fr import siret

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools import email_normalize

from ..domain.application import is_rna, missing


class Membership(models.Model):
    _inherit = "tierslieux.membership"

    application_key = fields.Char(
        copy=False,
        readonly=True,
        groups="tierslieux_network.group_administrator",
        help="Of the form it came by: sent twice, it is one application.",
    )

    _application_key_uniq = models.UniqueIndex(
        "(application_key) WHERE application_key IS NOT NULL",
        "This application has been sent already.",
    )

    @api.model
    def _application_errors(self, values, partner=None):
        """What is wrong with an application, ``{field: sentence}``, empty when it is
        complete. See :meth:`apply` for the arguments."""
        _ = self.env._
        college = self.env["tierslieux.college"].browse(values.get("college_id"))
        college = college.exists().filtered("active")
        if not college:
            return {"college_id": _("Choose a college.")}
        sentences = {
            "name": _("Please give the name."),
            "email": _("Please give an email address."),
            "delegate_name": _("Please give the delegate's name."),
            "delegate_email": _("Please give the delegate's email address."),
        }
        errors = {field: sentences[field] for field in missing(values)}
        is_company = values.get("is_company")
        if is_company and not college.accepts_legal_person:
            errors["is_company"] = _("This college is open to persons only.")
        if not is_company and not college.accepts_person:
            errors["is_company"] = _("This college is open to organisations only.")
        for field in ("email", "delegate_email"):
            if values.get(field) and not email_normalize(values[field]):
                errors[field] = _("This address should look like name@example.org.")
        if is_company:
            if values.get("siret") and not siret.is_valid(values["siret"]):
                errors["siret"] = _("A SIRET has 14 digits: please check this one.")
            if values.get("rna") and not is_rna(values["rna"]):
                errors["rna"] = _("An RNA is W and nine digits, such as W691234567.")
            if not values.get("siret") and not values.get("rna"):
                errors["siret"] = _("Give the SIRET or the RNA number.")
        if partner and not errors:
            membership = self._membership_to_apply(values, partner)
            if membership.state in ("applied", "admitted", "member", "due"):
                errors["college_id"] = _("You are in this college already.")
        return errors

    @api.model
    def apply(self, values, partner=None):
        """Record an application; admit at once where the college asks nobody.

        :param values: ``college_id``, ``is_company``, ``name``, ``email``, ``phone``,
            ``street``, ``zip``, ``city``, ``siret``, ``rna``, ``delegate_name``,
            ``delegate_email``, ``delegate_function``, ``motivation``,
            ``application_key``
        :param partner: the contact of the applicant when signed in. Nobody else is
            matched with a contact we know: that would tell a stranger who is in the
            address book, or let them act in the name of another.
        :return: the membership
        :raises ValidationError: when the application is not complete
        """
        errors = self._application_errors(values, partner)
        if errors:
            raise ValidationError("\n".join(errors.values()))
        membership = self._membership_to_apply(values, partner)
        if not membership:
            membership = self._create_application(values, partner)
        membership._record("application", reason=values.get("motivation"))
        if membership.college_id.admission_required:
            membership._send("mail_template_membership_application")
        else:
            membership._decide("admission")
        return membership

    @api.model
    def _was_sent(self, key):
        """Whether the form of that key was sent already."""
        return bool(key and self.search_count([("application_key", "=", key)], limit=1))

    def _membership_to_apply(self, values, partner):
        """The membership that a signed-in contact takes up again, if any."""
        # sudo: one's own, be they withdrawn or of a person who has no account yet
        memberships = self.sudo()._of_partner(partner) if partner else self.browse()
        return memberships.filtered(
            lambda m: (
                m.college_id.id == values["college_id"]
                and m.is_company == bool(values.get("is_company"))
            )
        )[:1]

    def _create_application(self, values, partner):
        is_company = bool(values.get("is_company"))
        contact = self.env["res.partner"]
        if is_company or not partner:
            member = contact.create(self._prepare_applicant(values))
        else:
            member = partner
        membership = self.create(
            {
                "partner_id": member.id,
                "college_id": values["college_id"],
                "application_key": values.get("application_key") or False,
            }
        )
        if is_company:
            delegate = partner or contact.create(
                {
                    "name": values["delegate_name"],
                    "email": values["delegate_email"],
                    "function": values.get("delegate_function"),
                    "parent_id": member.id,
                    "lang": member.lang,
                }
            )
            membership.delegation_ids = [
                Command.create(
                    {
                        "partner_id": delegate.id,
                        "date_from": fields.Date.context_today(self),
                    }
                )
            ]
        return membership

    def _prepare_applicant(self, values):
        vals = {
            field: values.get(field)
            for field in ("name", "phone", "street", "zip", "city")
        }
        vals.update(
            is_company=bool(values.get("is_company")),
            email=email_normalize(values["email"]),
            country_id=self.env.ref("base.fr").id,
            lang=self.env.lang,
        )
        if vals["is_company"]:
            vals.update(
                rna=values.get("rna"),
                company_registry=siret.compact(values.get("siret") or "") or False,
            )
        return vals
