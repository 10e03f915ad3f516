import {Component, onWillUnmount, useState, xml} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

const EVERY = 2000;

/** The part of an import that is done, asked again while the import runs. */
export class CensusProgress extends Component {
    static template = xml`
        <div class="progress mt-2" role="progressbar" aria-valuemin="0"
             aria-valuemax="100" t-att-aria-valuenow="percent">
            <div class="progress-bar" t-attf-style="width: {{percent}}%">
                <t t-out="percent"/> %
            </div>
        </div>`;
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.state = useState({value: this.props.record.data[this.props.name]});
        this.timer = setInterval(() => this.refresh(), EVERY);
        onWillUnmount(() => clearInterval(this.timer));
    }

    get percent() {
        return Math.floor(this.state.value);
    }

    async refresh() {
        const {record, name} = this.props;
        if (!record.resId || record.data.state !== "queued") {
            return;
        }
        const [values] = await this.orm.silent.read(
            record.resModel,
            [record.resId],
            [name, "state"]
        );
        this.state.value = values[name];
        if (values.state !== "queued") {
            await record.load();
        }
    }
}

registry.category("fields").add("census_progress", {
    component: CensusProgress,
    supportedTypes: ["float"],
    fieldDependencies: [{name: "state", type: "selection"}],
});
