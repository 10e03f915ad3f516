# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "France - Annual Accounts of Associations",
    "summary": "Balance sheet and income statement of French associations",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Accounting/Localizations/Reporting",
    "author": "Tierslieux",
    "website": "https://github.com/tierslieux/tierslieux",
    "license": "AGPL-3",
    "icon": "/account/static/description/l10n.png",
    "countries": ["fr"],
    "depends": ["l10n_fr_association", "mis_builder"],
    "auto_install": True,
    "data": [
        "data/mis_report_style_data.xml",
        "data/mis_report_data.xml",
        "data/mis.report.subkpi.csv",
        "data/mis.report.kpi.csv",
        "data/mis.report.kpi.expression.csv",
        "data/mis_report_instance_data.xml",
        "views/mis_report_instance_menus.xml",
    ],
    "assets": {
        "web.report_assets_common": [
            "l10n_fr_association_mis_builder/static/src/scss/report.scss",
        ],
    },
}
