import type { Instant } from "#domain/ids.ts";
import { instant } from "#domain/ids.ts";
import type { LeaseAnswer, LeaseRequest } from "#protocol/sync/leases.ts";
import type { DeviceRecord, Storage } from "../storage/port.ts";

export interface Leases {
  /** Compare-and-set: who asks first holds it until it expires or is given back; asking again by the holder extends it. */
  decide(device: DeviceRecord, request: LeaseRequest): Promise<LeaseAnswer>;
}

export function createLeases({
  storage,
  now,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
}): Leases {
  return {
    decide: (device, { act, subject, ttlMs }) =>
      storage.write(async (tx): Promise<LeaseAnswer> => {
        const name = `${subject.kind}:${subject.id}`;
        const at = now();
        const found = await tx.lease(name);
        const held = found !== null && found.expiresAt > at ? found : null;
        if (held !== null && held.holder !== device.id) {
          return { granted: false, reason: "heldByAnother", holder: held.holder, expiresAt: held.expiresAt };
        }
        if (held === null && act !== "ask")
          return { granted: false, reason: "notHeld", holder: null, expiresAt: null };
        if (act === "release") {
          await tx.dropLease(name);
          return { granted: true, holder: device.id, expiresAt: at };
        }
        const expiresAt = instant(at + ttlMs);
        await tx.putLease({ subject: name, holder: device.id, expiresAt });
        return { granted: true, holder: device.id, expiresAt };
      }),
  };
}
