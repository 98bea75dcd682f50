// Plain JavaScript on purpose: it must run, and complain in plain words, on any Node a machine may have.
import { existsSync } from "node:fs";

const needed = 24;
const major = Number(process.versions.node.split(".")[0]);
if (major < needed) {
  console.error(
    `Onetill runs on Node ${needed}, this is Node ${process.versions.node}.\n` +
      "Run `npm ci` once (it brings its own Node 24), then start through npm: `npm start`.",
  );
  process.exit(1);
}
if (!existsSync(new URL("../node_modules", import.meta.url))) {
  console.error("Onetill's packages are not installed yet. Run `npm ci` once, then again what you wanted.");
  process.exit(1);
}
