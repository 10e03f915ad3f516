# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import SQL, format_date

from odoo.addons.tierslieux_network.domain import opening_hours

from ..domain import gates, levels
from ..domain import licence as rule


class BrandApplication(models.Model):
    """What the applicant does."""

    _inherit = "tierslieux.brand.application"

    @api.model
    def _start(self, brand, venue):
        """The application under way of a venue for a mark, begun if there is none.

        :raises UserError: when no rules are in force, or a licence runs on
        """
        # sudo: who runs a venue is looked at before anything is told of it
        if self.env.user not in venue.sudo().manager_ids:
            raise AccessError(self.env._("Only those who run a venue apply for it."))
        # sudo: checked above; applications are written by these methods alone
        applications = self.sudo()
        found = applications.search(
            [("brand_id", "=", brand.id), ("venue_id", "=", venue.id)]
        ).filtered(lambda one: one._is_open())
        if found:
            return found
        rules = brand.sudo()._rules_in_force()
        if not rules:
            raise UserError(
                self.env._("%s has no rules of use in force yet.", brand.sudo().name)
            )
        licence = applications.env["tierslieux.brand.licence"].search(
            [("brand_id", "=", brand.id), ("venue_id", "=", venue.id)],
            order="id desc",
            limit=1,
        )
        if licence.state in (rule.WITHDRAWN, rule.PENDING):
            licence = licence.browse()
        if licence.state == rule.SUSPENDED:
            raise UserError(
                self.env._(
                    "The licence is suspended: answer the suspension, or appeal, first."
                )
            )
        return applications.create(
            {
                "brand_id": brand.id,
                "venue_id": venue.id,
                "user_id": self.env.uid,
                "licence_id": licence.id,
                "grid_id": rules.grid_id.id,
                "assessment_ids": [
                    Command.create(self._assessment_values("self", rules.grid_id))
                ],
            }
        )

    @api.model
    def _assessment_values(self, kind, grid, **values):
        return {
            "kind": kind,
            "user_id": self.env.uid,
            "line_ids": [
                Command.create({"criterion_id": criterion.id})
                for criterion in grid.criterion_ids
            ],
            **values,
        }

    def _check_applicant(self):
        self.ensure_one()
        if self.env.user not in self.venue_id.manager_ids:
            raise AccessError(self.env._("Only those who run a venue apply for it."))
        if self.state != "draft":
            raise UserError(self.env._("This application has been sent."))

    def _save_statement(self, statement):
        self._check_applicant()
        self.statement = statement

    def _accept(self, rules):
        """The conditions of a version, accepted by this person now.

        :raises UserError: for another version than the one in force
        """
        self._check_applicant()
        if rules != self.brand_id._rules_in_force():
            raise UserError(
                self.env._("The rules of use have changed: read the new version.")
            )
        self.write(
            {
                "rules_id": rules.id,
                "accepted_by_id": self.env.uid,
                "accepted_at": fields.Datetime.now(),
            }
        )

    # -- gates --------------------------------------------------------------------

    def _facts(self):
        """The venue today, from what the network knows of it."""
        self.ensure_one()
        venue = self.venue_id
        hours = venue._weekly_hours()
        return gates.Facts(
            venue.opening_date if venue.state == "open" else None,
            len(hours),
            opening_hours.weekly_minutes(hours),
            len(venue.audience_ids),
            len(venue.service_ids),
            self._has_paid(),
        )

    def _has_paid(self):
        """Whether the venue, or the structure that runs it, is a paid-up member."""
        partners = self.venue_id.partner_id | self.venue_id.structure_id
        return bool(
            self.env["tierslieux.membership"].search_count(
                [
                    ("partner_id", "in", partners.ids),
                    ("reason", "in", ("paid", "free")),
                ],
                limit=1,
            )
        )

    def _check_gates(self):
        """``[(gate, sentence), …]`` on the network's data of this moment."""
        self.ensure_one()
        rules = self.rules_id or self.brand_id._rules_in_force()
        today = fields.Date.context_today(self)
        return [
            (gate, self._gate_sentence(gate))
            for gate in gates.check(self._facts(), today, rules._thresholds())
        ]

    def _gate_sentence(self, gate):
        _ = self.env._
        if gate.code == gates.OPEN:
            if not gate.found:
                return _("The venue is not open, or its opening day is not known.")
            day = format_date(self.env, gate.found, date_format="long")
            if gate.passed:
                return _(
                    "Open for %(months)s months or more: since %(day)s.",
                    months=gate.asked,
                    day=day,
                )
            return _(
                "%(months)s months open are asked for: it will be so on %(day)s.",
                months=gate.asked,
                day=day,
            )
        if gate.code == gates.HOURS:
            days, minutes = gate.found
            least_days, least_minutes = gate.asked
            lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
            return _(
                "%(days)s days and %(hours)s hours a week (asked for: %(least_days)s "
                "days or %(least_hours)s hours).",
                days=days,
                hours=f"{minutes / 60:g}".replace(".", lang.decimal_point or "."),
                least_days=least_days,
                least_hours=least_minutes // 60,
            )
        if gate.code == gates.AUDIENCES:
            return _(
                "Audiences on the venue's page: %(found)s (asked for: %(asked)s).",
                found=gate.found,
                asked=gate.asked,
            )
        if gate.code == gates.SERVICES:
            return _(
                "Services on the venue's page: %(found)s (asked for: %(asked)s).",
                found=gate.found,
                asked=gate.asked,
            )
        if gate.passed:
            return _("The membership is paid.")
        return _("Neither the venue nor the structure that runs it has paid its dues.")

    # -- sending --------------------------------------------------------------------

    def _what_lacks(self):
        """Sentences: what must be done before sending; empty when it may leave."""
        self.ensure_one()
        _ = self.env._
        lacks = [sentence for gate, sentence in self._check_gates() if not gate.passed]
        if not (self.statement or "").strip():
            lacks.append(_("Say why the venue applies."))
        if self.rules_id != self.brand_id._rules_in_force():
            lacks.append(_("Accept the rules of use in force."))
        assessment = self.self_assessment_id
        found = assessment._levels()
        names = {one.code: one.name for one in self.grid_id.criterion_ids}
        missing = levels.missing(found, names)
        if missing:
            lacks.append(
                _(
                    "Choose a level for: %s.",
                    ", ".join(names[code] for code in missing),
                )
            )
        return lacks

    def _submit(self):
        """Send it: gates are looked at once more, the fee is invoiced once.

        :raises UserError: with what lacks
        """
        self._check_applicant()
        lacks = self._what_lacks()
        if lacks:
            raise UserError("\n".join(lacks))
        now = fields.Datetime.now()
        self.self_assessment_id._submit(now)
        self.write(
            {
                "state": "submitted",
                "submitted_at": now,
                "gates": [
                    [gate.code, gate.passed, sentence]
                    for gate, sentence in self._check_gates()
                ],
            }
        )
        self._invoice_fee()
        self._tell_venue(
            self.env._("We have received it. The rules accepted are attached."),
            self._acceptance_sentence(),
            attachments=[self.rules_id._file()],
        )
        self._tell_committee(
            self.env._("%s applies for the mark", self.venue_id.name),
            self.env._("Choose who will review it:"),
        )

    def _invoice_fee(self):
        product = self.brand_id.product_id
        if self.move_id or not product.lst_price:
            return
        company = self.env.company
        taxes = product.taxes_id.filtered(lambda tax: tax.company_id == company)
        [move] = self.env["tierslieux.invoice.batch"]._post_invoices(
            [
                {
                    "move_type": "out_invoice",
                    "source_key": f"brand-application-{self.id}",
                    "partner_id": (
                        self.venue_id.structure_id or self.venue_id.partner_id
                    ).id,
                    "invoice_date": fields.Date.context_today(self),
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "product_id": product.id,
                                "name": f"{product.name} – {self.display_name}",
                                "quantity": 1.0,
                                "price_unit": product.lst_price,
                                "tax_ids": [Command.set(taxes.ids)],
                            }
                        )
                    ],
                }
            ]
        )
        self.move_id = move

    def _abandon(self):
        self.ensure_one()
        if self.env.user not in self.venue_id.manager_ids:
            raise AccessError(self.env._("Only those who run a venue apply for it."))
        if not self._is_open():
            raise UserError(self.env._("This application is decided."))
        self._query_bump()
        self.state = "abandoned"

    def _query_bump(self):
        """Of two acts at once on this application the second waits, fails to serialise
        and is tried again by the server, so that it sees the first."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE tierslieux_brand_application SET revision = revision + 1 "
                "WHERE id = %s",
                self.id,
            )
        )
        self.invalidate_recordset()
