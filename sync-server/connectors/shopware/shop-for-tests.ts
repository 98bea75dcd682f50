import type { Http, HttpRequest } from "../port.ts";
import { hex, ORDER_ID } from "./payloads-for-tests.ts";

/** The state machines as Shopware is installed, by state and action. */
const MACHINES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  order: {
    "open process": "in_progress",
    "open cancel": "cancelled",
    "in_progress complete": "completed",
    "in_progress cancel": "cancelled",
  },
  order_delivery: {
    "open ship": "shipped",
    "open ship_partially": "shipped_partially",
    "open cancel": "cancelled",
    "shipped_partially ship": "shipped",
  },
  order_transaction: {
    "open paid": "paid",
    "open remind": "reminded",
    "reminded paid": "paid",
    "paid_partially paid": "paid",
    "paid refund": "refunded",
    "paid refund_partially": "refunded_partially",
    "refunded_partially refund": "refunded",
  },
};

/** Before 6.7 the way from these to `paid` was called `pay`; that from `open` was called `paid` as it is now. */
const RENAMED: readonly string[] = ["reminded paid", "paid_partially paid"];

interface Entity {
  readonly id: string;
  state: string;
}

type Answer = Awaited<ReturnType<Http>>;

/** A shop that behaves like the Admin API, with one order; it counts what changed it. */
export class ShopForTests {
  readonly order: Entity & { fields: Record<string, unknown> } = { id: ORDER_ID, state: "open", fields: {} };
  readonly delivery: Entity & { trackingCodes: string[] } = {
    id: hex(800),
    state: "open",
    trackingCodes: [],
  };
  readonly transaction: Entity = { id: hex(700), state: "paid" };
  readonly products = new Map([
    ["ART-1", { id: hex(11), stock: 5 }],
    ["ART-2", { id: hex(12), stock: 0 }],
  ]);
  changes: string[] = [];
  isBefore67 = false;
  /** Transitions that the merchant took out of the state machines, by state and action. */
  readonly takenOut = new Set<string>();
  tokens = 0;
  /** Answers the next calls before anything else does. */
  readonly faults: Answer[] = [];

  readonly http: Http = async (request) => this.faults.shift() ?? this.answer(request);

  private answer({ method, url, headers, body }: HttpRequest): Answer {
    const { pathname } = new URL(url);
    const sent: unknown = JSON.parse(body ?? "null");
    if (pathname === "/api/oauth/token") return this.token(Object(sent));
    if (headers.authorization !== `Bearer token-${this.tokens}`) return failed(401, "The token is expired.");
    if (pathname === "/api/search/order") return this.searchOrder(Object(sent));
    if (pathname === "/api/search/product") return this.searchProducts(Object(sent));
    this.changes.push(`${method} ${pathname}`);
    if (pathname === "/api/_action/sync") return this.sync(Object(sent));
    const transition = /^\/api\/_action\/(\w+)\/(\w+)\/state\/(\w+)$/.exec(pathname);
    if (transition !== null)
      return this.transit(transition[1] ?? "", transition[2] ?? "", transition[3] ?? "");
    if (pathname === `/api/order/${this.order.id}`)
      Object.assign(this.order.fields, Object(sent).customFields);
    else if (pathname === `/api/order-delivery/${this.delivery.id}`) Object.assign(this.delivery, sent);
    else return failed(404, "Nothing here.");
    return { status: 204, headers: {}, body: "" };
  }

  private token(sent: Record<string, unknown>): Answer {
    if (sent.client_id === "") return failed(400, "The request is missing a required parameter.");
    // What begins as no access key does is an error of its own.
    if (!/^SW[A-Z]A/.test(String(sent.client_id)))
      return failed(500, "Access key is invalid and could not be identified.");
    const isKnown = sent.client_id === "SWIA-ID" && sent.client_secret === "SWIA-SECRET";
    if (!isKnown || sent.grant_type !== "client_credentials")
      return failed(401, "Client authentication failed");
    return this.tokenAnswer();
  }

  /** A new token, the only one that holds from now on. */
  tokenAnswer(): Answer {
    this.tokens += 1;
    return json({ token_type: "Bearer", expires_in: 600, access_token: `token-${this.tokens}` });
  }

  private searchOrder({ ids }: Record<string, unknown>): Answer {
    const { order, delivery, transaction } = this;
    if (!Array.isArray(ids) || !ids.includes(order.id)) return json({ total: 0, data: [] });
    const shippingDiscount = {
      id: hex(899),
      shippingCosts: { totalPrice: -4.99 },
      ...stateOf("open"),
      trackingCodes: [],
    };
    const found = {
      id: order.id,
      customFields: Object.keys(order.fields).length === 0 ? [] : order.fields,
      ...stateOf(order.state),
      deliveries: [
        shippingDiscount,
        { ...delivery, shippingCosts: { totalPrice: 4.99 }, ...stateOf(delivery.state) },
      ],
      transactions: [{ ...transaction, createdAt: null, ...stateOf(transaction.state) }],
    };
    return json({ total: 1, data: [found] });
  }

  private searchProducts({ filter }: Record<string, unknown>): Answer {
    const wanted: unknown = Object(filter)[0].value;
    const data = [...this.products].flatMap(([productNumber, product]) =>
      Array.isArray(wanted) && wanted.includes(productNumber) ? [{ ...product, productNumber }] : [],
    );
    return json({ total: data.length, data });
  }

  private sync(sent: Record<string, unknown>): Answer {
    const { entity, action, payload } = Object(Object.values(sent)[0]);
    if (entity !== "product" || action !== "upsert" || !Array.isArray(payload))
      return failed(400, "No such operation");
    for (const { id, stock } of payload)
      for (const product of this.products.values()) if (product.id === id) product.stock = stock;
    return json({ data: {}, notFound: {}, deleted: {} });
  }

  private transit(machine: string, id: string, action: string): Answer {
    const entity = [this.order, this.delivery, this.transaction].find((each) => each.id === id);
    const to = this.ways(machine)[`${entity?.state} ${action}`];
    if (entity === undefined || to === undefined)
      return failed(400, `Illegal transition "${action}" from state "${entity?.state}".`);
    entity.state = to;
    return json({ technicalName: to });
  }

  private ways(machine: string): Readonly<Record<string, string>> {
    const ways = Object.entries(MACHINES[machine] ?? {}).filter(([way]) => !this.takenOut.has(way));
    const named = (way: string) =>
      this.isBefore67 && RENAMED.includes(way) ? way.replace(/ paid$/, " pay") : way;
    return Object.fromEntries(ways.map(([way, to]) => [named(way), to]));
  }
}

function stateOf(technicalName: string): { readonly stateMachineState: { readonly technicalName: string } } {
  return { stateMachineState: { technicalName } };
}

function json(body: unknown): Answer {
  return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** A refusal in the form of the Admin API. */
export function failed(status: number, detail: string, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers,
    body: JSON.stringify({ errors: [{ status: String(status), title: "Error", detail }] }),
  };
}
