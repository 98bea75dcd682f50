import type { FastifyRequest } from "fastify";
import type { Customer } from "#domain/customer/customer.ts";
import { type CustomerId, idOf } from "#domain/ids.ts";
import type { CustomerHistory } from "#protocol/documents/history.ts";
import { customerHistory } from "../customers/history.ts";
import type { ApiKeyRecord, ReadTransaction } from "../storage/port.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { customerParamsSchema } from "./shop-api.ts";
import { validated } from "./validate.ts";

/** Where no key binds the asking to channels. */
const EVERY_CHANNEL: Pick<ApiKeyRecord, "channels"> = { channels: [] };

/**
 * The history of the customer that an address names, as far as a key reaches. Throws the same refusal when there is no such customer and when it is
 * none of the key's channels.
 */
export function historyFor(
  { storage }: Pick<ServerDeps, "storage">,
  request: FastifyRequest,
  { channels }: Pick<ApiKeyRecord, "channels"> = EVERY_CHANNEL,
): Promise<CustomerHistory> {
  const customer = idOf<"Customer">(validated(customerParamsSchema, request.params).id);
  return storage.read(async (tx) => {
    const { id } = await customerFor(tx, { id: customer, channels });
    return customerHistory(tx, { customer: id, channels });
  });
}

/**
 * The profile of an id, or of one it is part of by now, as far as a key reaches: one that is bound to channels those who were registered or named there. Throws
 * the same refusal when there is nobody and when the key does not reach them.
 */
export async function customerFor(
  tx: ReadTransaction,
  { id, channels }: { readonly id: CustomerId } & Pick<ApiKeyRecord, "channels">,
): Promise<Customer> {
  const customer = await tx.customer(id);
  const isReached =
    channels.length === 0 ||
    (await tx.isNamedThrough({ customer: id, channels })) ||
    (await tx.isRegisteredThrough({ customer: id, channels }));
  if (customer === null || !isReached) throw noSuchCustomer();
  return customer;
}

export function noSuchCustomer(): Refusal {
  return new Refusal("notFound", "There is no such customer.");
}
