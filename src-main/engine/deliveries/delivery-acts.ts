import { type DeliveryId, idOf, type StaffId, type StoreId, type VariantId } from "#domain/ids.ts";
import type { Fact } from "#domain/journal/entry.ts";
import { articleName } from "#domain/product/variant-label.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { type DeliveryArticle, type DeliveryOpening, MAX_ACTS_PER_DELIVERY } from "#domain/stock/delivery.ts";
import { transferReference } from "#domain/stock/delivery-reference.ts";
import { deliveryActFits } from "#domain/stock/delivery-state.ts";
import type { VerbParsedArgs } from "#protocol/till/contract.ts";
import type { DELIVERY_REFUSALS } from "#protocol/till/deliveries.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { KnownStores } from "../orders/known-stores.ts";
import type { JournalHead } from "../ports.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import { writeDecided } from "../shop/write-decided.ts";
import type { DeliveryBook } from "./delivery-book.ts";

export type DeliveryRefusal = (typeof DELIVERY_REFUSALS)[number];
type Written = Result<DeliveryId, DeliveryRefusal>;
type Lines = readonly { readonly variant: VariantId; readonly pieces: number }[];

interface Parts {
  readonly book: DeliveryBook;
  readonly catalog: Pick<Catalog, "peek" | "byVariant">;
  readonly stores: Pick<KnownStores, "others">;
}

/** Writes what happens to deliveries: each act is one entry of the journal. */
export class DeliveryActs {
  readonly #ports: ShopPorts;
  readonly #parts: Parts;

  constructor(ports: ShopPorts, parts: Parts) {
    this.#ports = ports;
    this.#parts = parts;
  }

  /** What arrived, in part or all of it; articles that nobody ordered as well. */
  async receive(
    staff: StaffId,
    { delivery, lines, isAll, note }: VerbParsedArgs<"receiveDelivery">,
  ): Promise<Written> {
    const arrived = lines.filter(({ good, damaged }) => good + damaged > 0);
    if (arrived.length === 0 && !isAll) return refused("nothingEntered");
    const articles = await this.#articlesOf(delivery, arrived);
    if (!articles.ok) return articles;
    const received = arrived.flatMap(({ variant, good, damaged }) => {
      const article = articles.value.get(variant);
      return article === undefined ? [] : [{ ...article, good, damaged }];
    });
    const id = this.#ports.newId();
    return this.#write(staff, delivery, () => {
      const refusal = this.#refusalOf(delivery, "received");
      if (refusal !== null) return refusal;
      return { type: "delivery.received", id, delivery, lines: received, isAll, note: note.trim() };
    });
  }

  /** A transfer that HQ asked for leaves the store. */
  async send(staff: StaffId, { delivery, lines }: VerbParsedArgs<"sendDelivery">): Promise<Written> {
    if (lines.length === 0) return refused("nothingEntered");
    const sent = await this.#sentLines(delivery, lines);
    if (!sent.ok) return sent;
    const id = this.#ports.newId();
    return this.#write(staff, delivery, () => {
      const refusal = this.#refusalOf(delivery, "sent");
      if (refusal !== null) return refusal;
      return { type: "delivery.sent", id, delivery, opening: null, lines: sent.value };
    });
  }

  /** Goods leave for another store that nobody asked for. */
  async start(staff: StaffId, { to, lines, note }: VerbParsedArgs<"startTransfer">): Promise<Written> {
    const { enrolment, replica, newId } = this.#ports;
    const till = enrolment.identity();
    const toName = this.#parts.stores.others().find(({ store }) => store === to)?.name;
    if (till === null || toName === undefined) return refused("storeUnknown");
    if (lines.length === 0) return refused("nothingEntered");
    const delivery = idOf<"Delivery">(newId());
    const sent = await this.#sentLines(delivery, lines);
    if (!sent.ok) return sent;
    const id = newId();
    const from = { from: till.store, fromName: replica.settings()?.name ?? till.storeCode };
    const openingAt = (head: JournalHead): DeliveryOpening => ({
      ...from,
      id: delivery,
      reference: referenceOf(till.storeCode, head),
      kind: "transfer",
      supplier: "",
      to,
      toName,
      expectedOn: null,
      blind: false,
      lines: sent.value.map(({ pieces, ...article }) => ({ ...article, ordered: pieces })),
      note: note.trim(),
    });
    return this.#write(staff, delivery, (head) => ({
      type: "delivery.sent",
      id,
      delivery,
      opening: openingAt(head),
      lines: sent.value,
    }));
  }

  #refusalOf(delivery: DeliveryId, act: "sent" | "received"): DeliveryRefusal | null {
    const of = this.#parts.book.get(delivery);
    const store: StoreId | undefined = this.#ports.enrolment.identity()?.store;
    if (of === null || (act === "sent" ? of.from : of.to) !== store) return "noSuchDelivery";
    if (of.history.length >= MAX_ACTS_PER_DELIVERY) return "deliveryGoneOn";
    const isAgain = act === "sent" && of.lines.some(({ sent }) => sent > 0);
    return isAgain || !deliveryActFits(of.state, act) ? "deliveryGoneOn" : null;
  }

  async #sentLines(delivery: DeliveryId, lines: Lines) {
    const articles = await this.#articlesOf(delivery, lines);
    if (!articles.ok) return articles;
    return ok(
      lines.flatMap(({ variant, pieces }) => {
        const article = articles.value.get(variant);
        return article === undefined ? [] : [{ ...article, pieces }];
      }),
    );
  }

  /** What articles are called: as the delivery says, else as the catalogue does. */
  async #articlesOf(
    delivery: DeliveryId,
    lines: readonly { readonly variant: VariantId }[],
  ): Promise<Result<ReadonlyMap<VariantId, DeliveryArticle>, "articleUnknown">> {
    const known: readonly DeliveryArticle[] = this.#parts.book.get(delivery)?.lines ?? [];
    const articles = new Map<VariantId, DeliveryArticle>();
    for (const { variant } of lines) {
      const line = known.find((each) => each.variant === variant);
      const article = line ?? (await this.#inCatalogue(variant));
      if (article === null) return refused("articleUnknown");
      const { sku, name } = article;
      articles.set(variant, { variant, sku, name });
    }
    return ok(articles);
  }

  async #inCatalogue(variant: VariantId): Promise<DeliveryArticle | null> {
    const { catalog } = this.#parts;
    const item = catalog.peek(variant) ?? (await catalog.byVariant(variant))?.item ?? null;
    if (item === null) return null;
    return { variant, sku: item.sku, name: articleName({ title: item.name }, item.options) };
  }

  async #write(
    staff: StaffId,
    delivery: DeliveryId,
    factOf: (head: JournalHead) => Fact | DeliveryRefusal,
  ): Promise<Written> {
    const written = await writeDecided<DeliveryRefusal>(this.#ports, { staff, factOf });
    return written.ok ? ok(delivery) : written;
  }
}

function referenceOf(storeCode: string, { register, epoch, seq }: JournalHead): string {
  return transferReference({ storeCode, register, epoch, seq: seq + 1 });
}
