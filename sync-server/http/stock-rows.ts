import { type FulfilmentId, idOf, type VariantId } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import { availableToPromise } from "#domain/orders/goods.ts";
import { orderPolicyOf, safetyStockOf } from "#domain/orders/policy.ts";
import type { MovementReason } from "#domain/stock/stock.ts";
import { piecesOfWorth, worthOf } from "#domain/stock/worth.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { LevelRow, MovementRow } from "#protocol/hq/stock.ts";
import { staffName } from "../orders/staff-name.ts";
import { pieceCosts } from "../stock/piece-costs.ts";
import type { LevelRecord, MovementRecord } from "../stock/port.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { type Asker, hasRight } from "./asker.ts";

/** What pieces cost; null: whoever asks may not see it. */
export type SeenCosts = ReadonlyMap<VariantId, Money> | null;

/** The costs of these variants where whoever asks may see what goods cost. */
export async function seenCosts(
  tx: ReadTransaction,
  asker: Asker,
  variants: readonly VariantId[],
): Promise<SeenCosts> {
  return hasRight(asker, "margins.read") ? pieceCosts(tx, variants) : null;
}

/** What so many pieces of a row are worth; nothing for those who may not see it. */
export function worthIn(
  costs: SeenCosts,
  { variant, pieces }: { readonly variant: VariantId; readonly pieces: number },
): Pick<LevelRow, "cost" | "value"> {
  if (costs === null) return {};
  const cost = costs.get(variant) ?? null;
  return { cost, value: worthOf(pieces, cost) };
}

/** A level as HQ shows it. */
export function levelRowOf(
  level: LevelRecord,
  stores: ReadonlyMap<string, StoreSettings>,
  costs: SeenCosts = null,
): LevelRow {
  const { store: id, variant, sku, title, options, category, onHand, reserved, inTransit } = level;
  const { soldAt, countedAt, movedAt } = level;
  const store = stores.get(id);
  const safetyStock = store === undefined ? 0 : orderPolicyOf(store).safetyStock;
  return {
    store: store?.code ?? id,
    storeName: store?.name ?? id,
    variant,
    sku,
    title,
    options: [...options],
    category,
    onHand,
    reserved,
    safetyStock,
    // Of a store that was closed for good nothing is.
    available: availableToPromise({
      ...{ onHand, reserved },
      safetyStock: store === undefined ? 0 : safetyStockOf(store),
    }),
    inTransit,
    soldAt,
    countedAt,
    movedAt,
    ...worthIn(costs, { variant, pieces: piecesOfWorth(onHand) }),
  };
}

type Told = Pick<MovementRow, "who" | "why" | "note" | "source">;
const NOTHING_TOLD: Told = { who: "", why: "", note: "", source: null };

/** Movements, the newest first, with who and what they come from; `after` is the level after the newest of them. */
export async function movementRowsOf(
  tx: ReadTransaction,
  movements: readonly MovementRecord[],
  after: number,
): Promise<readonly MovementRow[]> {
  const rows: MovementRow[] = [];
  let level = after;
  for (const { cause, at, bookedAt, quantity, reason } of movements) {
    const told = await toldOf(tx, reason);
    rows.push({ id: cause, kind: reason.kind, at, bookedAt, quantity, after: level, ...told });
    level -= quantity;
  }
  return rows;
}

async function toldOf(tx: ReadTransaction, reason: MovementReason): Promise<Told> {
  switch (reason.kind) {
    case "sale":
      return (await ofTicket(tx, reason.ticket)) ?? NOTHING_TOLD;
    case "return":
      return (await ofTicket(tx, reason.act)) ?? NOTHING_TOLD;
    case "order":
      return ofOrder(tx, reason.fulfilment);
    case "alreadyCounted":
      return (await ofTicket(tx, reason.cause)) ?? (await ofOtherCause(tx, reason.cause));
    case "counted":
      return reason.count === undefined
        ? NOTHING_TOLD
        : {
            ...NOTHING_TOLD,
            who: reason.booked ?? "",
            source: { kind: "count", id: reason.count, text: (await tx.count(reason.count))?.name ?? "" },
          };
    case "adjusted": {
      const { why, note, by } = reason;
      return { ...NOTHING_TOLD, who: by.kind === "hq" ? by.name : await staffName(tx, by.staff), why, note };
    }
    case "transferOut":
    case "received":
    case "writtenOff": {
      const reference = (await tx.goodsDelivery(reason.delivery))?.reference ?? "";
      return { ...NOTHING_TOLD, source: { kind: "delivery", id: reason.delivery, text: reference } };
    }
    case "import":
      return reason.takenBack === true ? { ...NOTHING_TOLD, note: "Import taken back" } : NOTHING_TOLD;
    case "initial":
      return NOTHING_TOLD;
  }
}

async function ofTicket(tx: ReadTransaction, id: string): Promise<Told | null> {
  const found = await tx.ticket(idOf<"Ticket">(id));
  if (found === null) return null;
  const { number, staff } = found.ticket;
  return {
    ...NOTHING_TOLD,
    who: await staffName(tx, staff),
    source: { kind: "ticket", id, text: number },
  };
}

async function ofOrder(tx: ReadTransaction, fulfilment: FulfilmentId): Promise<Told> {
  const order = await tx.orderOfFulfilment(fulfilment);
  if (order === null) return NOTHING_TOLD;
  return { ...NOTHING_TOLD, source: { kind: "order", id: order.id, text: order.number } };
}

/** Causes are written by `causeOf` of the domain: what is before the colon says of what kind they are. */
async function ofOtherCause(tx: ReadTransaction, cause: string): Promise<Told> {
  const [kind, id = ""] = cause.split(":");
  if (kind === "return") return (await ofTicket(tx, id)) ?? NOTHING_TOLD;
  if (kind === "order") return ofOrder(tx, idOf<"Fulfilment">(id));
  return NOTHING_TOLD;
}
