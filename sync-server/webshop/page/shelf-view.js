import { ask, availabilityOf } from "./api.js";
import { addLine } from "./basket.js";
import { addressOf, element, field, productPicture, say, show } from "./dom.js";
import { thisVisit } from "./visit.js";
import { printed, words } from "./words.js";

let searched = "";

/** The products, searched and page by page. */
export async function showShelf() {
  const heading = element("h1", {}, words.assortment);
  const grid = element("ul", { className: "shelf" });
  const count = element("p", { className: "soft", role: "status" }, words.loading);
  const more = element("button", { type: "button", hidden: true }, words.more);
  const input = element("input", { type: "search", value: searched, maxLength: 120 });
  const form = element(
    "form",
    { className: "search", role: "search" },
    field("search", words.search, input),
    element("button", { type: "submit" }, words.searchAction),
  );
  let offset = 0;
  /** What is asked for and not answered yet; a later question makes the answer to this one nobody's. */
  let asking = null;
  const fill = async () => {
    const question = String(new URLSearchParams({ search: searched, offset }));
    if (asking === question) return;
    asking = question;
    let page;
    try {
      page = await ask(`products?${question}`);
    } catch (error) {
      if (asking !== question) return;
      asking = null;
      throw error;
    }
    if (asking !== question) return;
    asking = null;
    if (offset === 0) grid.replaceChildren();
    offset = page.next;
    grid.append(...page.products.map(card));
    count.textContent = page.total === 0 ? words.noProducts : words.products(page.total);
    more.hidden = offset >= page.total;
  };
  more.addEventListener("click", () => fill().catch((error) => say(error.message)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    searched = input.value;
    offset = 0;
    fill().catch((error) => say(error.message));
  });
  show(heading, form, count, grid, element("p", {}, more));
  await fill();
}

/** The variants that have a price: others cannot be ordered. */
function orderable({ variants }) {
  return variants.filter(({ price }) => price !== null);
}

function labelOf({ options }) {
  return options.filter((option) => option !== "" && option !== "Default Title").join(" / ");
}

/** The variant's own picture, else the product's first. */
function pictureOf({ pictures }, variant) {
  return addressOf(variant?.picture ?? pictures[0] ?? null);
}

function card(product) {
  const { handle, title, brand } = product;
  const variants = orderable(product);
  const minor = (variant) => variant.price.amount.minor;
  const cheapest = variants.reduce(
    (best, each) => (best === null || minor(each) < minor(best) ? each : best),
    null,
  );
  const price =
    cheapest === null
      ? words.soldOut
      : variants.some((each) => minor(each) !== minor(cheapest))
        ? words.from(printed(cheapest.price.amount))
        : printed(cheapest.price.amount);
  return element(
    "li",
    {},
    element(
      "a",
      { className: "product", href: `#/product/${encodeURIComponent(handle)}` },
      productPicture(pictureOf(product, product.pictures.length === 0 ? cheapest : null), ""),
      element("span", { className: "title" }, title),
      element("span", { className: "soft" }, brand),
      element("strong", {}, price),
    ),
  );
}

/** One product: its kinds, what each store has of it, and the way into the basket. */
export async function showProduct(handle) {
  const isHere = thisVisit();
  const product = await ask(`products/${encodeURIComponent(handle)}`);
  if (!isHere()) return;
  const variants = orderable(product);
  const chosen = element(
    "select",
    {},
    variants.map((variant) =>
      element(
        "option",
        { value: variant.sku },
        `${labelOf(variant) === "" ? product.title : labelOf(variant)} · ${printed(variant.price.amount)}`,
      ),
    ),
  );
  const quantity = element("input", {
    type: "number",
    value: "1",
    min: "1",
    max: "99",
    inputMode: "numeric",
  });
  const stores = element("ul", { className: "stores" });
  const picture = element("div", {});
  const variantNow = () => variants.find(({ sku }) => sku === chosen.value) ?? variants[0];
  const refresh = async () => {
    picture.replaceChildren(productPicture(pictureOf(product, variantNow()), product.title));
    if (variants.length === 0) return;
    const { sku } = variantNow();
    stores.replaceChildren(element("li", {}, words.loading));
    const found = await availabilityOf([sku]);
    if (variantNow().sku === sku) stores.replaceChildren(...(found.get(sku) ?? []).map(storeLine));
  };
  chosen.addEventListener("change", () => refresh().catch((error) => say(error.message)));
  const form = element(
    "form",
    {},
    field("variant", words.variant, chosen),
    field("quantity", words.quantity, quantity),
    element("button", { type: "submit", className: "primary" }, words.addToBasket),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const variant = variantNow();
    const label = labelOf(variant);
    const name = label === "" ? product.title : `${product.title}, ${label}`;
    const line = { sku: variant.sku, name, price: variant.price.amount, image: pictureOf(product, variant) };
    addLine({ ...line, quantity: quantity.valueAsNumber });
    say(words.added(name));
  });
  show(
    element("p", {}, element("a", { href: "#/" }, words.back)),
    element(
      "div",
      { className: "two" },
      picture,
      element(
        "div",
        {},
        element("h1", {}, product.title),
        element("p", { className: "soft" }, `${product.brand} · ${product.category}`),
        product.description === "" ? null : element("p", { className: "description" }, product.description),
        ...(variants.length === 0
          ? [element("p", {}, words.soldOut)]
          : [form, element("h2", {}, words.availability), stores]),
      ),
    ),
  );
  await refresh();
}

function storeLine({ name, available, pickup, silent }) {
  return element(
    "li",
    {},
    element("strong", {}, name),
    element(
      "span",
      { className: available > 0 ? "there" : "gone" },
      available > 0 ? `✓ ${words.inStock(available)}` : `✕ ${words.soldOut}`,
    ),
    pickup ? null : element("small", {}, words.noPickup),
    silent ? element("small", {}, words.silent) : null,
  );
}
