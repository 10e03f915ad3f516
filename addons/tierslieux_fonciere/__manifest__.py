# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Third places: foncière",
    "summary": "Properties owned together: share issues, register of movements",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Association",
    "author": "Tierslieux",
    "website": "https://github.com/tierslieux/tierslieux",
    "license": "AGPL-3",
    "depends": ["tierslieux_network", "account_payment", "l10n_fr_account"],
    "data": [
        "security/ir.model.access.csv",
        "security/tierslieux_fonciere_rules.xml",
        "data/ir_sequence_data.xml",
        "data/ir_cron_data.xml",
        "data/tierslieux_share_rule_data.xml",
        "data/website_menu_data.xml",
        "views/property_page_templates.xml",
        "views/tierslieux_property_views.xml",
        "views/tierslieux_share_conditions_views.xml",
        "views/tierslieux_share_issue_views.xml",
        "views/tierslieux_share_subscription_views.xml",
        "views/tierslieux_share_movement_views.xml",
        "views/tierslieux_fonciere_menus.xml",
    ],
    "oca_data_manual": ["data/share_accounts.csv"],
    "assets": {
        "web.assets_frontend": ["tierslieux_fonciere/static/src/scss/fonciere.scss"],
    },
}
