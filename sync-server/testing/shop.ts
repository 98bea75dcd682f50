import type { Customer } from "#domain/customer/customer.ts";
import { type CustomerId, idOf, type StoreId, type VariantId } from "#domain/ids.ts";
import { type Currency, money } from "#domain/money/money.ts";
import type { Price, Product } from "#domain/product/product.ts";
import type { StaffMember } from "#domain/staff/staff.ts";
import type { StoreSettings } from "#domain/store/store.ts";

export const EUR: Currency = idOf<"Currency">("EUR");
export const RETAIL = idOf<"PriceList">("retail");
export const HARBOUR = idOf<"PriceList">("harbour");

export const TEA = idOf<"Variant">("tea");
export const CUP = idOf<"Variant">("cup");
export const POT = idOf<"Variant">("pot");

export const BERLIN: StoreSettings = storeCalled({ id: "store-ber1", code: "BER1", name: "Berlin Mitte" });
/** A store with a price list of its own before the common one. */
export const HAMBURG: StoreSettings = {
  ...storeCalled({ id: "store-ham1", code: "HAM1", name: "Hamburg Hafen" }),
  priceLists: [HARBOUR, RETAIL],
};

function storeCalled({
  id,
  code,
  name,
}: {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}): StoreSettings {
  const store: StoreId = idOf<"Store">(id);
  return {
    store,
    code,
    name,
    retailer: "Tea & Pots",
    address: ["Beispielallee 1"],
    vatId: "DE999999999",
    currency: EUR,
    locale: "en-DE",
    timeZone: "Europe/Berlin",
    priceLists: [RETAIL],
    tax: { mode: "inclusive", rounding: "ticket", classes: [], cashRounding: null },
    receiptHeader: [],
    receiptFooter: [],
    offlinePolicy: {
      warnAfterDays: 3,
      managerAfterDays: 7,
      rosterMaxAgeDays: 7,
      maxRefund: money(10_000, EUR),
    },
  };
}

/** A product with one variant of the same name. */
export function product(variant: VariantId, changes: Partial<Product> = {}): Product {
  return {
    id: idOf<"Product">(`product-${variant}`),
    handle: variant,
    title: `A ${variant}`,
    brand: "Fennholm",
    category: "Kitchen",
    tags: [],
    taxClass: idOf<"TaxClass">("standard"),
    status: "active",
    optionNames: [],
    variants: [{ id: variant, sku: idOf<"Sku">(`SKU-${variant}`), gtins: [], options: [], image: null }],
    image: null,
    ...changes,
  };
}

export function price(variant: VariantId, changes: Partial<Price> = {}): Price {
  return {
    list: RETAIL,
    variant,
    amount: money(350, EUR),
    compareAt: null,
    validFrom: null,
    validTo: null,
    ...changes,
  };
}

export function customer(name: string): Customer {
  const id: CustomerId = idOf<"Customer">(`customer-${name}`);
  return { id, name, email: null, phone: null, cardNumber: null };
}

export function cashier(name: string): StaffMember {
  return {
    id: idOf<"Staff">(name),
    name,
    role: "cashier",
    pin: { kind: "argon2id", phc: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g" },
    active: true,
  };
}
