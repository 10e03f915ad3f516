/* global Chart */
import { Component, onWillStart, onWillUnmount, useEffect, useRef, useState } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { formatFigure } from "./dashboard_format";

const BAR_HEIGHT = 34;
const AXIS_HEIGHT = 40;
const MINIMUM_HEIGHT = { bar: 220, doughnut: 220, line: 320 };
const LABEL_LENGTH = 24;

/** A long label in several lines, as Chart.js takes them. */
function lines(label) {
    return label.split(" ").reduce((done, word) => {
        const last = done.at(-1);
        if (last && last.length + word.length < LABEL_LENGTH) {
            return [...done.slice(0, -1), `${last} ${word}`];
        }
        return [...done, word];
    }, []);
}

/**
 * A chart and, for those who cannot see it or point at it, the same numbers in a
 * table of buttons: both open the list of a point.
 */
export class DashboardChart extends Component {
    static template = "tierslieux_network.DashboardChart";
    static props = { chart: Object, open: Function };

    setup() {
        this.canvas = useRef("canvas");
        this.state = useState({ measure: this.props.chart.measures[0].key });
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            (measure) => {
                this.drawing = new Chart(this.canvas.el, this.configuration(measure));
                return () => this.drawing.destroy();
            },
            () => [this.state.measure]
        );
    }

    get measure() {
        return this.props.chart.measures.find(({ key }) => key === this.state.measure);
    }

    get height() {
        const bars = this.props.chart.labels.length * BAR_HEIGHT + AXIS_HEIGHT;
        const { kind } = this.props.chart;
        return Math.max(kind === "bar" ? bars : 0, MINIMUM_HEIGHT[kind]);
    }

    format(value, options = {}) {
        return formatFigure({ format: "integer", ...this.measure, value, ...options });
    }

    open(series, index) {
        const { chart } = this.props;
        const label = [chart.labels[index], chart.series.length > 1 && series.label];
        this.props.open(
            label.filter(Boolean).join(" – "),
            chart.model,
            series.points[index].domain
        );
    }

    configuration(measure) {
        const { kind, labels, series } = this.props.chart;
        const round = kind === "doughnut";
        const horizontal = kind === "bar";
        return {
            type: kind,
            data: {
                labels: horizontal ? labels.map(lines) : labels,
                datasets: series.map(({ label, color, points }) => ({
                    label,
                    data: points.map(({ values }) => values[measure]),
                    backgroundColor: color,
                    borderColor: round ? "#ffffff" : color,
                    borderWidth: kind === "bar" ? 0 : 2,
                    pointRadius: 2,
                    tension: 0.2,
                })),
            },
            options: {
                maintainAspectRatio: false,
                animation: false,
                indexAxis: horizontal ? "y" : "x",
                scales: round ? {} : this.scales(horizontal),
                plugins: {
                    legend: { position: "bottom", display: round || series.length > 1 },
                    tooltip: {
                        callbacks: {
                            label: ({ dataset, label, raw }) =>
                                ` ${round ? label : dataset.label} : ${this.format(raw)}`,
                        },
                    },
                },
                onClick: (event, [hit]) => hit && this.open(series[hit.datasetIndex], hit.index),
                onHover: ({ native }, hits) => {
                    native.target.style.cursor = hits.length ? "pointer" : "default";
                },
            },
        };
    }

    scales(horizontal) {
        const numbers = {
            stacked: horizontal,
            beginAtZero: true,
            ticks: { precision: 0, callback: (value) => this.format(value, { digits: [0, 0] }) },
        };
        const names = { stacked: horizontal, grid: { display: false } };
        if (horizontal) {
            names.ticks = { autoSkip: false };
        }
        return horizontal ? { x: numbers, y: names } : { x: names, y: numbers };
    }
}
