import { createHash } from "node:crypto";
import { idOf, type VariantId } from "#domain/ids.ts";
import type { LoyaltyProgramme } from "#domain/loyalty/programme.ts";
import { type Currency, type Money, money } from "#domain/money/money.ts";
import { DEFAULT_ORDER_POLICY } from "#domain/orders/policy.ts";
import { badgeCodeOf, badgeVerifierOf } from "#domain/staff/badge.ts";
import type { StaffMember } from "#domain/staff/staff.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { ServerDeps } from "../sync-server/http/deps.ts";
import type { Publication } from "../sync-server/sync/publisher.ts";

export const EUR: Currency = idOf<"Currency">("EUR");
export const RETAIL = idOf<"PriceList">("retail");
const STANDARD = idOf<"TaxClass">("standard");

export const cents = (minor: number): Money => money(minor, EUR);

export const VARIANTS: readonly VariantId[] = ["tea", "cup", "pot", "tin", "mat", "jug"].map((name) =>
  idOf<"Variant">(name),
);
/** Pieces of each article in each store on the first morning: few enough to run out. */
export const FIRST_STOCK = 40;

/** The word that each article's has in it. */
export const ANY_SKU = "SKU";
export const skuOf = (variant: VariantId) => idOf<"Sku">(`${ANY_SKU}-${variant}`);

const sha256Hex = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");

export const CASHIER_BADGE = badgeCodeOf(new Uint8Array(12).fill(5));
export const MANAGER_BADGE = badgeCodeOf(new Uint8Array(12).fill(9));
export const MANAGER = idOf<"Staff">("johanna");
export const MANAGER_PIN = "999999";

const STAFF: readonly StaffMember[] = [
  member({ id: "mira", role: "cashier", badge: CASHIER_BADGE }),
  member({ id: MANAGER, role: "manager", badge: MANAGER_BADGE }),
];

function member({
  id,
  role,
  badge,
}: {
  readonly id: string;
  readonly role: string;
  readonly badge: string;
}): StaffMember {
  return {
    id: idOf<"Staff">(id),
    name: id,
    role,
    // Nobody derives it: the simulated tills know the only PIN.
    pin: { kind: "argon2id", phc: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g" },
    badge: badgeVerifierOf(badge, sha256Hex),
    active: true,
  };
}

export const STORES: readonly StoreSettings[] = [storeCalled("BER1"), storeCalled("HAM1")];

function storeCalled(code: string): StoreSettings {
  return {
    store: idOf<"Store">(`store-${code.toLowerCase()}`),
    code,
    name: code,
    retailer: "Tea & Pots",
    address: ["Beispielallee 1"],
    vatId: "DE999999999",
    currency: EUR,
    locale: "en-DE",
    timeZone: "Europe/Berlin",
    priceLists: [RETAIL],
    tax: {
      mode: "inclusive",
      rounding: "ticket",
      classes: [{ id: STANDARD, name: "Standard", rates: [{ id: "vat19", name: "VAT 19 %", ppm: 190_000 }] }],
      cashRounding: null,
    },
    receiptHeader: [],
    receiptFooter: [],
    offlinePolicy: {
      warnAfterDays: 30,
      managerAfterDays: 60,
      rosterMaxAgeDays: 60,
      maxRefund: cents(10_000),
      maxPoints: cents(2_000),
    },
    cash: {
      drawer: "shared",
      requireShift: true,
      blindCount: true,
      variance: cents(100_000),
      float: cents(10_000),
      pickupAbove: null,
      lockAfterMinutes: null,
    },
    orders: { ...DEFAULT_ORDER_POLICY, signature: "never" },
  };
}

/** A point for each euro; ten points pay one. */
export const PROGRAMME: LoyaltyProgramme = {
  name: "Leaves",
  earn: { points: 1, per: cents(100), categories: [] },
  tiers: [],
  burn: { points: 10, worth: cents(100), least: 10, most: null },
  expiresAfterMonths: null,
};

/** Whoever is registered under the name of one of these is one of these: they have one address. */
export const REGULARS = ["Ada Ahrens", "Ben Berger", "Cem Celik", "Dora Dietz"] as const;

export function regular(name: string): { readonly name: string; readonly email: string } {
  return { name, email: `${name.toLowerCase().replace(" ", ".")}@mail.example` };
}

export const priceOf = (variant: VariantId): number => 250 + 90 * VARIANTS.indexOf(variant);

export function putArticle(publication: Publication, variant: VariantId, title: string): Promise<void> {
  return publication.putProduct({
    id: idOf<"Product">(`product-${variant}`),
    handle: variant,
    title,
    brand: "Fennholm",
    category: "Kitchen",
    tags: [],
    taxClass: STANDARD,
    status: "active",
    optionNames: [],
    variants: [{ id: variant, sku: skuOf(variant), gtins: [], options: [], image: null }],
    image: null,
  });
}

/** Stores, staff and goods, as HQ leaves them before the first day. */
export async function openShop({
  publisher,
  loyalty,
  customers,
}: Pick<ServerDeps, "publisher" | "loyalty" | "customers">): Promise<void> {
  await publisher.publish(async (publication) => {
    for (const store of STORES) await publication.putStore(store);
    for (const each of STAFF) await publication.putColleague({ member: each, stores: null });
    for (const variant of VARIANTS) {
      await putArticle(publication, variant, `A ${variant}`);
      await publication.putPrice({
        list: RETAIL,
        variant,
        amount: cents(priceOf(variant)),
        compareAt: null,
        validFrom: null,
        validTo: null,
      });
      for (const { store } of STORES) {
        await publication.tx.addMovement(
          { store, variant, quantity: FIRST_STOCK, reason: { kind: "initial" } },
          { cause: "initial", at: publication.at },
        );
        await publication.republishStock({ store, variant });
      }
    }
  });
  const put = await loyalty.putProgramme(PROGRAMME);
  if (!put.ok) throw new Error(`no points are collected: ${put.reason}`);
  for (const name of REGULARS) await customers.register(regular(name), { source: "hq Ada", by: "Ada" });
}
