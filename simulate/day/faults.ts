import type { Synced } from "../world/disk.ts";
import type { Place } from "../world/world.ts";
import type { Act, Day } from "./day.ts";
import { SYNCED, syncsThatFail } from "./syncs.ts";

const HOUR_MS = 3_600_000;
/** A write of a till's act is one of the next so many. */
const SOON = { from: 1, to: 14 } as const;
/** Those of a start are few. */
const SYNCS_OF_START: Readonly<Record<Synced, number>> = { databases: 4, appended: 1 };

/** Turns on a till that is off; one in a few is killed as it starts, or its disk fails it and it is switched on once more. */
export async function switchOn(day: Day, { till }: Place): Promise<string> {
  const killIn = day.random.chance(20) ? day.random.between(SOON) : 0;
  const what = day.random.chance(10) ? day.random.pick(SYNCED) : null;
  const ends = what === null ? [] : syncsThatFail(day, SYNCS_OF_START[what]);
  const started = await day.world.drive(
    till.start((disk) => {
      disk.killIn = killIn;
      if (what !== null) disk.syncsToCome[what] = ends;
    }),
  );
  // It may have begun to make one copy of its journal anew: nobody looks into its files before that is done.
  if (!started && what !== null) await day.world.drive(till.start());
  const trouble = what === null ? "" : `, ${what} ${ends.join(" ")}`;
  return `${till.name} ${started ? "started" : "did not come to the end of its start"}${trouble}`;
}

function pickTill(day: Day): Place {
  return day.random.pick(day.world.places);
}

/** What machines and networks do to a shop. */
export const FAULTS: readonly Act[] = [
  {
    name: "kill a till at a write",
    weight: 5,
    async run(day) {
      const { till } = pickTill(day);
      if (till.disk === null) return `${till.name} is off`;
      till.disk.killIn = day.random.between(SOON);
      return `${till.name} will be killed in ${till.disk.killIn} writes`;
    },
  },
  {
    name: "kill a till",
    weight: 2,
    async run(day) {
      const { till } = pickTill(day);
      till.kill();
      return `${till.name} was killed`;
    },
  },
  {
    name: "restart a till",
    weight: 2,
    async run(day) {
      const { till } = pickTill(day);
      if (till.isOn) await day.world.drive(till.stop());
      return `${till.name} was stopped`;
    },
  },
  {
    name: "kill the server at a write",
    weight: 2,
    async run({ world, random }) {
      if (world.server.disk === null) return "the server is down";
      world.server.disk.killIn = random.between({ from: 1, to: 30 });
      return `the server will be killed in ${world.server.disk.killIn} writes`;
    },
  },
  {
    name: "kill the server",
    weight: 1,
    async run({ world }) {
      world.server.kill();
      return "the server was killed";
    },
  },
  {
    name: "cut a line",
    weight: 6,
    async run(day) {
      const { till } = pickTill(day);
      const tells = day.random.chance(60);
      till.line?.cut(tells);
      return `${till.name} is cut off`;
    },
  },
  {
    name: "mend a line",
    weight: 6,
    async run(day) {
      const { till } = pickTill(day);
      if (till.line !== null) till.line.isCut = false;
      return `${till.name} has its line back`;
    },
  },
  {
    name: "weather",
    weight: 3,
    async run({ world, random }) {
      const bad = random.chance(60);
      const upTo = (most: number): number => (bad ? random.between({ from: 0, to: most }) : 0);
      world.weather = { drops: upTo(15), duplicates: upTo(20), truncates: upTo(10), slow: upTo(15) };
      return `weather ${Object.values(world.weather).join("/")}`;
    },
  },
  {
    name: "a while",
    weight: 1,
    async run({ world, random }) {
      const minutes = random.between({ from: 1, to: 3 });
      await world.time.pass(minutes * 60_000);
      return `${minutes} minutes later`;
    },
  },
  {
    name: "night",
    weight: 1,
    async run({ world, random }) {
      for (const { till } of world.places) if (till.isOn) await world.drive(till.stop());
      await world.server.stop();
      world.time.skip(random.between({ from: 2, to: 14 }) * HOUR_MS);
      await world.server.start();
      return "a night went by";
    },
  },
];
