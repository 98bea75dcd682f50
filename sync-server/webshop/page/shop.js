import { ask } from "./api.js";
import { basket, piecesIn } from "./basket.js";
import { openShared, showBasket } from "./basket-view.js";
import { showCheckout } from "./checkout-view.js";
import { element, say, show } from "./dom.js";
import { showOrder } from "./order-view.js";
import { showProduct, showShelf } from "./shelf-view.js";
import { thisVisit } from "./visit.js";
import { language, words } from "./words.js";

async function showPlace() {
  say("");
  const [, place = "", name = ""] = location.hash.split("/");
  switch (place) {
    case "product":
      return showProduct(decodeURIComponent(name));
    case "basket":
      return showBasket();
    case "checkout":
      return showCheckout();
    case "order":
      return showOrder(decodeURIComponent(name));
    default:
      return showShelf();
  }
}

function report(error) {
  show(
    element("h1", {}, words.demoShop),
    element("p", { role: "alert" }, error.message),
    element("p", {}, element("a", { href: "#/" }, words.back)),
  );
}

function countBasket() {
  const count = piecesIn(basket().lines);
  document.querySelector("#to-basket").textContent =
    count === 0 ? words.basket : `${words.basket} (${count})`;
}

async function showFirst() {
  const code = new URLSearchParams(location.search).get("basket");
  if (code === null) return showPlace();
  // Opened once: reloading the page must not bring back what was changed or ordered meanwhile.
  history.replaceState(null, "", "/demo-shop/#/basket");
  return openShared(code);
}

async function begin() {
  document.documentElement.lang = language;
  document.querySelector("#demo-banner").textContent = words.banner;
  document.querySelector(".skip").textContent = words.skip;
  document.querySelector(".brand small").textContent = words.demoShop;
  countBasket();
  window.addEventListener("basket-changed", countBasket);
  window.addEventListener("hashchange", () => {
    const isHere = thisVisit();
    showPlace().catch((error) => isHere() && report(error));
  });
  const isFirst = thisVisit();
  await showFirst().catch((error) => {
    if (isFirst()) throw error;
  });
  const { retailer } = await ask("shop");
  document.querySelector("#retailer").textContent = retailer;
  document.title = `${retailer} · ${words.demoShop}`;
}

const isFirst = thisVisit();
begin().catch((error) => isFirst() && report(error));
