import type { TrailRow } from "#protocol/hq/access.ts";

/** A name of the program as words: `pairingCode` is "Pairing code". */
export function spaced(name: string): string {
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("-", " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const ACTS: Readonly<Record<string, string>> = { POST: "", PUT: "changed", DELETE: "taken away" };

/** What was done, by the address that did it: "User dismiss", "Key taken away"; a till's own acts by their address alone: "Till let in". */
export function trailWords({ call, subject }: Pick<TrailRow, "call" | "subject">): string {
  const [method = "", path = ""] = call.split(" ");
  const last = path.split("/").at(-1) ?? "";
  const isVerb = (path.includes("/:") && !last.startsWith(":")) || path.startsWith("/sync/");
  const act = isVerb ? spaced(last).toLowerCase() : (ACTS[method] ?? "");
  return [spaced(subject.kind), act].filter((word) => word !== "").join(" · ");
}
