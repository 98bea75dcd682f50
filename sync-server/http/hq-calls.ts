import { z } from "zod";
import { idOf } from "#domain/ids.ts";
import {
  devicesAnswerSchema,
  pairAnswerSchema,
  pairRequestSchema,
  productsAnswerSchema,
  productsQuerySchema,
  revokeAnswerSchema,
  storesAnswerSchema,
  ticketsAnswerSchema,
  ticketsQuerySchema,
} from "#protocol/hq/console.ts";
import { importQuerySchema, importReportSchema } from "#protocol/hq/import.ts";
import { ACTS, hqCall, LOOKS } from "./hq-call.ts";

/** What browsers and command lines call a CSV file. */
export const CSV_TYPES = ["text/csv", "text/plain", "application/vnd.ms-excel", "application/octet-stream"];

export const GOODS_CALLS = {
  products: hqCall({
    ...LOOKS,
    path: "/hq/v1/products",
    summary: "Products with price by list and stock by store of each variant",
    right: "catalogue.read",
    reach: "filtered",
    query: productsQuerySchema,
    answer: productsAnswerSchema,
  }),
  importCatalogue: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/catalog/import",
    summary: "Import products from a CSV file; with `dryRun` only tell what would change",
    words:
      "The file is the body, of any size. Good rows are imported together, bad ones are reported with line and reason. A file that is no product export at all changes nothing and is answered with status 422 and `ok` false.",
    right: "catalogue.edit",
    reach: "allStores",
    query: importQuerySchema,
    takes: CSV_TYPES,
    answer: importReportSchema,
    refusals: ["badRequest"],
    trail: {
      subject: "catalogue",
      id: ({ query }) => query.store ?? "all",
      onlyLooks: ({ query }) => query.dryRun,
    },
  }),
};

export const TICKET_CALLS = {
  tickets: hqCall({
    ...LOOKS,
    path: "/hq/v1/tickets",
    summary: "Tickets, the newest first",
    right: "tickets.read",
    reach: "filtered",
    query: ticketsQuerySchema,
    answer: ticketsAnswerSchema,
    refusals: ["notFound"],
  }),
};

export const STORE_CALLS = {
  stores: hqCall({
    ...LOOKS,
    path: "/hq/v1/stores",
    summary: "The stores with their tills and what they sold today",
    right: "stores.read",
    reach: "filtered",
    answer: storesAnswerSchema,
  }),
  devices: hqCall({
    ...LOOKS,
    path: "/hq/v1/devices",
    summary: "The tills, how far their journals have come, and when each was heard of last",
    right: "tills.read",
    reach: "filtered",
    answer: devicesAnswerSchema,
  }),
  makePairingCode: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/pairing-codes",
    summary: "Make a code that pairs one till with a store, once and soon",
    right: "tills.manage",
    reach: "filtered",
    body: pairRequestSchema,
    example: { store: "BER1" },
    answer: pairAnswerSchema,
    refusals: ["notFound"],
    trail: { subject: "store", id: ({ body }) => body.store },
  }),
  revokeDevice: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/devices/:device/revoke",
    summary: "Revoke a till: it wipes what it was told, never what it has not handed over",
    right: "tills.manage",
    reach: "filtered",
    params: z.object({ device: z.string().max(64) }),
    answer: revokeAnswerSchema,
    refusals: ["notFound"],
    trail: {
      subject: "till",
      id: ({ params }) => params.device,
      state: async (tx, { params }) => {
        const till = await tx.device(idOf<"Device">(params.device));
        if (till === null) return null;
        const { name, store, register, revokedAt } = till;
        return { name, store, register, revokedAt };
      },
    },
  }),
};
