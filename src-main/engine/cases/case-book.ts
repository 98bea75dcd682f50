import type { Case } from "#domain/cases/case.ts";
import { foldCases } from "#domain/cases/fold.ts";
import { type CaseId, idOf } from "#domain/ids.ts";
import { effectsOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { CasesFound } from "#protocol/sync/cases.ts";
import type { Unwatch } from "../ports.ts";
import { Followed } from "../replica/followed.ts";
import { Changes } from "../shop/changes.ts";
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
  readonly #ports: BookPorts;
  readonly #changes = new Changes();
  readonly #cases = new Map<CaseId, Case>();
  readonly #found = new Map<CaseId, FoundCase>();
  readonly #unwatch: Unwatch[];
  readonly #followed: Followed<"cases">;
  #pending: readonly JournalEntry[] = [];
  #acts: readonly JournalEntry[] = [];
  #acted: ReadonlySet<CaseId> = new Set();
  #folded: ReadonlyMap<CaseId, Case> | null = null;
  #isUntold = false;

  constructor(ports: BookPorts) {
    this.#ports = ports;
    const { journal } = ports;
    this.#followed = new Followed(ports, "cases", {
      take: (id, data) => this.#take(id, data),
      changed: () => this.#changed(),
    });
    this.#unwatch = [
      () => this.#followed.end(),
      journal.watch(() => {
        this.#refresh();
        if (!this.#isUntold) return;
        this.#isUntold = false;
        this.#changes.tell();
      }),
    ];
  }

  /** Reads what is on disk. A replica that cannot be read is told as trouble: the book holds what it got. */
  async load(): Promise<void> {
    await this.#followed.load();
    this.#changed();
  }

  /** By id, or by the number that people read. */
  get(idOrNumber: string): Case | null {
    const cases = this.#current();
    const number = idOrNumber.trim().toUpperCase();
    return (
      cases.get(idOf<"Case">(idOrNumber)) ??
      [...cases.values()].find((each) => each.number === number) ??
      null
    );
  }

  /** The store's own. */
  ours(): readonly Case[] {
    return [...this.#current().values()].filter(({ id }) => this.foundElsewhere(id) === null);
  }

  /** What was looked up of a case that this store's replica does not have; null where it has it. */
  foundElsewhere(id: CaseId): FoundCase | null {
    return this.#cases.has(id) ? null : (this.#found.get(id) ?? null);
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
    this.#folded = null;
  }

  /** A case of another store as this till's act left it: no replica will tell. */
  keepActed(acted: Case): void {
    const found = this.foundElsewhere(acted.id);
    if (found !== null) this.#found.set(acted.id, { ...found, case: acted });
  }

  /** Whether the replica lacks something that this till did to the case. */
  isUnsent(id: CaseId): boolean {
    this.#refresh();
    return this.#acted.has(id);
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  close(): void {
    for (const end of this.#unwatch) end();
  }

  #take(id: string, data: Case | null): void {
    if (data === null) this.#cases.delete(idOf<"Case">(id));
    else this.#cases.set(data.id, data);
  }

  #current(): ReadonlyMap<CaseId, Case> {
    this.#refresh();
    this.#folded ??= foldCases({
      cases: new Map([...[...this.#found].map(([id, each]) => [id, each.case] as const), ...this.#cases]),
      pending: this.#acts,
      clockOffsetMs: this.#ports.server.clockOffsetMs(),
    });
    return this.#folded;
  }

  /** Looks whether other acts are pending than were folded. Days of sales without the server cost one glance at each entry's type. */
  #refresh(): void {
    const pending = this.#ports.journal.pendingFor("cases");
    if (pending === this.#pending) return;
    this.#pending = pending;
    const acts = pending.filter(({ fact }) => fact.type === "case.opened" || fact.type === "case.noted");
    const same = acts.length === this.#acts.length && acts.every((act, at) => act === this.#acts[at]);
    if (same) return;
    this.#acts = acts;
    this.#acted = new Set(
      acts.flatMap((entry) => {
        const { opened, noted } = effectsOf(entry);
        return opened?.id ?? noted?.case ?? [];
      }),
    );
    this.#folded = null;
    this.#isUntold = true;
  }

  #changed(): void {
    this.#folded = null;
    this.#changes.tell();
  }
}
