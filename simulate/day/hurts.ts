import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { JOURNAL_FILE, REPLICA_FILE } from "../../src-main/engine/database.ts";
import { markOf } from "../../src-main/engine/open-mark.ts";
import type { Random } from "../../sync-server/demo/random.ts";
import { journalOf } from "../check/found.ts";
import type { Place } from "../world/world.ts";
import type { Act, Day } from "./day.ts";
import { switchOn } from "./faults.ts";

const LOG = `${JOURNAL_FILE}-wal`;
const COPY = "journal.lines";
const REPLICA_LOG = `${REPLICA_FILE}-wal`;

const SECTOR_BYTES = 512;

type Damage = (path: string, random: Random) => void;

const DAMAGES = {
  gone: (path) => rmSync(path),
  "cut off": (path, random) => {
    const { length } = readFileSync(path);
    truncateSync(path, Math.floor((length * random.between({ from: 0, to: 99 })) / 100));
  },
  "flipped in a byte": (path, random) => {
    const bytes = readFileSync(path);
    if (bytes.length === 0) return;
    const at = random.between({ from: 0, to: bytes.length - 1 });
    bytes[at] = (bytes[at] ?? 0) ^ 0x11;
    writeFileSync(path, bytes);
  },
} satisfies Readonly<Record<string, Damage>>;

/** What the replica's database can lose besides: SQLite knows nothing of a single letter that changed within a document, and so no till does. */
const OF_REPLICA: Readonly<Record<string, Damage>> = {
  gone: DAMAGES.gone,
  "cut off": DAMAGES["cut off"],
  "empty in a sector": (path, random) => {
    const bytes = readFileSync(path);
    if (bytes.length === 0) return;
    const at = SECTOR_BYTES * random.between({ from: 0, to: Math.floor((bytes.length - 1) / SECTOR_BYTES) });
    writeFileSync(path, bytes.fill(0, at, Math.min(at + SECTOR_BYTES, bytes.length)));
  },
};

/** It is switched on, again where it does not come to the end of its start: nobody looks into its files before it has put them right. */
async function putRight(day: Day, place: Place): Promise<void> {
  day.world.note(await switchOn(day, place));
  if (!place.till.isOn) await day.world.drive(place.till.start());
}

/** A till's disk goes bad in one of the two copies of its journal: the till has every sale all the same, and goes on. */
export const HURTS: readonly Act[] = [
  {
    name: "hurt a till's journal",
    weight: 2,
    async run(day) {
      const { world, random, told } = day;
      const place = random.pick(world.places);
      const { till } = place;
      till.kill();
      // One copy is hurt, and the other has all that was sold.
      if (till.journalIn === "unsure") return `${till.name} was put back and not started yet`;
      const file = till.journalIn === "database" ? COPY : random.pick([JOURNAL_FILE, LOG, COPY]);
      const [kind, damage] = random.pick(Object.entries<Damage>(DAMAGES));
      const path = join(till.folder, file);
      if (!existsSync(path)) return `${till.name} has no ${file}`;
      if (file !== COPY) {
        told.mended.set(till.deviceName, (told.mended.get(till.deviceName) ?? 0) + 1);
        for (const { id } of journalOf(till.folder)) told.keysLost.add(id);
      }
      damage(path, random);
      await putRight(day, place);
      return `${file} of ${till.name} is ${kind}`;
    },
  },
  {
    name: "hurt a till's replica",
    weight: 1,
    async run(day) {
      const { world, random } = day;
      const place = random.pick(world.places);
      const { till } = place;
      till.kill();
      const file = random.pick([REPLICA_FILE, REPLICA_LOG]);
      const [kind, damage] = random.pick(Object.entries(OF_REPLICA));
      const path = join(till.folder, file);
      // What is hurt after it was closed a till sees only where it comes to it.
      if (!existsSync(markOf(join(till.folder, REPLICA_FILE))))
        return `${till.name} was switched off in order`;
      if (!existsSync(path)) return `${till.name} has no ${file}`;
      damage(path, random);
      till.isReplicaHurt = true;
      await putRight(day, place);
      return `${file} of ${till.name} is ${kind}`;
    },
  },
];
