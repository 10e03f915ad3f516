import { loadJS } from "@web/core/assets";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { buildZXingBarcodeDetector } from "@web/core/barcode/ZXingBarcodeDetector";
import { Interaction } from "@web/public/interaction";

const LOOK_EVERY = 200;
const SAME_CODE = 4000;
const REFRESH_EVERY = 60000;

/** The desk of a venue: camera, reader or typed code; who came in, who is here. */
export class Scanner extends Interaction {
    static selector = ".tl-scanner";
    dynamicContent = {
        ".tl-scan-form": { "t-on-submit.prevent": this.typed },
        ".tl-scan-camera": { "t-on-click": this.toggleCamera },
        ".tl-scan-lists": { "t-on-click": this.byHand },
        _document: { "t-on-keydown": this.keepFocus },
    };

    setup() {
        this.input = this.el.querySelector(".tl-scan-code");
        this.video = this.el.querySelector("video");
        this.answer = this.el.querySelector(".tl-scan-answer");
        this.lists = this.el.querySelector(".tl-scan-lists");
        this.url = this.el.dataset.url;
    }

    start() {
        // not before: what is typed into a page that does not listen yet is lost
        this.answer.querySelector(".tl-scan-message").textContent =
            this.el.dataset.ready;
        this.el.classList.add("tl-live");
        this.input.focus();
        const timer = setInterval(() => this.refresh(), REFRESH_EVERY);
        this.registerCleanup(() => clearInterval(timer));
        this.registerCleanup(() => this.stopCamera());
    }

    /** A reader types like a keyboard: what it types goes into the field. */
    keepFocus(event) {
        const typing = event.target.closest("input, textarea, select, button, a");
        if (!typing && event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
            this.input.focus();
        }
    }

    typed() {
        const code = this.input.value.trim();
        this.input.value = "";
        this.input.focus();
        if (code) {
            return this.send({ code });
        }
    }

    byHand(event) {
        const button = event.target.closest("button[data-pass]");
        if (button) {
            button.disabled = true;
            return this.send({
                pass_id: Number(button.dataset.pass),
                direction: button.dataset.direction,
            });
        }
    }

    /** One key for each gesture: sent again after a failure, it is counted once. */
    async send(what) {
        const key = this.newKey();
        this.show({ outcome: "wait", message: this.el.dataset.wait });
        let answer;
        for (let attempt = 0; attempt < 3 && !answer; attempt++) {
            try {
                answer = await this.waitFor(rpc(`${this.url}/tap`, { key, ...what }));
            } catch {
                await this.waitFor(new Promise((next) => setTimeout(next, 1500)));
            }
        }
        this.show(answer || { outcome: "refused", message: this.el.dataset.offline });
        await this.refresh();
    }

    newKey() {
        const bytes = crypto.getRandomValues(new Uint8Array(16));
        return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    }

    show(answer) {
        this.answer.dataset.outcome = answer.outcome;
        const who = answer.name || answer.pass || "";
        this.answer.querySelector(".tl-scan-who").textContent = who;
        this.answer.querySelector(".tl-scan-message").textContent = answer.message;
        const photo = this.answer.querySelector("img");
        photo.hidden = !answer.photo;
        // who shows a photo need not have one
        photo.onerror = () => (photo.hidden = true);
        if (answer.photo) {
            photo.src = `${this.url}/photo/${answer.pass_id}`;
        } else {
            photo.removeAttribute("src");
        }
    }

    async refresh() {
        try {
            const response = await this.waitFor(fetch(`${this.url}/present`));
            if (response.ok) {
                const page = new DOMParser().parseFromString(
                    await this.waitFor(response.text()),
                    "text/html"
                );
                this.lists.replaceChildren(...page.body.childNodes);
            }
        } catch {
            // without a network the list stays as it was: the next minute tries again
        }
    }

    async toggleCamera() {
        if (this.stream) {
            return this.stopCamera();
        }
        if (!window.isSecureContext) {
            // browsers give no camera to a page that anybody on the way can change
            this.show({ outcome: "refused", message: this.el.dataset.insecure });
            return;
        }
        try {
            this.stream = await this.waitFor(
                navigator.mediaDevices.getUserMedia({
                    video: { facingMode: "environment" },
                    audio: false,
                })
            );
        } catch {
            this.show({ outcome: "refused", message: this.el.dataset.nocamera });
            return;
        }
        this.detector = this.detector || (await this.waitFor(this.buildDetector()));
        this.video.srcObject = this.stream;
        this.el.classList.add("tl-scanning");
        await this.waitFor(this.video.play());
        this.look();
    }

    async buildDetector() {
        const formats = ["qr_code"];
        if ("BarcodeDetector" in window) {
            const known = await window.BarcodeDetector.getSupportedFormats();
            if (known.includes("qr_code")) {
                return new window.BarcodeDetector({ formats });
            }
        }
        await loadJS("/web/static/lib/zxing-library/zxing-library.js");
        const Detector = buildZXingBarcodeDetector(window.ZXing);
        return new Detector({ formats });
    }

    async look() {
        if (!this.stream) {
            return;
        }
        let codes = [];
        try {
            codes = await this.detector.detect(this.video);
        } catch {
            // a frame that is not ready: the next one is
        }
        const code = codes.length && codes[0].rawValue;
        const now = Date.now();
        if (code && (code !== this.lastCode || now - this.lastTime > SAME_CODE)) {
            this.lastCode = code;
            this.lastTime = now;
            await this.send({ code });
        } else if (code) {
            this.lastTime = now;
        }
        this.waitForTimeout(() => this.look(), LOOK_EVERY);
    }

    stopCamera() {
        this.stream?.getTracks().forEach((track) => track.stop());
        this.stream = null;
        this.video.srcObject = null;
        this.el.classList.remove("tl-scanning");
    }
}

registry.category("public.interactions").add("tierslieux_pass.scanner", Scanner);
