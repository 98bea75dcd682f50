import { z } from "zod";
import { ok } from "#domain/result.ts";
import { pinWaitMs } from "#domain/staff/pin.ts";
import { instantSchema } from "#protocol/scalars.ts";
import { durably } from "./durably.ts";
import type { ShopPorts } from "./shop-ports.ts";

/** Wrong tries of one secret; kept on disk so that a restart forgives nothing. */
const triesSchema = z.strictObject({
  failed: z.number().int().nonnegative(),
  lastFailedAt: instantSchema,
});
type Tries = z.infer<typeof triesSchema>;

type Attempt =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: "wrong" | "tooMany" | "storage";
      /** Milliseconds until the next try is allowed. */
      readonly waitMs: number;
    };

/** Slows down the guessing of PINs and codes: each wrong try beyond a few makes the next one wait longer. Tries of one secret must not overlap. */
export class Throttle {
  readonly #ports: Pick<ShopPorts, "clock" | "drafts" | "onTrouble">;

  constructor(ports: Pick<ShopPorts, "clock" | "drafts" | "onTrouble">) {
    this.#ports = ports;
  }

  /** Counts the try on disk under `id` before it is made, so that pulling the plug does not buy another one. */
  async attempt(id: string, matches: () => Promise<boolean>): Promise<Attempt> {
    const { clock, drafts, onTrouble } = this.#ports;
    const known = await durably(async () => triesSchema.safeParse(await drafts.get(id)).data, onTrouble);
    if (!known.ok) return { ...known, waitMs: 0 };
    const waitMs = this.#waitMs(known.value);
    if (waitMs > 0) return { ok: false, reason: "tooMany", waitMs };

    const failed = (known.value?.failed ?? 0) + 1;
    const counted: Tries = { failed, lastFailedAt: clock.now() };
    const noted = await durably(() => drafts.put(id, counted), onTrouble);
    if (!noted.ok) return { ...noted, waitMs: 0 };
    if (!(await matches())) return { ok: false, reason: "wrong", waitMs: pinWaitMs(failed) };
    const forgiven = await durably(() => drafts.remove(id), onTrouble);
    return forgiven.ok ? ok(null) : { ...forgiven, waitMs: 0 };
  }

  /** A clock that was set back does not shorten the wait, and lengthens it to the whole of it at most. */
  #waitMs(tries: Tries | undefined): number {
    if (tries === undefined) return 0;
    const passed = Math.max(0, this.#ports.clock.now() - tries.lastFailedAt);
    return Math.max(0, pinWaitMs(tries.failed) - passed);
  }
}
