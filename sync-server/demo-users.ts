import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { idOf, type StoreId } from "#domain/ids.ts";
import { DEMO_SHEET_FILE, type DemoSheet, demoSheetSchema } from "#protocol/hq/demo.ts";
import { makeLink } from "./access/links.ts";
import { hashPassword } from "./access/password-hash.ts";
import { newSecret, secretHash } from "./access/sessions.ts";
import type { ServerDeps } from "./http/deps.ts";

/** One of each role, with passwords that are printed at start: this is a demo, a real one is known to its owner alone. */
const DEMO_USERS: DemoSheet["users"] = [
  {
    name: "Hanna Vogt",
    role: "admin",
    email: "admin@onetill.example",
    password: "seven mugs of tea",
  },
  {
    name: "Priya Nair",
    role: "merchandiser",
    email: "merchandiser@onetill.example",
    password: "shelves full of wool",
  },
  {
    name: "Johanna Reuter",
    role: "storeManager",
    email: "manager@onetill.example",
    password: "bell above the door",
  },
  {
    name: "Emre Kaya",
    role: "support",
    email: "support@onetill.example",
    password: "parcel behind the counter",
  },
  {
    name: "Ruth Adler",
    role: "auditor",
    email: "auditor@onetill.example",
    password: "pencil and two ledgers",
  },
];

/** The store that the demo's store manager works for. */
const STORE = "BER1";

/**
 * Lets people into the console of the demo's made-up retailer: users where there are none, and the link that signs the admin in as often as one
 * likes. What they are is left in the demo's sheet. Does nothing where the data is not a demo's.
 */
export async function seedDemoUsers({
  dataDir,
  deps: { storage, now, newId, randomBytes },
}: {
  readonly dataDir: string;
  readonly deps: Pick<ServerDeps, "storage" | "now" | "newId" | "randomBytes">;
}): Promise<void> {
  const file = join(dataDir, DEMO_SHEET_FILE);
  const kept = await storage.read((tx) => tx.demo());
  // A demo of before its sheet was kept in the database has it in the folder alone.
  const sheet =
    kept?.sheet ?? (existsSync(file) ? demoSheetSchema.parse(JSON.parse(readFileSync(file, "utf8"))) : null);
  if (sheet === null) return;
  const { isEmpty, stores, isLinked } = await storage.read(async (tx) => ({
    isEmpty: (await tx.userCount()) === 0,
    stores: await tx.stores(),
    isLinked: sheet.signIn !== null && (await tx.link(secretHash(sheet.signIn))) !== null,
  }));
  const own = stores.find(({ code }) => code === STORE)?.store;
  if (isEmpty) await addUsers(own === undefined ? [] : [own]);
  if (isLinked) return writeSheet(sheet);
  const signIn = await storage.write(async (tx) => {
    const admin = await tx.userByEmail(DEMO_USERS[0]?.email ?? "");
    if (admin === null) return null;
    const token = newSecret(randomBytes);
    await makeLink(tx, { kind: "signIn", user: admin.id, now: now(), token });
    return token;
  });
  const complete = { ...sheet, users: DEMO_USERS, signIn };
  await storage.write((tx) => tx.putDemo({ sheet: complete }));
  writeSheet(complete);

  function writeSheet(known: DemoSheet): void {
    writeFileSync(file, `${JSON.stringify(known, null, 2)}\n`, { mode: 0o600 });
  }

  async function addUsers(managed: readonly StoreId[]): Promise<void> {
    for (const { name, role, email, password } of DEMO_USERS) {
      const passwordHash = await hashPassword(password, randomBytes);
      await storage.write((tx) =>
        tx.putUser({
          id: idOf<"User">(newId()),
          email,
          name,
          role,
          stores: role === "storeManager" ? managed : null,
          active: true,
          passwordHash,
          totp: null,
          createdAt: now(),
          lastSignInAt: null,
        }),
      );
    }
  }
}
