import { generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import {
  type DeviceId,
  type EntryId,
  type Instant,
  idOf,
  instant,
  type StoreId,
  type VariantId,
} from "#domain/ids.ts";
import { type Fact, GENESIS_HASH, type JournalEntry, type Signer } from "#domain/journal/entry.ts";
import { sealEntry } from "#domain/journal/seal.ts";
import { timesMoney } from "#domain/money/arithmetic.ts";
import { type Money, money } from "#domain/money/money.ts";
import { formatReceiptNumber } from "#domain/ticket/receipt-number.ts";
import type { Ticket, TicketLine } from "#domain/ticket/ticket.ts";
import type { EnrolAnswer } from "#protocol/sync/enrol.ts";
import { sha256Hex } from "../sync/signatures.ts";
import { EUR, price } from "./shop.ts";

/** What is sold in one go: a variant and how many of it. */
export interface Sold {
  readonly variant: VariantId;
  readonly quantity: number;
}

const MIRA = idOf<"Staff">("mira");

/** Sales, what is done to orders and cases, and what people do at a till have somebody who did it. */
function isSignedInFor({ type }: Fact): boolean {
  return type === "ticket.completed" || /^(order|case|delivery|staff|action|basket|drawer)\./.test(type);
}

/** Length of the DER wrapping around the raw key in an Ed25519 SPKI document (RFC 8410). */
const SPKI_PREFIX_BYTES = 12;

/** A till without a face for the server's tests: real keys, a real chain, real tickets. */
export class TestTill {
  readonly entries: JournalEntry[] = [];
  readonly publicKey: string;
  readonly #key: KeyObject;
  readonly store: StoreId;
  /** What the server called it; set once it is paired. */
  device: DeviceId = idOf<"Device">("not-paired");
  epoch = 1;
  at: Instant = instant(1_800_000_000_000);
  #receipts = 0;

  constructor({ store }: { readonly store: StoreId }) {
    this.store = store;
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    this.#key = privateKey;
    this.publicKey = publicKey
      .export({ type: "spki", format: "der" })
      .subarray(SPKI_PREFIX_BYTES)
      .toString("base64url");
  }

  readonly sign: Signer = (text) => sign(null, Buffer.from(text, "utf8"), this.#key).toString("base64url");

  /** Signs a receipt's code. */
  readonly signBytes = (bytes: Uint8Array): Uint8Array => sign(null, bytes, this.#key);

  /** The first entry of an epoch. Entries of the epoch before are forgotten here, as they are at the till. */
  begin(): JournalEntry {
    this.entries.length = 0;
    return this.write({
      type: "epoch.begun",
      register: 1,
      nextReceipt: this.#receipts + 1,
      previous: null,
    });
  }

  /** This machine goes on where another one left a register. */
  goOn({ device, epoch, register, takenOver }: EnrolAnswer): JournalEntry {
    if (takenOver === undefined) throw new Error("nothing was taken over");
    this.device = device;
    this.epoch = epoch;
    this.#receipts = takenOver.nextReceipt - 1;
    return this.write({ type: "epoch.begun", register, ...takenOver });
  }

  sell(sold: readonly Sold[]): JournalEntry {
    return this.write({ type: "ticket.completed", ticket: this.ticket(sold) });
  }

  /** The same sale once more, under the next seq: what a till carries over into its next epoch. */
  repeat(entry: JournalEntry): JournalEntry {
    return this.write(entry.fact, entry.id);
  }

  /** Seals a fact as the next entry; the chain goes on from `entries`. A fact carried over into the next epoch keeps its entry's id. */
  write(fact: Fact, id: EntryId = idOf<"Entry">(randomUUID())): JournalEntry {
    const last = this.entries.at(-1);
    const entry = sealEntry({
      content: {
        id,
        device: this.device,
        epoch: this.epoch,
        seq: (last?.seq ?? 0) + 1,
        store: this.store,
        staff: isSignedInFor(fact) ? MIRA : null,
        at: this.at,
        fact,
        prev: last?.hash ?? GENESIS_HASH,
      },
      sha256Hex,
      sign: this.sign,
    });
    this.entries.push(entry);
    return entry;
  }

  /** Drops the newest entries, as a backup put back does. */
  restoreTo(seq: number): void {
    this.entries.length = seq;
  }

  ticket(sold: readonly Sold[]): Ticket {
    this.#receipts += 1;
    const lines = sold.map(lineOf);
    const total = money(
      lines.reduce((sum, line) => sum + line.total.minor, 0),
      EUR,
    );
    return {
      id: idOf<"Ticket">(randomUUID()),
      number: formatReceiptNumber({ storeCode: "BER1", register: 1, counter: this.#receipts }),
      basket: idOf<"Basket">(randomUUID()),
      store: this.store,
      device: this.device,
      staff: MIRA,
      customer: null,
      completedAt: this.at,
      businessDay: idOf<"BusinessDay">("2027-01-15"),
      currency: EUR,
      taxMode: "inclusive",
      taxRounding: "ticket",
      lines,
      taxes: [],
      totals: {
        gross: total,
        discount: money(0, EUR),
        net: total,
        tax: money(0, EUR),
        total,
        cashRounding: money(0, EUR),
        due: total,
      },
      tenders: [{ id: idOf<"Tender">(randomUUID()), kind: "cash", tendered: total, change: money(0, EUR) }],
    };
  }
}

function lineOf({ variant, quantity }: Sold): TicketLine {
  const unitPrice: Money = price(variant).amount;
  const total = timesMoney(unitPrice, quantity);
  return {
    id: idOf<"Line">(randomUUID()),
    kind: "sale",
    variant,
    sku: idOf<"Sku">(`SKU-${variant}`),
    name: variant,
    options: [],
    taxClass: idOf<"TaxClass">("standard"),
    quantity,
    unitPrice,
    gross: total,
    discounts: [],
    total,
    taxes: [],
  };
}
