import type { FastifyInstance } from "fastify";
import { EXCEPTION_RULES } from "#domain/exceptions/exceptions.ts";
import { exceptionKindSchema } from "#protocol/documents/notice.ts";
import type { ExceptionRow } from "#protocol/hq/orders.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";

const MAX_EXCEPTIONS = 500;

/** What went wrong and what people did about it (protocol/hq/orders.ts). */
export function registerExceptionsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, deps.storage, ["hq"]));
    hq.get("/hq/v1/exceptions", () =>
      deps.storage.read(async (tx) => ({ exceptions: await exceptionRows(tx) })),
    );
  });
}

async function exceptionRows(tx: ReadTransaction): Promise<ExceptionRow[]> {
  const codes = new Map((await tx.stores()).map((store) => [store.store, store.code]));
  return (await tx.exceptions(MAX_EXCEPTIONS)).map((exception) => {
    const kind = exceptionKindSchema.parse(exception.kind);
    const { lands, resolutions } = EXCEPTION_RULES[kind];
    return {
      id: exception.id,
      kind,
      store: codes.get(exception.store) ?? "",
      raisedAt: exception.raisedAt,
      detail: { ...exception.detail },
      order: null,
      lands,
      resolutions: exception.resolved ? [] : [...resolutions],
      resolved: exception.resolved,
      closing: null,
    };
  });
}
