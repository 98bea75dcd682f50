import { z } from "zod";
import type { BasketId, Instant, TenderId } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import { REVERSAL_CAUSES, type ReversalCause } from "#domain/payments/facts.ts";
import type { TerminalSlip } from "#domain/payments/terminal-slip.ts";
import { ok, type Result } from "#domain/result.ts";
import { idSchema, instantSchema, moneySchema } from "#protocol/scalars.ts";
import { terminalSlipSchema } from "#protocol/sync/ticket.ts";
import type { PaymentTerminal, TerminalOutcome } from "../../devices/payment-terminal/port.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import { Changes } from "../shop/changes.ts";
import { durably } from "../shop/durably.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

const PREFIX = "card-reversal:";

/** A payment that has to go back to its card. */
export interface Reversal {
  readonly basket: BasketId;
  readonly tender: TenderId;
  readonly amount: Money;
  readonly slip: TerminalSlip;
  readonly cause: ReversalCause;
  readonly at: Instant;
  /** The till's name for the try under way; null before the first. */
  readonly attempt: string | null;
  /** The terminal will not do it: somebody has to see to it. */
  readonly byHand: boolean;
}

const reversalSchema: z.ZodType<Reversal> = z.strictObject({
  basket: idSchema<"Basket">(),
  tender: idSchema<"Tender">(),
  amount: moneySchema,
  slip: terminalSlipSchema,
  cause: z.enum(REVERSAL_CAUSES),
  at: instantSchema,
  attempt: z.string().nullable(),
  byHand: z.boolean(),
});

/** Payments on their way back to their cards: written down before anything else is done about them, tried until they are back. */
export class Reversals {
  readonly #ports: ShopPorts;
  readonly #newService: () => string;
  readonly #changes = new Changes();
  /** By the name of the payment. */
  readonly #known = new Map<string, Reversal>();

  constructor(ports: ShopPorts, newService: () => string) {
    this.#ports = ports;
    this.#newService = newService;
  }

  /** Takes up those of before the restart. A payment that is still a tender was never given up: the power went before that was written. */
  async load(shelf: BasketShelf): Promise<void> {
    const { drafts, onTrouble } = this.#ports;
    for (const { id, value } of await drafts.list(PREFIX)) {
      const read = reversalSchema.safeParse(value);
      if (!read.success) {
        onTrouble(new Error(`the reversal ${id} cannot be read`, { cause: read.error }));
        continue;
      }
      const { slip } = read.data;
      if (await isTenderOf(this.#ports, shelf, read.data)) await durably(() => drafts.remove(id), onTrouble);
      else this.#known.set(slip.service, read.data);
    }
  }

  /** Writes down that a payment goes back. It is tried only once it is `begun`, when the basket is written without it. */
  prepare(reversal: Reversal): Promise<Result<null, "storage">> {
    return this.#write(reversal);
  }

  begin(reversal: Reversal): void {
    this.#known.set(reversal.slip.service, reversal);
    this.#changes.tell();
  }

  get(service: string): Reversal | null {
    return this.#known.get(service) ?? null;
  }

  all(): readonly Reversal[] {
    return [...this.#known.values()];
  }

  /** Takes one off the list that was settled otherwise. */
  async drop(service: string): Promise<Result<null, "storage">> {
    const { drafts, onTrouble } = this.#ports;
    const removed = await durably(() => drafts.remove(PREFIX + service), onTrouble);
    if (!removed.ok) return removed;
    this.#known.delete(service);
    this.#changes.tell();
    return ok(null);
  }

  watch(onChange: () => void) {
    return this.#changes.watch(onChange);
  }

  /** Tries each that waits, once. Answers whether none is left to try. */
  async tryAll(terminal: PaymentTerminal): Promise<boolean> {
    for (const reversal of this.all()) if (!reversal.byHand) await this.#try(reversal, terminal);
    return this.all().every(({ byHand }) => byHand);
  }

  async #try(reversal: Reversal, terminal: PaymentTerminal): Promise<void> {
    const { amount, slip, attempt } = reversal;
    if (attempt !== null) {
      const status = await terminal.status({ service: attempt, amount, act: "reverse" });
      if (status.kind === "approved") return this.#done(reversal);
      if (status.kind === "inProgress" || status.kind === "unreachable") return;
      if (status.kind === "notDone" && isFinal(status)) return this.#leave(reversal);
    }
    const service = this.#newService();
    const next: Reversal = { ...reversal, attempt: service };
    if (!(await this.#write(next)).ok) return;
    this.#known.set(slip.service, next);
    const outcome = await terminal.reverse({ service, amount, of: slip });
    if (outcome.kind === "approved") await this.#done(next);
    else if (isFinal(outcome)) await this.#leave(next);
  }

  /** Written down as a fact, then forgotten: after a power cut in between it may be there twice, under one name. */
  async #done({ basket, tender, amount, slip, cause }: Reversal): Promise<void> {
    const { journal, onTrouble } = this.#ports;
    const { service, reference } = slip;
    const fact = { type: "card.reversed", service, basket, tender, amount, reference, cause } as const;
    const written = await durably(() => journal.append({ staff: null, makeFact: () => fact }), onTrouble);
    if (written.ok) await this.drop(service);
  }

  async #leave(reversal: Reversal): Promise<void> {
    const left: Reversal = { ...reversal, byHand: true };
    if ((await this.#write(left)).ok) this.begin(left);
  }

  async #write(reversal: Reversal): Promise<Result<null, "storage">> {
    const { drafts, onTrouble } = this.#ports;
    const written = await durably(() => drafts.put(PREFIX + reversal.slip.service, reversal), onTrouble);
    return written.ok ? ok(null) : written;
  }
}

/** Whether a basket, or the ticket that it became, has this tender. */
export async function isTenderOf(
  { journal }: Pick<ShopPorts, "journal">,
  shelf: BasketShelf,
  { basket, tender }: Pick<Reversal, "basket" | "tender">,
): Promise<boolean> {
  const open = shelf.get(basket)?.basket.tenders;
  const tenders = open ?? (await journal.ticketOfBasket(basket))?.ticket.tenders ?? [];
  return tenders.some(({ id }) => id === tender);
}

/** Whether trying again would bring the same answer. */
function isFinal(outcome: TerminalOutcome): boolean {
  if (outcome.kind !== "notDone") return false;
  return (
    outcome.reason !== "unreachable" && outcome.reason !== "busy" && outcome.reason !== "hostUnreachable"
  );
}
