import type { EditedPrinter } from "./printer-store.ts";

const MAX_PORT = 65_535;

/** Whether a printer can be set up as it stands in the form. */
export function isComplete({ name, link }: EditedPrinter): boolean {
  if (name.trim() === "") return false;
  switch (link.kind) {
    case "network":
      return link.host.trim() !== "" && link.port >= 1 && link.port <= MAX_PORT;
    case "serial":
    case "device":
      return link.path.trim() !== "";
    case "spooler":
      return /^[^\s/#-][^\s/#]*$/.test(link.queue.trim());
  }
}
