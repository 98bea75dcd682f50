import { Client, type ClientConfig } from "pg";
import type { Every } from "../../sync/every.ts";
import type { Ears } from "../../sync/news.ts";
import { LOCKS } from "./locks.ts";
import { CHANNEL, type Voice } from "./told.ts";

/** How often a server looks whether its connection lives, and whether the chores are nobody's. */
const LOOK_EVERY_MS = 2_000;
const PATIENCE_MS = 5_000;

export interface WatchParts {
  readonly voice: Voice;
  readonly ears: Ears;
  readonly every: Every;
}

/**
 * One connection of a server that hears what others tell and holds the chores. Where it breaks it is made anew, the chores are somebody else's, and
 * whatever was told meanwhile counts as missed.
 */
export class PostgresWatch {
  readonly #config: ClientConfig;
  readonly #voice: Voice;
  readonly #ears: Ears;
  #client: Client | null = null;
  #isOnDuty = false;
  #looking: Promise<void> = Promise.resolve();
  readonly #endLooks: () => void;
  #isClosed = false;

  private constructor(config: ClientConfig, { voice, ears, every }: WatchParts) {
    this.#config = config;
    this.#voice = voice;
    this.#ears = ears;
    this.#endLooks = every(LOOK_EVERY_MS, () => {
      this.#looking = this.#looking.then(() => this.#look());
    });
  }

  /** Listens when this resolves. Throws where it cannot be connected. */
  static async begin(config: ClientConfig, parts: WatchParts): Promise<PostgresWatch> {
    const watch = new PostgresWatch(config, parts);
    try {
      await watch.#connect();
    } catch (error) {
      watch.#endLooks();
      throw error;
    }
    return watch;
  }

  get isOnDuty(): boolean {
    return this.#isOnDuty;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#endLooks();
    await this.#looking;
    const client = this.#client;
    this.#lose();
    await client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new Client({
      ...this.#config,
      // Without it a machine that takes connections and says nothing, as one that is being taken over may, would be waited for as long as it does.
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
    });
    const lost = () => {
      if (this.#client === client) this.#lose();
    };
    client.on("error", lost);
    client.on("end", lost);
    client.on("notification", ({ payload }) => {
      for (const said of this.#voice.read(payload ?? "")) this.#ears.say(said);
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      this.#client = client;
      await this.#askForDuty(client);
    } catch (error) {
      this.#lose();
      client.end().catch(() => undefined);
      throw error;
    }
  }

  async #look(): Promise<void> {
    if (this.#isClosed) return;
    const client = this.#client;
    try {
      if (client !== null) return await this.#askForDuty(client);
      await this.#connect();
      this.#ears.say({ kind: "missed" });
    } catch {
      this.#lose();
      // It is asked again at the next look; meanwhile nobody hears anything here.
      client?.end().catch(() => undefined);
    }
  }

  /** Takes the chores where they are nobody's; where they are this server's already, it sees that the connection lives. */
  async #askForDuty(client: Client): Promise<void> {
    if (this.#isOnDuty) {
      await client.query("SELECT 1");
      return;
    }
    const asked = await client.query<{ readonly got: boolean }>(
      `SELECT pg_try_advisory_lock(${LOCKS.chores}) AS got`,
    );
    this.#isOnDuty = this.#client === client && asked.rows[0]?.got === true;
  }

  #lose(): void {
    this.#client = null;
    this.#isOnDuty = false;
  }
}
