import type { DeviceId } from "../ids.ts";
import type { Fulfilment } from "./order.ts";
import type { OrderPolicy } from "./policy.ts";

/** The till that picked it, or else did something to it last; null where none did anything. */
export function pickedAt({ claimedBy, trace }: Pick<Fulfilment, "claimedBy" | "trace">): DeviceId | null {
  if (claimedBy !== null) return claimedBy.device;
  const last = trace.findLast(({ by }) => by.kind === "staff")?.by;
  return last?.kind === "staff" ? last.device : null;
}

/** Whether a till is where a ready order is leased to ahead of time: the store's collect desk, or else the till that picked it. */
export function isDeskOf({
  fulfilment,
  policy: { collectDesk },
  till: { device, register },
}: {
  readonly fulfilment: Pick<Fulfilment, "claimedBy" | "trace">;
  readonly policy: Pick<OrderPolicy, "collectDesk">;
  readonly till: { readonly device: DeviceId; readonly register: number };
}): boolean {
  return collectDesk === null ? pickedAt(fulfilment) === device : collectDesk === register;
}
