# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from ..domain import hours


class Paper(models.Model):
    """What each document says, in French: ``sections`` of ``heading``, ``paragraphs``
    and ``rows`` (the first one is the head)."""

    _inherit = "tierslieux.training.paper"

    @api.model
    def _content(self, kind, enrolment, registration, version, reason):
        enrolment = enrolment.with_env(self.env)
        registration = registration.with_env(self.env)
        titles = dict(self._fields["kind"]._description_selection(self.env))
        title = titles[kind]
        if kind == "agreement":
            title = (
                self.env._("Training contract")
                if enrolment.kind == "individual"
                else self.env._("Training convention")
            )
        whose = registration.name or enrolment.payer_id.name
        return {
            **self._head(title, f"{enrolment.number} · {whose}", version, reason),
            "sections": getattr(self, f"_sections_{kind}")(enrolment, registration),
        }

    @api.model
    def _contract(self, share, event, previous):
        """What the contract of a partner for a session says."""
        subcontracted = share.kind == "subcontract"
        return {
            **self._head(
                self.env._("Training subcontract")
                if subcontracted
                else self.env._("Training partnership agreement"),
                f"{event.name} · {share.partner_id.name}",
                previous.version + 1 if previous else 1,
                previous and self.env._("Agreed anew."),
            ),
            "sections": self._sections_contract(share, event),
        }

    def _head(self, title, name, version, reason):
        company = self.env.company
        return {
            "title": title,
            "name": name,
            "version": version,
            "reason": reason or "",
            "association": company.name,
            "address": " · ".join(
                filter(
                    None,
                    [
                        self._address(company.partner_id, ", "),
                        company.company_registry
                        and self.env._("SIRET %s", company.company_registry),
                        company.training_number
                        and self.env._(
                            "Training activity no. %s", company.training_number
                        ),
                    ],
                )
            ),
            "day": format_date(
                self.env, fields.Date.context_today(self), date_format="long"
            ),
        }

    def _address(self, partner, between):
        lines = partner._display_address(without_company=True).splitlines()
        return between.join(line.strip(" ,") for line in lines if line.strip(" ,"))

    def _section(self, heading, *paragraphs, rows=()):
        return {
            "heading": heading,
            "paragraphs": [text for text in paragraphs if text],
            "rows": [list(row) for row in rows],
        }

    def _section_session(self, event):
        half_days = event._held_half_days().sorted("start")
        return self._section(
            self.env._("Session"),
            event.name,
            self.env._(
                "%(hours)s in %(count)s half-days",
                hours=hours.label(event._training_minutes()),
                count=len(half_days),
            ),
            rows=[
                (
                    self.env._("Half-day"),
                    self.env._("Place"),
                    self.env._("Module"),
                    self.env._("Hours"),
                ),
                *(
                    (
                        one._when(),
                        ", ".join(filter(None, [one.venue_id.name, one.venue_id.city])),
                        one.module_id.name or "",
                        one.duration,
                    )
                    for one in half_days
                ),
            ],
        )

    def _sections_programme(self, enrolment, _registration):
        programme = enrolment.programme_id
        return [
            self._section(programme.name, programme.summary, programme.duration),
            self._section(self.env._("Whom it is for"), programme.audience),
            self._section(self.env._("Prerequisites"), programme.prerequisites),
            self._section(self.env._("Objectives"), programme.objectives),
            self._section(
                self.env._("Modules"),
                rows=[
                    (
                        self.env._("Module"),
                        self.env._("Objective"),
                        self.env._("Hours"),
                    ),
                    *(
                        (one.name, one.objective, one.duration)
                        for one in programme.module_ids
                    ),
                ],
            ),
            self._section(self.env._("Teaching means"), programme.means),
            self._section(self.env._("How it is assessed"), programme.evaluation),
        ]

    def _sections_agreement(self, enrolment, _registration):
        payer = enrolment.payer_id
        programme = enrolment.programme_id
        individual = enrolment.kind == "individual"
        return [
            self._section(
                self.env._("Between"),
                self.env._("The training organisation: %s", self.env.company.name),
                self.env._("And: %s", payer.name),
                self._address(payer, "\n"),
            ),
            self._section(
                self.env._("Object"),
                self.env._(
                    "The training “%(name)s”, of %(hours)s. Its programme is attached.",
                    name=programme.name,
                    hours=hours.label(enrolment.event_id._training_minutes()),
                ),
                self.env._(
                    "Trainees: %s",
                    ", ".join(enrolment.registration_ids.mapped("name")),
                ),
            ),
            self._section_session(enrolment.event_id),
            self._section(
                self.env._("Price"),
                enrolment._rate_text(),
                self.env._(
                    "It is invoiced after the session, for the hours on the attendance "
                    "sheets."
                ),
            ),
            self._section(
                self.env._("To withdraw"),
                individual
                and self.env._(
                    "Within %s days of the signature, without giving a reason; no sum "
                    "is asked for before (articles L6353-5 and L6353-6 of the labour "
                    "code, L221-18 of the consumer code).",
                    enrolment.withdrawal_days,
                ),
                self.env._(
                    "In case of force majeure the training ends, and what was given is "
                    "paid alone."
                ),
            ),
        ]

    def _sections_contract(self, share, event):
        association, partner = self.env.company.name, share.partner_id
        words = {
            "association": association,
            "partner": partner.name,
            "hours": share.duration,
            "whole": share.programme_id.duration,
            "share": formatLang(self.env, share.share * 100, digits=1),
            "name": share.programme_id.name,
        }
        return [
            self._section(
                self.env._("Between"),
                self.env._("The training organisation: %s", association),
                self.env._("And: %s", partner.name),
                self._address(partner, "\n"),
                partner.company_registry
                and self.env._("SIRET %s", partner.company_registry),
                share.contact_id
                and self.env._("Represented by %s", share.contact_id.name),
            ),
            self._section(
                self.env._("Object"),
                self.env._(
                    "%(partner)s gives %(hours)s of the training “%(name)s”, which "
                    "lasts %(whole)s: %(share)s %% of its hours.",
                    **words,
                ),
            ),
            self._section_session(event),
            self._section(
                self.env._("Who answers for what"),
                self.env._(
                    "%(association)s enrols the trainees, signs contracts and "
                    "conventions, convokes, invoices, and gives out the certificates.",
                    **words,
                ),
                self.env._(
                    "%(partner)s acts as a subcontractor: %(association)s alone "
                    "answers to trainees and payers for the whole of the training.",
                    **words,
                )
                if share.kind == "subcontract"
                else self.env._(
                    "Each party answers for the hours it gives.",
                ),
                self.env._(
                    "%(partner)s keeps to the programme, has each half-day signed by "
                    "trainees and trainer, and gives the titles and qualities of those "
                    "who teach (article L6352-1 of the labour code).",
                    **words,
                ),
            ),
            self._section(
                self.env._("Price"),
                self.env._(
                    "It is due on an invoice, after the session, for the hours that "
                    "were given."
                )
                if share.amount
                else self.env._("This share is given free."),
                rows=[
                    (
                        self.env._("Hours"),
                        self.env._("Share"),
                        self.env._("Rate"),
                        self.env._("Amount without VAT"),
                    ),
                    (
                        share.duration,
                        self.env._("%s %%", words["share"]),
                        self._rate(share.basis, share.price),
                        self._money(share.amount),
                    ),
                ],
            ),
        ]

    def _money(self, amount):
        return formatLang(self.env, amount, currency_obj=self.env.company.currency_id)

    def _rate(self, basis, price):
        if basis == hours.HOUR:
            return self.env._("%s an hour", self._money(price))
        return self.env._("flat price")

    def _sections_rules(self, _enrolment, _registration):
        return [self._section("", self.env.company.training_rules)]

    def _sections_convocation(self, enrolment, registration):
        return [
            self._section(
                registration.name,
                self.env._(
                    "You are expected at the training “%s”.",
                    enrolment.programme_id.name,
                ),
            ),
            self._section_session(enrolment.event_id),
            self._section(
                self.env._("Good to know"),
                self.env._("You sign at each half-day, on your phone or on the spot."),
                self.env._(
                    "Tell us what you need to attend at ease: access, hearing, sight, "
                    "timetable."
                ),
            ),
        ]

    def _sections_certificate(self, enrolment, registration):
        lines = registration.attendance_ids._that_count().sorted(
            lambda one: one.half_day_id.start
        )
        return [
            self._section(
                registration.name,
                self.env._(
                    "attended the training “%(name)s”, an adaptation and development "
                    "of skills, from %(start)s to %(stop)s:",
                    name=enrolment.programme_id.name,
                    start=format_date(
                        self.env, enrolment.event_id.date_begin, date_format="long"
                    ),
                    stop=format_date(
                        self.env, enrolment.event_id.date_end, date_format="long"
                    ),
                ),
                hours.label(registration._attended()),
            ),
            self._section(
                self.env._("Half-days"),
                rows=[
                    (
                        self.env._("Half-day"),
                        self.env._("Place"),
                        self.env._("Hours"),
                    ),
                    *(
                        (
                            line.half_day_id._when(),
                            line.half_day_id.venue_id.name,
                            hours.label(line.minutes),
                        )
                        for line in lines
                        if line.minutes
                    ),
                ],
            ),
            self._section(
                self.env._("Evidence"),
                self.env._(
                    "Attendance sheets signed at each half-day, kept by the training "
                    "organisation."
                ),
            ),
        ]
