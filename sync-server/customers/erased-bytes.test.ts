import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { createDeps } from "../http/deps.ts";
import { SqliteStorage } from "../storage/sqlite/storage.ts";
import { TestClock } from "../testing/clock.ts";
import { BERLIN, EUR, HAMBURG, price, product, TEA } from "../testing/shop.ts";

const NAMES = ["Quendoline", "quendoline", "Zaunkönig", "zaunkonig", "23125777", "Eulenpfad", "elsewhere"];

test("whoever was erased is in no byte of the server's database any more", async () => {
  const folder = mkdtempSync(join(tmpdir(), "onetill-erased-"));
  const storage = new SqliteStorage(join(folder, "server.sqlite"));
  let made = 0;
  const newId = (): string => {
    made += 1;
    return `id-${made}`;
  };
  const deps = createDeps({ storage, now: new TestClock().now, newId });
  const { customers, orders, publisher } = deps;
  await publisher.publish(async (publication) => {
    for (const store of [BERLIN, HAMBURG]) await publication.putStore(store);
    await publication.putProduct(product(TEA));
    await publication.putPrice(price(TEA));
  });
  const hq = { source: "hq Ada", by: "Ada" };
  const address = { name: "", lines: ["Eulenpfad 5"], postcode: "10115", city: "Berlin", country: "DE" };
  const { id } = await customers.register(
    { name: "Quendoline Zaunkönig", email: "quendoline@elsewhere.example" },
    hq,
  );
  await customers.change(id, { phone: "030 23125777", addresses: [address] }, hq);
  await customers.register({ name: "Q. Zaunkönig", email: "Quendoline@elsewhere.example" }, hq);
  const placed = await orders.place({
    channel: idOf<"Channel">("web"),
    id: "1",
    currency: EUR,
    customer: { id, name: "Quendoline Zaunkönig", email: "quendoline@elsewhere.example", phone: null },
    lines: [{ sku: idOf<"Sku">("SKU-tea"), quantity: 1, unitPrice: money(350, EUR) }],
    payment: { kind: "paid" },
    delivery: { kind: "ship", address },
    maySplit: false,
    note: "",
  });
  if (!placed.ok) throw new Error("not placed");
  const name = { id: placed.value.order.id };
  await orders.cancel({ name, reason: "", by: { kind: "shop", channel: idOf<"Channel">("web") } });
  expect(bytesOf(folder)).toContain("Quendoline");
  expect((await customers.erase(id)).ok).toBe(true);
  await deps.pdfs.close();
  await storage.close();
  const left = bytesOf(folder);
  expect(NAMES.filter((each) => left.includes(each))).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
});

function bytesOf(folder: string): string {
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file)).toString("utf8"))
    .join("");
}
