import {
  type BusinessDay,
  type DeliveryId,
  type Instant,
  idOf,
  type Sku,
  type StoreId,
} from "#domain/ids.ts";
import { articleName } from "#domain/product/variant-label.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import {
  type Delivery,
  type DeliveryAct,
  type DeliveryOpening,
  MAX_ACTS_PER_DELIVERY,
  type OrderedLine,
} from "#domain/stock/delivery.ts";
import { hqDeliveryReference } from "#domain/stock/delivery-reference.ts";
import { deliveryActFits } from "#domain/stock/delivery-state.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";
import { bookDeliveryAct, openOnce } from "./book-fact.ts";
import { tickDeliveries } from "./tick.ts";

/** A delivery as HQ or an ERP asks for it. */
export interface WantedDelivery {
  /** Null: a number of ours. A reference that is known answers the delivery that has it, where that is the same. */
  readonly reference: string | null;
  readonly supplier: string;
  /** Null: a supplier sends it. */
  readonly from: StoreId | null;
  readonly to: StoreId;
  readonly expectedOn: BusinessDay | null;
  readonly blind: boolean;
  readonly note: string;
  readonly lines: readonly { readonly sku: Sku; readonly pieces: number }[];
  /** Stores are not told yet. */
  readonly draft: boolean;
  readonly by: string;
}

export type WantRefusal =
  | { readonly why: "sameStore" | "otherUnderReference" }
  | { readonly why: "noSuchArticle"; readonly skus: readonly string[] };

/** What HQ does to a delivery by itself; sending and receiving are for tills. */
export type HqDeliveryAct = Extract<
  DeliveryAct,
  { readonly kind: "confirmed" | "closedShort" | "cancelled" }
>;

/** What HQ does about deliveries. Each act is one transaction with the feed rows and exceptions it brings about. */
export interface DeliveryDesk {
  want(wanted: WantedDelivery): Promise<Result<Delivery, WantRefusal>>;
  act(asked: {
    readonly id: DeliveryId;
    readonly act: HqDeliveryAct;
    readonly by: string;
  }): Promise<Result<Delivery, "noSuchDelivery" | "notNow">>;
  /** What time brings about. Safe to call at any time, any number of times. */
  tick(): Promise<void>;
}

/** The desk on one storage; `newId` names what HQ opens and does. */
export function createDeliveryDesk({
  storage,
  publisher,
  now,
  newId,
}: {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly now: () => Instant;
  readonly newId: () => string;
}): DeliveryDesk {
  return {
    want: (wanted) => publisher.publish((publication) => want(publication, wanted, newId)),
    act: ({ id, act, by }) =>
      publisher.publish(async (publication) => {
        const known = await publication.tx.goodsDelivery(id);
        if (known === null) return refused("noSuchDelivery");
        const isFull = known.history.length >= MAX_ACTS_PER_DELIVERY;
        if (isFull || !deliveryActFits(known.state, act.kind)) return refused("notNow");
        return ok(await actForHq(publication, { id, act, by, newId }));
      }),
    tick: () => tickDeliveries({ publisher, storage, now }),
  };
}

async function want(
  publication: Publication,
  { lines: wantedLines, draft, by, reference, ...wanted }: WantedDelivery,
  newId: () => string,
): Promise<Result<Delivery, WantRefusal>> {
  const { tx, at } = publication;
  if (wanted.from === wanted.to) return refused({ why: "sameStore" });
  const lines = await orderedLines(tx, wantedLines);
  if (!lines.ok) return lines;
  const nameOf = async (store: StoreId | null): Promise<string> =>
    store === null ? "" : ((await tx.store(store))?.name ?? "");
  const { supplier } = wanted;
  const known = reference === null ? null : await tx.goodsDeliveryReferenced({ reference, supplier });
  const opening: DeliveryOpening = {
    ...wanted,
    id: idOf<"Delivery">(newId()),
    reference: reference ?? (await ownReference(tx)),
    kind: wanted.from === null ? "supplier" : "transfer",
    lines: lines.value,
    fromName: await nameOf(wanted.from),
    toName: await nameOf(wanted.to),
  };
  if (known !== null) return isSame(known, opening) ? ok(known) : refused({ why: "otherUnderReference" });
  await openOnce(publication, opening, { at, by: { kind: "hq", who: by } });
  if (draft) return ok(await written(tx, opening.id));
  return ok(await actForHq(publication, { id: opening.id, act: { kind: "confirmed" }, by, newId }));
}

async function ownReference(tx: ReadTransaction): Promise<string> {
  return hqDeliveryReference((await tx.hqDeliveries()) + 1);
}

async function actForHq(
  publication: Publication,
  {
    id,
    act,
    by,
    newId,
  }: {
    readonly id: DeliveryId;
    readonly act: HqDeliveryAct;
    readonly by: string;
    readonly newId: () => string;
  },
): Promise<Delivery> {
  const dated = { id: newId(), at: publication.at, by: { kind: "hq", who: by }, act } as const;
  await bookDeliveryAct(publication, id, dated);
  return written(publication.tx, id);
}

async function written(tx: ReadTransaction, id: DeliveryId): Promise<Delivery> {
  const found = await tx.goodsDelivery(id);
  if (found === null) throw new Error(`the delivery ${id} was not written`);
  return found;
}

/** One line an article, however often it is named. */
async function orderedLines(
  tx: ReadTransaction,
  wanted: WantedDelivery["lines"],
): Promise<Result<readonly OrderedLine[], WantRefusal>> {
  const lines = new Map<string, OrderedLine>();
  const unknown: string[] = [];
  for (const { sku, pieces } of wanted) {
    const owner = await tx.variantBySku(sku);
    const product = owner === null ? null : await tx.product(owner.product);
    const variant = product?.variants.find(({ id }) => id === owner?.variant);
    if (product === null || variant === undefined) {
      unknown.push(sku);
      continue;
    }
    const name = articleName(product, variant.options);
    const before = lines.get(variant.id)?.ordered ?? 0;
    lines.set(variant.id, { variant: variant.id, sku, name, ordered: before + pieces });
  }
  return unknown.length > 0 ? refused({ why: "noSuchArticle", skus: unknown }) : ok([...lines.values()]);
}

/** Whether an ERP that says the same again means a delivery that is there already. */
function isSame(known: Delivery, opening: DeliveryOpening): boolean {
  const said = ({ kind, from, to, supplier }: Delivery | DeliveryOpening, lines: readonly OrderedLine[]) =>
    JSON.stringify([
      kind,
      from,
      to,
      supplier,
      lines.map(({ variant, ordered }) => [variant, ordered]).toSorted(),
    ]);
  return said(known, known.opened) === said(opening, opening.lines);
}
