# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Addresses with a number in them, asked for by somebody whose it is not."""

import re

from odoo import http
from odoo.tests import new_test_user
from odoo.tools import mute_logger

NUMBER = re.compile(r"<int:(\w+)>")
CHOICE = re.compile(r"<any\(([^)]*)\):\w+>")

#: What the number of an address is of; ``holder_id`` and ``partner_id`` are contacts.
MODELS = {
    "application_id": "tierslieux.brand.application",
    "agreement_id": "tierslieux.funding.agreement",
    "assembly_id": "tierslieux.assembly",
    "asset_id": "tierslieux.brand.asset",
    "bookable_id": "tierslieux.bookable",
    "booking_id": "tierslieux.booking",
    "enrolment_id": "tierslieux.training.enrolment",
    "half_day_id": "tierslieux.training.half.day",
    "licence_id": "tierslieux.brand.licence",
    "line_id": "tierslieux.brand.assessment.line",
    "membership_id": "tierslieux.membership",
    "motion_id": "tierslieux.motion",
    "pass_id": "tierslieux.pass",
    "profile_id": "tierslieux.profile",
    "property_id": "tierslieux.property",
    "registration_id": "event.registration",
    "report_id": "tierslieux.funding.report",
    "request_id": "tierslieux.visit.request",
    "settlement_id": "tierslieux.settlement",
    "statement_id": "tierslieux.venue.statement",
    "subscription_id": "tierslieux.share.subscription",
    "time_id": "tierslieux.volunteer.time",
    "venue_id": "tierslieux.venue",
    "visit_id": "tierslieux.visit",
}
#: Of Odoo; one of our classes may be the last to answer.
CORE = ("/my/invoices/", "/invoice/transaction/")
#: Addresses that tell everybody the same, or nothing, whatever the number.
OF_ALL = {
    "/formations/session/<int:event_id>": "any session, to enrol in",
    "/foncieres/document/<int:document_id>": "papers of an issue that is open to all",
    "/marque/reglement/<int:rules_id>": "rules of use, once adopted",
    "/marque/reglement/<int:rules_id>/differences": "the same",
    "/marque/reglement/<int:rules_id>.pdf": "the same",
    "/my/assemblies/<int:assembly_id>/quit": "forgets the link in this browser alone",
    "/my/pass/subscribe/<int:plan_id>": "plans on offer",
    "/my/resolutions/<int:resolution_id>": "members read those of general assemblies",
}


class GuessedNumbers:
    """For every address of ours that has a number in it: somebody who has an account,
    and every group that people of the portal may have, is told that there is nothing.
    An address that is new here is looked at by itself."""

    def test_guessed_numbers_find_nothing(self):
        user = new_test_user(
            self.env,
            "nobody_of_the_house",
            groups="base.group_portal,tierslieux_network.group_member"
            ",tierslieux_network.group_funder,tierslieux_network.group_venue_manager"
            ",tierslieux_network.group_facilitator",
        )
        self._hide()
        self.authenticate(user.login, user.login)
        found = set()
        for route, methods, kind in sorted(self._routes()):
            if route in OF_ALL:
                found.add(route)
                continue
            for address in self._addresses(route):
                for method in methods:
                    with self.subTest(address=address, method=method):
                        self.assertIn(self._status(address, method, kind), (403, 404))
        self.assertEqual(found, OF_ALL.keys(), "these are no addresses any more")

    def _hide(self):
        """What is shown to all once it is published is not published any more."""
        for model in ("bookable", "property", "venue"):
            self.env[f"tierslieux.{model}"].search([]).is_published = False
        self.env["tierslieux.profile"].search([]).write(
            {"visibility_photo": "nobody", "visibility_name": "nobody"}
        )

    def _routes(self):
        """``(route, methods, type)`` of our addresses with a number."""
        pages = self.env["ir.http"]
        for route, endpoint in pages._generate_routing_rules(
            sorted(self.registry._init_modules), converters=pages._get_converters()
        ):
            module = endpoint.original_endpoint.__module__
            names = set(NUMBER.findall(route)) - {"page"}
            ours = module.startswith("odoo.addons.tierslieux_")
            if ours and names and not route.startswith(CORE):
                routing = endpoint.routing
                methods = {"GET", "POST"} & {*(routing["methods"] or ["GET"])}
                yield route, tuple(sorted(methods)), routing["type"]

    def _addresses(self, route):
        route = route.replace("<int:page>", "1")
        names = NUMBER.findall(route)
        records = self._records(names, route)
        self.assertTrue(all(records), f"the demo has nothing for {route}")
        address = route
        for name, record in zip(names, records, strict=True):
            address = address.replace(f"<int:{name}>", str(record.id))
        for choices in CHOICE.findall(address):
            first = choices.split(",")[0].strip(" \"'")
            address = CHOICE.sub(first, address, count=1)
        for name, value in (("code", "60"), ("number", "1"), ("act", "sign")):
            address = address.replace(f"<string:{name}>", value)
        if "<" not in address:
            yield address

    def _records(self, names, route):
        """A record for each number, the first ones those of the last where it has
        them."""
        last = self._last(names[-1], route)
        records = [last]
        for name in reversed(names[:-1]):
            known = name in last._fields and last[name]
            records.insert(0, known or self._beside(name, last))
        return records

    def _last(self, name, route):
        env = self.env
        if name == "holder_id":
            movements = env["tierslieux.share.movement"]
            return movements.search([("receiver_id", "!=", False)], limit=1).receiver_id
        if name == "partner_id":
            return env["tierslieux.elector"].search([], limit=1).partner_id
        if name == "company_id":
            return env["tierslieux.share.movement"].search([], limit=1).company_id
        if name == "document_id":
            return env["tierslieux.funding.document"].search([], limit=1)
        if name == "contract_id":
            papers = env["tierslieux.training.paper"]
            return papers.search([("share_id", "!=", False)], limit=1)
        if name == "paper_id" and "/training/" in route:
            of = "registration_id" if "registration_id" in route else "enrolment_id"
            return env["tierslieux.training.paper"].search([(of, "!=", False)], limit=1)
        if name == "paper_id":
            line = env[MODELS["line_id"]].search([], limit=1)
            return env["ir.attachment"].create(
                {
                    "name": "Bail",
                    "raw": b"Bail",
                    "res_model": line._name,
                    "res_id": line.id,
                }
            )
        found = env[MODELS[name]].search([], order="id desc", limit=1)
        if name == "request_id" and not found:
            visit = self._last("visit_id", route)
            found = found.create(
                {"visit_id": visit.id, "reason": "Partie à midi", "void": True}
            )
        return found

    def _beside(self, name, last):
        """What stands before a number in an address, of another model than it knows."""
        if name == "line_id":
            return self.env[MODELS[name]].browse(last.res_id)
        if name == "registration_id":
            return last.event_id.registration_ids[:1]
        if name == "half_day_id":
            return last.event_id.half_day_ids[:1]
        if name == "company_id":
            return self._last(name, "")
        if name == "statement_id":
            return self.env[MODELS[name]].search(
                [("close_id", "=", last.close_id.id)], limit=1
            )
        if name == "venue_id":
            return self.env[MODELS[name]].search([], limit=1)
        return self._last(name, "")

    def _status(self, address, method, kind):
        with mute_logger("odoo.http"):
            if kind == "jsonrpc":
                answer = self.url_open(address, json={"params": {}})
                return 404 if "error" in answer.json() else 200
            data = None
            if method == "POST":
                data = {"csrf_token": http.Request.csrf_token(self)}
            return self.url_open(address, data=data, allow_redirects=False).status_code
