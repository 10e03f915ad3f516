import { loadCSS, loadJS } from "@web/core/assets";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const LEAFLET = "/web_leaflet_lib/static/lib";
const FRANCE = [46.6, 2.4];

async function loadLeaflet() {
    await Promise.all([
        loadCSS(`${LEAFLET}/leaflet/leaflet.css`),
        loadCSS(`${LEAFLET}/leaflet_markercluster/MarkerCluster.css`),
        loadJS(`${LEAFLET}/leaflet/leaflet.js`),
    ]);
    await loadJS(`${LEAFLET}/leaflet_markercluster/leaflet.markercluster.js`);
    return window.L;
}

/**
 * The map of venues. Tiles are drawn only where their address is configured; without
 * them the names of communes and a scale give the lie of the land.
 */
export class VenueMap extends Interaction {
    static selector = ".tl-map";

    setup() {
        const observer = new IntersectionObserver((entries) => {
            if (entries.some((entry) => entry.isIntersecting)) {
                observer.disconnect();
                this.waitFor(this.draw());
            }
        });
        observer.observe(this.el);
        this.registerCleanup(() => {
            observer.disconnect();
            this.map?.remove();
        });
        this.onFound = (ev) => this.show(ev.detail);
        document.addEventListener("tl-found", this.onFound);
        this.registerCleanup(() =>
            document.removeEventListener("tl-found", this.onFound)
        );
    }

    async draw() {
        const [L, data] = await Promise.all([
            loadLeaflet(),
            fetch(this.el.dataset.markers).then((response) => response.json()),
        ]);
        this.data = data;
        this.el.classList.add("tl-map-drawn");
        this.map = L.map(this.el, { maxZoom: 18, scrollWheelZoom: false }).setView(FRANCE, 6);
        const { tileUrl, copyright, lat, lng, name } = this.el.dataset;
        if (tileUrl) {
            L.tileLayer(tileUrl, { attribution: copyright }).addTo(this.map);
        } else {
            this.labels = L.layerGroup().addTo(this.map);
            this.map.on("zoomend", () => this.label());
        }
        L.control.scale({ imperial: false }).addTo(this.map);
        this.markers = L.markerClusterGroup({
            showCoverageOnHover: false,
            maxClusterRadius: 40,
            iconCreateFunction: (cluster) =>
                L.divIcon({
                    html: `<span>${cluster.getChildCount()}</span>`,
                    className: "tl-cluster",
                    iconSize: [36, 36],
                }),
        }).addTo(this.map);
        if (lat) {
            this.map.setView([lat, lng], 14);
            L.marker([lat, lng], { icon: this.icon("#1f4e5f"), alt: name, title: name })
                .addTo(this.map)
                .setZIndexOffset(1000);
            this.label();
        } else {
            this.show(this.el.dataset.found);
        }
    }

    icon(color) {
        return window.L.divIcon({
            className: "tl-marker",
            html: `<svg viewBox="0 0 24 32" width="24" height="32" aria-hidden="true">
                <path d="M12 0a12 12 0 0 0-12 12c0 9 12 20 12 20s12-11 12-20a12 12 0 0 0-12-12z"
                    fill="${color}" stroke="#fff" stroke-width="1.5"/>
                <circle cx="12" cy="12" r="4.5" fill="#fff"/></svg>`,
            iconSize: [24, 32],
            iconAnchor: [12, 32],
            popupAnchor: [0, -30],
        });
    }

    /** @param {string|undefined} found ids to show, comma-separated; all when absent */
    show(found) {
        if (!this.markers) {
            this.el.dataset.found = found;
            return;
        }
        const L = window.L;
        const ids = found === undefined ? null : new Set(found.split(",").map(Number));
        const venues = this.data.venues.filter(([id]) => !ids || ids.has(id));
        this.markers.clearLayers();
        this.markers.addLayers(
            venues.map(([, name, lat, lng, category, city, url]) => {
                const kind = this.data.categories[category];
                const marker = L.marker([lat, lng], {
                    icon: this.icon(kind.color),
                    alt: `${name}, ${kind.name}`,
                    title: name,
                });
                return marker.bindPopup(() => this.popup(name, kind.name, city, url));
            })
        );
        if (venues.length) {
            const bounds = L.latLngBounds(venues.map((venue) => [venue[2], venue[3]]));
            this.map.fitBounds(bounds, { padding: [28, 28], maxZoom: 15 });
        }
        this.label();
    }

    popup(name, kind, city, url) {
        const node = document.createElement("div");
        const link = document.createElement("a");
        link.href = url;
        link.textContent = name;
        const text = document.createElement("span");
        text.textContent = city ? `${kind} · ${city}` : kind;
        node.append(link, document.createElement("br"), text);
        return node;
    }

    /** Names of communes, biggest first, none over another. */
    label() {
        if (!this.labels) {
            return;
        }
        const L = window.L;
        this.labels.clearLayers();
        const taken = [];
        for (const [name, lat, lng] of this.data.communes) {
            const point = this.map.latLngToLayerPoint([lat, lng]);
            const width = name.length * 4 + 12;
            const free = taken.every(
                ([x, y, w]) => Math.abs(point.x - x) > width + w || Math.abs(point.y - y) > 22
            );
            if (!free) {
                continue;
            }
            taken.push([point.x, point.y, width]);
            const element = document.createElement("span");
            element.textContent = name;
            L.marker([lat, lng], {
                icon: L.divIcon({ className: "tl-commune", html: element, iconSize: [0, 0] }),
                interactive: false,
                keyboard: false,
                zIndexOffset: -1000,
            }).addTo(this.labels);
        }
    }
}

registry.category("public.interactions").add("tierslieux_network.venue_map", VenueMap);
