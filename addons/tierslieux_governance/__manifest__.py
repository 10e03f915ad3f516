# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Third places: governance",
    "summary": "Statutes, assemblies, resolutions, ballots and minutes",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Association",
    "author": "Tierslieux",
    "website": "https://github.com/tierslieux/tierslieux",
    "license": "AGPL-3",
    "depends": ["tierslieux_network"],
    "data": [
        "security/ir.model.access.csv",
        "security/tierslieux_governance_rules.xml",
        "data/queue_job_data.xml",
        "data/ir_cron_data.xml",
        "data/ir_sequence_data.xml",
        "data/mail_template_data.xml",
        "data/tierslieux_statutes_data.xml",
        "views/tierslieux_statutes_views.xml",
        "views/tierslieux_electorate_views.xml",
        "views/tierslieux_assembly_views.xml",
        "views/tierslieux_mandate_views.xml",
        "views/tierslieux_governance_menus.xml",
        "views/portal_templates.xml",
        "views/attendance_templates.xml",
        "views/vote_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "tierslieux_governance/static/src/scss/*",
            "tierslieux_governance/static/src/js/*",
        ],
    },
}
