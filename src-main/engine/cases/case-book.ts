import type { Case } from "#domain/cases/case.ts";
import { foldCases } from "#domain/cases/fold.ts";
import { type CaseId, idOf } from "#domain/ids.ts";
import { effectsOf } from "#domain/journal/effects.ts";
import type { CasesFound } from "#protocol/sync/cases.ts";
import type { Unwatch } from "../ports.ts";
import { Overlaid } from "../replica/overlaid.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

type BookPorts = Pick<ShopPorts, "replica" | "journal" | "server" | "onTrouble">;
export type FoundCase = CasesFound["cases"][number];

/** Other stores' cases that are kept after a look-up; the oldest make way. */
const MAX_FOUND_KEPT = 500;

/**
 * The store's cases as they are now: what the server says, with this till's own acts on top that the replica does not contain yet. Cases of other stores
 * that were looked up are known as well, as they were then and with what this till did to them since.
 */
export class CaseBook {
  readonly #cases: Overlaid<"cases", CaseId>;
  readonly #found = new Map<CaseId, FoundCase>();
  #acted: ReadonlySet<CaseId> = new Set();

  constructor(ports: BookPorts) {
    this.#cases = new Overlaid(ports, "cases", {
      idOf: idOf<"Case">,
      isAct: ({ type }) => type === "case.opened" || type === "case.noted",
      fold: (ours, pending) =>
        foldCases({
          cases: new Map([...[...this.#found].map(([id, each]) => [id, each.case] as const), ...ours]),
          pending,
          clockOffsetMs: ports.server.clockOffsetMs(),
        }),
      acted: (acts) => {
        this.#acted = new Set(
          acts.flatMap((entry) => {
            const { opened, noted } = effectsOf(entry);
            return opened?.id ?? noted?.case ?? [];
          }),
        );
      },
    });
  }

  /** Reads what is on disk. */
  load(): Promise<void> {
    return this.#cases.load();
  }

  /** By id, or by the number that people read. */
  get(idOrNumber: string): Case | null {
    const cases = this.#cases.current();
    const number = idOrNumber.trim().toUpperCase();
    return (
      cases.get(idOf<"Case">(idOrNumber)) ??
      [...cases.values()].find((each) => each.number === number) ??
      null
    );
  }

  /** The store's own. */
  ours(): readonly Case[] {
    return [...this.#cases.current().values()].filter(({ id }) => this.foundElsewhere(id) === null);
  }

  /** What was looked up of a case that this store's replica does not have; null where it has it. */
  foundElsewhere(id: CaseId): FoundCase | null {
    return this.#cases.documents.has(id) ? null : (this.#found.get(id) ?? null);
  }

  /** Remembers what the server told of cases of the chain; what this till did to them is not lost by it. */
  keepFound(found: readonly FoundCase[]): void {
    for (const each of found) {
      this.#found.delete(each.case.id);
      this.#found.set(each.case.id, each);
    }
    for (const id of this.#found.keys()) {
      if (this.#found.size <= MAX_FOUND_KEPT) break;
      this.#found.delete(id);
    }
    this.#cases.foldAnew();
  }

  /** A case of another store as this till's act left it: no replica will tell. */
  keepActed(acted: Case): void {
    const found = this.foundElsewhere(acted.id);
    if (found !== null) this.#found.set(acted.id, { ...found, case: acted });
  }

  /** Whether the replica lacks something that this till did to the case. */
  isUnsent(id: CaseId): boolean {
    this.#cases.refresh();
    return this.#acted.has(id);
  }

  watch(onChange: () => void): Unwatch {
    return this.#cases.watch(onChange);
  }

  close(): void {
    this.#cases.close();
  }
}
