import { createHash, createPrivateKey, sign } from "node:crypto";
import { v7 as uuidV7 } from "uuid";
import { idOf, instant } from "#domain/ids.ts";
import { type Fact, GENESIS_HASH, type JournalEntry } from "#domain/journal/entry.ts";
import { sealEntry } from "#domain/journal/seal.ts";
import { money } from "#domain/money/money.ts";
import { formatReceiptNumber } from "#domain/ticket/receipt-number.ts";
import type { Ticket, TicketLine } from "#domain/ticket/ticket.ts";
import { CURRENCY } from "../../sync-server/demo/retailer.ts";
import type { Card } from "../light-till/card.ts";
import { type Article, articleAt } from "./article.ts";
import { sumsOf } from "./sales.ts";

const VAT = { id: "de-standard", name: "VAT 19 %", ppm: 190_000 };
const WHOLE_PPM = 1_000_000;
const DAY_CHARS = 10;

/** An entry of a journal as it goes over the wire. */
export interface PreparedEntry {
  readonly seq: number;
  readonly json: Buffer;
}

/** The journal of one till, sold ahead of time: hashed, chained and signed as the till's engine does it, so that sending it costs next to nothing. */
export class PreparedSales {
  readonly #card: Card;
  readonly #articles: readonly Article[];
  readonly #sign: (text: string) => string;
  readonly #random: (below: number) => number;
  #seq = 0;
  #hash = GENESIS_HASH;
  #receipts = 0;

  /** `random`: which articles are sold; whole numbers below what it is given. */
  constructor(
    card: Card,
    {
      articles,
      random,
    }: { readonly articles: readonly Article[]; readonly random: (below: number) => number },
  ) {
    const key = createPrivateKey(card.privateKey);
    this.#card = card;
    this.#articles = articles;
    this.#random = random;
    this.#sign = (text) => sign(null, Buffer.from(text, "utf8"), key).toString("base64url");
  }

  /** The first entry of its epoch. */
  begin(at: number): PreparedEntry {
    const { register } = this.#card;
    return this.#seal({ type: "epoch.begun", register, nextReceipt: 1, previous: null }, at);
  }

  /** A cash sale of so many lines at this moment. */
  sell({ lines, at }: { readonly lines: number; readonly at: number }): PreparedEntry {
    return this.#seal({ type: "ticket.completed", ticket: this.#ticket(lines, at) }, at);
  }

  #seal(fact: Fact, at: number): PreparedEntry {
    this.#seq += 1;
    const { device, store, staff } = this.#card;
    const entry: JournalEntry = sealEntry({
      content: {
        id: idOf<"Entry">(idAt(at)),
        device,
        epoch: 1,
        seq: this.#seq,
        store,
        staff: fact.type === "ticket.completed" ? staff : null,
        at: instant(at),
        fact,
        prev: this.#hash,
      },
      sha256Hex: (text) => createHash("sha256").update(text, "utf8").digest("hex"),
      sign: this.#sign,
    });
    this.#hash = entry.hash;
    return { seq: entry.seq, json: Buffer.from(JSON.stringify(entry)) };
  }

  #ticket(count: number, at: number): Ticket {
    this.#receipts += 1;
    const { device, store, staff, storeCode, register } = this.#card;
    const lines = Array.from({ length: count }, () => this.#line(at));
    const total = lines.reduce((sum, line) => sum + line.total.minor, 0);
    const tax = lines.reduce((sum, line) => sum + (line.taxes[0]?.tax.minor ?? 0), 0);
    return {
      id: idOf<"Ticket">(idAt(at)),
      number: formatReceiptNumber({ storeCode, register, counter: this.#receipts }),
      basket: idOf<"Basket">(idAt(at)),
      store,
      device,
      staff,
      customer: null,
      completedAt: instant(at),
      businessDay: idOf<"BusinessDay">(new Date(at).toISOString().slice(0, DAY_CHARS)),
      ...sumsOf({ total, tax }, VAT),
      lines,
      tenders: [{ id: idOf<"Tender">(idAt(at)), kind: "cash", tendered: euro(total), change: euro(0) }],
    };
  }

  #line(at: number): TicketLine {
    const { product, price, sku } = this.#articles[this.#random(this.#articles.length)] ?? articleAt(0);
    const { minor } = price.amount;
    const tax = Math.round((minor * VAT.ppm) / (WHOLE_PPM + VAT.ppm));
    return {
      id: idOf<"Line">(idAt(at)),
      kind: "sale",
      variant: price.variant,
      sku: idOf<"Sku">(sku),
      name: product.title,
      options: product.variants[0]?.options ?? [],
      taxClass: product.taxClass,
      quantity: 1,
      unitPrice: euro(minor),
      gross: euro(minor),
      discounts: [],
      total: euro(minor),
      taxes: [{ rate: VAT, net: euro(minor - tax), tax: euro(tax) }],
    };
  }
}

/** As a till makes its ids, in the order of time. */
function idAt(at: number): string {
  return uuidV7({ msecs: at });
}

function euro(minor: number) {
  return money(minor, CURRENCY);
}
