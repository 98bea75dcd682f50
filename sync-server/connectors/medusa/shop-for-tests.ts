import type { Http, HttpRequest } from "../port.ts";
import { LAMP_LINE, ORDER_ID } from "./payloads-for-tests.ts";

type Answer = Awaited<ReturnType<Http>>;
type Sent = Readonly<Record<string, unknown>>;

interface Fulfillment {
  readonly id: string;
  readonly location_id: unknown;
  readonly metadata: unknown;
  readonly items: readonly { readonly line_item_id: string; readonly quantity: number }[];
  labels: unknown;
  shipped_at: string | null;
  delivered_at: string | null;
  canceled_at: string | null;
}

const AT = "2026-11-21T08:00:00.000Z";

/** A shop that behaves like the Admin API, with one order of two lamps; it counts what changed it. */
export class ShopForTests {
  status = "pending";
  fulfilled = 0;
  metadata: Readonly<Record<string, unknown>> | null = null;
  readonly fulfillments: Fulfillment[] = [];
  readonly payments = [
    {
      id: "pay_1",
      provider_id: "pp_stripe_stripe",
      canceled_at: null,
      captures: [{ amount: 30 }],
      refunds: [] as { amount: number }[],
    },
  ];
  readonly inventory = new Map([
    ["ART-1", { id: "iitem_1", levels: new Map([["sloc_berlin", { stocked: 5, reserved: 2 }]]) }],
    ["ART-2", { id: "iitem_2", levels: new Map<string, { stocked: number; reserved: number }>() }],
  ]);
  changes: string[] = [];
  /** Answers the next calls before anything else does. */
  readonly faults: Answer[] = [];

  readonly http: Http = async (request) => this.faults.shift() ?? this.answer(request);

  private answer({ method, url, headers, body }: HttpRequest): Answer {
    const { pathname, searchParams } = new URL(url);
    const key = Buffer.from(headers.authorization?.replace("Basic ", "") ?? "", "base64").toString();
    if (key !== "sk_secret:")
      return { status: 401, headers: {}, body: JSON.stringify({ message: "Unauthorized" }) };
    if (method === "GET" && pathname === `/admin/orders/${ORDER_ID}`) return json({ order: this.order() });
    if (method === "GET" && pathname === "/admin/inventory-items")
      return this.items(searchParams.getAll("sku[]"));
    if (method === "GET") return failed(404, `Order with id: ${pathname.split("/").at(-1)} was not found`);
    this.changes.push(pathname);
    const sent: Sent = Object(JSON.parse(body ?? "null"));
    return this.change(pathname.split("/").slice(2), sent);
  }

  private change(path: readonly string[], sent: Sent): Answer {
    const [kind, id, what, ...rest] = path;
    if (kind === "orders" && what === "cancel") return this.cancel();
    if (kind === "orders" && what === "fulfillments") {
      if (this.status === "canceled") return failed(400, "Order is canceled");
      return rest.length === 0 ? this.fulfil(sent) : this.move(rest[0] ?? "", rest[1] ?? "", sent);
    }
    if (kind === "orders" && what === undefined) {
      this.metadata = Object(sent.metadata);
      return json({});
    }
    const payment = kind === "payments" ? this.payments.find((each) => each.id === id) : undefined;
    if (payment !== undefined && what === "refund") payment.refunds.push({ amount: Number(sent.amount) });
    else if (payment !== undefined && what === "capture") payment.captures.push({ amount: 30 });
    else if (kind === "inventory-items") return this.setLevel(id ?? "", { location: rest[0], sent });
    else return failed(404, "Nothing here");
    return json({});
  }

  private cancel(): Answer {
    if (this.status === "canceled") return failed(400, "Order is canceled already");
    if (this.fulfillments.some(({ canceled_at }) => canceled_at === null))
      return failed(400, "All fulfillments must be canceled before canceling an order");
    this.status = "canceled";
    for (const payment of this.payments) {
      const left = [...payment.captures, ...payment.refunds.map(({ amount }) => ({ amount: -amount }))];
      const amount = left.reduce((sum, each) => sum + each.amount, 0);
      if (amount > 0) payment.refunds.push({ amount });
    }
    return json({});
  }

  private fulfil({ items, metadata, location_id }: Sent): Answer {
    if (!Array.isArray(items) || items.length === 0) return failed(400, "items is required");
    const pieces = items.map(({ id, quantity }) => ({
      line_item_id: String(id),
      quantity: Number(quantity),
    }));
    const all = pieces.reduce((sum, { quantity }) => sum + quantity, 0);
    if (this.fulfilled + all > 2) return failed(400, "Quantity to fulfill exceeds the quantity left");
    this.fulfilled += all;
    const open = { labels: [], shipped_at: null, delivered_at: null, canceled_at: null };
    this.fulfillments.push({
      id: `ful_${this.fulfillments.length + 1}`,
      location_id,
      metadata,
      items: pieces,
      ...open,
    });
    return json({});
  }

  private move(id: string, what: string, sent: Sent): Answer {
    const fulfillment = this.fulfillments.find((each) => each.id === id);
    if (fulfillment === undefined || fulfillment.canceled_at !== null)
      return failed(404, "No such fulfillment");
    if (what === "shipments" && fulfillment.shipped_at === null)
      Object.assign(fulfillment, { shipped_at: AT, labels: sent.labels });
    else if (what === "mark-as-delivered" && fulfillment.delivered_at === null) fulfillment.delivered_at = AT;
    else if (what === "cancel" && fulfillment.shipped_at === null) {
      fulfillment.canceled_at = AT;
      this.fulfilled -= fulfillment.items.reduce((sum, { quantity }) => sum + quantity, 0);
    } else return failed(400, "The fulfillment has been that already");
    return json({});
  }

  private order(): unknown {
    const detail = { fulfilled_quantity: this.fulfilled };
    return {
      id: ORDER_ID,
      status: this.status,
      metadata: this.metadata,
      items: [{ id: LAMP_LINE, quantity: 2, detail }],
      fulfillments: this.fulfillments,
      payment_collections: [{ payments: this.payments }],
    };
  }

  private items(skus: readonly string[]): Answer {
    const inventory_items = skus.flatMap((sku) => {
      const item = this.inventory.get(sku);
      if (item === undefined) return [];
      const location_levels = [...item.levels].map(([location_id, { stocked, reserved }]) => ({
        location_id,
        stocked_quantity: stocked,
        reserved_quantity: reserved,
      }));
      return [{ id: item.id, sku, location_levels }];
    });
    return json({ inventory_items, count: inventory_items.length });
  }

  private setLevel(
    id: string,
    { location, sent }: { readonly location: string | undefined; readonly sent: Sent },
  ): Answer {
    const item = [...this.inventory.values()].find((each) => each.id === id);
    const at = location ?? String(sent.location_id);
    if (at !== "sloc_berlin") return failed(404, `Stock location with id: ${at} was not found`);
    const reserved = item?.levels.get(at)?.reserved ?? 0;
    item?.levels.set(at, { stocked: Number(sent.stocked_quantity), reserved });
    return json({});
  }
}

function json(body: unknown): Answer {
  return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** A refusal in the form of the Admin API. */
export function failed(status: number, message: string, headers: Record<string, string> = {}): Answer {
  return { status, headers, body: JSON.stringify({ type: "not_allowed", message }) };
}
