import { ok, type Result } from "#domain/result.ts";
import type { StaffFact } from "#domain/shift/facts.ts";
import { actsOf, type NeededAct, voidedLines } from "#domain/staff/basket-change.ts";
import { mayDo } from "#domain/staff/role.ts";
import type { Basket } from "#domain/ticket/basket.ts";
import { MAX_APPROVED_CHARS } from "#protocol/sync/shift-facts.ts";
import type { Approval, ApprovalRefusal } from "#protocol/till/approval.ts";
import { durably } from "./durably.ts";
import type { OnDuty, Session } from "./session.ts";
import type { ShopPorts } from "./shop-ports.ts";

interface BasketChange {
  readonly before: Basket;
  /** Null: it is given up as a whole. */
  readonly after: Basket | null;
  /** What it takes, where that is not told by before and after alone. */
  readonly acts?: readonly NeededAct[];
}

const PPM_PER_PERCENT = 10_000;
const SEPARATOR = ": ";

/** Whether a basket may be changed so by whoever is at the till, or by somebody's word; and what the journal says of it. */
export class ChangeRights {
  readonly #ports: Pick<ShopPorts, "journal" | "onTrouble">;
  readonly #session: Pick<Session, "authorise">;

  constructor(ports: Pick<ShopPorts, "journal" | "onTrouble">, session: Pick<Session, "authorise">) {
    this.#ports = ports;
    this.#session = session;
  }

  /** What is taken out and what somebody allowed is in the journal before the basket changes: nothing that was rung up is ever gone without a trace. */
  async allow(
    duty: OnDuty,
    change: BasketChange,
    approval: Approval | null,
  ): Promise<Result<null, ApprovalRefusal>> {
    const { acts = needs(change) } = change;
    const allowed = await this.#session.authorise(acts, approval);
    if (!allowed.ok) return allowed;
    const { approvedBy } = allowed.value;
    const beyond = approvedBy === null ? [] : acts.filter((act) => !mayDo(duty.role, act));
    for (const fact of factsOf(change, { beyond, approvedBy })) {
      const written = await durably(
        () => this.#ports.journal.append({ staff: duty.staff.id, makeFact: () => fact }),
        this.#ports.onTrouble,
      );
      if (!written.ok) return written;
    }
    return ok(null);
  }
}

function needs({ before, after }: BasketChange): readonly NeededAct[] {
  if (after !== null) return actsOf({ before, after });
  const isAnythingLost = voidedLines({ before, after: { lines: [], discount: null } }).length > 0;
  return isAnythingLost ? [{ permission: "basket.void", about: "" }] : [];
}

function factsOf(
  { before, after }: BasketChange,
  {
    beyond,
    approvedBy,
  }: { readonly beyond: readonly NeededAct[]; readonly approvedBy: OnDuty["staff"]["id"] | null },
): readonly StaffFact[] {
  const lines = voidedLines({ before, after: after ?? { lines: [], discount: null } });
  const isVoid = ({ permission }: NeededAct): boolean =>
    permission === "line.void" || permission === "basket.void";
  const voided: readonly StaffFact[] =
    lines.length === 0
      ? []
      : [
          {
            type: "basket.voided",
            lines,
            whole: after === null,
            approvedBy: beyond.some(isVoid) ? approvedBy : null,
          },
        ];
  if (approvedBy === null) return voided;
  const approved = beyond
    .filter((act) => !isVoid(act))
    .map((act) => ({
      type: "action.approved" as const,
      permission: act.permission,
      approvedBy,
      what: inWords(act),
    }));
  return [...voided, ...approved];
}

/** The article and how far it went, e.g. `Mug: 50 %`. */
function inWords(act: NeededAct): string {
  const share = "ppm" in act ? `${act.ppm / PPM_PER_PERCENT} %` : "";
  const about = shortened(act.about, MAX_APPROVED_CHARS - SEPARATOR.length - share.length);
  return [about, share].filter((each) => each !== "").join(SEPARATOR);
}

/** So much of a text, without half a sign at its end. */
function shortened(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/\p{Surrogate}$/u, "");
}
