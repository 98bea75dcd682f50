import type { DeliveryId, VariantId } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Verb, VerbParsedArgs } from "#protocol/till/contract.ts";
import {
  type DeliveriesView,
  type DeliveryCard,
  type DeliveryItem,
  MAX_DELIVERIES_SHOWN,
  type TransferStores,
} from "#protocol/till/deliveries.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { KnownStores } from "../orders/known-stores.ts";
import type { Unwatch } from "../ports.ts";
import { Changes } from "../shop/changes.ts";
import type { Printing } from "../shop/printing.ts";
import type { Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { VerbTable, ViewSource } from "../till-service.ts";
import { DeliveryActs, type DeliveryRefusal } from "./delivery-acts.ts";
import { DeliveryBook } from "./delivery-book.ts";
import { deliveryCard, deliveryItem } from "./delivery-card.ts";
import { deliverySlip } from "./delivery-slips.ts";

type DeliveryVerb = Extract<
  Verb,
  "deliveryOf" | "receiveDelivery" | "sendDelivery" | "startTransfer" | "transferStores" | "printDelivery"
>;
interface Parts {
  readonly session: Session;
  readonly printing: Printing;
  readonly catalog: Catalog;
  readonly stores: KnownStores;
}
type Shown = Result<DeliveryCard, DeliveryRefusal>;

/** What the till can do with goods that arrive and leave. */
export interface Deliveries {
  readonly verbs: Pick<VerbTable, DeliveryVerb>;
  readonly view: ViewSource<"deliveries">;
  close(): void;
}

/** Opens the deliveries on what the till has on disk. */
export async function openDeliveries(ports: ShopPorts, parts: Parts): Promise<Deliveries> {
  const desk = new GoodsDesk(ports, parts);
  await desk.load();
  return {
    verbs: {
      deliveryOf: async ({ delivery }) =>
        parts.session.onDuty() === null ? refused("notSignedIn") : desk.cardOf(delivery),
      receiveDelivery: (args) => desk.receive(args),
      sendDelivery: (args) => desk.send(args),
      startTransfer: (args) => desk.start(args),
      transferStores: ({ variant }) => desk.stores(variant),
      printDelivery: async ({ delivery }) => desk.print(delivery),
    },
    view: desk,
    close: () => desk.close(),
  };
}

class GoodsDesk {
  readonly #ports: ShopPorts;
  readonly #parts: Parts;
  readonly #book: DeliveryBook;
  readonly #acts: DeliveryActs;
  readonly #changes = new Changes();
  readonly #unwatch: Unwatch[];
  #view: DeliveriesView | null = null;

  constructor(ports: ShopPorts, parts: Parts) {
    this.#ports = ports;
    this.#parts = parts;
    this.#book = new DeliveryBook(ports);
    this.#acts = new DeliveryActs(ports, { ...parts, book: this.#book });
    const changed = (): void => {
      this.#view = null;
      this.#changes.tell();
    };
    this.#unwatch = [this.#book, parts.session].map((part) => part.watch(changed));
  }

  async load(): Promise<void> {
    await this.#book.load();
  }

  /** Empty while the till is locked. */
  current(): DeliveriesView {
    this.#view ??= { deliveries: this.#parts.session.onDuty() === null ? [] : this.#items() };
    return this.#view;
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  async receive(args: VerbParsedArgs<"receiveDelivery">): Promise<Shown> {
    const duty = this.#parts.session.permitted("stock.receive");
    if (!duty.ok) return duty;
    const written = await this.#acts.receive(duty.value.staff.id, args);
    return written.ok ? this.cardOf(written.value) : written;
  }

  async send(args: VerbParsedArgs<"sendDelivery">): Promise<Shown> {
    const duty = this.#parts.session.permitted("stock.send");
    if (!duty.ok) return duty;
    return this.#sent(await this.#acts.send(duty.value.staff.id, args));
  }

  async start(args: VerbParsedArgs<"startTransfer">): Promise<Shown> {
    const duty = this.#parts.session.permitted("stock.send");
    if (!duty.ok) return duty;
    return this.#sent(await this.#acts.start(duty.value.staff.id, args));
  }

  /** The server names stores with what they have of an article; without it, those that it named before. */
  async stores(variant: VariantId): Promise<TransferStores> {
    const { session, catalog, stores } = this.#parts;
    if (session.onDuty() === null) return { stores: [], hasServer: false };
    const { server } = this.#ports;
    const found = server.online() ? await catalog.byVariant(variant) : null;
    const answer = found === null ? null : await server.availability([found.item.sku]).catch(() => null);
    if (answer !== null) await stores.learn(answer);
    const others = stores.others().toSorted((a, b) => a.name.localeCompare(b.name));
    return { stores: others, hasServer: answer !== null };
  }

  print(delivery: DeliveryId): Result<Record<string, never>, DeliveryRefusal> {
    const { session, printing } = this.#parts;
    if (session.onDuty() === null) return refused("notSignedIn");
    const of = this.#book.get(delivery);
    if (of === null) return refused("noSuchDelivery");
    if (!printing.configured) return refused("noPrinter");
    printing.print(deliverySlip(of, this.#ports.replica.settings()));
    return ok({});
  }

  cardOf(id: DeliveryId): Shown {
    const of = this.#book.get(id);
    const here = this.#ports.enrolment.identity()?.store;
    if (of === null || here === undefined) return refused("noSuchDelivery");
    return ok(deliveryCard(of, { here, unsent: this.#book.isUnsent(id) }));
  }

  close(): void {
    for (const end of this.#unwatch) end();
    this.#book.close();
  }

  /** Goods that leave have a slip with them, where there is a printer. */
  #sent(written: Result<DeliveryId, DeliveryRefusal>): Shown {
    if (!written.ok) return written;
    if (this.#parts.printing.configured) this.print(written.value);
    return this.cardOf(written.value);
  }

  #items(): DeliveryItem[] {
    const here = this.#ports.enrolment.identity()?.store;
    if (here === undefined) return [];
    return this.#book
      .all()
      .map((of) => deliveryItem(of, { here, unsent: this.#book.isUnsent(of.id) }))
      .toSorted(inOrder)
      .slice(0, MAX_DELIVERIES_SHOWN);
  }
}

/** What is to be done by its day, then what others are to do; what is over last, the newest first. */
function inOrder(a: DeliveryItem, b: DeliveryItem): number {
  const place = ({ isDue, isOver }: DeliveryItem): number => (isDue ? 0 : isOver ? 2 : 1);
  if (place(a) !== place(b)) return place(a) - place(b);
  if (a.isOver) return b.openedAt - a.openedAt;
  const days = (a.expectedOn ?? "9").localeCompare(b.expectedOn ?? "9");
  return days === 0 ? a.openedAt - b.openedAt : days;
}
