import { element } from "./dom.js";
import { printed, words } from "./words.js";

/** What a quote comes to: each promotion by its name with what it takes off, shipping, tax and the total. */
export function sums({ promotions, freeShipping, totals, taxIncluded }, { ships = false } = {}) {
  return element(
    "dl",
    { className: "sums" },
    promotions.length === 0 ? null : row(words.sum, printed(totals.gross)),
    promotions.map(({ name, amount }) => row(name, `−${printed(amount)}`, "off")),
    ships ? row(words.shipping, printed(totals.shipping)) : null,
    freeShipping === null ? null : row(freeShipping.name, words.freeShipping, "off"),
    row(taxIncluded ? words.taxIncluded : words.tax, printed(totals.tax), "soft"),
    row(words.total, printed(totals.total), "total"),
  );
}

function row(label, value, className = "") {
  return element("div", { className }, element("dt", {}, label), element("dd", {}, value));
}
