import { idOf, instant } from "#domain/ids.ts";
import { sumMoney } from "#domain/money/arithmetic.ts";
import { DEFAULT_RETURN_POLICY, type ReturnPolicy } from "#domain/returns/policy.ts";
import { type Purchase, type PurchasedLine, purchaseKey } from "#domain/returns/purchase.ts";
import type { Returned } from "#domain/returns/returned.ts";
import type { ReplicaDocument } from "#protocol/documents/collections.ts";
import { EUR, euros, MUG, SETTINGS, STANDARD, TEE_M } from "./shop-fixture.ts";
import type { TillInMemory } from "./till-in-memory.ts";

const DAY_MS = 86_400_000;
const TODAY = Date.UTC(2026, 10, 24, 9, 30);

export const AS_NEW = { reason: "changedMind", condition: "asNew", disposition: "stock" } as const;

export function purchasedLine(position: number, changes: Partial<PurchasedLine> = {}): PurchasedLine {
  const quantity = changes.quantity ?? 2;
  const total = changes.total ?? euros(850 * quantity);
  const tax = Math.round((total.minor * 19) / 119);
  return {
    position,
    variant: MUG,
    sku: idOf<"Sku">(`SKU-${MUG}`),
    name: "Emaille-Becher",
    options: [],
    taxClass: STANDARD,
    quantity,
    unitPrice: euros(850),
    total,
    taxes: [
      {
        rate: { id: "vat19", name: "MwSt.", ppm: 190_000 },
        net: euros(total.minor - tax),
        tax: euros(tax),
      },
    ],
    returnBy: idOf<"BusinessDay">("2026-12-14"),
    discounts: [],
    ...changes,
  };
}

/** Two mugs and a T-shirt bought ten days ago at another till, paid by card unless said otherwise. */
export function boughtElsewhere({
  id = "t-far",
  ...changes
}: Partial<Purchase> & { readonly id?: string } = {}): Purchase {
  const lines = changes.lines ?? [
    purchasedLine(0),
    purchasedLine(1, {
      variant: TEE_M,
      sku: idOf<"Sku">(`SKU-${TEE_M}`),
      name: "Baumwoll-T-Shirt",
      options: ["M"],
      quantity: 1,
      unitPrice: euros(1_999),
      total: euros(1_999),
    }),
  ];
  const settled = sumMoney(
    lines.map(({ total }) => total),
    EUR,
  );
  return {
    ref: { kind: "ticket", id: idOf<"Ticket">(id) },
    number: `BER1-01-${id}`,
    channel: idOf<"Channel">("till"),
    store: SETTINGS.store,
    at: instant(TODAY - 10 * DAY_MS),
    day: idOf<"BusinessDay">("2026-11-14"),
    currency: EUR,
    taxMode: "inclusive",
    customer: null,
    lines,
    paidWith: [{ kind: "card", amount: settled, approvalCode: "4711" }],
    settled,
    ...changes,
  };
}

export function purchaseDocument(purchase: Purchase): ReplicaDocument<"receipts"> {
  return { id: `purchase:${purchaseKey(purchase.ref)}`, kind: "purchase", purchase };
}

export function markDocument(returned: Returned): ReplicaDocument<"receipts"> {
  return { id: `mark:${purchaseKey(returned.purchase)}`, kind: "mark", returned };
}

/** So many pieces of a line came back at another till. */
export function takenBackElsewhere(
  { ref }: Purchase,
  { pieces = 1, position = 0, total = euros(850), flagged = false } = {},
): Returned {
  return {
    purchase: ref,
    flagged,
    acts: [
      {
        id: "act-elsewhere",
        at: instant(TODAY - DAY_MS),
        store: SETTINGS.store,
        device: idOf<"Device">("device-2"),
        staff: null,
        lines: [{ position, pieces, total, taxes: [euros(Math.round((total.minor * 19) / 119))] }],
        settled: total,
      },
    ],
  };
}

/** The store takes goods back as its default policy says, but for this. */
export function withPolicy(till: TillInMemory, changes: Partial<ReturnPolicy>): void {
  till.replica.put("settings", { ...SETTINGS, returns: { ...DEFAULT_RETURN_POLICY, ...changes } });
}

/** Sells what is in front for cash that fits. */
export async function paidInCash(till: TillInMemory) {
  const taken = await till.verbs.takeCash({ tendered: till.basket.dueInCash });
  if (!taken.ok) throw new Error(taken.reason);
  return completed(till);
}

export async function completed(till: TillInMemory) {
  const sold = await till.verbs.completeSale({ basket: till.basket.id });
  if (!sold.ok) throw new Error(sold.reason);
  return sold.value;
}

/** What comes back with the basket in front. */
export function returningOf(till: TillInMemory) {
  const { returning } = till.basket;
  if (returning === null) throw new Error("nothing comes back");
  return returning;
}

/** Resolves once the basket in front is shown as wanted. */
export function shown(till: TillInMemory, isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!isSo()) return;
      unwatch();
      resolve();
    };
    const unwatch = till.shop.views.basket.watch(look);
    look();
  });
}
