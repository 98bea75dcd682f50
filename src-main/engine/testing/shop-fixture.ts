import type { Instant, ProductId, VariantId } from "#domain/ids.ts";
import { idOf } from "#domain/ids.ts";
import { type Money, money } from "#domain/money/money.ts";
import type { Product } from "#domain/product/product.ts";
import type { StaffMember } from "#domain/staff/staff.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { PriceDocument } from "#protocol/documents/price.ts";
import type { SettingsDocument } from "#protocol/documents/settings.ts";
import type { StockDocument } from "#protocol/documents/stock.ts";
import type { Clock, Enrolment, TillIdentity, Unwatch } from "../ports.ts";

export const EUR = idOf<"Currency">("EUR");
export const STORE = idOf<"Store">("store-ber");
export const DEVICE = idOf<"Device">("device-1");
export const RETAIL = idOf<"PriceList">("retail");
export const STANDARD = idOf<"TaxClass">("standard");

export function euros(minor: number): Money {
  return money(minor, EUR);
}

export const SETTINGS: SettingsDocument = {
  id: "store-ber",
  store: STORE,
  code: "BER1",
  name: "Kreuzberg",
  retailer: "Nordlicht",
  address: ["Oranienstr. 1", "10999 Berlin"],
  vatId: "DE123456789",
  currency: EUR,
  locale: "de-DE",
  timeZone: "Europe/Berlin",
  priceLists: [RETAIL],
  tax: {
    mode: "inclusive",
    rounding: "ticket",
    classes: [{ id: STANDARD, name: "Standard", rates: [{ id: "vat19", name: "MwSt.", ppm: 190_000 }] }],
    cashRounding: null,
  },
  receiptHeader: ["Willkommen"],
  receiptFooter: ["Danke und bis bald"],
  offlinePolicy: { warnAfterDays: 3, managerAfterDays: 7, rosterMaxAgeDays: 7, maxRefund: euros(10_000) },
};

export function settingsWith(changes: Partial<StoreSettings>): SettingsDocument {
  return { ...SETTINGS, ...changes };
}

/** PINs of the fixture's staff; their verifiers are these in plain, for the fake verifier below. */
export const MIRA = member("mira", "Mira Albers", "cashier", "111111");
export const TAREK = member("tarek", "Tarek Yilmaz", "cashier", "222222");
export const JOHANNA = member("johanna", "Johanna Reuter", "manager", "999999");
export const PINS = { mira: "111111", tarek: "222222", johanna: "999999" } as const;
/** How Johanna allows at the till what a cashier may not do. */
export const JOHANNAS_WORD = { manager: JOHANNA.id, pin: PINS.johanna };

function member(id: string, name: string, role: StaffMember["role"], pin: string): StaffMember {
  return {
    id: idOf<"Staff">(id),
    name,
    role,
    pin: { kind: "argon2id", phc: `in-plain-for-tests:${pin}` },
    active: true,
  };
}

/** Stands in for argon2id, which is slow on purpose; the real one has its own test. */
export async function verifyPlainPin({
  pin,
  verifier,
}: {
  readonly pin: string;
  readonly verifier: { readonly phc: string };
}): Promise<boolean> {
  return verifier.phc === `in-plain-for-tests:${pin}`;
}

/** A product of one variant unless said otherwise. */
export function product(id: string, changes: Partial<Product> = {}): Product {
  return {
    id: idOf<"Product">(id),
    handle: id,
    title: id,
    brand: "",
    category: "",
    tags: [],
    taxClass: STANDARD,
    status: "active",
    optionNames: [],
    variants: [variant(`${id}-v`)],
    image: null,
    ...changes,
  };
}

export function variant(
  id: string,
  changes: Partial<Product["variants"][number]> = {},
): Product["variants"][number] {
  return {
    id: idOf<"Variant">(id),
    sku: idOf<"Sku">(`SKU-${id}`),
    gtins: [],
    options: [],
    image: null,
    ...changes,
  };
}

export function price(of: VariantId, minor: number, changes: Partial<PriceDocument> = {}): PriceDocument {
  const list = changes.list ?? RETAIL;
  const from = changes.validFrom ?? null;
  return {
    id: from === null ? `${list}:${of}` : `${list}:${of}:${from}`,
    list,
    variant: of,
    amount: euros(minor),
    compareAt: null,
    validFrom: null,
    validTo: null,
    ...changes,
  };
}

export function stock(of: VariantId, onHand: number): StockDocument {
  return { id: of, store: STORE, variant: of, onHand };
}

export const TEE: ProductId = idOf<"Product">("tee");
export const TEE_S: VariantId = idOf<"Variant">("tee-s");
export const TEE_M: VariantId = idOf<"Variant">("tee-m");
export const MUG: VariantId = idOf<"Variant">("mug-v");

/** A till that is paired, and can be told what it last heard of the server. */
export class FakeEnrolment implements Enrolment {
  readonly #listeners = new Set<() => void>();
  readonly #clock: Clock;
  #identity: TillIdentity | null;
  #lastContactAt: Instant;

  constructor(clock: Clock) {
    this.#clock = clock;
    const pairedAt = clock.now();
    this.#lastContactAt = pairedAt;
    this.#identity =
      pairedAt === null
        ? null
        : { device: DEVICE, store: STORE, storeCode: "BER1", storeName: "Kreuzberg", register: 3, pairedAt };
  }

  identity(): TillIdentity | null {
    return this.#identity;
  }

  awayMs(): number {
    return this.#clock.now() - this.#lastContactAt;
  }

  heard(at: Instant): void {
    this.#lastContactAt = at;
    for (const listener of [...this.#listeners]) listener();
  }

  watch(onChange: () => void): Unwatch {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  }
}
