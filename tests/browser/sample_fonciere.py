# ruff: noqa: F821
"""The foncière of the journeys: a cooperative with its chart, a property with an issue
under way, and who runs it; run in Odoo's shell after `sample.py`."""

import logging

logging.getLogger("odoo.addons.account.models.chart_template").setLevel(logging.ERROR)
scic = env["res.company"].create(
    {
        "name": "Foncière des Pentes",
        "street": "1 rue des Capucins",
        "zip": "69001",
        "city": "Lyon",
        "country_id": env.ref("base.fr").id,
        "currency_id": env.ref("base.EUR").id,
    }
)
env["account.chart.template"].try_loading("fr", scic, install_demo=False)
env["account.journal"].search(
    [("company_id", "=", scic.id), ("type", "=", "bank")], limit=1
).bank_account_id = env["res.partner.bank"].create(
    {
        "acc_number": "FR7630006000011234567890189",
        "partner_id": scic.partner_id.id,
        "company_id": scic.id,
    }
)
env.ref("base.user_admin").company_ids |= scic
for login, name, group in (
    ("tresorier", "Nora Blanc", "group_treasurer"),
    ("president", "Paul Simon", "group_board"),
):
    env["res.users"].create(
        {
            "name": name,
            "login": login,
            "password": login,
            "email": f"{login}@example.org",
            "lang": "fr_FR",
            "company_id": scic.id,
            "company_ids": [(6, 0, [scic.id, env.company.id])],
            "group_ids": [(4, ref(group).id)],
        }
    )
env["res.users"].create(
    {
        "name": "Maud Perrin",
        "login": "habitante",
        "password": "habitante",
        "email": "habitante@example.org",
        "lang": "fr_FR",
        "group_ids": [(6, 0, [env.ref("base.group_portal").id])],
    }
)
conditions = env["tierslieux.share.conditions"].create(
    {
        "company_id": scic.id,
        "version": "1",
        "content": "<p>Les parts sont nominatives et remboursées selon les statuts."
        "</p><p>La souscription est définitive une fois la part attribuée.</p>",
    }
)
conditions.action_adopt()
today = fields.Date.today()
walls = env["tierslieux.property"].create(
    {
        "name": "Les murs de l'Établi",
        "company_id": scic.id,
        "partner_id": env["res.partner"]
        .create(
            {
                "name": "Les murs de l'Établi",
                "street": "1 rue des Capucins",
                "zip": "69001",
                "city": "Lyon",
                "country_id": env.ref("base.fr").id,
            }
        )
        .id,
        "venue_ids": [(6, 0, venues[:2].ids)],
        "state": "works",
        "acquired_on": today - timedelta(days=200),
        "surface": 640,
        "summary": "Un atelier de 640 m² que ses usagers achètent ensemble, pour que "
        "la menuiserie et la couture restent dans le quartier.",
        "description": "<p>L'ancienne imprimerie des Pentes abrite depuis huit ans une "
        "menuiserie, un atelier de couture et des bureaux partagés. Le propriétaire "
        "vend : nous achetons les murs pour qu'ils ne soient plus jamais vendus.</p>",
        "is_published": True,
        "cost_ids": [
            (0, 0, {"kind": kind, "name": name, "amount": amount})
            for kind, name, amount in (
                ("purchase", "Achat des murs", 620000),
                ("fees", "Frais de notaire", 48000),
                ("works", "Toiture et isolation", 180000),
                ("equipment", "Accessibilité", 52000),
            )
        ],
        "financing_ids": [
            (
                0,
                0,
                {
                    "kind": kind,
                    "name": name,
                    "amount_planned": planned,
                    "amount_granted": granted,
                },
            )
            for kind, name, planned, granted in (
                ("shares", "Parts sociales", 100000, 0),
                ("grant", "Région", 250000, 180000),
                ("own", "Fonds propres", 50000, 50000),
                ("loan", "Prêt bancaire", 500000, 500000),
            )
        ],
        "work_ids": [
            (
                0,
                0,
                {
                    "name": name,
                    "state": state,
                    "date_from": today + timedelta(days=start),
                    "date_to": today + timedelta(days=stop),
                    "amount": amount,
                },
            )
            for name, state, start, stop, amount in (
                ("Mise aux normes électriques", "done", -150, -90, 38000),
                ("Toiture", "under_way", -60, 60, 120000),
                ("Rampe et ascenseur", "planned", 90, 200, 52000),
            )
        ],
    }
)
issue = env["tierslieux.share.issue"].create(
    {
        "name": "Première levée : achetons les murs",
        "property_id": walls.id,
        "nominal": 100,
        "minimum_shares": 5,
        "target_shares": 1000,
        "maximum_shares": 1200,
        "max_per_person": 200,
        "date_from": today - timedelta(days=20),
        "date_to": today + timedelta(days=40),
        "admission_required": True,
        "conditions_id": conditions.id,
        "document_ids": [
            (0, 0, {"kind": kind, "name": name, "file": "JVBERi0xLjQK"})
            for kind, name in (
                ("statutes", "Statuts de la coopérative.pdf"),
                ("decision", "Décision du conseil.pdf"),
                ("information", "Document d'information synthétique.pdf"),
            )
        ],
    }
)
issue.action_open()
# inhabitants make their account by themselves
env["website"].search([]).auth_signup_uninvited = "b2c"
env.cr.commit()
