import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { checkLayers, checkReferences } from "./check-layers.ts";
import { REFERENCES } from "./layer-table.ts";

const root = resolve(import.meta.dirname, "..");
const read = (path: string) => ({ path, text: readFileSync(join(root, path), "utf8") });

const paths = globSync("*/**/*.{ts,tsx}", {
  cwd: root,
  exclude: (name) => name === "node_modules" || name === "dist" || name === "release",
})
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => !path.endsWith(".d.ts"))
  .sort();
const complaints = [
  ...checkLayers(paths.map(read)),
  ...Object.keys(REFERENCES).flatMap((path) => checkReferences(read(path))),
];
for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) {
  console.error(`\n${complaints.length} import(s) against the arrows of DESIGN.md section 3.`);
  process.exitCode = 1;
} else {
  console.log(`Layers: ${paths.length} files import only what they may.`);
}
