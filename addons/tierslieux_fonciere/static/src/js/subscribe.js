import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** The amount follows the number of shares. */
export class ShareNumber extends Interaction {
    static selector = ".tl-share-form";
    dynamicContent = {
        "#tl_shares": { "t-on-input": this.show },
        ".tl-fewer": { "t-on-click": () => this.step(-1) },
        ".tl-more": { "t-on-click": () => this.step(1) },
    };

    start() {
        this.el.classList.add("tl-live");
        this.show();
    }

    get input() {
        return this.el.querySelector("#tl_shares");
    }

    step(by) {
        const most = Number(this.input.max);
        const wanted = (parseInt(this.input.value) || 0) + by;
        this.input.value = Math.min(Math.max(wanted, 1), most);
        this.show();
    }

    show() {
        const shares = Number(this.input.value);
        const amount = Number.isInteger(shares) ? shares * Number(this.el.dataset.nominal) : 0;
        this.el.querySelector("output").textContent = new Intl.NumberFormat(
            document.documentElement.lang,
            {
                style: "currency",
                currency: this.el.dataset.currency,
                minimumFractionDigits: Number.isInteger(amount) ? 0 : 2,
            }
        ).format(amount);
    }
}
registry.category("public.interactions").add("tierslieux_fonciere.share_number", ShareNumber);

/** What a transfer needs, into the clipboard. */
export class CopyText extends Interaction {
    static selector = ".tl-copy";
    dynamicContent = {
        button: { "t-on-click": this.copy },
    };

    async copy(ev) {
        const button = ev.currentTarget;
        await this.waitFor(navigator.clipboard.writeText(button.dataset.text));
        button.classList.add("tl-copied");
    }
}
registry.category("public.interactions").add("tierslieux_fonciere.copy_text", CopyText);
