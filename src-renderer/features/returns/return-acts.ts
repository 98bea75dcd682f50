import type { LineId, Sku, VariantId } from "#domain/ids.ts";
import { isSamePurchase, type PurchaseRef } from "#domain/returns/purchase.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { VerbArgs } from "#protocol/till/contract.ts";
import type { PurchaseLineView, PurchaseView } from "#protocol/till/returns.ts";
import { inTurn } from "../../app/in-turn.ts";
import type { ManagersWord } from "../../app/manager-sheet.tsx";
import { closeOverlay } from "../../app/overlay.ts";
import { ringScanned, startNewSale } from "../../app/register.ts";
import {
  drop,
  forgetDropped,
  type Goods,
  learn,
  leaveReturn,
  type ReturnedRow,
  returnedRows,
  showReturn,
} from "../../app/returning.ts";
import { ask, client, tell, useTill } from "../../app/till.ts";
import { playTone } from "../../app/tones.ts";
import { refusalWords, t } from "../../i18n/translate.ts";
import {
  beginGoods,
  putInFront,
  remember,
  rowInFront,
  rowKey,
  saidAnew,
  sayOfNext,
  useGoods,
} from "./goods-store.ts";

function returningNow(): BasketView["returning"] {
  return useTill.getState().basket?.returning ?? null;
}

/** Opens the return of a purchase, by what was scanned or as it was found. Whether it opened. */
export function openReturn(wanted: VerbArgs<"openReturn">): Promise<boolean> {
  return inTurn(async () => {
    if (isOfAnOrder()) return false;
    if (returningNow() === null) beginGoods();
    if (!learn(await ask("openReturn", wanted))) return false;
    opened();
    return true;
  });
}

/** Whether the basket hands an order out or becomes one; that is said. */
function isOfAnOrder(): boolean {
  const { basket } = useTill.getState();
  const isIt = basket !== null && (basket.collecting !== null || basket.ordering !== null);
  if (isIt) tell("refusal", t("returns.notWithOrder"));
  return isIt;
}

function opened(): void {
  playTone("ok");
  startNewSale();
  forgetDropped();
  closeOverlay();
  showReturn();
}

/**
 * So many more pieces of a purchased line come back, or fewer; with none left the customer keeps it. What is said of them is what was said
 * last.
 */
export function stepPieces(purchase: PurchaseRef, position: number, by: number): Promise<void> {
  return inTurn(() => step(purchase, position, by));
}

async function step(purchase: PurchaseRef, position: number, by: number): Promise<void> {
  const line = returningNow()
    ?.purchases.find(({ ref }) => isSamePurchase(ref, purchase))
    ?.lines.find((each) => each.position === position);
  if (line === undefined) return;
  const { chosen, sku, left } = line;
  const pieces = Math.min((chosen?.quantity ?? 0) + by, left);
  if (pieces <= 0) return dropLine(chosen?.line);
  const goods = chosen ?? useGoods.getState().last;
  if (await keep({ of: { purchase, position }, sku }, pieces, goods)) playTone("ok");
}

async function dropLine(line: LineId | undefined): Promise<void> {
  const row = returnedRows(returningNow()).find((each) => each.line === line);
  if (row !== undefined) await drop(row);
}

/** More or fewer pieces of an article without a receipt. */
export function stepUnreceipted(line: LineId, by: number): Promise<void> {
  return inTurn(async () => {
    const row = returnedRows(returningNow()).find((each) => each.line === line);
    if (row === undefined) return;
    if (row.quantity + by <= 0) await drop(row);
    else await keep(row, row.quantity + by, row);
  });
}

/** Says something of the article in front, or of the next one where none is. */
export function say(said: Parameters<typeof saidAnew>[1]): Promise<void> {
  return inTurn(async () => {
    const row = rowInFront(returningNow());
    const goods = saidAnew(row ?? useGoods.getState().last, said);
    if (row === null) sayOfNext(goods);
    else await keep(row, row.quantity, goods);
  });
}

async function keep(
  row: Pick<ReturnedRow, "of" | "sku"> & { readonly line?: LineId },
  quantity: number,
  { reason, condition, disposition }: Goods,
): Promise<boolean> {
  const goods = { quantity, reason, condition, disposition };
  forgetDropped();
  putInFront(rowKey(row));
  remember(reason);
  if (row.of !== null) return learn(await ask("chooseReturn", { ...row.of, ...goods }));
  const variant = await variantOf(row.sku);
  return variant !== null && (await keepUnreceipted(variant, goods, row.line));
}

/** Goods without a receipt take the place of those before: first the new ones, so that a refusal leaves what there was. */
async function keepUnreceipted(
  variant: VariantId,
  goods: Goods & { readonly quantity: number },
  before: LineId | undefined,
): Promise<boolean> {
  if (!learn(await ask("returnWithoutReceipt", { variant, ...goods }))) return false;
  return before === undefined || learn(await ask("dropReturn", { line: before }));
}

/** Everything of a purchase that may come back does. What was a final sale is left; the policy says whether it can be asked for. */
export function returnAll({ ref, lines }: PurchaseView): Promise<void> {
  return inTurn(async () => {
    const open = lines.filter((line) => mayStillCome(line) && line.returnBy !== null);
    for (const { position, sku, left, chosen } of open)
      if (!(await keep({ of: { purchase: ref, position }, sku }, left, chosen ?? useGoods.getState().last)))
        return;
    playTone("ok");
    if (lines.some((line) => line.returnBy === null && line.left > 0))
      tell("done", t("returns.panel.finalLeft"));
  });
}

/** Whether more pieces of the line can be chosen. */
export function mayStillCome({ left, chosen }: PurchaseLineView): boolean {
  return left > (chosen?.quantity ?? 0);
}

/** An article that comes back without a receipt: one more piece of it. */
export function returnWithoutReceipt(variant: VariantId): Promise<boolean> {
  return inTurn(async () => {
    if (isOfAnOrder()) return false;
    const before = returningNow();
    if (before === null) beginGoods();
    const same = await matching(before?.unreceipted ?? [], variant);
    const { reason, condition, disposition } = same ?? useGoods.getState().last;
    const goods = { quantity: (same?.quantity ?? 0) + 1, reason, condition, disposition };
    if (!(await keepUnreceipted(variant, goods, same?.line))) return false;
    remember(reason);
    const added = await matching(returningNow()?.unreceipted ?? [], variant);
    if (added !== null) putInFront(rowKey({ of: null, sku: added.sku }));
    opened();
    return true;
  });
}

/** A scan while the return is in front: an article of it comes back; any other is rung up as new. */
export function scanAtReturn(code: string): Promise<void> {
  return inTurn(async () => {
    const found = await findOf(code);
    if (found === null) {
      const name = await ringScanned(code);
      if (name !== null) tell("done", t("returns.panel.notOfIt", { name }));
      return;
    }
    const { purchase, line } = found;
    if (mayStillCome(line)) await step(purchase.ref, line.position, 1);
    else tell("refusal", t("returns.panel.allOfIt", { name: line.name }));
  });
}

/** The line of the return that a code means: one with pieces left before one without. */
async function findOf(
  code: string,
): Promise<{ readonly purchase: PurchaseView; readonly line: PurchaseLineView } | null> {
  const variant = await variantOf(code);
  const all = (returningNow()?.purchases ?? []).flatMap((purchase) =>
    purchase.lines.map((line) => ({ purchase, line })),
  );
  const fitting: typeof all = [];
  for (const each of all)
    if (each.line.sku === code || (variant !== null && (await variantOf(each.line.sku)) === variant))
      fitting.push(each);
  return fitting.find(({ line }) => mayStillCome(line)) ?? fitting[0] ?? null;
}

async function matching<Row extends { readonly sku: Sku }>(
  rows: readonly Row[],
  variant: VariantId,
): Promise<Row | null> {
  for (const row of rows) if ((await variantOf(row.sku)) === variant) return row;
  return null;
}

/** Which article a code means; null where none here has it. */
async function variantOf(code: string): Promise<VariantId | null> {
  try {
    return (await client.call("variantOf", { code })).variant;
  } catch {
    return null;
  }
}

/** Nothing comes back after all; what was rung up stays. */
export function stopReturn(): Promise<void> {
  return inTurn(async () => {
    if (!learn(await ask("stopReturn", {}))) return;
    beginGoods();
    forgetDropped();
    leaveReturn();
  });
}

/** Asks the server for every purchase of the return once more. */
export function retryConnection(): Promise<void> {
  return inTurn(async () => {
    for (const { ref, lease } of returningNow()?.purchases ?? [])
      if (lease !== "held" && !learn(await ask("openReturn", { purchase: ref }))) return;
    if (returningNow()?.purchases.some(({ lease }) => lease === "offline") === true)
      tell("refusal", t("returns.obstacles.stillOffline"));
  });
}

/** A manager allows what the policy forbids. Null: done; else what was wrong, in words. */
export function allowReturn(word: ManagersWord): Promise<string | null> {
  return inTurn(async () => {
    try {
      const answer = await client.call("approveReturn", word);
      if (answer.ok) {
        learn(answer);
        return null;
      }
      playTone("refusal");
      return refusalWords(answer.reason);
    } catch {
      return refusalWords("engineAway");
    }
  });
}

export function noteIdentity(identity: string): Promise<boolean> {
  return inTurn(async () => learn(await ask("noteIdentity", { identity })));
}

/** A scanned article that comes back without a receipt. */
export async function scannedArticle(code: string): Promise<void> {
  const variant = await variantOf(code);
  if (variant === null) tell("refusal", refusalWords("noSuchItem", { code }));
  else await returnWithoutReceipt(variant);
}
