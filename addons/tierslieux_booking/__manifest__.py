# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Third places: booking",
    "summary": "Spaces, equipment and mentors that can be booked, never twice",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Association",
    "author": "Tierslieux",
    "website": "https://github.com/tierslieux/tierslieux",
    "license": "AGPL-3",
    "depends": ["tierslieux_network"],
    "data": [
        "security/ir.model.access.csv",
        "security/tierslieux_booking_rules.xml",
        "data/ir_sequence_data.xml",
        "data/product_data.xml",
        "data/ir_config_parameter_data.xml",
        "data/mail_template_data.xml",
        "data/ir_cron_data.xml",
        "views/tierslieux_bookable_views.xml",
        "views/tierslieux_booking_views.xml",
        "views/tierslieux_venue_vat_views.xml",
        "views/tierslieux_booking_menus.xml",
        "data/website_menu_data.xml",
        "views/search_templates.xml",
        "views/bookable_page_templates.xml",
        "views/portal_booking_templates.xml",
        "views/planning_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "tierslieux_booking/static/src/scss/*",
            "tierslieux_booking/static/src/js/*",
        ],
    },
    "pre_init_hook": "create_exclusion_extension",
    "uninstall_hook": "clean_up",
}
