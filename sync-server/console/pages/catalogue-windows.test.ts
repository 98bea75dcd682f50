import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { ok } from "#domain/result.ts";
import type { CatalogueRow } from "#protocol/hq/catalogue.ts";
import { CatalogueApi } from "../catalogue-api.ts";
import { CatalogueWindows } from "./catalogue-windows.ts";
import { CellSaves } from "./cell-saves.ts";

const TOTAL = 1_000;

function productAt(at: number): CatalogueRow {
  return {
    product: idOf<"Product">(`p${at}`),
    handle: `p${at}`,
    title: `Product ${at}`,
    brand: "",
    category: "",
    taxClass: idOf<"TaxClass">("standard"),
    status: "active",
    tags: [],
    image: null,
    variants: 2,
    sku: "",
    gtin: null,
    only: null,
    lowest: null,
    highest: null,
    onHand: 0,
    changedAt: null,
  };
}

/** A server that answers when it is told to, and what it was asked. */
class SlowServer {
  readonly asked: string[] = [];
  readonly #waiting: (() => void)[] = [];
  order = "first";
  readonly api = new CatalogueApi(async (_method, path, schema) => {
    const query = new URLSearchParams(path.split("?")[1]);
    this.asked.push(path.includes("variants") ? "variants" : (query.get("offset") ?? ""));
    await new Promise<void>((answered) => this.#waiting.push(answered));
    const offset = Number(query.get("offset"));
    const rows = Array.from({ length: 100 }, (_, at) => productAt(offset + at));
    const variant = {
      sku: "S",
      gtin: null,
      label: "M",
      image: null,
      price: null,
      compareAt: null,
      onHand: 1,
    };
    const answer = schema.safeParse(
      path.includes("variants")
        ? { variants: ["a", "b"].map((id) => ({ ...variant, variant: id })) }
        : { rows, total: TOTAL, order: this.order, list: "retail" },
    );
    if (!answer.success) throw new Error("no answer of the protocol");
    return ok(answer.data);
  });

  /** Answers all that waits, and lets it be heard. */
  async answer(): Promise<void> {
    for (const answered of this.#waiting.splice(0)) answered();
    await new Promise((heard) => setTimeout(heard));
  }
}

const question = { filter: {}, sort: "title", down: false } as const;

function opened() {
  const server = new SlowServer();
  const told = { times: 0 };
  const written = new CellSaves<string>();
  const windows = new CatalogueWindows(server.api, question, written, () => {
    told.times += 1;
  });
  windows.open();
  return { server, windows, written, told };
}

const titleAt = (windows: CatalogueWindows, row: number) => {
  const at = windows.rowAt(row)?.row;
  return at?.kind === "variant" ? at.variant.variant : at?.product.title;
};

test("rows are asked for where somebody stopped scrolling, not where they scrolled past", async () => {
  const { server, windows } = opened();
  await server.answer();
  windows.want(250, 280);
  windows.want(350, 380);
  windows.want(550, 580);
  windows.want(910, 940);
  expect(server.asked).toEqual(["0", "200", "300"]);
  await server.answer();
  await server.answer();
  expect(server.asked).toEqual(["0", "200", "300", "900"]);
  expect(titleAt(windows, 912)).toBe("Product 912");
  expect(windows.rowAt(560)).toBeNull();
});

test("an answer to a question that nobody asks any more is dropped", async () => {
  const { server, windows, told } = opened();
  windows.close();
  await server.answer();
  expect(windows.total).toBeNull();
  expect(told.times).toBe(0);
});

test("variants unfold beneath their product and fold again", async () => {
  const { server, windows } = opened();
  await server.answer();
  const unfolding = windows.toggle(1);
  await server.answer();
  await unfolding;
  expect(windows.rows).toBe(TOTAL + 2);
  expect([1, 2, 3, 4].map((row) => titleAt(windows, row))).toEqual(["Product 1", "a", "b", "Product 2"]);
  await windows.toggle(1);
  expect(windows.rows).toBe(TOTAL);
});

test("rows of an order that the server has forgotten are not mixed with those of the new one", async () => {
  const { server, windows } = opened();
  await server.answer();
  server.order = "second";
  windows.want(300, 320);
  await server.answer();
  expect(windows.rowAt(0)).toBeNull();
  expect(titleAt(windows, 300)).toBe("Product 300");
});

test("what was asked for before something written was saved does not show what was there before", async () => {
  const { server, windows, written } = opened();
  await server.answer();
  const reading = windows.refresh();
  await written.save({
    cell: "title",
    before: "Product 3",
    value: "Wombat rug",
    send: async () => ok({ seq: 1 }),
    show: (title) => windows.show(productAt(3).product, (row) => ({ ...row, title })),
  });
  // Not asked twice at a time, so that no answer comes after a newer one.
  await windows.refresh();
  expect(server.asked).toEqual(["0", "0"]);
  await server.answer();
  await reading;
  expect(titleAt(windows, 3)).toBe("Wombat rug");
  const again = windows.refresh();
  await server.answer();
  await again;
  expect(titleAt(windows, 3)).toBe("Product 3");
});

test("what is unfolded is read again too: what was written there and not saved does not stay", async () => {
  const { server, windows } = opened();
  await server.answer();
  windows.want(0, 20);
  const unfolding = windows.toggle(1);
  await server.answer();
  await unfolding;
  windows.showVariant("a", (variant) => ({ ...variant, label: "Written" }));
  const labelAt = (row: number) => {
    const at = windows.rowAt(row)?.row;
    return at?.kind === "variant" ? at.variant.label : null;
  };
  expect(labelAt(2)).toBe("Written");
  const refreshing = windows.refresh();
  await server.answer();
  await server.answer();
  await refreshing;
  expect([2, 3].map(labelAt)).toEqual(["M", "M"]);
  expect(server.asked).toEqual(["0", "variants", "0", "variants"]);
});

test("what was folded again while it was read again stays folded", async () => {
  const { server, windows } = opened();
  await server.answer();
  windows.want(0, 20);
  const unfolding = windows.toggle(1);
  await server.answer();
  await unfolding;
  const refreshing = windows.refresh();
  await server.answer();
  await windows.toggle(1);
  await server.answer();
  await refreshing;
  expect(windows.rows).toBe(TOTAL);
});
