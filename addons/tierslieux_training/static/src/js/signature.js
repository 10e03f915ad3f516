import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** A frame to sign in with a finger or a mouse; the drawing goes with the form. */
export class Signature extends Interaction {
    static selector = ".tl-signature";
    dynamicContent = {
        canvas: {
            "t-on-pointerdown": this.begin,
            "t-on-pointermove": this.move,
            "t-on-pointerup": this.end,
            "t-on-pointerleave": this.end,
        },
        ".tl-signature-clear": { "t-on-click": this.clear },
    };

    start() {
        this.canvas = this.el.querySelector("canvas");
        this.input = this.el.querySelector("input[type=hidden]");
        const size = this.canvas.getBoundingClientRect();
        this.canvas.width = size.width;
        this.canvas.height = size.height;
        this.pen = this.canvas.getContext("2d");
        this.pen.lineWidth = 2.5;
        this.pen.lineCap = "round";
        this.drawing = false;
    }

    begin(ev) {
        ev.preventDefault();
        this.drawing = true;
        this.pen.beginPath();
        this.pen.moveTo(ev.offsetX, ev.offsetY);
    }

    move(ev) {
        if (this.drawing) {
            this.pen.lineTo(ev.offsetX, ev.offsetY);
            this.pen.stroke();
        }
    }

    end() {
        if (this.drawing) {
            this.drawing = false;
            this.input.value = this.canvas.toDataURL("image/png");
        }
    }

    clear() {
        this.pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
        this.input.value = "";
    }
}

registry.category("public.interactions").add("tierslieux_training.signature", Signature);
