# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Third places: funding",
    "summary": "Hybrid funding: plan, agreements, allocation of expenses, reports",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Association",
    "author": "Tierslieux",
    "website": "https://github.com/tierslieux/tierslieux",
    "license": "AGPL-3",
    "depends": ["tierslieux_network", "l10n_fr_association", "analytic"],
    "data": [
        "security/ir.model.access.csv",
        "security/tierslieux_funding_rules.xml",
        "data/tierslieux_funding_source_data.xml",
        "data/tierslieux_funding_category_data.xml",
        "views/tierslieux_funding_source_views.xml",
        "views/tierslieux_funding_category_views.xml",
        "views/tierslieux_funding_action_views.xml",
        "views/tierslieux_funding_brick_views.xml",
        "views/tierslieux_funding_phase_views.xml",
        "views/tierslieux_funding_plan_views.xml",
        "views/tierslieux_funding_agreement_views.xml",
        "views/tierslieux_funding_menus.xml",
    ],
}
