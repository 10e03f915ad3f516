# ruff: noqa: F821
"""A company of its own with two grants of last year: one whose report is drawn up and
signed, one that its treasurer brings to its end."""

import base64
import io

from reportlab.pdfgen.canvas import Canvas

last_year = fields.Date.today().year - 1
# its chart is that of associations, not what the core loads for the country
rives = (
    env["res.company"]
    .with_context(chart_template_load=True)
    .create(
        {
            "name": "Association des Rives",
            "country_id": env.ref("base.fr").id,
            "company_registry": "40483304800022",
        }
    )
)
rives.partner_id.write({"rna": "W691234567", "lang": "fr_FR", "city": "Lyon"})
env["account.chart.template"].try_loading("fr_asso", rives)


def person(login, name, groups, parent=None):
    one = env["res.users"].create(
        {
            "name": name,
            "login": login,
            "password": login,
            "email": f"{login}@example.org",
            "lang": "fr_FR",
            "tour_enabled": False,
            "company_id": rives.id,
            "company_ids": [(6, 0, rives.ids)],
            "group_ids": [(6, 0, [env.ref(group).id for group in groups])],
        }
    )
    one.partner_id.parent_id = parent
    return one


def receipt(number):
    """A page that says its number."""
    file = io.BytesIO()
    page = Canvas(file, invariant=True)
    page.drawString(72, 720, f"Facture {number}")
    page.save()
    return file.getvalue()


bookkeeper = person(
    "comptable",
    "Inès Budget",
    ["base.group_user", "tierslieux_network.group_treasurer"],
)
books = env(
    user=bookkeeper,
    context={"lang": "fr_FR", "allowed_company_ids": rives.ids, "tz": "Europe/Paris"},
)
accounts = {
    account.code: account.id
    for account in books["account.account"].search([("company_ids", "in", rives.ids)])
}
phase = books["tierslieux.funding.phase"].create(
    {
        "name": str(last_year),
        "plan_id": books["tierslieux.funding.plan"].create({"name": "Rives"}).id,
        "date_from": f"{last_year}-01-01",
        "date_to": f"{last_year}-12-31",
    }
)
brick = books["tierslieux.funding.brick"].create(
    {"name": "Rives", "phase_id": phase.id}
)
line = {
    one.code: one.id
    for one in books["tierslieux.funding.category"].search([("code", "!=", False)])
}


def grant(name, funder, code, spent, asked):
    """A signed grant of last year whose expenses are charged to it."""
    action = books["tierslieux.funding.action"].create(
        {
            "name": name,
            "brick_id": brick.id,
            "cost_ids": [
                (
                    0,
                    0,
                    {
                        "name": label,
                        "category_id": line[category],
                        "unit_price": amount,
                    },
                )
                for category, _account, label, amount in spent
            ],
        }
    )
    agreement = books["tierslieux.funding.agreement"].create(
        {
            "name": name,
            "reference": f"{last_year}-{code}",
            "funder_id": funder.id,
            "source_id": env.ref("tierslieux_funding.source_grant").id,
            "line_id": line[code],
            "user_id": bookkeeper.id,
            "amount": 6000,
            "rate": 80,
            "dedicated": True,
            "date_from": f"{last_year}-01-01",
            "date_to": f"{last_year}-12-31",
            "action_ids": [(6, 0, action.ids)],
            "tranche_ids": [(0, 0, {"name": "Solde", "kind": "balance"})],
        }
    )
    books["tierslieux.funding.document"].create(
        {
            "agreement_id": agreement.id,
            "kind": "convention",
            "name": "Convention signée",
            "filename": "convention.pdf",
            "file": base64.b64encode(receipt("Convention")),
            "funder_visible": True,
        }
    )
    for state in ("notified", "signed"):
        agreement._become(state, fields.Date.to_date(f"{last_year}-02-01"))
    vendor = env["res.partner"].create({"name": f"Fournisseur de {name}"})
    for number, (_category, account, label, amount) in enumerate(spent, 1):
        reference = f"{code.upper()}-{number}"
        move = books["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": vendor.id,
                "ref": reference,
                "invoice_date": f"{last_year}-0{number + 3}-12",
                "date": f"{last_year}-0{number + 3}-12",
                "invoice_line_ids": [
                    (
                        0,
                        0,
                        {
                            "name": label,
                            "price_unit": amount,
                            "account_id": accounts[account],
                            "tax_ids": [(5,)],
                            "analytic_distribution": {
                                str(action.analytic_account_id.id): 100
                            },
                        },
                    )
                ],
            }
        )
        books["ir.attachment"].create(
            {
                "name": f"{reference}.pdf",
                "raw": receipt(reference),
                "mimetype": "application/pdf",
                "res_model": "account.move",
                "res_id": move.id,
            }
        )
        move.action_post()
    proposal = books["tierslieux.funding.proposal"].create(
        {"agreement_ids": [(0, 0, {"agreement_id": agreement.id, "asked": asked})]}
    )
    proposal.action_propose()
    proposal.action_apply()
    return agreement


river, harbour = env["res.partner"].create(
    [
        {"name": name, "is_company": True}
        for name in ("Fondation du Fleuve", "Ville du Port")
    ]
)
FUNDER = ["base.group_portal", "tierslieux_network.group_funder"]
person("mecene", "Lise Fleuve", FUNDER, river)
person("ville", "Armand Port", FUNDER, harbour)
reported = grant(
    "Atelier du fleuve",
    river,
    "74j",
    [
        ("60b", "606400", "Fournitures de l’atelier", 2000),
        ("62b", "623600", "Impression du programme", 5500),
    ],
    asked=6000,
)
reported._post_award(fields.Date.to_date(f"{last_year}-02-01"))
report = books["tierslieux.funding.report"].create(
    {
        "agreement_id": reported.id,
        "text_action": "Douze ateliers ouverts.",
        "text_public": "Deux cents personnes.",
        "text_places": "Au bord du fleuve, toute l’année.",
        "text_objectives": "Oui.",
    }
)
report.action_freeze()
report._sign("Camille Roy", "présidente", "Lyon", fields.Date.today())
grant(
    "Rencontres du port",
    harbour,
    "74e",
    [
        ("61a", "613200", "Location de salles", 2000),
        ("62c", "625100", "Déplacements", 1500),
    ],
    asked=2800,
)
env.cr.commit()
