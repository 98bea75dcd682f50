import { ask } from "./api.js";
import { asked, basket, replaceLines, setQuantity } from "./basket.js";
import { couponPart } from "./coupon-view.js";
import { element, say, show, svgPicture } from "./dom.js";
import { sums } from "./quote-view.js";
import { thisVisit } from "./visit.js";
import { moment, printed, words } from "./words.js";

/** What is in the basket, and the two ways to finish it: here, or in a store. */
export async function showBasket(note = null) {
  const { lines, coupons } = basket();
  const heading = element("h1", {}, words.basket);
  if (lines.length === 0) {
    show(heading, element("p", {}, words.empty), element("p", {}, element("a", { href: "#/" }, words.back)));
    return;
  }
  const isHere = thisVisit();
  const [quote, trouble] = await quoteOf({ lines, coupons });
  if (!isHere()) return;
  // Something changed while the answer was on its way: whoever changed it shows the basket anew.
  if (JSON.stringify(asked(basket())) !== JSON.stringify(asked({ lines, coupons }))) return;
  const again = () => showBasket().catch((error) => say(error.message));
  const code = element("div", { className: "code", role: "status" });
  const share = element("button", { type: "button" }, words.finishInStore);
  share.addEventListener("click", () => shareInto(code, lines).catch((error) => say(error.message)));
  show(
    heading,
    note === null ? null : element("p", { className: "note", role: "status" }, note),
    element(
      "ul",
      { className: "lines" },
      lines.flatMap((line, index) => {
        const [own, ...charged] = quote?.lines.filter((each) => each.line === index + 1) ?? [];
        return [lineOf(line, own, again), ...charged.map(chargedLine)];
      }),
    ),
    trouble === null ? null : element("p", { className: "note", role: "alert" }, trouble),
    ...(quote === null ? [] : [couponPart(quote.coupons, again), sums(quote)]),
    element(
      "p",
      { className: "actions" },
      quote === null
        ? null
        : element("a", { className: "button primary", href: "#/checkout" }, words.toCheckout),
      share,
    ),
    code,
  );
}

/** The quote; or none, and why: what cannot be sold any more can still be taken out. */
async function quoteOf(filled) {
  try {
    return [await ask("quote", asked(filled)), null];
  } catch (error) {
    return [null, error.message];
  }
}

function lineOf({ sku, name, quantity }, quoted, again) {
  const change = (to) => () => {
    setQuantity(sku, to);
    again();
  };
  const step = (sign, label, to) =>
    element("button", { type: "button", "aria-label": label, onclick: change(to) }, sign);
  return element(
    "li",
    {},
    element(
      "span",
      { className: "title" },
      name,
      (quoted?.discounts ?? []).map((each) =>
        element("small", { className: "off" }, `${each.name}: −${printed(each.amount)}`),
      ),
    ),
    costOf(quantity, quoted),
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

/** A deposit, a levy or a bag: it comes and goes with the line above. */
function chargedLine(quoted) {
  return element(
    "li",
    { className: "charged soft" },
    element("span", { className: "title" }, quoted.name),
    costOf(quoted.quantity, quoted),
  );
}

function costOf(quantity, quoted) {
  if (quoted === undefined) return element("span", { className: "cost" });
  const { unitPrice, gross, total } = quoted;
  return element(
    "span",
    { className: "cost" },
    quantity === 1 ? null : element("small", { className: "soft" }, `${quantity} × ${printed(unitPrice)}`),
    gross.minor === total.minor ? null : element("s", { className: "soft" }, printed(gross)),
    element("strong", {}, printed(total)),
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
  const isHere = thisVisit();
  const shared = await ask(`baskets/${encodeURIComponent(code)}`);
  const sold = shared.lines.filter(({ price }) => price !== null);
  replaceLines(sold.map(({ sku, name, price, quantity }) => ({ sku, name, price, quantity, image: null })));
  if (isHere()) await showBasket(words.basketOpened);
}
