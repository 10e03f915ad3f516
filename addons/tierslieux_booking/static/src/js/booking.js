import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";
import { Directory } from "@tierslieux_network/js/directory";

/** The search of what is free: as the directory, without reloading; and around me. */
export class BookingSearch extends Directory {
    static selector = ".tl-booking-search";
    dynamicContent = {
        ".tl-filters": { "t-on-submit.prevent": this.search },
        ".tl-filters select, .tl-filters input:not([type=search])": {
            "t-on-change": this.onChange,
        },
        ".tl-near-me": { "t-on-click": this.nearMe },
    };

    start() {
        super.start();
        if (window.navigator.geolocation) {
            this.button.classList.remove("d-none");
        }
    }

    get button() {
        return this.el.querySelector(".tl-near-me");
    }

    onChange(ev) {
        if (ev.target.name === "commune") {
            this.setPosition("", "");
        }
        return this.search();
    }

    setPosition(latitude, longitude) {
        this.el.querySelector("input[name=lat]").value = latitude;
        this.el.querySelector("input[name=lng]").value = longitude;
        this.button.setAttribute("aria-pressed", Boolean(latitude));
    }

    nearMe() {
        const said = this.el.querySelector(".tl-near-error");
        said.textContent = "";
        window.navigator.geolocation.getCurrentPosition(
            ({ coords }) => {
                this.el.querySelector("#tl_place").value = "";
                this.setPosition(coords.latitude.toFixed(3), coords.longitude.toFixed(3));
                this.search();
            },
            () => {
                said.textContent = said.dataset.refused;
            }
        );
    }
}

/** The week of a bookable follows the length chosen. */
export class BookableLength extends Interaction {
    static selector = ".tl-length";
    dynamicContent = {
        _root: { "t-on-change": () => this.el.requestSubmit() },
        button: { "t-att-class": () => ({ "d-none": true }) },
    };
}

registry
    .category("public.interactions")
    .add("tierslieux_booking.search", BookingSearch)
    .add("tierslieux_booking.length", BookableLength);
