import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const REFRESH = 5000;

/** Takes the pieces with these ids from a page of the server into this one. */
async function refresh(root, request, ids) {
    const response = await request;
    if (!response.ok) {
        throw new Error(response.statusText);
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const id of ids) {
        const fresh = page.getElementById(id);
        const old = root.querySelector(`#${id}`);
        if (fresh && old && old.innerHTML !== fresh.innerHTML) {
            old.replaceChildren(...fresh.childNodes);
        }
    }
}

/** A list that is about to change is not there to be tapped. */
function searching(list, is) {
    list.classList.toggle("tl-searching", is);
    list.setAttribute("aria-busy", is);
}

/** The attendance sheet: names while one types, one tap, the quorum of everybody. */
export class AttendanceSheet extends Interaction {
    static selector = ".tl-attendance";
    dynamicContent = {
        "#tl_search": { "t-on-input": this.onInput },
        ".tl-attendance-search": { "t-on-submit.prevent": this.search },
        "#tl_lines": { "t-on-submit.prevent": this.mark },
    };

    setup() {
        this.searchSoon = this.debounced(this.search, 200);
    }

    start() {
        const timer = setInterval(() => this.show(["tl_quorums"]), REFRESH);
        this.registerCleanup(() => clearInterval(timer));
    }

    get address() {
        const search = this.el.querySelector("#tl_search").value;
        return `${this.el.dataset.url}?${new URLSearchParams({ search })}`;
    }

    async show(ids) {
        if (!document.hidden && !this.marking) {
            await refresh(this.el, fetch(this.address), ids);
        }
    }

    onInput() {
        searching(this.el.querySelector("#tl_lines"), true);
        this.searchSoon();
    }

    async search() {
        const address = this.address;
        const response = await fetch(address);
        if (address === this.address) {
            await refresh(this.el, response, ["tl_lines"]);
            searching(this.el.querySelector("#tl_lines"), false);
        }
    }

    async mark(ev) {
        const form = ev.target;
        if (this.marking) {
            return;
        }
        this.marking = true;
        const body = new FormData(form, ev.submitter);
        body.set("search", this.el.querySelector("#tl_search").value);
        try {
            await refresh(this.el, fetch(form.action, { method: "POST", body }), [
                "tl_lines",
                "tl_quorums",
                "tl_error",
            ]);
        } catch {
            window.location.reload();
        } finally {
            this.marking = false;
        }
    }
}

/** A piece of a page that follows what happens in the room. */
export class LivePiece extends Interaction {
    static selector = ".tl-live";

    start() {
        const timer = setInterval(() => {
            if (!document.hidden) {
                refresh(document, fetch(this.el.dataset.url), [this.el.id]);
            }
        }, REFRESH);
        this.registerCleanup(() => clearInterval(timer));
    }
}

/** The names of those who could hold a proxy, while one types. */
export class HolderSearch extends Interaction {
    static selector = ".tl-proxy";
    dynamicContent = {
        "#tl_holder": { "t-on-input": this.onInput },
        ".tl-holder-search": { "t-on-submit.prevent": this.search },
    };

    setup() {
        this.searchSoon = this.debounced(this.search, 200);
    }

    onInput() {
        searching(this.el.querySelector("#tl_holders"), true);
        this.searchSoon();
    }

    async search() {
        const form = this.el.querySelector(".tl-holder-search");
        const query = new URLSearchParams(new FormData(form)).toString();
        const response = await fetch(`?${query}`);
        if (query === new URLSearchParams(new FormData(form)).toString()) {
            await refresh(this.el, response, ["tl_holders"]);
            searching(this.el.querySelector("#tl_holders"), false);
        }
    }
}

/** Choosing for one member ticks “Another choice”; unticking it clears the choice. */
export class OtherChoice extends Interaction {
    static selector = ".tl-ballot details";
    dynamicContent = { _root: { "t-on-change": this.onChange } };

    onChange({ target }) {
        const box = this.el.querySelector("[name^='differ-']");
        if (target !== box) {
            box.checked = true;
        } else if (!box.checked) {
            for (const choice of this.el.querySelectorAll("[name^='choice-']")) {
                choice.checked = false;
            }
            for (const rank of this.el.querySelectorAll("[name^='rank-']")) {
                rank.value = "";
            }
        }
    }
}

registry
    .category("public.interactions")
    .add("tierslieux_governance.attendance_sheet", AttendanceSheet)
    .add("tierslieux_governance.live_piece", LivePiece)
    .add("tierslieux_governance.holder_search", HolderSearch)
    .add("tierslieux_governance.other_choice", OtherChoice);
