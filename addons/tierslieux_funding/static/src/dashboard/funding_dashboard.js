import { registry } from "@web/core/registry";
import { Dashboard } from "@tierslieux_network/dashboard/dashboard";

/** The treasurer's and the board's dashboard of funding. */
export class FundingDashboard extends Dashboard {
    static model = "tierslieux.funding.dashboard";
}

registry.category("actions").add("tierslieux_funding.dashboard", FundingDashboard);
