import { words } from "./words.js";

/** Asks the demo shop's own calls. Throws an Error whose message can be shown to the visitor. */
export async function ask(path, body) {
  let answer;
  try {
    answer = await fetch(`/demo-shop/api/${path}`, {
      ...(body === undefined
        ? {}
        : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
  } catch {
    throw new Error(words.trouble);
  }
  const said = await answer.json().catch(() => null);
  if (answer.ok) return said;
  throw new Error([said?.message ?? words.trouble, ...(said?.details ?? [])].join(" "));
}

/** What each store has of these articles, by SKU. */
export async function availabilityOf(skus) {
  const query = new URLSearchParams(skus.map((sku) => ["sku", sku]));
  const { items } = await ask(`availability?${query}`);
  return new Map(items.map(({ sku, stores }) => [sku, stores]));
}
