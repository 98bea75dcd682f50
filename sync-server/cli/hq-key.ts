import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, systemCode } from "./failure.ts";

const KEY_FILE = "hq.key";
/** Where `npm start` and a server with the usual `--data` keep their data, seen from the project's folder. */
const USUAL_FOLDERS = [".data/server", ".data/demo/server"];
const THIS_MACHINE: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];

/**
 * HQ's key: as given, else from the environment, else from the server's data folder. A key that merely lies around on this machine
 * is never sent to a server elsewhere. Throws a Failure when there is none.
 */
export function findKey({
  given,
  fromEnvironment,
  dataDir,
  server,
}: {
  readonly given: string | null;
  readonly fromEnvironment: string | undefined;
  readonly dataDir: string | null;
  readonly server: URL;
}): string {
  if (given !== null) return given;
  if (fromEnvironment !== undefined && fromEnvironment !== "") return fromEnvironment;
  if (dataDir !== null) return readKey(join(dataDir, KEY_FILE));
  const usual = THIS_MACHINE.includes(server.hostname)
    ? USUAL_FOLDERS.map((folder) => join(folder, KEY_FILE)).find((file) => existsSync(file))
    : undefined;
  if (usual !== undefined) return readKey(usual);
  throw new Failure(
    "HQ's key is missing. Give it with --key KEY or ONETILL_HQ_KEY, or name the server's data folder with --data DIR.",
  );
}

function readKey(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    throw new Failure(`HQ's key cannot be read from ${file} (${systemCode(error) ?? String(error)}).`);
  }
}
