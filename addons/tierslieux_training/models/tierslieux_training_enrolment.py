# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize, format_date, formatLang

from .tierslieux_programme_price import AUDIENCES, BASES


class Enrolment(models.Model):
    """Who pays for whom: a person for themself (contract), or an organisation for
    several trainees (convention). Price and delays are those of the day."""

    _name = "tierslieux.training.enrolment"
    _description = "Enrolment"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_name = "number"

    number = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: (
            # sudo: whoever enrols draws the next number
            self.env["ir.sequence"].sudo().next_by_code("tierslieux.training.enrolment")
        ),
    )
    event_id = fields.Many2one(
        "event.event",
        string="Session",
        required=True,
        ondelete="restrict",
        index=True,
        domain=[("programme_id", "!=", False)],
    )
    programme_id = fields.Many2one(related="event_id.programme_id")
    kind = fields.Selection(
        [("individual", "A person (contract)"), ("organisation", "An organisation")],
        required=True,
    )
    payer_id = fields.Many2one(
        "res.partner", required=True, ondelete="restrict", index=True
    )
    contact_id = fields.Many2one(
        "res.partner", string="Enrolled by", required=True, ondelete="restrict"
    )
    registration_ids = fields.One2many(
        "event.registration", "enrolment_id", string="Trainees"
    )
    paper_ids = fields.One2many(
        "tierslieux.training.paper", "enrolment_id", string="Documents"
    )
    audience = fields.Selection(AUDIENCES, required=True)
    basis = fields.Selection(BASES, string="Price for", required=True)
    price = fields.Float(string="Price without VAT", required=True, digits=(16, 2))
    planned_minutes = fields.Integer(
        readonly=True, help="Minutes of training agreed: what a flat price is for."
    )
    withdrawal_days = fields.Integer(
        help="Days after the signature of a contract to give it up freely."
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    cancelled_at = fields.Datetime(readonly=True, copy=False)
    signed_at = fields.Datetime(compute="_compute_signed_at")
    move_ids = fields.Many2many("account.move", compute="_compute_move_ids")

    _number_uniq = models.Constraint("UNIQUE (number)", "This number is taken.")

    @api.depends("paper_ids.receipt_ids")
    def _compute_signed_at(self):
        # filtered() forgets what is read together
        self.paper_ids.receipt_ids.fetch(["act", "at"])
        for enrolment in self:
            signed = enrolment._agreement().receipt_ids.filtered(
                lambda one: one.act == "signed"
            )
            enrolment.signed_at = signed[:1].at

    @api.depends("registration_ids.training_line_ids.move_id")
    def _compute_move_ids(self):
        for enrolment in self:
            enrolment.move_ids = enrolment.registration_ids.training_line_ids.move_id

    def _agreement(self):
        return self.paper_ids.filtered(lambda one: one.kind == "agreement")[-1:]

    def _shared_papers(self):
        """Those of all trainees."""
        return self.paper_ids.filtered(lambda one: not one.registration_id)

    def _rate_text(self):
        """``20,00 € an hour``."""
        self.ensure_one()
        amount = formatLang(
            self.env, self.price, currency_obj=self.env.company.currency_id
        )
        if self.basis == "hour":
            return self.env._("%s an hour, without VAT", amount)
        return self.env._("%s for the whole training, without VAT", amount)

    # -- enrolling ---------------------------------------------------------------------

    @api.model
    def _audience_of(self, partner, kind):
        if kind == "organisation":
            return "organisation"
        # sudo: whether the person who enrols is a member
        states = partner.sudo().membership_ids.mapped("state")
        return "member" if {"member", "due"} & set(states) else "public"

    @api.model
    def _withdrawal_days(self, kind):
        """Days to give up a contract signed online today; an organisation has none."""
        if kind != "individual":
            return 0
        # sudo: a value of the law, for whoever enrols
        rules = self.env["tierslieux.training.rule"].sudo()
        return int(
            rules._at("withdrawal_online", fields.Date.context_today(self)).value
        )

    @api.model
    def _enrol(self, event, trainees, organisation=None):
        """Somebody enrols themself, or people for an organisation.

        :param trainees: ``[(name, email), …]`` of an organisation
        :param organisation: who pays; without it the user enrols for themself
        :raises UserError: nothing to enrol in, no seat left, no price
        """
        # sudo: the checks of this method are what one may do
        event = event.sudo()
        person = self.env.user.partner_id
        if not event.programme_id or not event.website_published:
            raise UserError(self.env._("One cannot enrol in this session."))
        if event.date_begin <= fields.Datetime.now():
            raise UserError(self.env._("This session has begun."))
        planned = event._training_minutes()
        if not planned:
            raise UserError(self.env._("This session has no half-day yet."))
        kind = "organisation" if organisation else "individual"
        if not organisation:
            trainees = [(person.name, person.email)]
        if not trainees:
            raise UserError(self.env._("Name at least one trainee."))
        event._query_bump_training()
        left = event._training_seats()
        if left is not None and left < len(trainees):
            raise UserError(
                self.env._("Seats left in this session: %s.", left)
                if left > 0
                else self.env._("There is no seat left in this session.")
            )
        today = fields.Date.context_today(self)
        audience = self._audience_of(person, kind)
        price = event.programme_id._price(audience, today)
        if not price:
            raise UserError(self.env._("This training has no price yet."))
        enrolment = self.sudo().create(
            {
                "event_id": event.id,
                "kind": kind,
                "payer_id": (organisation or person).id,
                "contact_id": person.id,
                "audience": audience,
                "basis": price.basis,
                "price": price.amount,
                "planned_minutes": planned,
                "withdrawal_days": self._withdrawal_days(kind),
            }
        )
        enrolment._add_trainees(trainees)
        enrolment._prepare_papers()
        return enrolment

    @api.model
    def _enrol_for(self, event, name, registry, trainees):
        """Somebody enrols people for an organisation: the one they belong to, or a new
        contact.

        :param registry: SIRET, or empty
        """
        own = self.env.user.partner_id.commercial_partner_id
        if not name:
            raise UserError(self.env._("Name the organisation that pays."))
        if not all(name and email_normalize(email) for name, email in trainees):
            raise UserError(
                self.env._("Each trainee needs a name and an address of e-mail.")
            )
        # sudo: whoever enrols makes the contact of who pays
        organisation = (
            own
            if own.is_company and own.name == name
            else self.env["res.partner"]
            .sudo()
            .create(
                {
                    "name": name,
                    "is_company": True,
                    "company_registry": registry or False,
                    "country_id": self.env.ref("base.fr").id,
                }
            )
        )
        return self._enrol(event, trainees, organisation)

    def _add_trainees(self, trainees):
        self.ensure_one()
        partners = self.env["res.partner"]
        for name, email in trainees:
            partner = self.contact_id
            if self.kind == "organisation":
                partner = partners.search(
                    [("email_normalized", "=", (email or "").strip().lower())], limit=1
                ) or partners.create(
                    {"name": name, "email": email, "parent_id": self.payer_id.id}
                )
            if partner in self.event_id.registration_ids.filtered(
                lambda one: one.state in ("open", "done")
            ).mapped("trainee_id"):
                raise UserError(self.env._("%s is enrolled already.", name))
            self.env["event.registration"].create(
                {
                    "event_id": self.event_id.id,
                    "enrolment_id": self.id,
                    "partner_id": self.contact_id.id,
                    "trainee_id": partner.id,
                    "name": name,
                    "email": email,
                    "phone": partner.phone,
                    "state": "open",
                }
            )

    def _prepare_papers(self):
        """The documents of an enrolment, and the letter that brings them."""
        self.ensure_one()
        papers = self.env["tierslieux.training.paper"]
        agreement = papers._freeze("agreement", self)
        common = papers._freeze("programme", self)
        if self.env.company.training_rules:
            common |= papers._freeze("rules", self)
        agreement._send(self.contact_id)
        common._send(self.contact_id | self.registration_ids.trainee_id)

    def _check_contact(self):
        self.ensure_one()
        if self.contact_id != self.env.user.partner_id:
            raise AccessError(self.env._("Only who enrolled may do this."))

    @api.model
    def _of_contact(self, user):
        """The enrolments somebody made, for their own pages."""
        # sudo: the page shows who enrolled what they signed
        return self.sudo().search([("contact_id", "=", user.partner_id.id)])

    def _sign(self, signature):
        """The payer signs the contract or the convention."""
        self._check_contact()
        if self.cancelled_at:
            raise UserError(self.env._("This enrolment was given up."))
        if not signature:
            raise UserError(self.env._("Sign in the frame."))
        agreement = self._agreement()
        agreement._receive("signed", self.contact_id, signature)
        agreement._send(self.contact_id)

    def _withdraw_until(self):
        """The last day to give up a contract freely; ``None`` before it is signed."""
        self.ensure_one()
        if not self.signed_at or not self.withdrawal_days:
            return None
        signed = fields.Date.context_today(self, self.signed_at)
        return signed + timedelta(days=self.withdrawal_days)

    def _may_withdraw(self):
        """Whether a signed contract can still be given up freely."""
        until = self._withdraw_until()
        return bool(until) and fields.Date.context_today(self) <= until

    def _may_give_up(self):
        """Whether who enrolled may give it up on their page, by themselves."""
        self.ensure_one()
        return (
            not self.cancelled_at
            and (not self.signed_at or self._may_withdraw())
            and not self.registration_ids.attendance_ids
        )

    def _withdraw(self):
        """Give up freely: before the signature, or within the delay of the law."""
        self._check_contact()
        if self.cancelled_at:
            raise UserError(self.env._("This enrolment was given up."))
        if self.signed_at and not self._may_withdraw():
            raise UserError(
                self.env._("The delay to withdraw is over: write to the association.")
            )
        if self.registration_ids.attendance_ids:
            raise UserError(self.env._("This training was attended."))
        self.cancelled_at = fields.Datetime.now()
        self.registration_ids.action_cancel()

    def _withdraw_sentence(self):
        until = self._withdraw_until()
        if not until:
            return ""
        return self.env._(
            "You can withdraw without giving a reason until %s.",
            format_date(self.env, until, date_format="long"),
        )
