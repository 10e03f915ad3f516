# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import AssociationCase

#: Accounts that art. 320-2 of ANC 2018-06 adds or renames, and their names there.
NAMES = {
    "102100": "Première situation nette établie",
    "102400": "Autres fonds propres sans droit de reprise",
    "103400": "Autres fonds propres avec droit de reprise",
    "106800": "Réserves pour projet de l’entité",
    "108100": "Dotations consomptibles",
    "108900": "Dotations consomptibles inscrites au compte de résultat",
    "163100": "Titres associatifs et assimilés",
    "191100": "Fonds reportés liés aux legs ou donations",
    "194000": "Fonds dédiés sur subventions d’exploitation",
    "195000": "Fonds dédiés sur contributions financières d’autres organismes",
    "196000": "Fonds dédiés sur ressources liées à la générosité du public",
    "468100": "Frais des bénévoles",
    "652000": "Valeurs comptables des immobilisations incorporelles et corporelles "
    "cédées",
    "657100": "Aides financières octroyées",
    "689400": "Reports en fonds dédiés sur subventions d’exploitation",
    "730000": "Concours publics",
    "753100": "Versements des fondateurs",
    "754110": "Dons manuels",
    "754120": "Abandons de frais par les bénévoles",
    "754200": "Mécénats",
    "755100": "Contributions financières d’autres organismes",
    "756100": "Cotisations sans contrepartie",
    "756200": "Cotisations avec contrepartie",
    "789400": "Utilisations de fonds dédiés sur subventions d’exploitation",
    "860000": "Secours en nature",
    "861000": "Mises à disposition gratuite de biens",
    "862000": "Prestations",
    "864000": "Personnel bénévole",
    "870000": "Dons en nature",
    "871000": "Prestations en nature",
    "875000": "Bénévolat",
}
GROUPS = {
    "1": {"asset", "equity", "liability"},
    "2": {"asset"},
    "3": {"asset"},
    "4": {"asset", "liability"},
    "5": {"asset", "liability"},
    "6": {"expense"},
    "7": {"income"},
    "8": {"off"},
}


@tagged("post_install", "-at_install")
class TestChart(AssociationCase):
    def test_services_are_sold_by_default(self):
        taxes = self.company.account_sale_tax_id | self.company.account_purchase_tax_id
        self.assertEqual(taxes.mapped("tax_scope"), ["service", "service"])
        self.assertEqual(taxes.mapped("tax_exigibility"), ["on_payment"] * 2)

    def test_accounts_of_the_regulation(self):
        french = {
            code: account.with_context(lang="fr_FR").name
            for code, account in self.accounts.items()
        }
        self.assertEqual({code: french.get(code) for code in NAMES}, NAMES)
        untranslated = [
            code
            for code, account in self.accounts.items()
            if code in NAMES and account.with_context(lang="en_US").name == french[code]
        ]
        self.assertFalse(untranslated)

    def test_types_follow_the_class(self):
        for code, account in self.accounts.items():
            self.assertIn(account.internal_group, GROUPS.get(code[0], ()), code)

    def test_the_result_has_an_account_of_the_chart(self):
        result = self.company.get_unaffected_earnings_account()
        self.assertEqual(result.code, "120000")
        self.assertFalse([code for code in self.accounts if code.startswith("9")])

    def test_what_is_inherited(self):
        # nothing is lost of the chart of companies
        firm = self._create_company("Société d’essai", "fr")
        for model, fields in {
            "account.tax": ["name", "amount", "type_tax_use"],
            "account.tax.group": ["name"],
            "account.fiscal.position": ["name", "auto_apply"],
        }.items():
            records = self.env[model].sudo().with_context(active_test=False)
            ours, theirs = (
                records.search([("company_id", "=", company.id)])
                for company in (self.company, firm)
            )
            self.assertTrue(ours)
            self.assertEqual(
                sorted(map(str, (r.read(fields)[0] | {"id": 0} for r in ours))),
                sorted(map(str, (r.read(fields)[0] | {"id": 0} for r in theirs))),
            )
        xmlids = self.env["ir.model.data"].sudo()
        kept = {
            company: {
                record.name.removeprefix(f"{company.id}_")
                for record in xmlids.search(
                    [
                        ("model", "=", "account.account"),
                        ("name", "=like", f"{company.id}\\_%pcg%"),
                    ]
                )
            }
            for company in (self.company, firm)
        }
        self.assertTrue(kept[firm])
        self.assertLessEqual(kept[firm], kept[self.company])
        codes = set(
            self.env["account.journal"]
            .sudo()
            .search([("company_id", "=", firm.id)])
            .mapped("code")
        )
        ours = self.env["account.journal"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(set(ours.mapped("code")), codes | {"CVN"})

    def test_moved_accounts_keep_their_part(self):
        chart = self.env["account.chart.template"].with_company(self.company)
        self.assertEqual(chart.ref("pcg_657").code, "652000")
        self.assertEqual(self.company.income_account_id.code, "706000")
        self.assertEqual(self.company.expense_account_id.code, "606800")
        self.assertEqual(
            self.company.default_cash_difference_income_account_id.code, "758000"
        )

    def test_voluntary_contributions_stand_alone(self):
        self.post(
            "2025-06-30",
            ("864000", 500),
            ("875000", -500),
            journal=self.off_balance,
        )
        with self.assertRaisesRegex(UserError, "Off-Balance"):
            self.post("2025-06-30", ("864000", 500), ("756100", -500))

    def test_reloading_changes_nothing(self):
        before = {code: account.name for code, account in self.accounts.items()}
        self.env["account.chart.template"].try_loading("fr_asso", self.company)
        accounts = self.env["account.account"].search(
            [("company_ids", "in", self.company.ids)]
        )
        self.assertEqual({a.code: a.name for a in accounts}, before)

    def test_offered_for_france(self):
        france = self.env.ref("base.fr")
        charts = self.env["account.chart.template"]
        self.assertIn("fr_asso", dict(charts._select_chart_template(france)))
        self.assertEqual(charts._guess_chart_template(france), "fr")
