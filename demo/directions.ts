import type { HqRole } from "#domain/access/roles.ts";
import type { DemoSheet } from "#protocol/hq/demo.ts";

export interface Directions {
  readonly sheet: DemoSheet | null;
  readonly store: string;
  /** Where the till is seen: an address with its session token, or a window that is already open. */
  readonly till:
    | { readonly kind: "address"; readonly address: string }
    | { readonly kind: "window"; readonly pairing: string };
  readonly console: string;
  /** The demo web shop on the server; null where the data is not a demo's. */
  readonly shop: string | null;
  readonly server: string;
  readonly dataDir: string;
  /** Whether somebody can type into this terminal. */
  readonly interactive: boolean;
}

/** The block that `npm start` prints when all is up: addresses, PINs, the first sale, where the data is. */
export function directionsFor(of: Directions): string {
  const store = of.sheet?.stores.find(({ code }) => code === of.store);
  const staff = (store?.staff ?? []).map(({ name, role, pin }) => `${name} (${role}) PIN ${pin}`);
  const ready = (of.sheet?.orders ?? [])
    .filter((order) => order.store === of.store)
    .map(({ number, customer, code }) => `${number} for ${customer}, pickup code ${code}`);
  const till =
    of.till.kind === "address"
      ? [row("Till", of.till.address)]
      : [
          row("Till", "its window is open"),
          row("", `to pair it: server ${of.server}, code ${of.till.pairing}`),
        ];
  return [
    "",
    of.sheet === null
      ? "Onetill is running."
      : `${of.sheet.retailer} is open: ${of.sheet.products} products, ${of.sheet.variants} variants.`,
    "",
    ...till,
    row("HQ console", of.console),
    ...(of.sheet?.users ?? []).map(({ email, role, password }, index) =>
      row(index === 0 ? "or sign in as" : "", `${email}  ${password}  (${ROLE_WORDS[role]})`),
    ),
    ...(of.shop === null
      ? []
      : [
          row("Demo web shop", of.shop),
          row("", "order there with click & collect at this store: it is at the till seconds later"),
        ]),
    "",
    ...staff.map((line, index) => row(index === 0 ? `Sign in (${store?.code})` : "", line)),
    "",
    ...ready.map((line, index) => row(index === 0 ? "Hand out" : "", line)),
    row("First sale", "sign in · tap products (books have one kind each) · Exact cash"),
    row("Scanner", "just scan; without one, type a SKU into the search (F2)"),
    ...(of.interactive
      ? [
          row(
            "Try offline",
            "type o and Enter here: the server goes down, the till sells on; o again brings it back",
          ),
        ]
      : []),
    row("Data", `${of.dataDir}  (npm start -- --reset begins anew)`),
    "",
    "Ctrl-C stops everything. The till keeps what it sold.",
    "",
  ].join("\n");
}

const ROLE_WORDS: Readonly<Record<HqRole, string>> = {
  admin: "admin",
  merchandiser: "merchandiser",
  storeManager: "manager of one store",
  support: "support",
  auditor: "auditor",
};

function row(label: string, text: string): string {
  return `  ${label.padEnd(15)}${text}`;
}
