import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { type Instant, idOf } from "#domain/ids.ts";
import { GENESIS_HASH } from "#domain/journal/entry.ts";
import { receiptRows } from "#domain/receipt/receipt-rows.ts";
import { type CodeSigner, makeReceiptCode } from "#domain/returns/code/make-code.ts";
import { returnPolicyOf } from "#domain/returns/policy.ts";
import { purchaseOfTicket } from "#domain/returns/purchase-of-ticket.ts";
import { type StoreSettings, settingsAt } from "#domain/store/store.ts";
import type { Basket } from "#domain/ticket/basket.ts";
import { addItem, openBasket } from "#domain/ticket/basket-acts.ts";
import { completeTicket } from "#domain/ticket/complete.ts";
import { addTender } from "#domain/ticket/payment.ts";
import { formatReceiptNumber } from "#domain/ticket/receipt-number.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { linesOf } from "../journal/copy-lines.ts";
import { sha256Hex } from "../journal/journal.ts";
import { sealedDocument } from "../journal/sealed-document.ts";
import type { Clock, Enrolment, Replica, TillIdentity, Unwatch } from "../ports.ts";

/** After so many the engine that runs the program has made the most of the way of a sale; the first takes eight times as long as the last. */
const ROUNDS = 40;
const LINES = 3;
const PRICE_MINOR = 995;

/** Signs nothing: what is rehearsed could be passed off as no receipt and no entry of this till. */
const NO_SIGNATURE = new Uint8Array(64);
const NO_SIGNER: CodeSigner = { publicKey: new Uint8Array(32), sign: () => NO_SIGNATURE };
const SIGNATURE = Buffer.from(NO_SIGNATURE).toString("base64url");

const STAFF = idOf<"Staff">("rehearsal");

/** What is compiled is so for the whole program, however many tills it opens. Set with the first ticket: settings by which nothing can be sold may become others. */
let hasBegun = false;

/**
 * Rehearses in the background as soon as it is known who this till is and by which rules it sells, and its first sync is in: until then somebody waits for that. Whatever goes
 * wrong is told as a defect and stops nothing.
 */
export function rehearseOnceKnown({
  replica,
  enrolment,
  clock,
  sync,
  after,
  closing,
  onDefect,
}: {
  readonly replica: Pick<Replica, "settings" | "watch">;
  readonly enrolment: Pick<Enrolment, "identity">;
  readonly clock: Clock;
  readonly sync: { readonly isFirstSyncIn: () => boolean; readonly watch: (onChange: () => void) => Unwatch };
  /** Not before this is over. */
  readonly after: Promise<void>;
  readonly closing: AbortSignal;
  readonly onDefect: (error: unknown) => void;
}): void {
  const begin = (): void => {
    const [settings, till] = [replica.settings(), enrolment.identity()];
    if (hasBegun || closing.aborted || settings === null || till === null) return;
    rehearseSales({ settings, till, at: clock.now(), closing }).catch(onDefect);
  };
  const look = (): void => {
    if (!sync.isFirstSyncIn()) return;
    // From now on only other settings can change anything, and the sync tells very often.
    stopWaiting();
    if (!hasBegun) void after.then(begin);
  };
  const stopWaiting = sync.watch(look);
  replica.watch("settings", look);
  look();
}

interface RehearsalSettings {
  readonly settings: StoreSettings;
  readonly till: Pick<TillIdentity, "device" | "store" | "register">;
  readonly at: Instant;
  readonly closing: AbortSignal;
}

/**
 * Makes sales up and throws them away, between the last key and the receipt as a real one goes, but for the disk and the till's signature: what a program does for the
 * first time it does slowly, and the first customers of the morning would wait for it. In pieces of a few milliseconds; nothing of it is written or shown.
 */
async function rehearseSales({ settings, till, at, closing }: RehearsalSettings): Promise<void> {
  for (let round = 0; round < ROUNDS && !closing.aborted; round += 1) {
    const ticket = madeUp(settings, till, at);
    if (ticket === null) return;
    hasBegun = true;
    await setImmediate();
    seal(ticket, at);
    await setImmediate();
    const { windowDays: usualDays } = returnPolicyOf(settings);
    const purchase = purchaseOfTicket(ticket, { usualDays });
    const code = purchase === null ? null : makeReceiptCode(purchase, { signer: NO_SIGNER, sha256 });
    await setImmediate();
    receiptRows({ ticket, settings, kind: "receipt", staffName: "", order: null, code });
    await setImmediate();
  }
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();

/** Null where the store's settings let nothing be sold. */
function madeUp(
  settings: StoreSettings,
  { device, store, register }: RehearsalSettings["till"],
  at: Instant,
): Ticket | null {
  const { tax, currency, timeZone, code } = settingsAt(settings, at);
  const basket = filled(settings, at);
  if (basket === null) return null;
  const tendered = { minor: LINES * PRICE_MINOR * 2, currency };
  const tender = { id: idOf<"Tender">("rehearsal"), kind: "cash", tendered } as const;
  const paid = addTender({ basket, tender, tax, currency, at });
  if (!paid.ok) return null;
  const number = formatReceiptNumber({ storeCode: code, register, counter: 1, training: true });
  const id = idOf<"Ticket">("rehearsal");
  const of = { id, number, store, device, staff: STAFF, at };
  const completed = completeTicket({ basket: paid.value, tax, currency, timeZone, ...of });
  return completed.ok ? completed.value : null;
}

function filled({ tax, currency }: StoreSettings, at: Instant): Basket | null {
  let basket = openBasket({ id: idOf<"Basket">("rehearsal"), staff: STAFF, at });
  const [taxClass] = tax.classes;
  if (taxClass === undefined) return null;
  for (let line = 0; line < LINES; line += 1) {
    const item = {
      id: idOf<"Line">(`rehearsal-${line}`),
      variant: idOf<"Variant">(`rehearsal-${line}`),
      sku: idOf<"Sku">(`rehearsal-${line}`),
      name: "Rehearsal",
      options: [],
      taxClass: taxClass.id,
      unitPrice: { minor: PRICE_MINOR, currency },
    };
    const rung = addItem({ basket, item, quantity: 1, at });
    if (!rung.ok) return null;
    basket = rung.value;
  }
  return basket;
}

function seal(ticket: Ticket, at: Instant): void {
  const { document } = sealedDocument({
    content: {
      id: idOf<"Entry">("rehearsal"),
      device: ticket.device,
      epoch: 1,
      seq: 1,
      store: ticket.store,
      staff: ticket.staff,
      at,
      fact: { type: "ticket.completed", ticket },
      prev: GENESIS_HASH,
    },
    sha256Hex,
    sign: () => SIGNATURE,
  });
  linesOf([document]);
}
