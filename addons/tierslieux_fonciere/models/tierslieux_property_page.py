# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..domain import drawing

# In the order they are laid in a bar, each with its class.
FINANCING = ("shares", "grant", "own", "loan")


class PropertyPage(models.Model):
    """What the public pages say of properties: visitors have no access right to them,
    the methods below name what is shown."""

    _inherit = "tierslieux.property"

    @api.model
    def _published(self, property_id=None):
        """Published properties, or the one of an id."""
        domain = [("is_published", "=", True)]
        if property_id is not None:
            domain.append(("id", "=", property_id))
        # sudo: what is published is for everybody, whatever the company of the site
        return self.sudo().with_context(bin_size=True).search(domain)

    @api.model
    def _cards(self):
        """Every published property as the list shows it; those with an issue under way
        first, the one that ends soonest before."""
        properties = self._published()
        # together, so that their counters are read together
        issues = properties.issue_ids.browse(
            [issue.id for one in properties for issue in one._issue_under_way()]
        )
        under_way = {issue.property_id.id: issue._public_values() for issue in issues}
        cards = [
            {**one._card(), "issue": under_way.get(one.id, {})} for one in properties
        ]
        return sorted(
            cards, key=lambda card: (not card["issue"], card["issue"].get("days", 0))
        )

    def _card(self):
        return {
            "id": self.id,
            "name": self.name,
            "url": self.website_url,
            "summary": self.summary,
            "state": self.state,
            "city": self.partner_id.city,
            "foundation": self.company_id.name,
            "currency": self.currency_id,
            "photo": f"/foncieres/photo/{self.id}" if self.image_512 else "",
        }

    def _issue_under_way(self):
        """The issue of a property that takes subscriptions today, the one that ends
        first; empty without one."""
        today = fields.Date.context_today(self)
        return self.issue_ids.filtered(
            lambda issue: (
                issue.state == "open" and issue.date_from <= today <= issue.date_to
            )
        ).sorted(lambda issue: (issue.date_to, issue.id))[:1]

    def _page(self):
        """All that the page of one property says."""
        self.ensure_one()
        issue = self._issue_under_way()
        states = dict(self.work_ids._fields["state"]._description_selection(self.env))
        kinds = dict(
            issue.document_ids._fields["kind"]._description_selection(self.env)
        )
        return {
            **self._card(),
            "description": self.description,
            "address": self.partner_id.contact_address_inline
            if self.partner_id
            else "",
            "surface": self.surface,
            "acquired_on": self.acquired_on,
            "valuation": self.valuation_ids[:1],
            "money": self._money(),
            "works": [(work, states[work.state]) for work in self.work_ids],
            "occupants": [
                {
                    "name": venue.name,
                    "summary": venue.summary,
                    "url": venue.website_url if venue.is_published else "",
                }
                for venue in self.venue_ids.filtered("active")
            ],
            "issue": issue._public_values(),
            "past_issues": [
                one._public_values()
                for one in self.issue_ids - issue
                if one.state in ("succeeded", "failed")
            ],
            "documents": [
                (paper, kinds[paper.kind])
                for paper in issue.document_ids
                if paper.is_public
            ],
            "conditions": issue.conditions_id,
        }

    def _money(self):
        """Budget beside financing: rows and pieces of bars on one scale."""
        kinds = self.financing_ids._fields["kind"]._description_selection(self.env)
        kinds = dict(kinds)
        planned = dict.fromkeys(FINANCING, 0)
        secured = dict.fromkeys(FINANCING, 0)
        for one in self.financing_ids:
            planned[one.kind] += one.amount_planned
            # what is more than was planned does not make up for another part
            secured[one.kind] += min(one.amount_secured, one.amount_planned)
        scale = max(self.cost_total, self.planned_total)
        return {
            "budget": self.cost_total,
            "planned": self.planned_total,
            "secured": sum(secured.values()),
            "costs": [
                {"name": one.name, "amount": one.amount, "length": length}
                for one, (_start, length) in zip(
                    self.cost_ids,
                    drawing.stacked(self.cost_ids.mapped("amount"), scale),
                    strict=True,
                )
            ],
            "financing": [
                {
                    "kind": kind,
                    "label": kinds[kind],
                    "planned": planned[kind],
                    "secured": secured[kind],
                    "length": drawing.percent(planned[kind], scale),
                    "done": drawing.percent(secured[kind], planned[kind]),
                }
                for kind in FINANCING
                if planned[kind]
            ],
        }
