import { formatCurrency } from "@web/core/currency";
import { user } from "@web/core/user";

const number = (value, options) => new Intl.NumberFormat(user.lang, options).format(value);
const FORMATS = {
    integer: ({ value }) => number(value, { maximumFractionDigits: 0 }),
    percent: ({ value }) => number(value, { style: "percent" }),
    money: ({ value, currency, digits }) => formatCurrency(value, currency, { digits }),
};

/** The value of a figure as the user's language writes it. */
export function formatFigure(figure) {
    return FORMATS[figure.format](figure);
}
