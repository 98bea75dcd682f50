import { ask } from "./api.js";
import { basket, replaceLines, setQuantity, sumOf } from "./basket.js";
import { element, say, show, svgPicture } from "./dom.js";
import { moment, printed, words } from "./words.js";

/** What is in the basket, and the two ways to finish it: here, or in a store. */
export function showBasket(note = null) {
  const { lines } = basket();
  const heading = element("h1", {}, words.basket);
  if (lines.length === 0) {
    show(heading, element("p", {}, words.empty), element("p", {}, element("a", { href: "#/" }, words.back)));
    return;
  }
  const code = element("div", { className: "code", role: "status" });
  const share = element("button", { type: "button" }, words.finishInStore);
  share.addEventListener("click", () => shareInto(code, lines).catch((error) => say(error.message)));
  show(
    heading,
    note === null ? null : element("p", { className: "note", role: "status" }, note),
    element("ul", { className: "lines" }, lines.map(lineOf)),
    element("p", { className: "sum" }, `${words.sum}: `, element("strong", {}, printed(sumOf(lines)))),
    element(
      "p",
      { className: "actions" },
      element("a", { className: "button primary", href: "#/checkout" }, words.toCheckout),
      share,
    ),
    code,
  );
}

function lineOf({ sku, name, price, quantity }) {
  const change = (to) => () => {
    setQuantity(sku, to);
    showBasket();
  };
  const step = (sign, label, to) =>
    element("button", { type: "button", "aria-label": label, onclick: change(to) }, sign);
  return element(
    "li",
    {},
    element("span", { className: "title" }, name),
    element("span", { className: "soft" }, printed(price)),
    element(
      "span",
      { className: "steps" },
      step("−", words.fewer(name), quantity - 1),
      element("span", { "aria-label": words.quantity }, String(quantity)),
      step("+", words.oneMore(name), quantity + 1),
    ),
    step("✕", words.remove(name), 0),
  );
}

async function shareInto(place, lines) {
  const { basket: shared, qrSvg } = await ask("baskets", {
    lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
  });
  place.replaceChildren(
    element("h2", {}, words.finishInStore),
    element("p", { className: "big-code" }, shared.code),
    svgPicture(qrSvg, `${words.finishInStore}: ${shared.code}`),
    element("p", {}, `${words.finishWords} ${moment(shared.expiresAt)}.`),
  );
}

/** Opens a basket that was begun in a store, in place of what was in this one. */
export async function openShared(code) {
  const shared = await ask(`baskets/${encodeURIComponent(code)}`);
  const sold = shared.lines.filter(({ price }) => price !== null);
  replaceLines(sold.map(({ sku, name, price, quantity }) => ({ sku, name, price, quantity, image: null })));
  showBasket(words.basketOpened);
}
