import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { decimalText } from "#domain/money/format.ts";
import type { Chain } from "./chain.ts";
import type { Article } from "./web-orders.ts";

const PICKUP_INSTANCE = "7";
const connectedSchema = z.object({ id: z.string(), webhookPath: z.string() });
const inboxSchema = z.object({
  messages: z.array(
    z.object({ delivery: z.string(), topic: z.string(), state: z.string(), reason: z.string() }),
  ),
});
const noteSchema = z.object({ note: z.string() });
const statusSchema = z.object({ status: z.string() });

interface WooOrder {
  readonly id: number;
  readonly status: string;
  /** UTC. */
  readonly changedAt: string;
  readonly article: Article;
  readonly quantity: number;
}

/** A web shop on WooCommerce as far as this server can see: it sends signed webhooks, and its REST API is asked and told. */
export class WooShop {
  readonly #http: Server;
  readonly #chain: Chain;
  readonly #secret = "a secret of the shop";
  readonly #orders = new Map<number, WooOrder>();
  readonly #statuses = new Map<number, string>();
  readonly #notes: string[] = [];
  #webhook = "";
  #id = "";
  #deliveries = 0;

  private constructor(chain: Chain) {
    this.#chain = chain;
    this.#http = createServer(async (request, reply) => {
      const answer = this.#answer(request, await text(request));
      reply.writeHead(answer === null ? 404 : 200, { "content-type": "application/json" });
      reply.end(JSON.stringify(answer ?? { code: "not_found", message: "No route" }));
    });
  }

  /** Opens the shop and has HQ connect it; what its customers collect, they collect at BER1. */
  static async connect(chain: Chain): Promise<WooShop> {
    const shop = new WooShop(chain);
    shop.#http.listen(0, "127.0.0.1");
    await once(shop.#http, "listening");
    const { port } = shop.#http.address() as AddressInfo;
    const connected = await chain.server.hq(connectedSchema, "/hq/v1/connectors", {
      method: "POST",
      body: {
        platform: "woocommerce",
        channel: "woo",
        apiUrl: `http://127.0.0.1:${port}`,
        credentials: { consumerKey: "ck_shop", consumerSecret: "cs_shop" },
        locations: { [`local_pickup:${PICKUP_INSTANCE}`]: "BER1" },
        webhookSecret: shop.#secret,
      },
    });
    shop.#id = connected.id;
    shop.#webhook = `${chain.server.address}${connected.webhookPath}`;
    return shop;
  }

  close(): void {
    this.#http.closeAllConnections();
    this.#http.close();
  }

  /** What the shop's own database says of an order. */
  statusOf(order: number): string | undefined {
    return this.#statuses.get(order);
  }

  /** What this server noted at the shop's orders. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  /** The order as it stands in the shop from now on, as a message of that moment. */
  message(order: WooOrder): { readonly topic: string; readonly body: string } {
    const topic = this.#orders.has(order.id) ? "order.updated" : "order.created";
    this.#orders.set(order.id, order);
    this.#statuses.set(order.id, order.status);
    return { topic, body: JSON.stringify(payloadOf(order)) };
  }

  /** Sends a message; the same delivery id is the shop trying again. Answers the status and what became of it. */
  async send(
    message: { readonly topic: string; readonly body: string },
    { delivery = this.nextDelivery(), secret = this.#secret } = {},
  ): Promise<{ readonly status: number; readonly receipt: unknown }> {
    const signature = createHmac("sha256", secret).update(message.body).digest("base64");
    const answer = await fetch(this.#webhook, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-wc-webhook-id": "3",
        "x-wc-webhook-delivery-id": delivery,
        "x-wc-webhook-topic": message.topic,
        "x-wc-webhook-signature": signature,
      },
      body: message.body,
    });
    const said: unknown = await answer.json();
    const receipt = typeof said === "object" && said !== null && "receipt" in said ? said.receipt : null;
    return { status: answer.status, receipt };
  }

  nextDelivery(): string {
    this.#deliveries += 1;
    return `delivery-${this.#deliveries}`;
  }

  /** What HQ sees of this shop's messages, newest first. */
  async inbox() {
    return (await this.#chain.server.hq(inboxSchema, `/hq/v1/connectors/inbox?connector=${this.#id}`))
      .messages;
  }

  #noted(method: string | undefined, body: string): unknown {
    const told = method === "POST" ? noteSchema.safeParse(JSON.parse(body)) : null;
    if (told?.success === true) this.#notes.push(told.data.note);
    return method === "GET"
      ? this.#notes.map((note, index) => ({ id: index + 1, note }))
      : { id: this.#notes.length };
  }

  #answer({ method, url = "" }: IncomingMessage, body: string): unknown {
    const { pathname } = new URL(url, "http://shop");
    const [, id, rest] = /\/wp-json\/wc\/v3\/orders\/(\d+)(\/.*)?$/.exec(pathname) ?? [];
    const order = this.#orders.get(Number(id));
    if (order === undefined) return pathname.endsWith("/products") ? [] : null;
    if (rest !== undefined) return this.#noted(method, body);
    if (method === "PUT") {
      const told = statusSchema.safeParse(JSON.parse(body));
      if (told.success) this.#statuses.set(order.id, told.data.status);
    }
    return payloadOf({ ...order, status: this.#statuses.get(order.id) ?? order.status });
  }
}

function payloadOf({ id, status, changedAt, article, quantity }: WooOrder): unknown {
  const each = article.price.minor;
  const total = decimalText({ ...article.price, minor: each * quantity });
  const none = { total: "0.00", total_tax: "0.00" };
  const ada = {
    first_name: "Ada",
    last_name: "Brandt",
    company: "",
    address_1: "Lange Str. 1",
    address_2: "",
    city: "Berlin",
    state: "",
    postcode: "10115",
    country: "DE",
    phone: "030 1234567",
  };
  return {
    id,
    number: `W-${id}`,
    status,
    currency: article.price.currency,
    prices_include_tax: true,
    date_created_gmt: "2026-11-02T09:30:00",
    date_modified_gmt: changedAt,
    date_paid_gmt: "2026-11-02T09:31:00",
    date_completed_gmt: null,
    total,
    total_tax: "0.00",
    shipping_total: "0.00",
    shipping_tax: "0.00",
    payment_method: "stripe",
    customer_note: "",
    billing: { ...ada, email: "ada@example.com" },
    shipping: ada,
    line_items: [
      {
        id: 31,
        name: article.title,
        product_id: 9,
        variation_id: 0,
        quantity,
        subtotal: total,
        subtotal_tax: "0.00",
        total,
        total_tax: "0.00",
        sku: article.sku,
      },
    ],
    shipping_lines: [
      { id: 41, method_id: "local_pickup", instance_id: PICKUP_INSTANCE, meta_data: [], ...none },
    ],
    fee_lines: [],
    coupon_lines: [],
    refunds: [],
    meta_data: [],
  };
}
