import { addCoupon, removeCoupon } from "./basket.js";
import { element, field, textInput } from "./dom.js";
import { words } from "./words.js";

const MAX_COUPONS = 20;

/** The field for a coupon, and what became of those that were typed. `changed` is called once one came or went. */
export function couponPart(coupons, changed) {
  const input = textInput({
    maxLength: 60,
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: false,
  });
  const form = element(
    "form",
    { className: "coupon" },
    field("coupon", words.coupon, input),
    element("button", { type: "submit", disabled: coupons.length >= MAX_COUPONS }, words.useCoupon),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = input.value.trim();
    if (typed === "") return;
    addCoupon(typed);
    changed();
  });
  return element(
    "section",
    { "aria-label": words.coupons },
    form,
    coupons.length === 0
      ? null
      : element(
          "ul",
          { className: "coupons" },
          coupons.map((coupon, place) => told(coupon, place, changed)),
        ),
  );
}

function told({ code, state, why, promotion }, place, changed) {
  const drop = () => {
    removeCoupon(place);
    changed();
  };
  return element(
    "li",
    { className: state },
    element(
      "span",
      {},
      element("strong", {}, code),
      promotion === null ? "" : ` · ${promotion.name}`,
      element(
        "small",
        { role: "status" },
        state === "refused" ? words.couponRefusals[why] : words.couponStates[state],
      ),
    ),
    element("button", { type: "button", "aria-label": words.remove(code), onclick: drop }, "✕"),
  );
}
