import type { HandedLine } from "#domain/orders/act.ts";
import type { FulfilmentLine, Parcel, StoreOrder } from "#domain/orders/order.ts";
import { variantLabel } from "#domain/product/variant-label.ts";
import { momentFormat } from "#domain/receipt/moment-format.ts";
import { addressLines } from "#domain/receipt/order-rows.ts";
import { receiptLanguage } from "#domain/receipt/receipt-rows.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Printing } from "../shop/printing.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import { SLIP_WORDS } from "./slip-words.ts";

const RULE: ReceiptRow = { kind: "rule" };
/** What a Code 128 barcode can hold. */
const NOT_IN_A_BARCODE = /[^\x20-\x7e]/g;

/** What is printed around an order besides receipts: the list to pick by, the label on the shelf, the slip in the parcel. Without a printer nothing is. */
export class Slips {
  readonly #ports: Pick<ShopPorts, "replica">;
  readonly #printing: Printing;
  readonly #catalog: Catalog;

  constructor(
    ports: Pick<ShopPorts, "replica">,
    parts: { readonly printing: Printing; readonly catalog: Catalog },
  ) {
    this.#ports = ports;
    this.#printing = parts.printing;
    this.#catalog = parts.catalog;
  }

  get canPrint(): boolean {
    return this.#printing.canPrint("pickSlip");
  }

  /** A label that goes on a parcel or a shelf. */
  printLabel(rows: readonly ReceiptRow[]): void {
    this.#printing.print(rows, "label");
  }

  printPickSlip(order: StoreOrder): void {
    const { tag, words, when } = this.#language();
    const { kind, promisedAt, lines } = order.fulfilment;
    this.#printSlip([
      tag,
      { kind: "big", left: order.number, right: "" },
      row(`${words.pickSlip}: ${kind === "pickup" ? words.pickup : words.shipping}`),
      row(order.contact.name),
      row(`${words.promised} ${when(promisedAt)}`),
      RULE,
      ...lines
        .filter((line) => line.quantity > line.missing)
        .flatMap((line) => this.#lineRows(order, line, line.quantity - line.missing)),
      ...(order.note === "" ? [] : [RULE, row(`${words.note}: ${order.note}`)]),
      RULE,
      barcode(order.number),
    ]);
  }

  printShelfLabel(order: StoreOrder): void {
    const { tag, words } = this.#language();
    const { shelf } = order.fulfilment;
    this.printLabel([
      tag,
      { kind: "big", left: order.number, right: "" },
      { kind: "text", text: order.contact.name, align: "left", strong: true },
      ...(shelf === null || shelf === "" ? [] : [row(`${words.shelf} ${shelf}`)]),
      barcode(order.number),
    ]);
  }

  /** What lies in the parcels, for whoever opens them. Prices are the shop's to tell. */
  printPackingSlip(
    order: StoreOrder,
    { lines, parcels }: { readonly lines: readonly HandedLine[]; readonly parcels: readonly Parcel[] },
  ): void {
    const { tag, words } = this.#language();
    const settings = this.#ports.replica.settings();
    this.#printSlip([
      tag,
      ...(settings === null ? [] : senderRows(settings)),
      row(`${words.packingSlip} ${order.number}`),
      ...(order.address === null ? [] : addressLines(order.address).map(row)),
      RULE,
      ...order.fulfilment.lines.flatMap((line) => {
        const sent = lines.find((each) => each.line === line.line);
        return sent === undefined ? [] : this.#lineRows(order, line, sent.quantity);
      }),
      RULE,
      row(`${words.parcels}: ${parcels.length}`),
      ...parcels.map(({ carrier, tracking }) => row(`${carrier} ${tracking}`.trim())),
    ]);
  }

  #printSlip(rows: readonly ReceiptRow[]): void {
    this.#printing.print(rows, "pickSlip");
  }

  #lineRows(order: StoreOrder, line: FulfilmentLine, quantity: number): readonly ReceiptRow[] {
    const ordered = order.lines.find(({ id }) => id === line.line);
    const article = this.#catalog.peek(line.variant) ?? ordered;
    if (article === undefined) return [];
    const options = variantLabel(article.options);
    const name = options === "" ? article.name : `${article.name}, ${options}`;
    return [
      { kind: "pair", left: `${quantity} ${this.#language().times} ${name}`, right: "", strong: true },
      row(`  ${article.sku}`),
    ];
  }

  #language() {
    const { code, locale, timeZone, words } = receiptLanguage(this.#ports.replica.settings(), null);
    const format = momentFormat(locale, timeZone);
    const tag: ReceiptRow = { kind: "language", tag: locale };
    return { tag, words: SLIP_WORDS[code], times: words.times, when: (at: number) => format.format(at) };
  }
}

function senderRows({ retailer, name, address }: StoreSettings): readonly ReceiptRow[] {
  return [
    { kind: "text", text: retailer, align: "center", strong: true },
    ...[name, ...address].map((text): ReceiptRow => ({ kind: "text", text, align: "center", strong: false })),
    RULE,
  ];
}

function row(left: string): ReceiptRow {
  return { kind: "pair", left, right: "", strong: false };
}

function barcode(text: string): ReceiptRow {
  return { kind: "barcode", text: text.replaceAll(NOT_IN_A_BARCODE, "-") };
}
