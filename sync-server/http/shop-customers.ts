import type { FastifyReply, FastifyRequest } from "fastify";
import type { ProfileChanges } from "#domain/customer/changes.ts";
import type { Customer } from "#domain/customer/customer.ts";
import { lastConsents } from "#domain/customer/last-consents.ts";
import { type ChannelId, type CustomerId, type Instant, idOf } from "#domain/ids.ts";
import {
  type ShopChange,
  type ShopCustomer,
  shopChangeSchema,
  shopCustomersQuerySchema,
  shopRegisterSchema,
} from "#protocol/shop/customer.ts";
import { keyOf } from "./auth.ts";
import { customerFor, noSuchCustomer } from "./customers-routes.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { eraseRefusal } from "./profile-routes.ts";
import { customerParamsSchema } from "./shop-api.ts";
import { reaches } from "./shop-reach.ts";
import { validated } from "./validate.ts";

/** Registers whoever opens an account in a shop. */
export async function registerShopCustomer(
  deps: ServerDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { channel, id: externalId, emailVerified, ...said } = validated(shopRegisterSchema, request.body);
  refuseOtherChannel(request, channel);
  const changes = saidBy(said, { channel, at: deps.now() });
  const account = { channel, externalId, isProven: emailVerified };
  const { customer, isNew } = await deps.customers.registerForShop({ ...account, changes });
  return reply.code(isNew ? 201 : 200).send(toShop(customer));
}

export function shopCustomer(deps: ServerDeps, request: FastifyRequest): Promise<ShopCustomer> {
  const { channels } = keyOf(request);
  return deps.storage.read(async (tx) => toShop(await customerFor(tx, { id: idIn(request), channels })));
}

/** Throws the same refusal when there is nobody and when the key does not reach them. */
export async function changeShopCustomer(deps: ServerDeps, request: FastifyRequest): Promise<ShopCustomer> {
  const { channel, ...said } = validated(shopChangeSchema, request.body);
  refuseOtherChannel(request, channel);
  const { channels } = keyOf(request);
  const { id } = await deps.storage.read((tx) => customerFor(tx, { id: idIn(request), channels }));
  const changes = saidBy(said, { channel, at: deps.now() });
  const sayer = { source: `shop ${channel}`, by: "", isAccount: true };
  const customer = await deps.customers.change(id, changes, sayer);
  if (customer === null) throw noSuchCustomer();
  return toShop(customer);
}

/** A shop of some channels cannot look for people by their addresses: it would learn who buys elsewhere. */
export async function findShopCustomers(
  deps: ServerDeps,
  request: FastifyRequest,
): Promise<{ readonly customers: readonly ShopCustomer[] }> {
  refuseBound(request, "looks for nobody");
  const { email } = validated(shopCustomersQuerySchema, request.query);
  const found = await deps.storage.read((tx) => tx.customersLike({ email, phone: null }));
  return { customers: found.map(toShop) };
}

export async function eraseShopCustomer(
  deps: ServerDeps,
  request: FastifyRequest,
): Promise<{ readonly erased: CustomerId }> {
  refuseBound(request, "erases nobody");
  const erased = await deps.customers.erase(idIn(request));
  if (!erased.ok) throw eraseRefusal(erased.reason);
  return erased.value;
}

function idIn(request: FastifyRequest): CustomerId {
  return idOf<"Customer">(validated(customerParamsSchema, request.params).id);
}

function refuseOtherChannel(request: FastifyRequest, channel: ChannelId): void {
  const { channels } = keyOf(request);
  if (!reaches({ channels }, channel))
    throw new Refusal("forbidden", `This key is for ${channels.join(", ")} only, not for ${channel}.`);
}

function refuseBound(request: FastifyRequest, words: string): void {
  if (keyOf(request).channels.length > 0)
    throw new Refusal("forbidden", `A key that is bound to channels ${words}.`);
}

function saidBy(
  { consents, ...fields }: Omit<ShopChange, "channel">,
  { channel, at }: { readonly channel: ChannelId; readonly at: Instant },
): ProfileChanges {
  if (consents === undefined) return fields;
  return { ...fields, consents: consents.map((each) => ({ ...each, source: `shop ${channel}`, at })) };
}

function toShop(customer: Customer): ShopCustomer {
  const { id, name, email, phone, cardNumber, language, addresses, preferences, company, groups } = customer;
  return {
    id,
    name,
    email,
    phone,
    cardNumber,
    language: language ?? null,
    addresses: [...(addresses ?? [])],
    preferences: preferences ?? null,
    company: company === undefined ? null : { ...company, address: [...company.address] },
    groups: [...(groups ?? [])],
    taxExempt: customer.taxExemption !== undefined,
    consents: [...lastConsents(customer.consents ?? [])],
  };
}
