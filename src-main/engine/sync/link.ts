import type { Instant } from "#domain/ids.ts";
import type { SyncView } from "#protocol/till/status.ts";
import { diskTroubleOf } from "../disk-trouble.ts";
import type { IdentityFile } from "../identity.ts";
import type { Clock } from "../ports.ts";
import { NotAServer, ServerRefusal, Unreachable } from "./server-client.ts";

type Trouble = NonNullable<SyncView["trouble"]>;

/** A change of the two clocks' distance smaller than this, milliseconds, is the network's doing. */
const CLOCK_NOISE_MS = 1_000;

/** Why the server, which does not know this till, does not let it in; the worst first. */
export const NOT_LET_IN = ["pairAnew", "storeNotKnown", "notKnown"] as const satisfies readonly Trouble[];

/** The worst first: what the till's screen speaks of when there is more than one. */
const BY_WEIGHT: readonly Trouble[] = [
  "storageDamaged",
  "diskFull",
  "deviceRevoked",
  ...NOT_LET_IN,
  "protocolTooOld",
  "journalRefused",
];

/** Whether the server is there and what is wrong, as far as the last calls told. */
export class Link {
  readonly #identity: IdentityFile;
  readonly #clock: Clock;
  readonly #onChange: () => void;
  readonly #onDefect: (error: unknown) => void;
  readonly #troubles = new Set<Trouble>();
  #state: SyncView["link"];
  #clockOffsetMs: number;

  constructor(settings: {
    readonly identity: IdentityFile;
    readonly clock: Clock;
    readonly onChange: () => void;
    readonly onDefect: (error: unknown) => void;
  }) {
    this.#identity = settings.identity;
    this.#clock = settings.clock;
    this.#onChange = settings.onChange;
    this.#onDefect = settings.onDefect;
    // A till that starts without the server goes on by the server's clock as it knew it: prices begin at their moment.
    this.#clockOffsetMs = settings.identity.clockOffsetMs();
    const heard = settings.identity.lastContactAt();
    this.#state = heard === null ? { state: "neverOnline" } : { state: "offline", since: heard };
  }

  get state(): SyncView["link"] {
    return this.#state;
  }

  /** Till clock minus server clock, milliseconds. */
  get clockOffsetMs(): number {
    return this.#clockOffsetMs;
  }

  get trouble(): Trouble | null {
    return BY_WEIGHT.find((trouble) => this.#troubles.has(trouble)) ?? null;
  }

  /** The server did what was asked. Returns whether it had been away. */
  heard(serverTime: Instant | null = null): boolean {
    const now = this.#clock.now();
    const wasAway = this.#state.state !== "online";
    const drifted = serverTime !== null && Math.abs(now - serverTime - this.#clockOffsetMs) > CLOCK_NOISE_MS;
    if (serverTime !== null && drifted) this.#clockOffsetMs = now - serverTime;
    this.#state = { state: "online" };
    this.#identity.heardServer(now, this.#clockOffsetMs).catch((error: unknown) => this.failed(error));
    const cleared = this.#clear("deviceRevoked", ...NOT_LET_IN, "protocolTooOld");
    if (wasAway || drifted || cleared) this.#onChange();
    return wasAway;
  }

  /** What a call failed of decides whether the server counts as away. */
  failed(error: unknown): void {
    if (error instanceof Unreachable || error instanceof NotAServer) {
      this.#lost();
      return;
    }
    if (error instanceof ServerRefusal) {
      this.#refused(error);
      return;
    }
    const trouble = diskTroubleOf(error);
    if (trouble === null) this.#onDefect(error);
    else this.raise(trouble);
  }

  raise(trouble: Trouble): void {
    if (this.#troubles.has(trouble)) return;
    this.#troubles.add(trouble);
    this.#onChange();
  }

  settle(...troubles: readonly Trouble[]): void {
    if (this.#clear(...troubles)) this.#onChange();
  }

  #clear(...troubles: readonly Trouble[]): boolean {
    return troubles.map((trouble) => this.#troubles.delete(trouble)).includes(true);
  }

  /** It is there, but does nothing for this till: to the shop that is as good as away. */
  #refused({ reason }: ServerRefusal): void {
    if (reason === "deviceRevoked" || reason === "protocolTooOld") this.raise(reason);
    if (reason === "deviceRevoked" || reason === "protocolTooOld" || reason === "unauthorised") this.#lost();
  }

  #lost(): void {
    if (this.#state.state !== "online") return;
    this.#state = { state: "offline", since: this.#clock.now() };
    this.#onChange();
  }
}
