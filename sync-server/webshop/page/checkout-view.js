import { ask, availabilityOf } from "./api.js";
import { asked, basket, emptyBasket, keepCode, piecesIn } from "./basket.js";
import { element, field, say, show, textInput } from "./dom.js";
import { sums } from "./quote-view.js";
import { thisVisit } from "./visit.js";
import { words } from "./words.js";

const COUNTRIES = ["DE", "AT", "CH", "NL", "FR", "BE", "DK", "PL", "CZ", "LU"];

/** Who, how, and how to pay; sending the form places the order. */
export async function showCheckout() {
  const { attempt, lines, coupons } = basket();
  if (lines.length === 0) {
    location.hash = "#/basket";
    return;
  }
  const question = asked({ lines, coupons });
  const isHere = thisVisit();
  const [shop, stock, collected, shipped] = await Promise.all([
    ask("shop"),
    availabilityOf([...new Set(lines.map(({ sku }) => sku))]),
    ask("quote", question),
    ask("quote", { ...question, ships: true }),
  ]);
  if (!isHere()) return;
  const total = element("div");
  const parts = { collect: collectPart(shop.stores, lines, stock), ship: shipPart() };
  const place = element("button", { type: "submit", className: "primary" }, words.place);
  const form = element(
    "form",
    { className: "checkout" },
    youPart(),
    element(
      "fieldset",
      {},
      element("legend", {}, words.how),
      choice("how", "collect", words.collect, true),
      choice("how", "ship", words.ship, false),
    ),
    parts.collect,
    parts.ship,
    field(
      "code",
      words.code,
      textInput({ maxLength: 60, required: false, autocomplete: "off" }),
      words.codeHint,
    ),
    total,
    place,
  );
  const refresh = () => {
    const isShip = form.elements.how.value === "ship";
    for (const [name, part] of Object.entries(parts)) {
      part.hidden = (name === "ship") !== isShip;
      part.disabled = part.hidden;
    }
    total.replaceChildren(sums(isShip ? shipped : collected, { ships: isShip }));
  };
  form.addEventListener("change", refresh);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    place.disabled = true;
    say(words.placing);
    try {
      const { total: shown } = (form.elements.how.value === "ship" ? shipped : collected).totals;
      await placeOrder({ ...checkoutOf(form, attempt), ...question, total: shown });
    } catch (error) {
      place.disabled = false;
      say(error.message);
    }
  });
  show(element("h1", {}, words.checkout), form);
  refresh();
}

async function placeOrder(checkout) {
  const { order, qrSvg, paidWithCode } = await ask("orders", checkout);
  if (order.pickupCode !== null) keepCode(order.id, { code: order.pickupCode, qrSvg });
  emptyBasket();
  say(paidWithCode === undefined ? "" : words.paidWithCode(printed(paidWithCode)));
  location.hash = `#/order/${encodeURIComponent(order.id)}`;
}

function youPart() {
  return element(
    "fieldset",
    {},
    element("legend", {}, words.you),
    field("name", words.name, textInput({ autocomplete: "name" })),
    field(
      "email",
      words.email,
      textInput({ type: "email", autocomplete: "email", maxLength: 254, value: "customer@example.com" }),
      words.emailHint,
    ),
    field(
      "phone",
      words.phone,
      textInput({ type: "tel", autocomplete: "tel", maxLength: 40, required: false }),
    ),
  );
}

function collectPart(stores, lines, stock) {
  const all = piecesIn(lines);
  const options = stores
    .filter(({ pickup }) => pickup)
    .map(({ code, name }) => {
      const have = lines.reduce((sum, { sku, quantity }) => {
        const there = (stock.get(sku) ?? []).find(({ store }) => store === code)?.available ?? 0;
        return sum + Math.min(there, quantity);
      }, 0);
      return { code, name, have };
    });
  const best = options.find(({ have }) => have === all)?.code;
  const select = element(
    "select",
    {},
    options.map(({ code, name, have }) =>
      element(
        "option",
        { value: code, selected: code === best },
        `${name}: ${have === all ? words.allThere : words.partly(have, all)}`,
      ),
    ),
  );
  return element(
    "fieldset",
    {},
    element("legend", {}, words.collect),
    field("store", words.store, select),
    element(
      "div",
      { role: "radiogroup", "aria-label": words.pay },
      choice("pay", "now", words.payNow, true),
      choice("pay", "inStore", words.payInStore, false),
    ),
  );
}

function shipPart() {
  const country = element(
    "select",
    { autocomplete: "country" },
    COUNTRIES.map((code) => element("option", { value: code }, code)),
  );
  return element(
    "fieldset",
    {},
    element("legend", {}, words.ship),
    field("street", words.street, textInput({ autocomplete: "street-address" })),
    field("postcode", words.postcode, textInput({ autocomplete: "postal-code", maxLength: 20 })),
    field("city", words.city, textInput({ autocomplete: "address-level2" })),
    field("country", words.country, country),
    element("p", {}, words.payNow),
  );
}

function choice(name, value, label, isFirst) {
  return element(
    "label",
    { className: "choice" },
    element("input", { type: "radio", name, value, checked: isFirst }),
    label,
  );
}

function checkoutOf(form, attempt) {
  const { name, email, phone, code, how, store, pay, street, postcode, city, country } = form.elements;
  return {
    attempt,
    customer: {
      name: name.value,
      email: email.value === "" ? null : email.value,
      phone: phone.value === "" ? null : phone.value,
    },
    code: code.value,
    delivery:
      how.value === "ship"
        ? {
            kind: "ship",
            address: {
              street: street.value,
              postcode: postcode.value,
              city: city.value,
              country: country.value,
            },
          }
        : { kind: "pickup", store: store.value, pay: pay.value },
  };
}
