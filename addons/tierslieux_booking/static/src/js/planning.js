import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** A free cell of the plan opens its form over the plan: one click more books it. */
export class Planning extends Interaction {
    static selector = ".tl-planning";
    dynamicContent = {
        ".tl-cell, .tl-cell-time, .tl-week-add": { "t-on-click.prevent": this.open },
        ".tl-dialog": { "t-on-click": this.closeOutside },
    };

    setup() {
        this.el.classList.add("tl-live");
    }

    async open(ev) {
        const url = ev.currentTarget.href;
        let form = null;
        try {
            const response = await fetch(url);
            const page = new DOMParser().parseFromString(
                await response.text(),
                "text/html"
            );
            form = page.querySelector("#tl_new");
        } catch {
            // the page itself says what is wrong
        }
        const dialog = this.el.querySelector(".tl-dialog");
        if (!form || !dialog.showModal) {
            window.location = url;
            return;
        }
        dialog.querySelector(".tl-dialog-body").replaceChildren(form);
        dialog.showModal();
    }

    closeOutside(ev) {
        if (ev.target === ev.currentTarget) {
            ev.currentTarget.close();
        }
    }
}

registry.category("public.interactions").add("tierslieux_booking.planning", Planning);
