# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Third places: shared pass",
    "summary": "Plans, passes, visits, and what venues owe one another",
    "version": "19.0.1.1.0",
    "development_status": "Beta",
    "category": "Association",
    "author": "Tierslieux",
    "website": "https://github.com/tierslieux/tierslieux",
    "license": "AGPL-3",
    "depends": [
        "account_edi_ubl_cii",
        "account_payment_sepa_credit_transfer",
        "account_payment_sepa_direct_debit",
        "tierslieux_booking",
    ],
    "data": [
        "security/ir.model.access.csv",
        "security/tierslieux_pass_rules.xml",
        "security/tierslieux_pass_close_rules.xml",
        "data/ir_sequence_data.xml",
        "data/ir_cron_data.xml",
        "data/queue_job_data.xml",
        "data/website_menu_data.xml",
        "report/report_card.xml",
        "data/mail_template_data.xml",
        "views/tierslieux_visit_month_views.xml",
        "views/tierslieux_pass_views.xml",
        "views/tierslieux_pass_close_views.xml",
        "views/website_layout_templates.xml",
        "views/pass_page_templates.xml",
        "views/portal_pass_templates.xml",
        "views/portal_scanner_templates.xml",
        "views/portal_statements_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "web/static/src/core/barcode/ZXingBarcodeDetector.js",
            "tierslieux_pass/static/src/scss/pass.scss",
            "tierslieux_pass/static/src/js/scanner.js",
        ],
    },
}
