import { Component, markup, onWillStart } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** The first page of the back office, as the server writes it for the portal too. */
export class Home extends Component {
    static template = "tierslieux_network.Home";
    static props = { ...standardActionServiceProps };
    static displayName = _t("Home");
    static path = "accueil";

    setup() {
        const orm = useService("orm");
        this.env.config.setDisplayName(this.props.action.name || Home.displayName);
        onWillStart(async () => {
            this.html = markup(await orm.call("tierslieux.home", "html"));
        });
    }
}

registry.category("actions").add("tierslieux_network.home", Home);
