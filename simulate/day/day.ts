import type { CustomerId, EntryId, OrderId, TicketId } from "#domain/ids.ts";
import { type Random, seededRandom } from "../../sync-server/demo/random.ts";
import type { ServerDeps } from "../../sync-server/http/deps.ts";
import { StorageUnavailable } from "../../sync-server/storage/port.ts";
import { isDiskTrouble } from "../world/disk.ts";
import { NotAnswered } from "../world/server-machine.ts";
import { GivenUp } from "../world/till-machine.ts";
import type { Place, World } from "../world/world.ts";

/** What a cashier was told about a sale: it has to be somewhere for ever. */
export interface ToldSale {
  readonly ticket: TicketId;
  readonly number: string;
  readonly till: string;
}

/** What a web shop was told about an order of its own. */
export interface ToldOrder {
  readonly externalId: string;
  readonly order: OrderId;
  readonly pickupCode: string | null;
  /** Places it again, under the same id. */
  readonly place: () => Promise<void>;
}

/** Points that HQ gave somebody, or took. */
export interface ToldAdjustment {
  readonly points: number;
  /** HQ was told so; else it may be done all the same. */
  readonly isDone: boolean;
  /** Does it again, under the same id. */
  readonly adjust: () => Promise<void>;
}

/** What people were told while it went on: kept beside the programs, in plain lists. */
export interface Told {
  readonly sales: ToldSale[];
  readonly orders: Map<string, ToldOrder>;
  /** What a shop or HQ wants done, such as an order to be placed, and has had no answer for. */
  readonly unanswered: Map<string, () => Promise<void>>;
  readonly giftCards: string[];
  /** Those who were registered, somewhere, by what they are known as there. */
  readonly customers: Set<CustomerId>;
  readonly adjusted: Map<string, ToldAdjustment>;
  /** Whom the server said that it has erased, and how it is asked to once more. */
  readonly erased: Map<CustomerId, () => Promise<void>>;
  /** Tickets that went with a machine: it was put back to an earlier day before it had told them to the server. */
  readonly gone: Set<TicketId>;
  /** Numbers of tickets by their ids that a machine had written and has no more, for it was put back to an earlier day. */
  readonly putBack: Map<string, string>;
  /** Devices of which there were two, or that went back to an earlier day, and how often: so often more may a receipt number be there. */
  readonly forked: Map<string, number>;
  /** Devices whose database was damaged, and how often: what was noted in it beside the journal, such as what was acknowledged, is gone. */
  readonly mended: Map<string, number>;
  /** Entries of which the key may be gone that opens what they say of somebody: a till wrote them before its database was damaged, or before the server went back to an earlier day. */
  readonly keysLost: Set<EntryId>;
  /** Devices whose tills began the day with an earlier version: what the server contains is told to them by a number alone. */
  readonly toldByNumber: Set<string>;
  /** How often the server went back to an earlier day. */
  serverWentBack: number;
  /** Orders that somebody wanted to hand out on a manager's word alone, whether or not an answer came. */
  readonly overridden: Set<OrderId>;
  /** Folders of machines that are no more, with the devices that they were. */
  readonly retired: { readonly folder: string; readonly deviceName: string }[];
}

/** The people of a simulated day, and what they know. */
export class Day {
  readonly world: World;
  readonly random: Random;
  readonly told: Told = {
    sales: [],
    orders: new Map(),
    unanswered: new Map(),
    giftCards: [],
    customers: new Set(),
    adjusted: new Map(),
    erased: new Map(),
    gone: new Set(),
    putBack: new Map(),
    forked: new Map(),
    mended: new Map(),
    keysLost: new Set(),
    toldByNumber: new Set(),
    serverWentBack: 0,
    overridden: new Set(),
    retired: [],
  };
  #made = 0;

  constructor(world: World, seed: number) {
    this.world = world;
    this.random = seededRandom(seed ^ 0x5eed);
  }

  /** From now on two journals of this device go on from one entry. */
  forked(deviceName: string): void {
    this.told.forked.set(deviceName, (this.told.forked.get(deviceName) ?? 0) + 1);
  }

  /** A number nobody had before. */
  nextNumber(): number {
    this.#made += 1;
    return this.#made;
  }

  /** Does something at the server, as a web shop or HQ. Throws GivenUp when the server is down or ends before it answers. */
  atServer<T>(work: (deps: ServerDeps) => Promise<T>): Promise<T> {
    return this.world.drive(
      this.world.server.within(work).catch((error: unknown) => {
        const isDown = error instanceof NotAnswered || error instanceof StorageUnavailable;
        throw isDown || isDiskTrouble(error) ? new GivenUp("the server did not do it") : error;
      }),
    );
  }

  /** Asks a till for something. Throws GivenUp when the till ends before it answers. */
  ask<T>(place: Place, asks: (verbs: Place["till"]["engine"]["verbs"]) => Promise<T>): Promise<T> {
    const { engine } = place.till;
    const isGone = () => !place.till.isOn || place.till.engine !== engine;
    return this.world.drive(
      asks(engine.verbs).catch((error: unknown) => {
        throw isGone() ? new GivenUp("the till was killed") : error;
      }),
      isGone,
    );
  }
}

/** Something that people do. */
export interface Act {
  readonly name: string;
  /** How often beside the others. */
  readonly weight: number;
  run(day: Day): Promise<string>;
}

/** An act of somebody at a till that is on. */
export function atTill(name: string, weight: number, run: (day: Day, place: Place) => Promise<string>): Act {
  return {
    name,
    weight,
    async run(day) {
      const on = day.world.places.filter(({ till }) => till.isOn);
      if (on.length === 0) return "no till is on";
      const place = day.random.pick(on);
      return `${place.till.name}: ${await run(day, place)}`;
    },
  };
}
