/** The courier takes the money. Methods that a shop made up itself are free text, so the words are those that shops use. */
const ON_DELIVERY =
  /\bcod\b|on delivery|nachnahme|contre[ -]remboursement|contra ?reembolso|contrassegno|rembours/i;
/** The store takes the money. Shopify calls a method that was given no name `manual`. */
const IN_STORE =
  /^manual$|\bcash\b|\bbar(zahlung)?\b|in[ _-]?store|at (the )?(store|till|counter)|pick[ _-]?up|collect|abhol|laden|filiale|\bkasse\b|magasin|retrait|esp[eè]ces|tienda|recogida|efectivo|negozio|ritiro|contanti|winkel|afhal/i;

/** Whether a payment method, by what a shop calls it, is paid to the courier. */
export function isPaidOnDelivery(method: string): boolean {
  return ON_DELIVERY.test(method);
}

/** Whether a payment method, by what a shop calls it, is paid where an order is collected: cash on delivery is, when nothing is delivered. */
export function isPaidAtPickup(method: string): boolean {
  return IN_STORE.test(method) || ON_DELIVERY.test(method);
}
