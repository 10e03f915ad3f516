# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "France - Accounting for Associations",
    "summary": "Chart of accounts of French associations (ANC 2018-06)",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    # the core looks for charts of accounts in modules of this category alone
    "category": "Accounting/Localizations/Account Charts",
    "author": "Tierslieux",
    "website": "https://github.com/tierslieux/tierslieux",
    "license": "AGPL-3",
    "icon": "/account/static/description/l10n.png",
    "countries": ["fr"],
    "depends": ["l10n_fr_account"],
    "data": [
        "security/ir.model.access.csv",
        "views/l10n_fr_fec_export_wizard_views.xml",
    ],
}
