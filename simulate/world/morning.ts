import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Morning, type Seams, STORE_CODES, World } from "./world.ts";

/** Memory where there is some: nothing of a simulation has to survive it. */
const SHM = "/dev/shm";
const MADE_WITH = 0;

/** A folder for the disks of simulated machines; whoever makes it removes it. */
export function makeFolder(): string {
  return mkdtempSync(join(existsSync(SHM) ? SHM : tmpdir(), "onetill-simulate-"));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

const made = new Map<string, Promise<Morning>>();

/**
 * The morning of a shop with so many tills: stores, staff and goods are there, the tills are paired and have read it all. Made once for each
 * folder and number of tills, for making it takes longer than a good part of the day; with a seeded bug each time, for it may be in the making.
 */
export function morningOf({
  folder,
  postgres,
  tills,
  seams,
}: {
  readonly folder: string;
  readonly postgres: string | null;
  readonly tills: number;
  readonly seams: Seams | undefined;
}): Promise<Morning> {
  if (seams !== undefined) return makeMorning({ folder, postgres, tills, seams });
  const key = `${folder} ${tills}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const morning = makeMorning({ folder, postgres, tills });
  made.set(key, morning);
  return morning;
}

async function makeMorning({
  folder,
  postgres,
  tills,
  ...bugs
}: {
  readonly folder: string;
  readonly postgres: string | null;
  readonly tills: number;
  readonly seams?: Seams;
}): Promise<Morning> {
  const world = new World({ seed: MADE_WITH, folder, postgres, ...bugs });
  try {
    await world.openServer();
    for (let place = 0; place < tills; place += 1) await world.openTill(storeOf(place));
    return await world.keep(mkdtempSync(join(folder, "morning-")));
  } finally {
    await world.close();
  }
}

/** Two tills stand in the first store, the third in the second, and so on. */
function storeOf(place: number): string {
  return STORE_CODES[place < 2 ? 0 : place % STORE_CODES.length === 0 ? 1 : 0] ?? "BER1";
}
