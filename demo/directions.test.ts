import { expect, test } from "vitest";
import { directionsFor } from "./directions.ts";
import { hasScreen } from "./window.ts";

const sheet = {
  retailer: "Fennholm",
  products: 2_000,
  variants: 9_000,
  stores: [
    { code: "HAM1", name: "Hamburg", staff: [{ name: "Finn", role: "cashier" as const, pin: "333333" }] },
    { code: "BER1", name: "Berlin", staff: [{ name: "Mira", role: "cashier" as const, pin: "111111" }] },
  ],
  users: [
    {
      name: "Hanna Vogt",
      role: "admin" as const,
      email: "admin@onetill.example",
      password: "seven mugs of tea",
    },
  ],
  signIn: "k",
  orders: [
    { store: "BER1", number: "FEN-1031", customer: "Anna", code: "K7DX4M" },
    { store: "HAM1", number: "FEN-1032", customer: "Ben", code: "QQ3W7X" },
  ],
};
const common = {
  store: "BER1",
  console: "http://127.0.0.1:8787/console/#signIn=k",
  shop: "http://127.0.0.1:8787/demo-shop/",
  server: "http://127.0.0.1:8787",
  dataDir: "/shop/.data/demo",
  interactive: false,
};

test("a newcomer finds the till, a PIN of this store, the console and the data", () => {
  const text = directionsFor({
    ...common,
    sheet,
    till: { kind: "address", address: "http://127.0.0.1:8788/#token=t" },
  });
  for (const word of [
    "http://127.0.0.1:8788/#token=t",
    "Mira",
    "111111",
    "FEN-1031 for Anna, pickup code K7DX4M",
    common.console,
    "admin@onetill.example  seven mugs of tea",
    common.shop,
    common.dataDir,
    "--reset",
  ]) {
    expect(text).toContain(word);
  }
  expect(text).not.toContain("333333");
  expect(text).not.toContain("FEN-1032");
});

test("where somebody can type, they learn how to take the server down", () => {
  const till = { kind: "window" as const, pairing: "ABCD-1234" };
  expect(directionsFor({ ...common, sheet, till, interactive: true })).toContain("type o and Enter");
  expect(directionsFor({ ...common, sheet, till })).not.toContain("type o and Enter");
});

test("where the till is a window, it says how to pair it", () => {
  const text = directionsFor({ ...common, sheet: null, till: { kind: "window", pairing: "ABCD-1234" } });
  expect(text).toContain("ABCD-1234");
  expect(text).toContain(common.server);
});

test("a window is opened only where there is a screen and nobody but a person started it", () => {
  expect(hasScreen({ DISPLAY: ":0" }, "linux")).toBe(true);
  expect(hasScreen({ WAYLAND_DISPLAY: "w" }, "linux")).toBe(true);
  expect(hasScreen({}, "linux")).toBe(false);
  expect(hasScreen({}, "darwin")).toBe(true);
  expect(hasScreen({ CI: "1", DISPLAY: ":0" }, "linux")).toBe(false);
});
