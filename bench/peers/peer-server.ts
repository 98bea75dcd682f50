import type { AddressInfo } from "node:net";
import express, { type App } from "express";
import type { ShopDocument } from "../shop/document.ts";
import { documentsOf } from "../shop/documents.ts";

export interface ServerSettings {
  readonly dataDir: string;
  /** Where the bundled pages lie. */
  readonly pagesDir: string;
  readonly skus: number;
  /** Whether all of an article lies in one document. */
  readonly isTogether: boolean;
}

/** What a peer's server is started with: its folder, that of the pages, and how many articles its shop has. */
export function serverSettings(): ServerSettings {
  const [dataDir, pagesDir, skus, layout] = process.argv.slice(2);
  if (dataDir === undefined || pagesDir === undefined) throw new Error("the server's folders are missing");
  return { dataDir, pagesDir, skus: Number(skus), isTogether: layout === "together" };
}

/** The page itself, and what only the benchmark asks for: another price for the first article, how many tickets came in. */
export function servePages(
  app: App,
  {
    pagesDir,
    change,
    tickets,
  }: {
    readonly pagesDir: string;
    readonly change: (price: ShopDocument) => Promise<void>;
    readonly tickets: () => Promise<number>;
  },
): void {
  app.get("/bench/empty", (_, answer) => answer.type("html").send("<!doctype html><title>Empty</title>"));
  app.get("/bench/till/:page", ({ params }, answer) =>
    answer
      .type("html")
      .send(`<!doctype html><meta charset="utf-8"><script src="/bench/pages/${params.page}.js"></script>`),
  );
  app.use("/bench/pages", express.static(pagesDir));
  app.post("/bench/price", ({ query }, answer) => {
    void change(firstPriceOf(Number(query.cents))).then(() => answer.json({}));
  });
  app.get("/bench/tickets", (_, answer) => {
    void tickets().then((count) => answer.json({ count }));
  });
}

function firstPriceOf(cents: number): ShopDocument {
  const { prices } = documentsOf(0);
  return { ...prices, amount: { minor: cents, currency: "EUR" } };
}

/** Says where the server listens. */
export function tellParent(address: AddressInfo | string | null): void {
  if (address === null || typeof address === "string") throw new Error("the server listens on no port");
  process.send?.({ port: address.port });
}
