import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** The directory without reloading: a filter that changes shows its results at once. */
export class Directory extends Interaction {
    static selector = ".tl-directory";
    dynamicContent = {
        ".tl-filters": { "t-on-submit.prevent": this.search },
        ".tl-filters select, .tl-filters input[type=checkbox]": {
            "t-on-change": this.search,
        },
        ".tl-show-list": { "t-on-click": () => this.showMap(false) },
        ".tl-show-map": { "t-on-click": () => this.showMap(true) },
    };

    start() {
        this.el.classList.add("tl-live");
    }

    async search() {
        const form = this.el.querySelector(".tl-filters");
        const query = new URLSearchParams(new FormData(form));
        for (const [name, value] of [...query]) {
            if (!value) {
                query.delete(name);
            }
        }
        const text = query.toString();
        const url = form.getAttribute("action") + (text ? `?${text}` : "");
        this.controller?.abort();
        this.controller = new AbortController();
        const results = this.el.querySelector("#tl_results");
        results.setAttribute("aria-busy", "true");
        let page;
        try {
            const response = await fetch(url, { signal: this.controller.signal });
            page = new DOMParser().parseFromString(await response.text(), "text/html");
        } catch (error) {
            if (error.name !== "AbortError") {
                window.location = url;
            }
            return;
        }
        const found = page.querySelector("#tl_results");
        if (!found) {
            window.location = url;
            return;
        }
        // the sentence with the number stays in place, so that screen readers say it
        const count = results.querySelector(".tl-count");
        count.textContent = found.querySelector(".tl-count").textContent;
        found.querySelector(".tl-count").replaceWith(count);
        results.replaceChildren(...found.childNodes);
        results.removeAttribute("aria-busy");
        window.history.replaceState(null, "", url);
        document.dispatchEvent(new CustomEvent("tl-found", { detail: found.dataset.found }));
    }

    showMap(map) {
        this.el.classList.toggle("tl-map-shown", map);
        this.el.querySelector(".tl-show-map").setAttribute("aria-pressed", map);
        this.el.querySelector(".tl-show-list").setAttribute("aria-pressed", !map);
    }
}

/** Copies the address of a page and says so. */
export class ShareLinks extends Interaction {
    static selector = ".tl-share";
    dynamicContent = {
        ".tl-copy": { "t-on-click": this.copy },
    };

    async copy(ev) {
        const button = ev.currentTarget;
        await window.navigator.clipboard.writeText(this.el.dataset.url);
        button.querySelector("[role=status]").textContent = button.dataset.copied;
    }
}

registry
    .category("public.interactions")
    .add("tierslieux_network.directory", Directory)
    .add("tierslieux_network.share_links", ShareLinks);
