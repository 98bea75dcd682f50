import { ask } from "./api.js";
import { codeOf } from "./basket.js";
import { element, say, show, svgPicture } from "./dom.js";
import { thisVisit } from "./visit.js";
import { moment, printed, words } from "./words.js";

const LOOK_AGAIN_MS = 3_000;
const CLOSED = ["completed", "cancelled"];

/** An order as it stands; looks again by itself until it is closed or the visitor goes elsewhere. */
export async function showOrder(id) {
  const isHere = thisVisit();
  const order = await ask(`orders/${encodeURIComponent(id)}`);
  if (!isHere()) return;
  const place = element("div", { role: "status" });
  const cancel = element("button", { type: "button", className: "danger" }, words.cancel);
  cancel.addEventListener("click", async () => {
    try {
      fill(place, cancel, await ask(`orders/${encodeURIComponent(id)}/cancel`, {}));
      say(words.cancelled);
    } catch (error) {
      say(error.message);
    }
  });
  show(
    element("h1", {}, `${words.thanks} ${words.order} ${order.number}`),
    codePart(order),
    place,
    element(
      "p",
      { className: "actions" },
      cancel,
      element("a", { className: "button", href: "#/" }, words.shopOn),
    ),
  );
  fill(place, cancel, order);
  await follow(id, place, cancel);
}

async function follow(id, place, cancel) {
  while (place.isConnected && !cancel.hidden) {
    await new Promise((done) => setTimeout(done, LOOK_AGAIN_MS));
    if (!place.isConnected) return;
    const order = await ask(`orders/${encodeURIComponent(id)}`).catch(() => null);
    if (order !== null) fill(place, cancel, order);
  }
}

function codePart(order) {
  if (!order.fulfilments.some(({ kind }) => kind === "pickup")) return null;
  const kept = codeOf(order.id);
  if (kept === null) return element("p", { className: "soft" }, words.codeOnce);
  return element(
    "section",
    { className: "code", "aria-label": words.pickupCode },
    element("h2", {}, words.pickupCode),
    element("p", { className: "big-code" }, kept.code),
    svgPicture(kept.qrSvg, `${words.pickupCode} ${kept.code}`),
    element("p", {}, words.pickupWords),
  );
}

/** Only what changed is put in place, so that a screen reader says news and nothing else. */
function fill(place, cancel, order) {
  cancel.hidden = CLOSED.includes(order.status);
  const told = JSON.stringify(order);
  if (place.dataset.told === told) return;
  place.dataset.told = told;
  place.replaceChildren(
    element("p", { className: "status" }, element("strong", {}, words.statuses[order.status])),
    element("p", {}, `${printed(order.payment.total)}, ${words.payments[order.payment.state]}`),
    ...order.fulfilments.map(partOf),
    ...(order.remarks.length === 0
      ? []
      : [
          element("h2", {}, words.remarks),
          element(
            "ul",
            {},
            order.remarks.map((text) => element("li", {}, text)),
          ),
        ]),
  );
}

function partOf({ kind, storeName, state, promisedAt, collectBy, parcels, lines }) {
  const when =
    collectBy === null ? words.promised(kind, moment(promisedAt)) : words.collectBy(moment(collectBy));
  return element(
    "section",
    { className: "card" },
    element("h2", {}, storeName),
    element("p", {}, `${words.states[state]} · ${when}`),
    element(
      "ul",
      {},
      lines.map(({ sku, name, quantity }) =>
        element("li", { title: sku }, words.pieces(quantity, name === "" ? sku : name)),
      ),
    ),
    parcels.map(({ carrier, tracking }) => element("p", {}, words.parcel(carrier, tracking))),
  );
}
