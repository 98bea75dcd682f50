import { z } from "zod";
import type { Order } from "#domain/orders/order.ts";
import { statusOf } from "#domain/orders/routing.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { type NotTold, never } from "../answers.ts";
import type { OrderNews, Told } from "../port.ts";
import { returnsElsewhere } from "../return-words.ts";
import { type AdminApi, unexpected } from "./admin-api.ts";
import { FORMER_NAMES, type Step, stepsOf } from "./steps.ts";

const state = z.looseObject({ technicalName: z.string() });
const shopOrderSchema = z.looseObject({
  id: z.string(),
  stateMachineState: state,
  // PHP writes an empty map as a list.
  customFields: z.record(z.string(), z.unknown()).nullish().catch(null),
  deliveries: z.array(
    z.looseObject({
      id: z.string(),
      trackingCodes: z.array(z.string()).nullish(),
      shippingCosts: z.looseObject({ totalPrice: z.number() }),
      stateMachineState: state,
    }),
  ),
  transactions: z.array(
    z.looseObject({ id: z.string(), createdAt: z.string().nullish(), stateMachineState: state }),
  ),
});
const foundSchema = z.looseObject({ data: z.array(shopOrderSchema) });

const VOID: readonly string[] = ["cancelled", "failed"];

/** The shop's order, and of its parts those that count. */
interface Target {
  readonly order: z.output<typeof shopOrderSchema>;
  readonly delivery: z.output<typeof shopOrderSchema>["deliveries"][number] | null;
  readonly transaction: z.output<typeof shopOrderSchema>["transactions"][number] | null;
}

/** Something to be done there; `machine`: the state machine of which it is a step. */
interface Task {
  readonly machine: Step["machine"] | null;
  readonly run: () => Promise<Result<unknown, NotTold>>;
}

const ENTITIES = { order: "order", delivery: "order_delivery", transaction: "order_transaction" } as const;

/**
 * Brings the shop's order to where ours is: tracking codes, its state machines step by step, and in custom fields what Shopware has no state for (ready,
 * expired, which store). What the shop has already is left alone. What it refuses does not keep the rest from being done, and is told in the end; what may
 * work later stops it at once.
 */
export async function tellOrder(api: AdminApi, { order, stores }: OrderNews): Promise<Told> {
  const found = await targetOf(api, order);
  if (!found.ok) return found.reason;
  const target = found.value;
  const standing = {
    order: target.order.stateMachineState.technicalName,
    delivery: target.delivery?.stateMachineState.technicalName ?? null,
    transaction: target.transaction?.stateMachineState.technicalName ?? null,
  };
  const tasks: readonly Task[] = [
    // Before the delivery is shipped: the mail that the shop then sends names the codes.
    { machine: null, run: () => tellTracking(api, target, order) },
    ...stepsOf(order, standing).map((step) => ({
      machine: step.machine,
      run: () => take(api, target, step),
    })),
    { machine: null, run: () => tellFields(api, target, fieldsOf({ order, stores })) },
  ];
  return (await refusalOf(tasks)) ?? { kind: "told" };
}

/** Does them in turn. The first refusal, or what stopped them; null where all went well. */
async function refusalOf(tasks: readonly Task[]): Promise<NotTold | null> {
  let refusal: NotTold | null = null;
  const stuck = new Set<Task["machine"]>();
  for (const { machine, run } of tasks) {
    // A machine that refused a step is not where its next one begins.
    if (machine !== null && stuck.has(machine)) continue;
    const done = await run();
    if (done.ok) continue;
    if (done.reason.kind === "later") return done.reason;
    refusal ??= done.reason;
    stuck.add(machine);
  }
  return refusal;
}

async function targetOf(api: AdminApi, { externalId }: Order): Promise<Result<Target, NotTold>> {
  const withState = { associations: { stateMachineState: {} } };
  const answer = await api("POST", "/api/search/order", {
    ids: [externalId],
    associations: { stateMachineState: {}, deliveries: withState, transactions: withState },
  });
  if (!answer.ok) return answer;
  const found = foundSchema.safeParse(answer.value);
  if (!found.success) return refused(unexpected("order"));
  const order = found.data.data[0];
  if (order === undefined) return refused(never("The shop has no such order (any more)."));
  const byAge = order.transactions.toSorted((a, b) => (a.createdAt ?? "").localeCompare(b.createdAt ?? ""));
  return ok({
    order,
    // A discount on shipping is booked as a delivery of its own, below zero.
    delivery: order.deliveries.find(({ shippingCosts }) => shippingCosts.totalPrice >= 0) ?? null,
    transaction: byAge.findLast((each) => !VOID.includes(each.stateMachineState.technicalName)) ?? null,
  });
}

const NOTHING_TO_DO: Result<unknown, NotTold> = ok(null);

async function take(
  api: AdminApi,
  target: Target,
  { machine, transition }: Step,
): Promise<Result<unknown, NotTold>> {
  const id = target[machine]?.id;
  if (id === undefined) return NOTHING_TO_DO;
  const ask = (action: string) => api("POST", `/api/_action/${ENTITIES[machine]}/${id}/state/${action}`, {});
  const done = await ask(transition);
  const formerName = FORMER_NAMES[transition];
  if (done.ok || done.reason.kind === "later" || formerName === undefined) return done;
  const formerly = await ask(formerName);
  return formerly.ok || formerly.reason.kind === "later" ? formerly : done;
}

/** Codes that somebody else put there stay. */
async function tellTracking(
  api: AdminApi,
  { delivery }: Target,
  { fulfilments }: Order,
): Promise<Result<unknown, NotTold>> {
  const ours = fulfilments.flatMap(({ parcels }) => parcels.map(({ tracking }) => tracking));
  const there = delivery?.trackingCodes ?? [];
  const missing = [...new Set(ours)].filter((code) => code !== "" && !there.includes(code));
  if (delivery === null || missing.length === 0) return NOTHING_TO_DO;
  const trackingCodes = [...there, ...missing];
  return api("PATCH", `/api/order-delivery/${delivery.id}`, { trackingCodes });
}

async function tellFields(
  api: AdminApi,
  { order }: Target,
  fields: Readonly<Record<string, string>>,
): Promise<Result<unknown, NotTold>> {
  const missing = Object.entries(fields).filter(([name, text]) => order.customFields?.[name] !== text);
  if (missing.length === 0) return NOTHING_TO_DO;
  return api("PATCH", `/api/order/${order.id}`, { customFields: Object.fromEntries(missing) });
}

function fieldsOf({ order, stores }: Pick<OrderNews, "order" | "stores">): Readonly<Record<string, string>> {
  const parts = order.fulfilments.filter(({ state }) => state !== "declined");
  if (parts.length === 0 && order.cancelledAt === null) return {};
  const codes = parts.map(({ store }) => stores.find((each) => each.store === store)?.code ?? store);
  const isExpired = order.cancelledAt === null && parts.some(({ state }) => state === "expired");
  const status = statusOf(order);
  const returns = returnsElsewhere({ order, stores });
  return {
    onetill_status: isExpired && status === "cancelled" ? "expired" : status,
    onetill_stores: [...new Set(codes)].join(", "),
    ...(returns.length === 0 ? {} : { onetill_returns: returns.map(({ words }) => words).join("\n") }),
  };
}
