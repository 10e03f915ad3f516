import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { DashboardChart } from "./dashboard_chart";
import { formatFigure } from "./dashboard_format";

/** The board's dashboard: what the server counted, each number opening its list. */
export class Dashboard extends Component {
    static template = "tierslieux_network.Dashboard";
    static components = { DashboardChart, Layout };
    static props = { ...standardActionServiceProps };
    static displayName = _t("Dashboard");
    static model = "tierslieux.dashboard";

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.env.config.setDisplayName(this.props.action.name || Dashboard.displayName);
        this.display = { controlPanel: {} };
        this.formatFigure = formatFigure;
        this.state = useState({ sections: [] });
        onWillStart(async () => {
            this.state.sections = await this.orm.call(this.constructor.model, "figures");
        });
    }

    /** The charts that have something to draw. */
    filled(charts) {
        return charts.filter(({ series }) =>
            series.some(({ points }) =>
                points.some(({ values }) => Object.values(values).some(Boolean))
            )
        );
    }

    open(name, model, domain) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: model,
            domain,
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    }
}

registry.category("actions").add("tierslieux_network.dashboard", Dashboard);
