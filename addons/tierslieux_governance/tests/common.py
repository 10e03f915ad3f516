# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.tierslieux_network.tests.common import NetworkCommon

NOW = datetime(2026, 10, 1, 8, 0)
START = datetime(2026, 10, 24, 12, 0)


class GovernanceCommon(NetworkCommon):
    """Six members of three colleges, statutes in force, and an assembly in draft, on
    1 October 2026. Ada and Hedy are venues' people; Coop has a delegate, Lea; Atelier
    has none; the town's delegate is Ada; Noor has withdrawn."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        freezer = freeze_time(NOW)
        cls.clock = freezer.start()
        cls.addClassCleanup(freezer.stop)
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env = cls.env(
            context=dict(cls.env.context, queue_job__no_delay=True, lang="fr_FR")
        )
        cls.env.company.email = "bureau@example.org"
        cls.venues = cls.env.ref("tierslieux_network.college_venue")
        cls.companies = cls.env.ref("tierslieux_network.college_company")
        cls.public = cls.env.ref("tierslieux_network.college_public")
        cls.ada = cls.create_member("Ada Lovelace", cls.venues).partner_id
        cls.hedy = cls.create_member("Hedy Lamarr", cls.venues).partner_id
        cls.lea = cls.env["res.partner"].create(
            {"name": "Léa Gamma", "email": "lea@example.org"}
        )
        cls.coop = cls.create_member("Coop", cls.companies, delegate=cls.lea).partner_id
        cls.atelier = cls.create_member(
            "Atelier", cls.companies, company=True
        ).partner_id
        cls.town = cls.create_member("Ville", cls.public, delegate=cls.ada).partner_id
        cls.noor = cls.create_member("Noor Khan", cls.venues, left=True).partner_id
        cls.statutes = cls.env.ref("tierslieux_governance.statutes_association").copy(
            {"date_from": date(2026, 1, 1), "name": "Statuts"}
        )
        cls.statutes.action_adopt()
        cls.assembly = cls.create_assembly()

    def setUp(self):
        super().setUp()
        self.clock.move_to(NOW)

    def clock_at(self, moment):
        self.clock.move_to(moment)

    @classmethod
    def create_member(cls, name, college, delegate=None, company=False, left=False):
        """A member since 1 January 2025 who owes no dues."""
        partner = cls.env["res.partner"].create(
            {
                "name": name,
                "email": f"{name.split()[0].lower()}@example.org",
                "is_company": company or bool(delegate),
                "free_member": True,
            }
        )
        kinds = ["application", "admission"] + ["withdrawal"] * left
        return cls.env["tierslieux.membership"].create(
            {
                "partner_id": partner.id,
                "college_id": college.id,
                "event_ids": [
                    Command.create(
                        {
                            "kind": kind,
                            "date": date(2025, 1, 1),
                            "reason": "Déménagement",
                        }
                    )
                    for kind in kinds
                ],
                "delegation_ids": [
                    Command.create(
                        {"partner_id": delegate.id, "date_from": date(2025, 1, 1)}
                    )
                ]
                if delegate
                else [],
            }
        )

    @classmethod
    def create_assembly(cls, **values):
        return cls.env["tierslieux.assembly"].create(
            {
                "name": "Assemblée générale 2026",
                "date_start": START,
                "date_end": START.replace(hour=16),
                "venue_id": cls.venue.id,
                "motion_ids": [
                    Command.create({"name": "Approbation des comptes"}),
                    Command.create(
                        {
                            "name": "Élection au conseil",
                            "kind": "election",
                            "candidate_ids": [
                                Command.create({"name": "Ada Lovelace"}),
                                Command.create({"name": "Hedy Lamarr"}),
                            ],
                        }
                    ),
                ],
                **values,
            }
        )

    @classmethod
    def give_account(
        cls, partner, groups="base.group_portal,tierslieux_network.group_member"
    ):
        return new_test_user(
            cls.env,
            f"user_{partner.id}",
            groups=groups,
            name=partner.name,
            partner_id=partner.id,
        )

    @classmethod
    def change_statutes(cls, kind="ordinary", **values):
        """Another version in force from today, whose rule differs."""
        version = cls.statutes.copy({"date_from": NOW.date()})
        version.rule_ids.filtered(lambda rule: rule.kind == kind).write(values)
        version.action_adopt()
        return version

    @classmethod
    def convene(cls, **values):
        """The assembly, convened, its electorate frozen."""
        cls.assembly.write(values)
        cls.assembly.action_convene()
        return cls.assembly

    @classmethod
    def elector(cls, partner, assembly=None):
        return (assembly or cls.assembly).elector_ids.filtered(
            lambda one: one.partner_id == partner
        )

    @classmethod
    def give(cls, principal, holder=None):
        return cls.env["tierslieux.proxy"].create(
            {
                "principal_id": cls.elector(principal).id,
                "holder_id": holder and cls.elector(holder).id,
            }
        )

    @classmethod
    def resolve(cls, motion, number="2026-01", **values):
        """The register's line of a motion, as the count of the votes writes it."""
        return cls.env["tierslieux.resolution"].create(
            {
                "number": number,
                "motion_id": motion.id,
                "assembly_id": motion.assembly_id.id,
                "statutes_version_id": motion.assembly_id._statutes().id,
                "name": motion.name,
                "text": "<p>L’assemblée approuve les comptes.</p>",
                "outcome": "adopted",
                "verdict": {"for": 3, "against": 2},
                "verdict_text": "Majorité : 2 × 3 pour = 6 > 5 exprimés, article 12",
                "decided_at": START,
                **values,
            }
        )
