import { ask, availabilityOf } from "./api.js";
import { addLine } from "./basket.js";
import { element, field, productPicture, say, show } from "./dom.js";
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
  const fill = async () => {
    const page = await ask(`products?${new URLSearchParams({ search: searched, offset })}`);
    if (offset === 0) grid.replaceChildren();
    offset += PAGE;
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

/** As many products as the server answers at once. */
const PAGE = 24;

function card({ handle, title, brand, image, variants }) {
  const cheapest = variants.reduce((best, each) => (each.price.minor < best.price.minor ? each : best));
  const differs = variants.some(({ price }) => price.minor !== cheapest.price.minor);
  const price = printed(cheapest.price);
  return element(
    "li",
    {},
    element(
      "a",
      { className: "product", href: `#/product/${encodeURIComponent(handle)}` },
      productPicture(image ?? cheapest.image, ""),
      element("span", { className: "title" }, title),
      element("span", { className: "soft" }, brand),
      element("strong", {}, differs ? words.from(price) : price),
    ),
  );
}

/** One product: its kinds, what each store has of it, and the way into the basket. */
export async function showProduct(handle) {
  const product = await ask(`products/${encodeURIComponent(handle)}`);
  const chosen = element(
    "select",
    {},
    product.variants.map(({ sku, label, price }) =>
      element("option", { value: sku }, `${label === "" ? product.title : label} · ${printed(price)}`),
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
  const variantNow = () => product.variants.find(({ sku }) => sku === chosen.value) ?? product.variants[0];
  const refresh = async () => {
    const { sku, image } = variantNow();
    picture.replaceChildren(productPicture(image ?? product.image, product.title));
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
    const { sku, label, price, image } = variantNow();
    const name = label === "" ? product.title : `${product.title}, ${label}`;
    addLine({ sku, name, price, image: image ?? product.image, quantity: quantity.valueAsNumber });
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
        form,
        element("h2", {}, words.availability),
        stores,
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
