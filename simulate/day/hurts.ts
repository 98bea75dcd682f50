import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { JOURNAL_FILE } from "../../src-main/engine/database.ts";
import type { Random } from "../../sync-server/demo/random.ts";
import type { Act } from "./day.ts";

const LOG = `${JOURNAL_FILE}-wal`;
const COPY = "journal.lines";

type Damage = (path: string, random: Random) => void;

const DAMAGES: Readonly<Record<string, Damage>> = {
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
};

/** A till's disk goes bad in one of the two copies of its journal: the till has every sale all the same, and goes on. */
export const HURTS: readonly Act[] = [
  {
    name: "hurt a till's journal",
    weight: 2,
    async run({ world, random, told }) {
      const { till } = random.pick(world.places);
      till.kill();
      const file = random.pick([JOURNAL_FILE, LOG, COPY]);
      const kind = random.pick(Object.keys(DAMAGES));
      const path = join(till.folder, file);
      if (!existsSync(path)) return `${till.name} has no ${file}`;
      DAMAGES[kind]?.(path, random);
      if (file !== COPY) told.mended.set(till.deviceName, (told.mended.get(till.deviceName) ?? 0) + 1);
      // Nobody looks into its files before it has put them right.
      await world.drive(till.start());
      return `${file} of ${till.name} is ${kind}`;
    },
  },
];
