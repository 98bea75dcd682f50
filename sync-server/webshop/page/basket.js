const BASKET = "onetill-demo-basket";
const CODES = "onetill-demo-pickup-codes";
const MAX_PIECES = 99;

function read(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function write(key, value) {
  localStorage.setItem(key, JSON.stringify(value));
}

/** The basket of this browser: lines of `{sku, name, price, image, quantity}`, coupons as typed, and the id of the attempt to order it. */
export function basket() {
  return { coupons: [], ...(read(BASKET, null) ?? { attempt: newId(), lines: [] }) };
}

/** A changed basket is another order: it gets an attempt of its own. */
function keep(lines, coupons = basket().coupons) {
  write(BASKET, { attempt: newId(), lines, coupons });
  window.dispatchEvent(new Event("basket-changed"));
}

export function addLine(line) {
  const { lines } = basket();
  const known = lines.find(({ sku }) => sku === line.sku);
  if (known === undefined) keep([...lines, line]);
  else setQuantity(line.sku, known.quantity + line.quantity);
}

export function setQuantity(sku, quantity) {
  const lines = basket().lines.map((line) =>
    line.sku === sku ? { ...line, quantity: Math.min(quantity, MAX_PIECES) } : line,
  );
  keep(lines.filter((line) => line.quantity > 0));
}

export function replaceLines(lines) {
  keep(lines);
}

export function emptyBasket() {
  keep([], []);
}

export function addCoupon(typed) {
  const { lines, coupons } = basket();
  keep(lines, [...coupons.filter((each) => each !== typed), typed]);
}

export function removeCoupon(place) {
  const { lines, coupons } = basket();
  keep(
    lines,
    coupons.filter((_, index) => index !== place),
  );
}

/** What the server needs to know of the basket to price it. */
export function asked({ lines, coupons }) {
  return { lines: lines.map(({ sku, quantity }) => ({ sku, quantity })), coupons };
}

export function piecesIn(lines) {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** The pickup code is told once: this device keeps it for the order's page. */
export function keepCode(order, code) {
  write(CODES, { ...read(CODES, {}), [order]: code });
}

export function codeOf(order) {
  return read(CODES, {})[order] ?? null;
}

/** A random id that also pages of another machine in the house may make, where `crypto.randomUUID` is not there. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
