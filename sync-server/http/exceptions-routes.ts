import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { EXCEPTION_RULES, type Exception } from "#domain/exceptions/exceptions.ts";
import { idOf } from "#domain/ids.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { type ExceptionRow, resolveRequestSchema } from "#protocol/hq/orders.ts";
import type { ErrorBody } from "#protocol/sync/error.ts";
import type { ResolvingRefusal } from "../exceptions/exceptions.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { validated } from "./validate.ts";

const MAX_EXCEPTIONS = 500;
const exceptionParams = z.object({ id: z.string().min(1).max(300) });

/** What went wrong and what people do about it (protocol/hq/orders.ts). */
export function registerExceptionsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, deps.storage, ["hq"]));
    hq.get("/hq/v1/exceptions", async () => {
      const found = await deps.exceptions.list({ open: false, limit: MAX_EXCEPTIONS });
      const stores = await deps.storage.read((tx) => tx.stores());
      const counting = await deps.exceptions.counting();
      const named = await deps.storage.read((tx) => withCustomerNames(tx, found));
      return { exceptions: named.map((exception) => exceptionRow(exception, { stores, counting })) };
    });
    hq.get("/hq/v1/exceptions/figures", () => deps.exceptions.figures());
    hq.post("/hq/v1/exceptions/:id/resolve", async (request) => {
      const { id } = validated(exceptionParams, request.params);
      const { store: code, ...decision } = validated(resolveRequestSchema, request.body);
      const store = code === null ? null : await deps.storage.read((tx) => tx.storeByCode(code));
      if (code !== null && store === null) throw new Refusal("notFound", `There is no store ${code}.`);
      const resolved = await deps.exceptions.resolve({ ...decision, id, store: store?.store ?? null });
      if (!resolved.ok) throw resolvingRefusal(resolved.reason);
      const stores = await deps.storage.read((tx) => tx.stores());
      const [named = resolved.value] = await deps.storage.read((tx) =>
        withCustomerNames(tx, [resolved.value]),
      );
      return exceptionRow(named, { stores, counting: await deps.exceptions.counting() });
    });
  });
}

const REFUSALS: Readonly<
  Record<ResolvingRefusal, { readonly as: ErrorBody["reason"]; readonly words: string }>
> = {
  noSuchException: { as: "notFound", words: "There is no such exception." },
  alreadyResolved: { as: "conflict", words: "Somebody has dealt with this exception already." },
  notForThis: { as: "badRequest", words: "This is no resolution for an exception of this kind." },
  notNow: { as: "conflict", words: "The order has gone on since: look at it again and choose anew." },
  stillNotBooked: {
    as: "conflict",
    words:
      "It still cannot be booked. What happened at the till is kept; a newer version of Onetill tries again by itself.",
  },
  noStoreHasIt: { as: "conflict", words: "No store has all of it. Choose another resolution." },
};

function resolvingRefusal(reason: ResolvingRefusal): Refusal {
  const { as, words } = REFUSALS[reason];
  return new Refusal(as, words, [reason]);
}

/** Exceptions keep customers by their ids, so that whoever is erased is nowhere in them; people read their names, while there are any. */
async function withCustomerNames(
  tx: ReadTransaction,
  exceptions: readonly Exception[],
): Promise<readonly Exception[]> {
  const named: Exception[] = [];
  for (const exception of exceptions) {
    const { customer: id, ...detail } = exception.detail;
    const customer = id === undefined ? null : await tx.customer(idOf<"Customer">(id));
    named.push(
      customer === null ? exception : { ...exception, detail: { ...detail, customer: customer.name } },
    );
  }
  return named;
}

function exceptionRow(
  exception: Exception,
  { stores, counting }: { readonly stores: readonly StoreSettings[]; readonly counting: ReadonlySet<string> },
): ExceptionRow {
  const isCounting = counting.has(exception.id);
  const { id, kind, store, subject, raisedAt, detail, closing } = exception;
  const { lands, resolutions } = EXCEPTION_RULES[kind];
  return {
    id,
    kind,
    store: stores.find((each) => each.store === store)?.code ?? "",
    raisedAt,
    detail: { ...detail },
    order: subject?.order ?? null,
    lands,
    isCounting,
    resolutions: closing === null ? resolutions.filter((each) => each !== "recount" || !isCounting) : [],
    resolved: closing !== null,
    closing,
  };
}
