import { type Purchase, type PurchaseRef, purchaseKey } from "#domain/returns/purchase.ts";
import { nothingReturned, type Standing, withActsOf } from "#domain/returns/returned.ts";
import type { ReplicaDocument } from "#protocol/documents/collections.ts";
import type { Unwatch } from "../ports.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import { Changes } from "../shop/changes.ts";
import { durably } from "../shop/durably.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import { inTime } from "./in-time.ts";
import type { OwnJournal } from "./own-journal.ts";

/** Purchases that are kept in memory once they were looked at: many more than one day brings back. */
const MAX_KEPT = 500;

type StandingPorts = Pick<ShopPorts, "replica" | "server" | "timers" | "onTrouble">;

/** Purchases and what came back of them, as this till knows it now: the server's word before the replica's, this till's own returns on top. */
export class Standings {
  readonly #ports: StandingPorts;
  readonly #own: OwnJournal;
  readonly #changes = new Changes();
  readonly #known = new Map<string, Standing>();
  readonly #unwatch: Unwatch;

  constructor(ports: StandingPorts, own: OwnJournal) {
    this.#ports = ports;
    this.#own = own;
    this.#unwatch = ports.replica.watch("receipts", (changes) => {
      for (const { data } of changes) if (data !== null) this.#take(data);
    });
  }

  /** Looks up what lies beside the baskets of before the restart. */
  async load(shelf: Pick<BasketShelf, "open" | "parked">): Promise<void> {
    const standings = [...shelf.open(), ...shelf.parked()].flatMap(
      ({ basket }) => basket.returning?.standings ?? [],
    );
    const look = async (): Promise<void> => {
      for (const standing of standings) {
        const found = await this.#lookUp(standing.purchase.ref, standing);
        if (found !== null) this.#keep(found);
      }
    };
    await durably(look, this.#ports.onTrouble);
  }

  /** Calls back when more is known of a purchase that was looked up. */
  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  close(): void {
    this.#unwatch();
  }

  /** A purchase as it stands now. */
  now(standing: Standing): Standing {
    const known = this.#known.get(purchaseKey(standing.purchase.ref));
    const { purchase, returned } =
      known === undefined
        ? standing
        : { purchase: known.purchase, returned: withActsOf(known.returned, standing.returned) };
    return { purchase, returned: this.#own.folded(returned) };
  }

  /** A purchase by its name, asking the server too while there is a connection. `seen` is what a receipt's code says of it. Null: nobody knows it. */
  async find(ref: PurchaseRef, seen: Purchase | null): Promise<Standing | null> {
    const { server, timers } = this.#ports;
    const asked = server.online() ? inTime(timers, () => server.purchases({ refs: [ref] })) : null;
    const here = await this.#lookUp(ref, seen === null ? null : untouched(seen));
    const told = (await asked)?.standings[0];
    const found = told === undefined ? here : told;
    if (found === null) return null;
    if (told !== undefined && here !== null) this.#keep(here);
    this.#hear(found);
    return this.now(found);
  }

  /** What this till knows of a purchase without asking the server. */
  async asKnownHere(purchase: Purchase): Promise<Standing> {
    const found = (await this.#lookUp(purchase.ref, untouched(purchase))) ?? untouched(purchase);
    return { ...found, returned: this.#own.folded(found.returned) };
  }

  /** Asks the server anew for purchases; without an answer they stay as they are known. */
  async refresh(refs: readonly PurchaseRef[]): Promise<void> {
    const { server, timers } = this.#ports;
    if (refs.length === 0 || !server.online()) return;
    const answer = await inTime(timers, () => server.purchases({ refs: [...refs] }));
    for (const standing of answer?.standings ?? []) this.#hear(standing);
    this.#changes.tell();
  }

  /** What is known here of a purchase; `seen` where neither replica nor journal has it. */
  async #lookUp(ref: PurchaseRef, seen: Standing | null): Promise<Standing | null> {
    const { replica } = this.#ports;
    const key = purchaseKey(ref);
    const [document, mark] = await Promise.all([
      replica.get("receipts", `purchase:${key}`),
      replica.get("receipts", `mark:${key}`),
    ]);
    const replicated = document?.kind === "purchase" ? document.purchase : null;
    const own = replicated === null && ref.kind === "ticket" ? await this.#own.purchase(ref.id) : null;
    const before = this.#known.get(key) ?? null;
    const purchase = replicated ?? own ?? before?.purchase ?? seen?.purchase ?? null;
    if (purchase === null) return null;
    const marked = mark?.kind === "mark" ? mark.returned : null;
    const newest = marked ?? before?.returned ?? seen?.returned ?? nothingReturned(ref);
    const older = [before?.returned ?? null, seen?.returned ?? null].filter((each) => each !== null);
    return { purchase, returned: older.reduce(withActsOf, newest) };
  }

  /** The newest word on a purchase: all acts that are known stay. */
  #hear({ purchase, returned }: Standing): void {
    const known = this.#known.get(purchaseKey(purchase.ref));
    this.#keep({ purchase, returned: known === undefined ? returned : withActsOf(returned, known.returned) });
  }

  #keep(standing: Standing): void {
    const key = purchaseKey(standing.purchase.ref);
    this.#known.delete(key);
    this.#known.set(key, standing);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_KEPT && oldest !== undefined) this.#known.delete(oldest);
  }

  #take(document: ReplicaDocument<"receipts">): void {
    if (document.kind === "key") return;
    const ref = document.kind === "mark" ? document.returned.purchase : document.purchase.ref;
    const known = this.#known.get(purchaseKey(ref));
    if (known === undefined) return;
    this.#known.set(
      purchaseKey(ref),
      document.kind === "mark"
        ? { ...known, returned: withActsOf(document.returned, known.returned) }
        : { ...known, purchase: document.purchase },
    );
    this.#changes.tell();
  }
}

function untouched(purchase: Purchase): Standing {
  return { purchase, returned: nothingReturned(purchase.ref) };
}
