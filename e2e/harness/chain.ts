import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect } from "@playwright/test";
import type { z } from "zod";
import {
  devicesAnswerSchema,
  pairAnswerSchema,
  productsAnswerSchema,
  storesAnswerSchema,
  ticketsAnswerSchema,
} from "#protocol/hq/console.ts";
import { customersAnswerSchema } from "#protocol/hq/customers.ts";
import { DEMO_SHEET_FILE, type DemoSheet, demoSheetSchema } from "#protocol/hq/demo.ts";
import { exceptionsAnswerSchema, orderDetailSchema } from "#protocol/hq/orders.ts";
import { type ShopOrder, shopOrderSchema } from "#protocol/shop/order.ts";
import { builtProgram } from "./built-programs.ts";
import { demoTemplate } from "./demo-template.ts";
import { ownPort } from "./own-port.ts";
import { Program } from "./program.ts";

/** A server with the demo's shop, on data of its own, that can be stopped and started again on the same port. */
export class Server {
  readonly #data: string;
  #program: Program | null = null;
  #address = "";

  /** Where its data lies. */
  get folder(): string {
    return this.#data;
  }

  constructor(data: string) {
    this.#data = data;
  }

  get address(): string {
    return this.#address;
  }

  async start(): Promise<void> {
    const port = this.#address === "" ? String(await ownPort()) : new URL(this.#address).port;
    this.#program = new Program(builtProgram("server"), ["--data", this.#data, "--port", port, "--demo"]);
    this.#address = await this.#program.printed(/listening on (\S+)/);
  }

  async stop(): Promise<void> {
    await this.#program?.stop();
  }

  async kill(): Promise<void> {
    await this.#program?.kill();
  }

  async key(): Promise<string> {
    return (await readFile(join(this.#data, "hq.key"), "utf8")).trim();
  }

  /** What the demo left for people: its users, their passwords, the admin's link. */
  async sheet(): Promise<DemoSheet> {
    return demoSheetSchema.parse(JSON.parse(await readFile(join(this.#data, DEMO_SHEET_FILE), "utf8")));
  }

  /** What signs the demo's admin in. */
  async signInToken(): Promise<string> {
    const { signIn } = await this.sheet();
    if (signIn === null) throw new Error("the demo has no link to sign in by");
    return signIn;
  }

  /** An HQ call; throws what the server refused. */
  async hq<S extends z.ZodType>(
    schema: S,
    path: string,
    init: { readonly method?: string; readonly body?: unknown } = {},
  ): Promise<z.output<S>> {
    const response = await fetch(new URL(path, this.#address), {
      method: init.method ?? "GET",
      headers: {
        authorization: `Bearer ${await this.key()}`,
        ...(init.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return schema.parse(answer);
  }

  async pairingCode(store: string): Promise<string> {
    return (await this.hq(pairAnswerSchema, "/hq/v1/pairing-codes", { method: "POST", body: { store } }))
      .code;
  }

  tickets(): Promise<z.output<typeof ticketsAnswerSchema>> {
    return this.hq(ticketsAnswerSchema, "/hq/v1/tickets?limit=500");
  }

  devices(): Promise<z.output<typeof devicesAnswerSchema>> {
    return this.hq(devicesAnswerSchema, "/hq/v1/devices");
  }

  stores(): Promise<z.output<typeof storesAnswerSchema>> {
    return this.hq(storesAnswerSchema, "/hq/v1/stores");
  }

  exceptions(): Promise<z.output<typeof exceptionsAnswerSchema>> {
    return this.hq(exceptionsAnswerSchema, "/hq/v1/exceptions");
  }

  order(id: string): Promise<z.output<typeof orderDetailSchema>> {
    return this.hq(orderDetailSchema, `/hq/v1/orders/${id}`);
  }

  /** A web shop places an order. */
  placeOrder(order: unknown): Promise<ShopOrder> {
    return this.hq(shopOrderSchema, "/shop/v1/orders", { method: "POST", body: order });
  }

  /** The customer cancels in the web shop. */
  cancelOrder(id: string, reason: string): Promise<ShopOrder> {
    return this.hq(shopOrderSchema, `/shop/v1/orders/${id}/cancel`, { method: "POST", body: { reason } });
  }

  products(search: string, limit = 50): Promise<z.output<typeof productsAnswerSchema>> {
    return this.hq(
      productsAnswerSchema,
      `/hq/v1/products?limit=${limit}&search=${encodeURIComponent(search)}`,
    );
  }

  async customers(search = ""): Promise<z.output<typeof customersAnswerSchema>["customers"]> {
    const path = `/hq/v1/customers?limit=200&search=${encodeURIComponent(search)}`;
    return (await this.hq(customersAnswerSchema, path)).customers;
  }

  /** Pieces of each variant at a store, by SKU. */
  async stockOf(store: string, skus: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const levels = new Map<string, number>();
    for (const sku of skus) {
      const { products } = await this.products(sku);
      const variant = products.flatMap((product) => product.variants).find((each) => each.sku === sku);
      levels.set(sku, variant?.stock.find((each) => each.store === store)?.onHand ?? Number.NaN);
    }
    return levels;
  }
}

/** A till as browser register, on data of its own, that can be killed and started again. */
export class Till {
  readonly #data: string;
  #program: Program | null = null;
  #address = "";

  constructor(data: string) {
    this.#data = data;
  }

  /** Where its data lies. */
  get folder(): string {
    return this.#data;
  }

  /** Where its page is, with this start's token. */
  get address(): string {
    return this.#address;
  }

  get program(): Program {
    if (this.#program === null) throw new Error("the till was not started");
    return this.#program;
  }

  async start(pairing?: { readonly server: string; readonly code: string }): Promise<void> {
    const pair = pairing === undefined ? [] : ["--server", pairing.server, "--pair", pairing.code];
    this.#program = new Program(builtProgram("till"), ["--data", this.#data, "--port", "0", ...pair]);
    this.#address = await this.#program.printed(/till ready at (\S+)/);
  }

  async stop(): Promise<void> {
    await this.#program?.stop();
  }

  async kill(): Promise<void> {
    await this.#program?.kill();
  }
}

export interface Chain {
  readonly server: Server;
  /** A till that is not started yet. */
  newTill(): Promise<Till>;
}

/** Each test gets a chain of its own: a server with the demo's data and as many tills as it asks for, all real processes. */
export const test = base.extend<{ readonly chain: Chain }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
  chain: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), "onetill-e2e-"));
    await cp(demoTemplate, join(folder, "server"), { recursive: true });
    const server = new Server(join(folder, "server"));
    const tills: Till[] = [];
    await server.start();
    await use({
      server,
      async newTill() {
        const till = new Till(join(folder, `till-${tills.length + 1}`));
        tills.push(till);
        return till;
      },
    });
    await Promise.all([server.stop(), ...tills.map((till) => till.stop())]);
    await rm(folder, { recursive: true, force: true });
  },
});

export { expect };
